//! What each act does: pure (rules R08, C5.5).

mod letters;
mod trip;

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{
    EscortedReturn,
    action::Action,
    facts::Facts,
    form::Form,
    law,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, valid},
    leaving,
    stay::action::Reasons,
};

/// Clock of the answer.
pub(super) const ANSWER: &str = "answer";
const CONTACT: &str = "contact";
const RAISE: &str = "raise";
const LEAVE: &str = "leave";
const BASIS: &str = "民发〔2020〕14号：接送返回";

/// Result of an act.
type Decided = Result<Decision<EscortedReturn>, Refusal>;

/// The station opens it.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations())?;
    let guest = leaving::guest(world.stay.as_ref())?;
    guest.of_station(cx.division)?;
    if !guest.known {
        let message = "还没有查明受助人员的身份，请先寻亲、查明身份。";
        return Err(at_field("NOT_IDENTIFIED", "/stay", message));
    }
    if let Some(open) = &world.open {
        let message = format!("这名受助人员的接送返回正在办理（{open}），请打开原来的办件。");
        return Err(at_field("JOURNEY_OPEN", "/stay", message));
    }
    let facts = Facts {
        across_provinces: law::across_provinces(cx.division, &form.origin),
        ..Facts::default()
    };
    let note = match facts.across_provinces {
        true => "提出接送返回（跨省）",
        false => "提出接送返回（省内）",
    };
    let due = cx.working_days("rescue.journey.contact_working_days")?;
    let clock = StartClock::warn(CONTACT, "联系流出地", BASIS, due);
    Ok(Decision::to(State::Opened, facts, note)
        .start(clock)
        .effect(Effect::Follow))
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<EscortedReturn>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Forward(data) => letters::forward(case, data, cx),
        Action::Ask(data) => letters::ask(case, data, cx),
        Action::Agree(data) => letters::agree(case, data, cx),
        Action::Decline(data) => letters::no(case, Some(data), cx),
        Action::Unanswered => letters::no(case, None, cx),
        Action::Raise(data) => letters::raise(case, data, cx),
        Action::Depart(data) => trip::depart(case, data, cx, world),
        Action::HandOver(data) => trip::hand_over(case, data, cx),
        Action::Countersign => trip::countersign(case, cx, world),
        Action::Discard(data) => trip::discard(case, &data),
        Action::TurnBack(data) => trip::turn_back(case, &data, cx),
        Action::End(data) => end(case, &data, world),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

/// Nobody ends it under way: the person is in the vehicle.
fn end(case: &Case<EscortedReturn>, data: &Reasons, world: &World) -> Decided {
    let reasons = desk::reasons(&data.reasons)?.to_owned();
    let there = world
        .stay
        .as_ref()
        .is_some_and(|stay| stay.case_state == "on_trip");
    if there && case.state == State::OnWay {
        let message = "受助人员还在途中，请先登记交接或者折返回站。";
        return Err(Refusal::new("ON_WAY", message));
    }
    let mut facts = case.facts.clone();
    facts.pending = None;
    facts.ended = reasons;
    let fetched = world
        .stay
        .as_ref()
        .is_some_and(|stay| leaving::HOME.contains(&stay.leave_type.as_str()));
    let (state, note) = match fetched {
        true => (State::Home, "亲属或者单位已经接走"),
        false => (State::Ended, "结束接送返回"),
    };
    let clocks = [CONTACT, ANSWER, RAISE, LEAVE];
    let decision = Decision::to(state, facts, note);
    Ok(clocks.into_iter().fold(decision, Decision::stop))
}
