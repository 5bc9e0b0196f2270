//! The case as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::ReturnSupport;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<ReturnSupport>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("返乡帮扶");
    if let Some(on) = facts.returned_on {
        block = block.row("返乡", day(on));
    }
    if facts.level > 0 {
        block = block.row("再次外出流浪", format!("{}次", facts.level));
    }
    if let Some((received, on, by)) = &facts.received {
        let text = format!("{}，{by}，交接单{}", day(*on), received.record);
        block = block.row("接收", text);
    }
    if let Some((assess, on)) = &facts.assessed {
        let needs: Vec<_> = assess.needs.iter().map(|need| need.label()).collect();
        let needs = if needs.is_empty() {
            "不需要".to_owned()
        } else {
            needs.join("、")
        };
        block = block
            .row("需要落实", format!("{needs}（{}评估）", day(*on)))
            .sensitive(
                "家庭和生活情况",
                assess.findings.clone(),
                Mask::Hidden,
                "/facts/assessed/findings",
            );
        if !assess.guardian.trim().is_empty() {
            block = block.row("监护人、照料人", assess.guardian.clone());
        }
    }
    if let Some((plan, _)) = &facts.plan {
        block = block
            .row("帮扶措施", plan.measures.clone())
            .row("责任人", plan.responsible.clone())
            .sensitive(
                "责任人电话",
                plan.responsible_phone.clone(),
                Mask::Phone,
                "/facts/plan/responsible_phone",
            );
    }
    let mut visits = Section::new("回访").for_officers();
    for (nth, last) in facts.due.iter().enumerate() {
        let label = format!("第{}次，{}前", nth + 1, day(*last));
        visits = match facts.visits.get(nth) {
            None => visits.row(label, "还没有回访"),
            Some((visit, on, by)) => visits.row(
                label,
                format!("{}，{by}：{}", day(*on), visit.living.label()),
            ),
        };
    }
    for (nth, (visit, _, _)) in facts.visits.iter().enumerate() {
        let pointer = format!("/facts/visits/{nth}");
        let label = format!("第{}次情况", nth + 1);
        visits = visits.sensitive(label, visit.findings.clone(), Mask::Hidden, pointer);
    }
    for again in &facts.again {
        let text = format!("{}：{}", day(again.left_on), again.reasons);
        visits = visits.row("再次外出流浪", text);
    }
    if let Some((close, reasons, on)) = &facts.ended {
        let label = close
            .as_ref()
            .map_or("认定稳固", |close| close.cause.label());
        block = block.row(label, format!("{}：{reasons}", day(*on)));
    }
    let mut blocks = vec![block];
    if !visits.rows.is_empty() {
        blocks.push(visits);
    }
    blocks
}
