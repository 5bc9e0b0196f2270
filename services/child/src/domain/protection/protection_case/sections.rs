//! The case as those who stand on it read it. Who reported stands nowhere.

use jiff::Timestamp;
use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::time::beijing_date;

use super::{ProtectionCase, facts::Done};
use crate::domain::{
    desk::day,
    protection::{law, placing::Voice, words::Ground},
};

fn on(at: Timestamp) -> String {
    day(beijing_date(at))
}

fn label<T>(what: &str, done: &Done<T>) -> String {
    format!("{what}，{}，{}", on(done.at), done.by)
}

fn yes(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

/// All blocks.
pub(super) fn sections(case: &Case<ProtectionCase>) -> Vec<Section> {
    let blocks = [
        reported(case),
        emergency(case),
        assessed(case),
        intervened(case),
        followed(case),
    ];
    let filled = blocks.into_iter().filter(|block| !block.rows.is_empty());
    filled.map(Section::for_officers).collect()
}

fn reported(case: &Case<ProtectionCase>) -> Section {
    let (form, facts) = (&case.form, &case.facts);
    let mut block = Section::new("强制报告")
        .sensitive(
            "发生了什么",
            form.happened.clone(),
            Mask::Hidden,
            "/form/happened",
        )
        .sensitive(
            "在什么地方",
            form.place.clone(),
            Mask::Hidden,
            "/form/place",
        )
        .row("现在有危险", yes(form.danger_now));
    for ground in &form.grounds {
        block = block.row(ground.label(), todo(*ground));
    }
    block = block.sensitive("儿童", form.child.called(), Mask::Name, "/form/child/name");
    for (nth, somebody) in form.around.iter().enumerate() {
        let who = match somebody.suspect {
            true => format!("{}（涉嫌侵害）", somebody.relation.label()),
            false => somebody.relation.label().to_owned(),
        };
        let pointer = format!("/form/around/{nth}/name");
        block = block.sensitive(who, somebody.name.clone(), Mask::Name, pointer);
    }
    if let Some(told) = &facts.police {
        let text = format!("{}，{}", told.what.unit, told.what.record);
        let text = text.trim_end_matches('，').to_owned();
        block = block.row(label("已告知公安", told), text);
    }
    if let Some(triage) = &facts.triage {
        block = block.row(label("研判", triage), triage.what.risk.label());
        let words = triage.what.words.clone();
        block = block.sensitive("研判意见", words, Mask::Hidden, "/facts/triage/words");
    }
    if let Some(goes_on) = &facts.goes_on {
        let what = &goes_on.what;
        let to = format!("{}{}", what.into, what.division);
        block = block.row(
            label("并案、移送", goes_on),
            format!("{to}：{}", what.reasons),
        );
    }
    block
}

fn todo(ground: Ground) -> String {
    let duties = law::duties(ground).iter().map(|duty| duty.label());
    duties.collect::<Vec<_>>().join("；")
}

fn emergency(case: &Case<ProtectionCase>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("应急处置");
    for (nth, done) in facts.emergency.iter().enumerate() {
        let pointer = format!("/facts/emergency/{nth}");
        let words = done.what.words.clone();
        block = block.sensitive(
            label(done.what.step.label(), done),
            words,
            Mask::Hidden,
            pointer,
        );
    }
    for done in &facts.placed {
        block = block.row(label("临时监护", done), done.what.clone());
    }
    for (nth, done) in facts.voices.iter().enumerate() {
        let what = format!("儿童本人的意见（{}）", done.what.about.trim());
        let pointer = format!("/facts/voices/{nth}");
        let said = said(&done.what.voice);
        block = block.sensitive(label(&what, done), said, Mask::Hidden, pointer);
    }
    block
}

fn said(voice: &Voice) -> String {
    match voice.words.trim() {
        "" => voice.heard.label().to_owned(),
        words => format!("{}：{words}", voice.heard.label()),
    }
}

fn assessed(case: &Case<ProtectionCase>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("评估帮扶");
    for (nth, assessment) in facts.assessments.iter().enumerate() {
        let done = &assessment.done;
        let who: Vec<_> = done
            .what
            .assessors
            .iter()
            .map(|one| one.name.trim())
            .collect();
        let text = format!("{}，{}", assessment.level.label(), who.join("、"));
        let found = format!("{}；{}", done.what.safety, done.what.health);
        let pointer = format!("/facts/assessments/{nth}");
        block = block.row(label("评估", done), text).sensitive(
            "评估情况",
            found,
            Mask::Hidden,
            pointer,
        );
    }
    for (nth, done) in facts.conferences.iter().enumerate() {
        let text = format!("{}，{}", done.what.way.label(), done.what.people);
        let pointer = format!("/facts/conferences/{nth}");
        let words = done.what.words.clone();
        block = block.row(label("会商", done), text).sensitive(
            "会商意见",
            words,
            Mask::Hidden,
            pointer,
        );
    }
    if let Some(waiting) = &facts.conferring {
        let text = format!(
            "{}，{}已登记，等待复核",
            waiting.step.way.label(),
            waiting.by.name
        );
        block = block.row("会商", text);
    }
    for (nth, item) in facts.plan.iter().enumerate() {
        let state = match item.done_on {
            Some(on) => format!("{}完成", day(on)),
            None => format!("{}以前", day(item.due_on)),
        };
        let text = format!("{}，{}，{state}", item.what, item.owner);
        block = block.row(format!("计划第{}项", nth + 1), text);
    }
    for done in &facts.helps {
        block = block.row(label(done.what.help.label(), done), done.what.unit.clone());
    }
    block
}

fn intervened(case: &Case<ProtectionCase>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("监护干预");
    for done in &facts.interventions {
        let text = format!("{}，{}", done.what.unit, done.what.paper);
        block = block.row(label(done.what.step.label(), done), text);
    }
    for order in &facts.orders {
        let asked = label("申请人身安全保护令", &order.asked);
        block = block.row(asked, order.asked.what.court.clone());
        if let Some(done) = &order.result {
            let text = match (done.what.granted, done.what.until) {
                (true, Some(until)) => format!("已作出，有效期到{}", day(until)),
                _ => "没有作出".to_owned(),
            };
            block = block.row(label("保护令", done), text);
        }
    }
    if let Some(removal) = &facts.removal {
        let ground = removal.due.what.ground.label();
        block = block.row(label("符合撤销监护人资格", &removal.due), ground);
        if let Some(done) = &removal.filed {
            let text = format!("{}，{}", done.what.by.label(), done.what.court);
            block = block.row(label("申请撤销", done), text);
        }
        if let Some(done) = &removal.result {
            let text = if done.what.removed {
                "撤销"
            } else {
                "没有撤销"
            };
            block = block.row(label("判决", done), format!("{text}，{}", done.what.paper));
        }
    }
    for (done, answer) in &facts.suggestions {
        let answered = answer.as_ref().map_or("还没有答复", |answer| &answer.what);
        let text = format!("{}，{answered}", done.what.paper);
        block = block.row(label("检察建议", done), text);
    }
    block
}

fn followed(case: &Case<ProtectionCase>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("回访、结案");
    if let Some((done, until)) = &facts.follow_up {
        let text = format!("{}个月，到{}", done.what.months, day(*until));
        block = block.row(label("转入回访", done), text);
    }
    for (nth, done) in facts.visits.iter().enumerate() {
        let visit = &done.what;
        let text = format!("见到本人：{}；安全：{}", yes(visit.seen), yes(visit.safe));
        let pointer = format!("/facts/visits/{nth}");
        block = block.row(label("回访", done), text).sensitive(
            "回访情况",
            visit.words.clone(),
            Mask::Hidden,
            pointer,
        );
    }
    if let Some(waiting) = &facts.closing {
        block = block.row("结案", format!("{}已登记，等待复核", waiting.by.name));
    }
    if let Some(done) = &facts.closed {
        let words = done.what.words.clone();
        block = block
            .row(
                label("结案", done),
                format!("告知报告人：{}", done.what.told),
            )
            .sensitive("结案理由", words, Mask::Hidden, "/facts/closed/words");
    }
    for done in &facts.reopened {
        block = block.row(label("重新办理", done), done.what.clone());
    }
    block
}
