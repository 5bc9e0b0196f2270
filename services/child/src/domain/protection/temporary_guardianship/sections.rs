//! The case as officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::time::beijing_date;

use super::{TemporaryGuardianship, facts::Outcome};
use crate::domain::{
    desk::day,
    protection::{law, words::Heard},
};

/// All blocks.
pub(super) fn sections(case: &Case<TemporaryGuardianship>) -> Vec<Section> {
    let blocks = [ordered(case), lived(case), assessed(case)];
    let filled = blocks.into_iter().filter(|block| !block.rows.is_empty());
    filled.map(Section::for_officers).collect()
}

fn ordered(case: &Case<TemporaryGuardianship>) -> Section {
    let form = &case.form;
    let duties = law::temporary_duties(form.ground).iter();
    let duties: Vec<_> = duties.map(|duty| duty.label()).collect();
    let mut block = Section::new("临时监护")
        .sensitive("儿童", form.child.called(), Mask::Name, "/form/child/name")
        .row("情形", form.ground.label())
        .row("要马上做的", duties.join("；"))
        .row("决定书", form.decision.clone());
    if !form.from_case.trim().is_empty() {
        block = block.row("来自", form.from_case.clone());
    }
    if let Some((outcome, on, by)) = &case.facts.outcome {
        let text = match outcome {
            Outcome::Returned(_) => "送回监护人".to_owned(),
            Outcome::Other(other) => format!("其他监护人，{}", other.by.label()),
            Outcome::Long(long) => format!("转长期监护：{}", long.ground.label()),
            Outcome::Otherwise(why) => why.clone(),
        };
        block = block.row(format!("结束，{}，{by}", day(*on)), text);
    }
    if let Some(waiting) = &case.facts.pending {
        let text = format!("{}已登记，等待复核", waiting.by.name);
        block = block.row("转长期监护", text);
    }
    block
}

fn lived(case: &Case<TemporaryGuardianship>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("安置");
    for (nth, lived) in facts.lived.iter().enumerate() {
        let from = day(beijing_date(lived.from));
        let label = format!("{}，{from}起", lived.placing.kind());
        let carer = lived.placing.carer.clone();
        let pointer = format!("/facts/lived/{nth}");
        block = block.sensitive(label, carer, Mask::Name, pointer);
        let words = match lived.voice.heard {
            Heard::Said | Heard::Unable => lived.voice.words.clone(),
            Heard::TooYoung => lived.voice.heard.label().to_owned(),
        };
        let pointer = format!("/facts/lived/{nth}/voice");
        block = block.sensitive("儿童本人的意见", words, Mask::Hidden, pointer);
    }
    if let Some((received, at, by)) = &facts.received {
        let label = format!("交接，{}，{by}", day(beijing_date(*at)));
        block = block.row(label, format!("交接单{}", received.record));
        let health = received.health.clone();
        block = block.sensitive("健康情况", health, Mask::Hidden, "/facts/received/health");
    }
    for (nth, (kind, words, on, by)) in facts.care.iter().enumerate() {
        let label = format!("{}，{}，{by}", kind.label(), day(*on));
        let pointer = format!("/facts/care/{nth}");
        block = block.sensitive(label, words.clone(), Mask::Hidden, pointer);
    }
    block
}

fn assessed(case: &Case<TemporaryGuardianship>) -> Section {
    let mut block = Section::new("评估监护人");
    for (nth, done) in case.facts.assessments.iter().enumerate() {
        let who: Vec<_> = done
            .what
            .assessors
            .iter()
            .map(|one| one.name.trim())
            .collect();
        let fit = if done.what.fit { "合格" } else { "不合格" };
        let label = format!("评估，{}", day(done.on));
        let pointer = format!("/facts/assessments/{nth}");
        block = block
            .row(label, format!("{fit}，{}", who.join("、")))
            .sensitive("评估意见", done.what.words.clone(), Mask::Hidden, pointer);
    }
    block
}
