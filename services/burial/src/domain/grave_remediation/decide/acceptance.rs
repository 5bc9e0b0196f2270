//! Accepted by two with both photos, closed, looked at again.

use prost::Message as _;
use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_proto::burial::v1::IllegalGraveChanged;

use super::{
    super::{
        GraveRemediation,
        action::{Acceptance, Finding, Reasons, Recheck},
        facts::Pending,
        state::State,
        world::Effect,
    },
    Decided,
};
use crate::domain::{
    desk::{self, at_field, filled, handed, valid},
    two,
};

/// The first of two.
pub(super) fn first(case: &Case<GraveRemediation>, data: Acceptance, cx: &Context<'_>) -> Decided {
    if let Some(pending) = &case.facts.pending {
        return Err(two::waits("验收", &pending.by.name));
    }
    let empty = [
        handed(
            &data.after_photo,
            "/after_photo",
            "请拍照上传整改后的照片。",
        ),
        filled(&data.opinion, "/opinion", "请填写验收意见。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let before = &data.before_photo.files;
    let before = before.iter().map(|file| file.sha256.clone());
    let before: Vec<String> = case.facts.photos.iter().cloned().chain(before).collect();
    if data.after_photo.shares(&before) {
        let message = "整改前后不能是同一张照片，请到现场重新拍。";
        return Err(at_field("SAME_PHOTO", "/after_photo", message));
    }
    let by = two::signer(cx)?;
    let note = format!("{}验收，待另一人验收", by.name);
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        acceptance: data,
        by,
        at: cx.now,
    });
    Ok(Decision::to(State::Treated, facts, note))
}

/// The second, by another account: 销号.
pub(super) fn second(case: &Case<GraveRemediation>, cx: &Context<'_>) -> Decided {
    let pending = two::pending(case.facts.pending.as_ref())?;
    let by = two::second(pending.by.account, cx)?;
    let done = two::pending(case.facts.treatments.last())?;
    let outcome = done.outcome.code();
    let signed = [pending.by.name.clone(), by.name];
    let mut facts = case.facts.clone();
    facts.accepted = Some((pending.acceptance.clone(), cx.today(), signed));
    facts.pending = None;
    let mut decision = Decision::to(State::Closed, facts, "两人验收合格，已销号")
        .effect(Effect::Close {
            outcome,
            on: cx.today(),
        })
        .start(look_again(cx)?);
    decision.events.push(event(case, "closed", outcome, cx));
    Ok(decision)
}

fn look_again(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let due = cx.calendar_days("burial.remediation.recheck_days")?;
    Ok(StartClock::warn(
        "recheck",
        "回头看",
        "地方殡葬整治规定",
        due,
    ))
}

fn event(
    case: &Case<GraveRemediation>,
    event: &'static str,
    outcome: &str,
    cx: &Context<'_>,
) -> DomainEvent {
    let payload = IllegalGraveChanged {
        case_number: case.number.clone(),
        division: case.division.clone(),
        kind: case.form.kind.code().to_owned(),
        outcome: outcome.to_owned(),
        on: cx.today().to_string(),
    };
    DomainEvent {
        aggregate: "illegal_grave",
        aggregate_id: case.number.clone(),
        event,
        payload: payload.encode_to_vec(),
    }
}

/// Not good enough: whoever put it in order goes on.
pub(super) fn reject(case: &Case<GraveRemediation>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    let by = desk::officer(cx);
    facts.rejections.push((reasons.to_owned(), cx.today(), by));
    facts.pending = None;
    // With time left it runs on; the owner's limit was stopped, so the office sets a new one.
    let next = if overdue(case) {
        State::Overdue
    } else {
        State::Registered
    };
    Ok(Decision::to(next, facts, "验收不合格，退回整改"))
}

/// Whether the office itself had put it in order.
fn overdue(case: &Case<GraveRemediation>) -> bool {
    let last = case.facts.treatments.last();
    last.is_some_and(|done| done.doer == super::Doer::Office)
}

/// 回头看: kept, or everything again.
pub(super) fn recheck(case: &Case<GraveRemediation>, data: Recheck, cx: &Context<'_>) -> Decided {
    valid(
        handed(&data.photo, "/photo", "请拍照上传现场照片。")
            .into_iter()
            .collect(),
    )?;
    let relapsed = data.finding == Finding::Relapsed;
    if relapsed {
        valid(
            filled(&data.note, "/note", "请写明反弹的情况。")
                .into_iter()
                .collect(),
        )?;
    }
    let mut facts = case.facts.clone();
    facts.rechecks.push((data, cx.today(), desk::officer(cx)));
    if !relapsed {
        return Ok(
            Decision::to(State::Closed, facts, "回头看：保持整改状态").start(look_again(cx)?)
        );
    }
    facts.reopened += 1;
    facts.accepted = None;
    let mut decision = Decision::to(State::Registered, facts, "回头看：反弹，重新整治")
        .stop("recheck")
        .effect(Effect::Reopen);
    decision.events.push(event(case, "reopened", "", cx));
    Ok(decision)
}
