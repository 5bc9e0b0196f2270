//! The case as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::Settlement;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<Settlement>) -> Vec<Section> {
    let (form, facts) = (&case.form, &case.facts);
    let mut block = Section::new("落户安置")
        .row("受助编号", form.stay.trim().to_owned())
        .row("申请函", form.letter.clone())
        .row(
            "落户",
            format!("{}，{}", form.home.label(), form.institution),
        )
        .row("安置方案", form.plan.clone())
        .for_officers();
    for (reasons, on) in &facts.returned {
        block = block.row("补充", format!("{}：{reasons}", day(*on)));
    }
    if let Some((review, by, on)) = &facts.reviewed {
        let text = format!(
            "{}，{}，{}（{}）",
            day(*on),
            by.name,
            review.opinion,
            review.document
        );
        block = block.row("民政部门审核", text);
    }
    if let Some((approved, by)) = &facts.approved {
        let text = format!("{}，{}，{by}登记", day(approved.on), approved.document);
        block = block.row("政府批准", text);
    }
    if let Some((home, _)) = &facts.registered {
        block = block
            .row("落户", format!("{}，{}", day(home.on), home.police))
            .row("集体户口簿", home.household.clone())
            .row("重复户口核查", home.duplicates_paper.clone())
            .sensitive(
                "登记姓名",
                home.name.clone(),
                Mask::Name,
                "/facts/registered/name",
            )
            .sensitive(
                "公民身份号码",
                home.number.clone(),
                Mask::IdNumber,
                "/facts/registered/number",
            );
    }
    if let Some((benefits, on)) = &facts.benefits {
        let labels: Vec<_> = benefits.benefits.iter().map(|it| it.label()).collect();
        block = block.row("待遇", format!("{}：{}", day(*on), labels.join("、")));
    }
    for (granted, on) in &facts.granted {
        let text = format!("{}，{}", granted.benefit, granted.case_number);
        block = block.row(format!("已经批准，{}", day(*on)), text);
    }
    for (nth, (repeat, on, by)) in facts.repeats.iter().enumerate() {
        let label = format!("再次比对，{}，{by}", day(*on));
        let pointer = format!("/facts/repeats/{nth}");
        block = block.sensitive(label, repeat.findings.clone(), Mask::Hidden, pointer);
    }
    if let Some(pending) = &facts.pending {
        let label = format!("待复核的{}", pending.step.label());
        block = block.row(label, format!("{}已签字", pending.by.name));
    }
    if let Some((found, by, _)) = &facts.found {
        block = block
            .row(
                "查明真实身份",
                format!("{}，签字：{}", found.paper, by.join("、")),
            )
            .row("临时户口注销", found.cancelled.clone())
            .sensitive(
                "真实姓名",
                found.name.clone(),
                Mask::Name,
                "/facts/found/name",
            )
            .sensitive(
                "真实证件号码",
                found.number.clone(),
                Mask::IdNumber,
                "/facts/found/number",
            );
    }
    for (nth, (wrong, why)) in facts.taken_back.iter().enumerate() {
        let pointer = format!("/facts/taken_back/{nth}");
        block = block
            .sensitive("已撤销的真实身份", wrong.name.clone(), Mask::Name, pointer)
            .row("撤销理由", why.clone());
    }
    if !facts.ended.is_empty() {
        block = block.row("终止原因", facts.ended.clone());
    }
    vec![block]
}
