//! What each act does: pure. Casework has checked state and role against the table before.

mod care;
mod check_in;
mod death;
mod identity;
mod journey;
mod leave;
mod places;
mod property;
mod search;
mod time;
mod two_sign;

use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::DomainEvent};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

pub(super) use check_in::submit;
pub(super) use search::answered;
pub(super) use time::STRAND;

use super::{
    StationStay,
    action::Action,
    facts::Facts,
    law::{leaving::Leaver, person::Ages},
    step::Step,
    words::Sign,
    world::{Effect, Station, World},
};
use crate::domain::{desk, two};

/// Result of an act.
pub(super) type Decided = Result<Decision<StationStay>, Refusal>;

/// One act on one case.
#[derive(Clone, Copy)]
struct Scene<'a> {
    case: &'a Case<StationStay>,
    cx: &'a Context<'a>,
    world: &'a World,
}

impl Scene<'_> {
    fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    fn station(&self) -> Result<&Station, Refusal> {
        self.world.station.as_ref().ok_or_else(check_in::no_station)
    }

    /// Name of whoever acts; 系统 for clocks and other cases.
    fn by(&self) -> String {
        match desk::officer(self.cx) {
            name if name.is_empty() => "系统".to_owned(),
            name => name,
        }
    }

    /// Stays where it is.
    fn stay(&self, facts: Facts, note: impl Into<String>) -> Decision<StationStay> {
        Decision::to(self.case.state, facts, note)
    }

    /// Who would leave.
    fn leaver(&self) -> Leaver {
        let facts = &self.case.facts;
        let has = |what: fn(Sign) -> bool| facts.signs.iter().copied().any(what);
        Leaver {
            age: facts.age,
            minor: facts.minor,
            disorder: has(Sign::guards),
            hard_to_move: has(|sign| sign == Sign::Physical),
            ill: self.case.state == super::State::InHospital || has(Sign::is_illness),
            known: facts.identity.is_some(),
        }
    }

    /// A fact for the others. Who it is stands in it by key, which the storage fills in.
    fn event(&self, event: &'static str, facts: &Facts) -> DomainEvent {
        let payload = pb::StayChanged {
            case_number: self.case.number.clone(),
            station: self.case.form.station.trim().to_owned(),
            person: self.world.person.clone().unwrap_or_default(),
            minor: facts.minor,
            leave_type: facts
                .left
                .as_ref()
                .map_or_else(String::new, |left| left.how.code().to_owned()),
            on: beijing_date(self.cx.now).to_string(),
        };
        DomainEvent {
            aggregate: "stay",
            aggregate_id: self.case.number.clone(),
            event,
            payload: payload.encode_to_vec(),
        }
    }
}

/// Ages of the law here today.
fn ages(cx: &Context<'_>) -> Result<Ages, Refusal> {
    Ok(Ages {
        minor: cx.rule("rescue.age.minor")?.count()?,
        alone: cx.rule("rescue.age.alone")?.count()?,
    })
}

/// Decides an act on a case; the row of the stay follows.
pub(super) fn decide(
    case: &Case<StationStay>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    let mut decision = time::limited(&scene, act(&scene, action)?)?;
    // Done at last, or no longer to be done: the county has nothing more to do with it.
    let facts = &mut decision.facts;
    let search = &facts.search;
    facts
        .escalated
        .retain(|kind| search.waiting(*kind).is_some());
    let stranded_on = decision.facts.stranded_on;
    Ok(decision.effect(Effect::Follow { stranded_on }))
}

fn act(scene: &Scene<'_>, action: Action) -> Decided {
    match action {
        Action::Screen(data) => check_in::screen(scene, &data),
        Action::SendHospital(data) => care::send_hospital(scene, &data),
        Action::BackFromHospital(data) => care::back(scene, &data),
        Action::Diagnose(data) => care::diagnose(scene, &data),
        Action::Security(data) => check_in::security(scene, &data),
        Action::Register(data) => check_in::register(scene, data),
        Action::Admit(data) => places::admit(scene, &data),
        Action::Refuse(data) => check_in::refuse(scene, &data),
        Action::MovePlace(data) => places::shift(scene, &data),
        Action::TakeBelongings(data) => property::take(scene, &data),
        Action::GiveBack(data) => property::give_back(scene, data),
        Action::Give(data) => care::give(scene, &data),
        Action::Care(data) => care::log(scene, &data),
        Action::RecordClues(data) => search::clues(scene, data),
        Action::Biometrics(data) => search::biometrics(scene, data),
        Action::PoliceReport(data) => search::police_report(scene, &data),
        Action::Publish(data) => search::publish(scene, &data, false),
        Action::Refresh(data) => search::publish(scene, &data, true),
        Action::Unpublish(data) => search::unpublish(scene, &data),
        Action::RequestDna(data) => search::request_dna(scene, &data),
        Action::DnaAnswered(data) => search::dna_answered(scene, &data),
        Action::Escalate(data) => search::escalate(scene, &data),
        Action::Supervise(data) => search::supervise(scene, &data),
        Action::Identify(data) => two_sign::first(scene, Step::Identify(data)),
        Action::TakeBack(data) => two_sign::first(scene, Step::TakeBack(data)),
        Action::MatchConfirmed(data) => two_sign::matched(scene, data),
        Action::MatchTakenBack(data) => two_sign::unmatched(scene, data),
        Action::Countersign => two_sign::second(scene),
        Action::Discard(data) => two_sign::discard(scene, &data),
        Action::Extend(data) => time::extend(scene, &data),
        Action::Strand => time::strand(scene),
        Action::ChooseCare(data) => time::choose_care(scene, &data),
        Action::AskLeave => leave::ask(scene),
        Action::LeaveOwnWord(data) => leave::own_word(scene, &data),
        Action::Fetched(data) => two_sign::first(scene, Step::Fetched(data)),
        Action::HandOver(data) => two_sign::first(scene, Step::HandOver(data)),
        Action::Absconded(data) => leave::absconded(scene, &data),
        Action::Terminate(data) => leave::terminate(scene, &data),
        Action::Died(data) => death::died(scene, data),
        Action::DeathReported(data) => death::reported(scene, &data),
        Action::AliveHere(data) => death::alive(scene, &data),
        Action::Depart(data) => journey::depart(scene, &data),
        Action::ArriveHome(data) => journey::arrive(scene, &data),
        Action::Back(data) => journey::back(scene, &data),
        Action::ToFoster(data) => journey::to_foster(scene, &data),
        Action::FromFoster(data) => journey::from_foster(scene, &data),
        Action::SettleRequested(data) => search::settle_requested(scene, &data),
        Action::Overdue(step) => search::overdue(scene, &step),
        Action::Settled(data) => journey::settled(scene, &data),
        Action::SearchedAgain(data) => search::searched_again(scene, &data),
    }
}

/// Nothing else is written down while a step waits for its second signature.
fn no_pending(scene: &Scene<'_>) -> Result<(), Refusal> {
    match &scene.case.facts.pending {
        Some(pending) => Err(two::waits(pending.step.label(), &pending.by.name)),
        None => Ok(()),
    }
}
