//! The case as registrars and the parties read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{RecordCorrection, documents::shown, facts::Step, form::Wrong};
use crate::domain::{desk::paper::day, identity};

/// All blocks that have something to say.
pub(super) fn sections(case: &Case<RecordCorrection>) -> Vec<Section> {
    let facts = &case.facts;
    let checked = identity::section(facts.identity.as_ref());
    let blocks = [
        checked,
        change(case),
        outcome(case),
        course(case),
        opinion(case),
    ];
    let blocks = blocks.into_iter();
    blocks.filter(|block| !block.rows.is_empty()).collect()
}

/// Old and new side by side; both stay.
fn change(case: &Case<RecordCorrection>) -> Section {
    let block = Section::new("更正内容");
    let Some(change) = &case.facts.change else {
        return block;
    };
    let wrong = case.form.wrong;
    let mask = match wrong {
        Wrong::Name => Mask::Name,
        Wrong::IdNumber => Mask::IdNumber,
        Wrong::Household => Mask::Address,
    };
    let item = format!("{}的{}", case.form.whose.label(), wrong.label());
    let (before, after) = (shown(wrong, &change.before), shown(wrong, &change.after));
    block
        .row("更正项目", item)
        .sensitive("更正前", before, mask, "/sections/change/before")
        .sensitive("更正后", after, mask, "/sections/change/after")
}

fn outcome(case: &Case<RecordCorrection>) -> Section {
    let mut block = Section::new("办理结果");
    if let Some(new) = &case.facts.certificate {
        block = block.row("新证字号", new.number.clone());
        if !new.replaces.is_empty() {
            block = block.row("作废的旧证", new.replaces.clone());
        }
    }
    if let Some(on) = case.facts.handed_over_on {
        block = block.row("领取日期", day(on));
    }
    block
}

fn course(case: &Case<RecordCorrection>) -> Section {
    let facts = &case.facts;
    let steps = [
        ("受理", &facts.received),
        ("审核", &facts.proposed),
        ("审批", &facts.decided),
    ];
    let words = |step: &Step| format!("{}，{}", day(step.on), step.by);
    let steps = steps.into_iter();
    steps
        .filter_map(|(label, step)| Some((label, step.as_ref()?)))
        .fold(Section::new("办理经过"), |block, (label, step)| {
            block.row(label, words(step))
        })
}

/// Stays in the office.
fn opinion(case: &Case<RecordCorrection>) -> Section {
    let block = Section::new("审核意见").for_officers();
    match &case.facts.proposed {
        Some(step) => block.sensitive("意见", step.text.clone(), Mask::Hidden, "/sections/opinion"),
        None => block,
    }
}
