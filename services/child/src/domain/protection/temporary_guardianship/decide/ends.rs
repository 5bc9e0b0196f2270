//! How it ends: back home, somebody else, long-term guardianship, otherwise.

use yiwang_casework::{
    Case, Context, Decision, Refusal,
    two::{Pending, pending, second, signer, waits},
};
use yiwang_civic::citizen_id::CitizenId;

use super::{Decided, age};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    protection::{
        law as protection,
        placing::Voice,
        temporary_guardianship::{
            TemporaryGuardianship,
            action::{Adopted, Died, OtherGuardian, Reasons, ReturnHome, ReturnOrdered, ToLong},
            facts::{Facts, Outcome},
            law,
            state::State,
            world::{Effect, World},
        },
    },
};

/// What a return needs: a good assessment by somebody else, and the child's voice.
fn may_return(
    case: &Case<TemporaryGuardianship>,
    voice: &Voice,
    by: uuid::Uuid,
    cx: &Context<'_>,
) -> Result<(), Refusal> {
    let found = protection::voice(voice.heard, &voice.words, age(case, cx), "/voice");
    valid(found.into_iter().collect())?;
    let last = case.facts.assessments.last();
    law::may_return(last.map(|last| last.what.fit))?;
    match last {
        Some(last) if last.signer.account == by => Err(law::assessor_decides()),
        _ => Ok(()),
    }
}

pub(super) fn return_home(
    case: &Case<TemporaryGuardianship>,
    data: ReturnHome,
    cx: &Context<'_>,
) -> Decided {
    let empty = [
        filled(&data.to, "/to", "请写明送回给谁。"),
        filled(&data.relation, "/relation", "请写明和儿童的关系。"),
        filled(&data.record, "/record", "请填写交接单编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    may_return(case, &data.voice, signer(cx)?.account, cx)?;
    let outcome = Outcome::Returned(data);
    Ok(ended(case, State::Returned, outcome, "送回监护人", cx))
}

/// The county decided it in the protection case.
pub(super) fn return_ordered(
    case: &Case<TemporaryGuardianship>,
    data: ReturnOrdered,
    cx: &Context<'_>,
) -> Decided {
    let by = data.account.trim().parse().unwrap_or_default();
    may_return(case, &data.voice, by, cx)?;
    let outcome = Outcome::Returned(ReturnHome {
        to: data.to,
        relation: String::new(),
        record: data.case_number,
        voice: data.voice,
    });
    Ok(ended(case, State::Returned, outcome, "送回监护人", cx))
}

pub(super) fn other_guardian(
    case: &Case<TemporaryGuardianship>,
    data: OtherGuardian,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let voice = &data.voice;
    let mut found: Vec<_> = [
        filled(&data.name, "/name", "请填写监护人姓名。"),
        filled(&data.relation, "/relation", "请写明和儿童的关系。"),
        filled(&data.paper, "/paper", "请填写文书编号。"),
        protection::voice(voice.heard, &voice.words, age(case, cx), "/voice"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if data.id_number.trim().parse::<CitizenId>().is_err() {
        let message = "请填写监护人的身份证号，要核查是否有不能照护儿童的情形。";
        let wrong = yiwang_chassis::fault::FieldViolation::new("/id_number", "REQUIRED", message);
        found.push(wrong);
    }
    valid(found)?;
    if world.barred {
        let message = "这个人有不能照护儿童的情形，或者涉嫌侵害这名儿童，不能担任监护人。";
        return Err(at_field("CARER_BARRED", "/id_number", message));
    }
    let outcome = Outcome::Other(data);
    Ok(ended(
        case,
        State::OtherGuardian,
        outcome,
        "确定其他监护人",
        cx,
    ))
}

/// What long-term guardianship needs.
fn may_become_long(
    case: &Case<TemporaryGuardianship>,
    data: &ToLong,
    cx: &Context<'_>,
    world: &World,
) -> Result<(), Refusal> {
    let empty = filled(&data.paper, "/paper", "请填写证明、判决书编号。");
    valid(empty.into_iter().collect())?;
    if !protection::may_become(case.form.ground, data.ground) {
        let message = "这种临时监护情形不能按这个理由转长期监护，请核对。";
        return Err(at_field("GROUND_DOES_NOT_FIT", "/ground", message));
    }
    data.placing
        .check(&data.voice, age(case, cx), world.barred)?;
    protection::long_place(data.placing.place)
}

pub(super) fn to_long(
    case: &Case<TemporaryGuardianship>,
    data: ToLong,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    if let Some(waiting) = &case.facts.pending {
        return Err(waits("转长期监护", &waiting.by.name));
    }
    may_become_long(case, &data, cx, world)?;
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step: data,
        by: signer(cx)?,
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, "登记转长期监护，等待复核"))
}

pub(super) fn countersign(
    case: &Case<TemporaryGuardianship>,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let waiting = pending(case.facts.pending.clone())?;
    second(waiting.by.account, cx)?;
    may_become_long(case, &waiting.step, cx, world)?;
    let effect = Effect::ToLong(Box::new(waiting.step.clone()));
    let outcome = Outcome::Long(waiting.step);
    let mut decision = ended(case, State::ToLong, outcome, "转为长期监护", cx);
    decision.facts.pending = None;
    decision.effects = vec![effect];
    Ok(decision)
}

pub(super) fn send_back(case: &Case<TemporaryGuardianship>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    pending(facts.pending.take())?;
    Ok(Decision::to(
        case.state,
        facts,
        format!("退回重写：{reasons}"),
    ))
}

/// The guardianship of civil affairs ends; the last placement ends at the same instant.
fn ended(
    case: &Case<TemporaryGuardianship>,
    state: State,
    outcome: Outcome,
    note: &str,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    let mut facts: Facts = case.facts.clone();
    facts.outcome = Some((outcome, cx.today(), desk::officer(cx)));
    Decision::to(state, facts, note).effect(Effect::End)
}

pub(super) fn otherwise(
    case: &Case<TemporaryGuardianship>,
    why: &str,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    let outcome = Outcome::Otherwise(why.to_owned());
    ended(case, State::Ended, outcome, why, cx)
}

pub(super) fn adopted(
    case: &Case<TemporaryGuardianship>,
    data: &Adopted,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    otherwise(case, &format!("儿童{}被收养", day(data.on)), cx)
}

pub(super) fn died(
    case: &Case<TemporaryGuardianship>,
    data: &Died,
    cx: &Context<'_>,
) -> Decision<TemporaryGuardianship> {
    otherwise(case, &format!("儿童{}死亡", day(data.died_on)), cx)
}
