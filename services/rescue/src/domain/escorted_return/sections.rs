//! The case as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::{division, time::beijing_date};

use super::EscortedReturn;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<EscortedReturn>) -> Vec<Section> {
    let (form, facts) = (&case.form, &case.facts);
    let origin = division::full_name(form.origin.trim()).unwrap_or_else(|| form.origin.clone());
    let mut block = Section::new("接送返回")
        .row("受助编号", form.stay.trim().to_owned())
        .row("流出地", origin)
        .row("跨省", if facts.across_provinces { "是" } else { "否" })
        .for_officers();
    let letters = [
        ("报省级民政部门", &facts.forwarded),
        ("商请流出地", &facts.asked),
    ];
    for (label, letter) in letters {
        if let Some((letter, on)) = letter {
            let text = format!("{}，{}（{}）", day(*on), letter.to, letter.document);
            block = block.row(label, text);
        }
    }
    for (declined, on) in &facts.refused {
        let text = match declined {
            Some(no) => format!("{}，{}（{}）", day(*on), no.reasons, no.document),
            None => format!("{}前没有答复", day(*on)),
        };
        block = block.row("没有接收", text);
    }
    for (level, raised, on) in &facts.raised {
        let text = format!("{}，{}（{}）", day(*on), raised.to, raised.document);
        block = block.row(format!("上报{}", level.label()), text);
    }
    if let Some((agreed, on)) = &facts.agreed {
        let text = format!(
            "{}，{}，{}（{}）",
            day(*on),
            agreed.way.label(),
            agreed.unit,
            agreed.document
        );
        block = block
            .row("商定", text)
            .row("联系人", agreed.contact.clone())
            .sensitive(
                "联系电话",
                agreed.phone.clone(),
                Mask::Phone,
                "/facts/agreed/phone",
            );
    }
    if let Some((trip, at)) = &facts.departed {
        let names: Vec<_> = trip.escorts.iter().map(|it| it.name.trim()).collect();
        block = block
            .row(
                "启程",
                format!("{}，护送人员{}", day(beijing_date(*at)), names.join("、")),
            )
            .row("公安机关协助", trip.police.clone())
            .sensitive(
                "随行药品",
                trip.medicine.clone(),
                Mask::Hidden,
                "/facts/departed/medicine",
            );
    }
    if let Some(pending) = &facts.pending {
        block = block.row("待复核的交接", format!("{}已签字", pending.by.name));
    }
    for (reasons, at) in &facts.turned {
        block = block.row("折返", format!("{}：{reasons}", day(beijing_date(*at))));
    }
    if let Some((form, by, _)) = &facts.handed {
        let text = format!(
            "{}{}，{}，签字：{}",
            day(form.on),
            form.at,
            form.unit,
            by.join("、")
        );
        block = block
            .row("交接", text)
            .row("接收人", form.receiver.clone())
            .sensitive(
                "接收人证件",
                form.number.clone(),
                Mask::IdNumber,
                "/facts/handed/number",
            )
            .sensitive(
                "身体情况",
                form.condition.clone(),
                Mask::Hidden,
                "/facts/handed/condition",
            )
            .row("随身物品", form.things.clone());
    }
    if !facts.ended.is_empty() {
        block = block.row("结束原因", facts.ended.clone());
    }
    vec![block]
}
