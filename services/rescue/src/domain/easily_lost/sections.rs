//! The entry as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::EasilyLost;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<EasilyLost>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("在库情况");
    match &facts.listing {
        None => block = block.row("建议等级", case.form.level.label()),
        Some(listing) => {
            block = block
                .row("等级", listing.level.label())
                .row("责任人", listing.responsible.clone())
                .sensitive(
                    "责任人电话",
                    listing.responsible_phone.clone(),
                    Mask::Phone,
                    "/facts/listing/responsible_phone",
                );
            if !listing.bracelet.trim().is_empty() {
                block = block.row("定位手环", listing.bracelet.clone());
            }
        }
    }
    if let Some((by, on)) = &facts.listed {
        block = block.row("审核", format!("{by}，{}", day(*on)));
    }
    if let Some(on) = facts.next_visit {
        block = block.row("下次回访", format!("{}年{}月", on.year(), on.month()));
    }
    if !facts.rejected.is_empty() {
        block = block.row("不予纳入", facts.rejected.clone());
    }
    if let Some((remove, on)) = &facts.removed {
        let text = format!("{}，{}：{}", day(*on), remove.cause.label(), remove.reasons);
        block = block.row("移出", text);
    }
    let mut done = Section::new("回访、采集").for_officers();
    for (nth, (visit, on, by)) in facts.visits.iter().enumerate() {
        let seen = if visit.seen {
            "见到本人"
        } else {
            "没有见到本人"
        };
        let pointer = format!("/facts/visits/{nth}");
        let label = format!("回访，{}，{by}，{seen}", day(*on));
        done = done.sensitive(label, visit.findings.clone(), Mask::Hidden, pointer);
    }
    for (collected, on, by) in &facts.collections {
        let text = format!("{}，{by}：{}", day(*on), collected.marks);
        done = done.row("重新采集", text);
    }
    for (alarm, found) in &facts.lost {
        let text = format!(
            "{}在{}失联，回执{}",
            day(alarm.lost_on),
            alarm.last_seen,
            alarm.receipt
        );
        done = done.row("失联", text);
        if let Some(found) = found {
            let text = format!("{}在{}：{}", day(found.found_on), found.found_at, found.how);
            done = done.row("找回", text);
        }
    }
    let mut blocks = vec![block];
    if !done.rows.is_empty() {
        blocks.push(done);
    }
    blocks
}
