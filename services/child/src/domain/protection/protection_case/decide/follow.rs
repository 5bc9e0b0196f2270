//! Back home, follow-up, the end, the second signature, and opening again.

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{
    Decision, Refusal,
    two::{Pending, pending, second, signer, waits},
};

use super::{ASSESS, Decided, Scene, VISIT, assess};
use crate::domain::{
    desk::{self, filled, valid},
    protection::{
        law::{self, Closing},
        protection_case::{
            action::{Close, FollowUp, Hear, Reasons, Return, Visit},
            facts::Facts,
            state::State,
            world::Effect,
        },
    },
};

/// Back to the guardians; the guardianship of civil affairs ends by its own rules.
pub(super) fn back_home(scene: &Scene<'_>, data: Return) -> Decided {
    if !scene.in_care() {
        let message = "儿童不在临时监护中，不用送回；可以直接转入回访。";
        return Err(Refusal::new("NOT_IN_CARE", message));
    }
    let found = [
        filled(&data.to, "/to", "请写明送回给谁。"),
        law::voice(data.voice.heard, &data.voice.words, scene.age(), "/voice"),
    ];
    valid(found.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    facts.returned = Some(scene.done(data.voice.clone()));
    facts.voices.push(scene.done(Hear {
        voice: data.voice.clone(),
        about: "送回家".to_owned(),
    }));
    let follow = FollowUp {
        village: data.village,
        months: data.months,
        words: "送回家".to_owned(),
    };
    let effect = Effect::BackHome {
        to: data.to.trim().to_owned(),
        voice: data.voice,
        by: signer(scene.cx)?.account,
    };
    let decision = followed(scene, facts, follow, "送回监护人，开始回访")?;
    Ok(decision.effect(effect))
}

pub(super) fn follow_up(scene: &Scene<'_>, data: FollowUp) -> Decided {
    let empty = filled(&data.words, "/words", "请写明理由。");
    valid(empty.into_iter().collect())?;
    if scene.in_care() {
        let message = "儿童还在临时监护中，请办理送回，或者等临时监护结束。";
        return Err(Refusal::new("CHILD_IN_CARE", message));
    }
    followed(scene, scene.facts(), data, "转入回访")
}

fn followed(scene: &Scene<'_>, mut facts: Facts, data: FollowUp, note: &str) -> Decided {
    let rule = |id: &str| scene.cx.rule(id).and_then(|rule| rule.count());
    let least = rule("child.protection.follow_months_min")?;
    let most = rule("child.protection.follow_months_max")?;
    law::follow_up(data.months, least, most)?;
    if !data.village.starts_with(scene.cx.county) {
        let message = "回访的村（社区）不在本县（市、区），请核对；搬走的请移送。";
        return Err(desk::at_field("OTHER_PLACE", "/village", message));
    }
    let until = scene
        .today()
        .saturating_add(i64::from(data.months).months());
    facts.follow_up = Some((scene.done(data), until));
    visited(scene, Decision::to(State::FollowUp, facts, note))
}

fn visited(scene: &Scene<'_>, decision: Decision<super::ProtectionCase>) -> Decided {
    let limit = VISIT.days(scene.cx, "child.protection.visit_days")?;
    Ok(decision.start(limit))
}

pub(super) fn visit(scene: &Scene<'_>, data: Visit) -> Decided {
    let empty = filled(&data.words, "/words", "请写明情况。");
    valid(empty.into_iter().collect())?;
    let (seen, safe) = (data.seen, data.safe);
    let mut facts = scene.facts();
    facts.visits.push(scene.done(data));
    if !safe {
        facts.closing = None;
        let decision = Decision::to(State::Assessing, facts, "回访发现儿童不安全，重新评估");
        let limit = ASSESS.days(scene.cx, "child.protection.assess_days")?;
        return Ok(decision.stop(VISIT.0).start(limit));
    }
    if !seen {
        // The limit goes on: nobody has seen the child.
        return Ok(scene.stays(facts, "回访，没有见到儿童本人，请再去一次"));
    }
    visited(scene, scene.stays(facts, "回访，见到儿童本人"))
}

/// Everything that stands in the way of the end.
fn may_close(scene: &Scene<'_>, facts: &Facts, data: &Close) -> Result<(), Refusal> {
    let today = scene.today();
    let left = |follow: &(_, Date)| i64::from((follow.1 - today).get_days());
    let closing = Closing {
        seen: data.seen,
        safe: data.safe,
        police_told: facts.police.is_some(),
        level: facts.level(),
        in_care: scene.in_care(),
        in_long_care: scene.in_long_care(),
        order_open: facts.orders.iter().any(|order| order.open(today)),
        removal_open: facts.removal_open(),
        suggestion_open: facts.suggestions.iter().any(|(_, answer)| answer.is_none()),
        plan_open: facts.plan_open(),
        follow_up_left: facts.follow_up.as_ref().map(left),
    };
    let found = law::not_closed(&closing);
    if found.is_empty() {
        return Ok(());
    }
    let what: Vec<&str> = found
        .iter()
        .map(|it| it.message.trim_end_matches('。'))
        .collect();
    Err(Refusal {
        fields: Vec::new(),
        ..Refusal::new(
            first_code(&found),
            format!("还不能结案：{}。", what.join("；")),
        )
    })
}

/// The code of the first reason; the sentence says all of them.
fn first_code(found: &[yiwang_chassis::fault::FieldViolation]) -> &'static str {
    let code = found
        .first()
        .map(|it| it.reason.as_ref())
        .unwrap_or_default();
    let known = law::CLOSING_CODES.iter().find(|known| **known == code);
    known.copied().unwrap_or("NOT_CLOSED")
}

pub(super) fn close(scene: &Scene<'_>, data: Close) -> Decided {
    if let Some(waiting) = &scene.case.facts.closing {
        return Err(waits("结案", &waiting.by.name));
    }
    let empty = [
        filled(&data.words, "/words", "请写明结案理由。"),
        filled(
            &data.told,
            "/told",
            "请写明怎样告知报告人；不能告知的写明原因。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    may_close(scene, &facts, &data)?;
    facts.closing = Some(Pending {
        step: data,
        by: signer(scene.cx)?,
        at: scene.cx.now,
    });
    Ok(scene.stays(facts, "登记结案，等待复核"))
}

/// The second signature: under a conference, or under the end.
pub(super) fn countersign(scene: &Scene<'_>) -> Decided {
    if scene.case.facts.conferring.is_some() {
        return assess::conferred(scene);
    }
    let mut facts = scene.facts();
    let waiting = pending(facts.closing.take())?;
    second(waiting.by.account, scene.cx)?;
    may_close(scene, &facts, &waiting.step)?;
    facts.closed = Some(scene.done(waiting.step));
    Ok(Decision::to(State::Closed, facts, "结案"))
}

pub(super) fn reopen(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?.to_owned();
    let mut facts = scene.facts();
    facts.closed = None;
    facts.follow_up = None;
    facts.reopened.push(scene.done(reasons));
    let limit = ASSESS.days(scene.cx, "child.protection.assess_days")?;
    Ok(Decision::to(State::Triaged, facts, "重新办理").start(limit))
}
