//! The case as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::time::beijing_date;

use super::{LongGuardianship, facts::Outcome};
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<LongGuardianship>) -> Vec<Section> {
    vec![opened(case).for_officers(), lived(case).for_officers()]
}

fn opened(case: &Case<LongGuardianship>) -> Section {
    let form = &case.form;
    let mut block = Section::new("长期监护")
        .sensitive("儿童", form.child.called(), Mask::Name, "/form/child/name")
        .row("情形", form.ground.label())
        .row("证明、判决书", form.paper.clone());
    if form.crime {
        block = block.row("恢复监护人资格", "监护人对儿童实施过故意犯罪，不能恢复");
    }
    if !form.from_case.trim().is_empty() {
        block = block.row("来自", form.from_case.clone());
    }
    if let Some((outcome, on, by)) = &case.facts.outcome {
        let text = match outcome {
            Outcome::Restored(restore) => {
                format!("恢复监护人资格，{}，{}", restore.court, restore.paper)
            }
            Outcome::Otherwise(why) => why.clone(),
        };
        block = block.row(format!("结束，{}，{by}", day(*on)), text);
    }
    block
}

fn lived(case: &Case<LongGuardianship>) -> Section {
    let mut block = Section::new("安置");
    for (nth, lived) in case.facts.lived.iter().enumerate() {
        let from = day(beijing_date(lived.from));
        let label = format!("{}，{from}起", lived.placing.kind());
        let carer = lived.placing.carer.clone();
        let pointer = format!("/facts/lived/{nth}");
        block = block.sensitive(label, carer, Mask::Name, pointer);
        let pointer = format!("/facts/lived/{nth}/voice");
        let words = lived.voice.words.clone();
        block = block.sensitive("儿童本人的意见", words, Mask::Hidden, pointer);
    }
    for (nth, (kind, words, on, by)) in case.facts.care.iter().enumerate() {
        let label = format!("{}，{}，{by}", kind.label(), day(*on));
        let pointer = format!("/facts/care/{nth}");
        block = block.sensitive(label, words.clone(), Mask::Hidden, pointer);
    }
    block
}
