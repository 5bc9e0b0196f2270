//! The file as officers read it. What a visit saw is read in its own list.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::time::beijing_date;

use super::ChildFile;
use crate::domain::{
    desk::day,
    family::Parent,
    welfare::words::{Need, Overlay},
};

/// Categories in words.
#[must_use]
pub fn categories(needs: &[Need], overlays: &[Overlay]) -> Vec<String> {
    let needs = needs.iter().map(|need| need.label());
    let overlays = overlays.iter().map(|overlay| overlay.label());
    needs.chain(overlays).map(str::to_owned).collect()
}

fn parent(block: Section, title: &str, parent: &Parent, at: &str) -> Section {
    let since = match parent.since() {
        Some(since) => format!("{}，从{}起", parent.state.label(), day(since)),
        None => parent.state.label().to_owned(),
    };
    block
        .sensitive(
            title,
            parent.name.clone(),
            Mask::Name,
            format!("/form/{at}/name"),
        )
        .row(format!("{title}的情况"), since)
}

fn child(case: &Case<ChildFile>) -> Section {
    let form = &case.form;
    let mut block = Section::new("儿童")
        .for_officers()
        .row("档案类型", form.kind.label())
        .row("情况", categories(&form.needs, &form.overlays).join("、"))
        .row(
            "风险等级",
            format!("{}：{}", form.level.label(), form.level_reasons),
        )
        .row("现在的生活", form.living.label())
        .row("实际监护", form.guardianship.label());
    block = parent(block, "父亲", &form.father, "father");
    block = parent(block, "母亲", &form.mother, "mother");
    if !form.carer.name.trim().is_empty() {
        let carer = &form.carer;
        block = block
            .sensitive("照护人", carer.name.clone(), Mask::Name, "/form/carer/name")
            .row("照护人与儿童的关系", carer.relation.clone());
    }
    block
}

fn course(case: &Case<ChildFile>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("关爱服务").for_officers();
    if let Some((by, on)) = &facts.registered {
        block = block.row("登记", format!("{}，{}", day(*on), by.name));
    }
    if let Some((by, on)) = &facts.verified {
        block = block.row("核实", format!("{}，{}", day(*on), by.name));
    }
    match &facts.letter {
        Some((letter, _)) => {
            block = block
                .row("监护责任确认书", format!("{}签订", day(letter.signed_on)))
                .sensitive(
                    "签字人",
                    letter.guardian.clone(),
                    Mask::Name,
                    "/facts/letter/guardian",
                );
        }
        None => block = block.row("监护责任确认书", "没有签订"),
    }
    if let Some((plan, no_letter)) = &facts.plan {
        block = block.row("服务安排", plan.clone());
        if !no_letter.is_empty() {
            block = block.row("没有签确认书的原因", no_letter.clone());
        }
    }
    for (level, reasons, on, by) in &facts.levels {
        block = block.row(
            format!("定为{}，{}，{by}", level.label(), day(*on)),
            reasons.clone(),
        );
    }
    for (serve, on, by) in &facts.services {
        let text = format!("{}（{}）", serve.what, serve.by);
        block = block.row(
            format!("{}，{}，{by}登记", serve.kind.label(), day(*on)),
            text,
        );
    }
    for number in &facts.protection {
        block = block.row("保护个案", number.clone());
    }
    for told in &facts.told {
        block = block.row(day(told.on), told.what.clone());
    }
    if let Some((why, on)) = &facts.ended {
        block = block.row("结束", format!("{}：{why}", day(*on)));
    }
    block
}

fn visits(case: &Case<ChildFile>) -> Section {
    let mut block = Section::new("走访").for_officers();
    if let Some(next) = case.facts.next_visit {
        block = block.row("下次走访不晚于", day(next));
    }
    for visit in case.facts.visits.iter().rev() {
        let alone = if visit.alone {
            "单独谈过话"
        } else {
            "没有单独谈话"
        };
        let unsettled = if visit.unsettled {
            "；两部手机写得不一样，请选定"
        } else {
            ""
        };
        block = block.row(
            format!("{}，{}", day(beijing_date(visit.at)), visit.by),
            format!("{}，{alone}{unsettled}", visit.outcome.label()),
        );
    }
    block
}

/// All blocks.
pub(super) fn sections(case: &Case<ChildFile>) -> Vec<Section> {
    vec![child(case), course(case), visits(case)]
}
