//! What each act does: pure (rules R10, C5.7).

mod identity;
mod steps;

use prost::Message as _;
use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    Settlement,
    action::Action,
    facts::Facts,
    form::Form,
    law,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, valid},
    leaving::{self, Guest},
    search::Law,
    two,
};

const REVIEW: &str = "review";
const APPROVE: &str = "approve";
const POLICE: &str = "police";
const BENEFITS: &str = "benefits";
const REPEAT: &str = "repeat";
const CANCEL: &str = "cancel";
const BASIS: &str = "民发〔2015〕158号：长期滞留人员的安置和落户";

/// Result of an act.
type Decided = Result<Decision<Settlement>, Refusal>;

/// Still unknown, more than three months, nothing of the search missing; asked at each step, for
/// the search goes on meanwhile.
fn may_settle<'a>(cx: &Context<'_>, world: &'a World) -> Result<&'a Guest, Refusal> {
    let guest = leaving::guest(world.stay.as_ref())?;
    guest.of_station(cx.division)?;
    if guest.known {
        let message = "身份已经查明，不能再以不明身份落户安置；请办理接送返回。";
        return Err(Refusal::new("ALREADY_KNOWN", message));
    }
    world
        .search
        .may_settle(guest.arrived_at, cx.now, &Law::load(cx)?)?;
    Ok(guest)
}

/// The station asks.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations())?;
    if let Some(open) = &world.open {
        let message = format!("这名受助人员的落户安置正在办理（{open}），请打开原来的办件。");
        return Err(at_field("SETTLEMENT_OPEN", "/stay", message));
    }
    let guest = may_settle(cx, world)?;
    law::household(guest.minor, form.home)?;
    let facts = Facts {
        filed_by: Some(two::signer(cx)?),
        ..Facts::default()
    };
    Ok(
        Decision::to(State::Applied, facts, "提出安置申请，一人一函")
            .start(steps::to_review(cx)?)
            .effect(Effect::Follow)
            .effect(Effect::Request),
    )
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<Settlement>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Review(data) => steps::review(case, data, cx, world),
        Action::SendBack(data) => steps::returned(case, &data, State::Returned, cx),
        Action::Supplement(data) => steps::returned(case, &data, State::Applied, cx),
        Action::Approve(data) => steps::approve(case, data, cx, world),
        Action::Register(data) => steps::register(case, data, cx, world),
        Action::Benefits(data) => steps::benefits(case, data, cx),
        Action::Granted(data) => steps::granted(case, data, cx),
        Action::Repeat(data) => steps::repeat(case, data, cx),
        Action::TrueIdentity(data) => identity::told(case, data, cx, world),
        Action::Revoke(data) => identity::revoke(case, data, cx),
        Action::Found(data) => identity::found(case, &data, cx, world),
        Action::NotFound(data) => identity::not_found(case, data, cx),
        Action::CancelHousehold(data) => identity::cancel(case, data, cx, world),
        Action::Countersign => identity::countersign(case, cx, world),
        Action::Discard(data) => {
            let reasons = desk::reasons(&data.reasons)?;
            let mut facts = case.facts.clone();
            let pending = two::pending(facts.pending.take())?;
            let note = format!("作废待复核的“{}”：{reasons}", pending.step.label());
            Ok(Decision::to(case.state, facts, note))
        }
        Action::End(data) => {
            let mut facts = case.facts.clone();
            desk::reasons(&data.reasons)?.clone_into(&mut facts.ended);
            Ok(Decision::to(State::Ended, facts, "终止安置申请")
                .stop(REVIEW)
                .stop(APPROVE)
                .stop(POLICE)
                .effect(Effect::Follow))
        }
    }
}

/// The key of the person whom the act names.
fn named(world: &World) -> Result<String, Refusal> {
    let message = "证件号码不正确，请核对。";
    world
        .person
        .clone()
        .ok_or_else(|| at_field("ID_NUMBER", "/number", message))
}

fn again(cx: &Context<'_>, law: &Law<'_>) -> StartClock {
    let due = cx.calendar.add_months(cx.today(), law.repeat_months);
    StartClock::warn(
        REPEAT,
        "再次比对DNA和人脸",
        "安置后继续寻亲（本地规定）",
        due,
    )
}

/// A fact for the others; persons by key.
fn event(
    case: &Case<Settlement>,
    event: &'static str,
    facts: &Facts,
    world: &World,
    cx: &Context<'_>,
) -> DomainEvent {
    let who = world.stay.as_ref();
    let needs = match event {
        "settled" => law::needs(
            who.is_some_and(|who| who.minor),
            who.is_some_and(|who| who.guarded),
        ),
        _ => Vec::new(),
    };
    let payload = pb::SettlementChanged {
        case_number: case.number.clone(),
        stay: case.form.stay.trim().to_owned(),
        person: facts.person.clone(),
        true_person: facts.true_person.clone(),
        county: cx.county.to_owned(),
        needs: needs.into_iter().map(|it| it.code().to_owned()).collect(),
    };
    DomainEvent {
        aggregate: "settlement",
        aggregate_id: case.number.clone(),
        event,
        payload: payload.encode_to_vec(),
    }
}
