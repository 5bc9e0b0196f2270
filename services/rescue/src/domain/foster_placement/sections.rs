//! The case as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::time::beijing_date;

use super::FosterPlacement;
use crate::domain::desk::day;

fn fit(fit: bool) -> &'static str {
    if fit { "适合" } else { "不适合" }
}

/// All blocks.
pub(super) fn sections(case: &Case<FosterPlacement>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("站外托养")
        .row("受助编号", case.form.stay.trim().to_owned())
        .row("托养机构", facts.institution.clone())
        .row("理由", case.form.reasons.clone())
        .for_officers();
    if let Some((assess, on, by)) = &facts.assessed {
        let text = format!(
            "{}，{}，{}，{by}登记",
            day(*on),
            assess.hospital,
            fit(assess.fit)
        );
        block = block.row("健康评估", text).sensitive(
            "健康情况",
            assess.findings.clone(),
            Mask::Hidden,
            "/facts/assessed/findings",
        );
    }
    if let Some((placed, at)) = &facts.placed {
        let on = day(beijing_date(*at));
        let text = format!("{on}，交接单{}，接收人{}", placed.record, placed.receiver);
        block = block.row("转入", text);
    }
    for (nth, (visit, on, by)) in facts.visits.iter().enumerate() {
        let label = format!("巡查，{}，{by}", day(*on));
        let pointer = format!("/facts/visits/{nth}");
        block = block.sensitive(label, visit.findings.clone(), Mask::Hidden, pointer);
    }
    for (check, on, by) in &facts.checks {
        let good = check.fire && check.food && check.care;
        let text = if good { "合格" } else { "不合格" };
        block = block.row(
            format!("检查，{}，{by}", day(*on)),
            format!("{text}：{}", check.findings),
        );
    }
    for (evaluated, on, by) in &facts.evaluations {
        block = block.row(format!("评估，{}，{by}", day(*on)), fit(evaluated.fit));
    }
    if let Some((out, on)) = &facts.out {
        block = block.row(
            "转出",
            format!("{}：{}（{}）", day(*on), out.reasons, out.record),
        );
    }
    if !facts.ended.is_empty() {
        block = block.row("结束原因", facts.ended.clone());
    }
    vec![block]
}
