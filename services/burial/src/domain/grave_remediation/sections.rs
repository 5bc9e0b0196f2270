//! The file as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::GraveRemediation;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<GraveRemediation>) -> Vec<Section> {
    let facts = &case.facts;
    let priority = if facts.priority {
        "属于三沿六区，优先整治"
    } else {
        "不在三沿六区"
    };
    let mut block = Section::new("整治情况")
        .row("重点区域", priority)
        .row("登记照片", format!("{}张", facts.photos.len()));
    if let Some(owner) = &facts.owner {
        block = block
            .sensitive("墓主", owner.name.clone(), Mask::Name, "/facts/owner/name")
            .sensitive(
                "墓主电话",
                owner.phone.clone(),
                Mask::Phone,
                "/facts/owner/phone",
            )
            .row("认定依据", owner.evidence.clone());
    }
    for (order, last) in &facts.orders {
        let text = format!("至{}；{}；{}", day(*last), order.measures, order.delivered);
        block = block.row("责令限期改正", text);
    }
    if let Some((medium, last)) = &facts.announced {
        block = block.row("无主坟公告", format!("{medium}，至{}", day(*last)));
    }
    for one in &facts.treatments {
        let moved = match one.cemetery.trim() {
            "" => String::new(),
            code => format!("，迁入{code}"),
        };
        let text = format!(
            "{}（{}），{}{moved}",
            one.outcome.label(),
            one.doer.label(),
            day(one.done_on)
        );
        block = block.row("整改", text);
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}已验收，待另一人验收", pending.by.name);
        block = block.row("验收", text);
    }
    if let Some((acceptance, on, signed)) = &facts.accepted {
        let text = format!(
            "{}；整改后照片{}；验收人：{}、{}",
            day(*on),
            acceptance.after_photo.words(),
            signed[0],
            signed[1]
        );
        block = block.row("验收销号", text);
    }
    for (reasons, on, by) in &facts.rejections {
        block = block.row("验收不合格", format!("{}，{by}：{reasons}", day(*on)));
    }
    for (one, on, by) in &facts.rechecks {
        let text = format!(
            "{}，{by}：{}，照片{}",
            day(*on),
            one.finding.label(),
            one.photo.words()
        );
        block = block.row("回头看", text);
    }
    if let Some(relic) = &facts.relic {
        block = block.row("列入保护", format!("{}：{}", relic.document, relic.reasons));
    }
    vec![block]
}
