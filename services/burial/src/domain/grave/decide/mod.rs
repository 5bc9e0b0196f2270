//! What each act does: pure. Casework has checked state and role against the table before.

mod accept;
mod checks;
mod contract;
mod countersign;
mod end;
mod give_back;
mod lay;
mod period;
mod submit;
mod wishes;

use jiff::{ToSpan as _, civil::Date};
use uuid::Uuid;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{calendar::Due, params::ParamError, time};

use super::{
    Grave,
    action::Action,
    facts::{Facts, Move, Step},
    state::State,
    world::{Effect, Place, World},
};
use crate::domain::{desk, ledger::SpotError};

pub use self::submit::account_holder;
pub(super) use self::{
    period::{EXPIRED_NOTICE, NOTICE_END, PERIOD_END, PERIOD_ENDING},
    submit::submit,
};

/// Clock of the hold.
pub(super) const HOLD_END: &str = "hold_end";

/// Result of an act.
type Decided = Result<Decision<Grave>, Refusal>;

/// What every act looks at.
#[derive(Clone, Copy)]
struct Scene<'a> {
    case: &'a Case<Grave>,
    cx: &'a Context<'a>,
    world: &'a World,
}

impl Scene<'_> {
    fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    fn place(&self) -> Result<&Place, Refusal> {
        self.world.place.as_ref().ok_or_else(no_place)
    }

    /// Where the case stands beneath a signature or a wish that is awaited.
    fn beneath(&self) -> State {
        self.case.facts.beneath(self.case.state)
    }

    /// Time moves on what lies beneath; a signature or a wish that is awaited stays on top.
    fn moved_to(&self, state: State, mut facts: Facts, note: &str) -> Decision<Grave> {
        if self.case.state == self.beneath() {
            return Decision::to(state, facts, note);
        }
        match (&mut facts.asked, &mut facts.pending) {
            (Some(asked), _) => asked.from = state,
            (None, Some(pending)) => pending.from = state,
            (None, None) => {}
        }
        Decision::to(self.case.state, facts, note)
    }

    fn step(&self, text: &str) -> Step {
        step(self.cx, text)
    }
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<Grave>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    match action {
        Action::Accept(data) => accept::accept(scene, &data),
        Action::Approve(data) => accept::approve(scene, &data),
        Action::Refuse(data) => accept::refuse(scene, &data),
        Action::Withdraw => accept::withdraw(scene),
        Action::HoldEnded => accept::hold_ended(scene),
        Action::Sign(data) => contract::sign(scene, &data),
        Action::GiveBack(data) => give_back::give_back(scene, &data),
        Action::ConfirmGiveBack => give_back::confirm(scene),
        Action::Lay(data) => countersign::first(scene, Move::Lay(data)),
        Action::Renew(data) => period::renew(scene, &data),
        Action::PeriodEnding => period::ending(scene),
        Action::PeriodEnded => period::ended(scene),
        Action::NoticeEnded => Ok(period::notice_ended(scene)),
        Action::Countersign(data) => countersign::second(scene, &data),
        Action::FamilySign(data) => countersign::family(scene, &data),
        Action::Discard(data) => countersign::discard(scene, &data),
        Action::AskRenewal(data) => wishes::renewal(scene, &data),
        Action::AskRelocation(data) => wishes::relocation(scene, &data),
        Action::AskCorrection(data) => wishes::correction(scene, &data),
        Action::ChangeContact(data) => wishes::contact(scene, &data),
        Action::TakeBack => wishes::take_back(scene),
        Action::Correct(data) => wishes::correct(scene, &data),
        Action::Decline(data) => wishes::decline(scene, &data),
        Action::Relocate(data) => countersign::first(scene, Move::Relocate(data)),
        Action::Release(data) => countersign::first(scene, Move::Release(data)),
    }
}

fn step(cx: &Context<'_>, text: &str) -> Step {
    Step {
        account: cx
            .actor
            .officer()
            .map_or(Uuid::nil(), |(account, _)| account),
        by: desk::officer(cx),
        on: cx.today(),
        text: text.trim().to_owned(),
    }
}

fn no_place() -> Refusal {
    desk::at_field(
        "SPOT_UNKNOWN",
        "/spot",
        "没有找到这个位置，请从平面图上重新选。",
    )
}

/// A refusal of the place, with the next free ones to choose from.
fn taken(error: SpotError, world: &World) -> Refusal {
    let names: Vec<&str> = world.free.iter().map(|(_, label)| label.as_str()).collect();
    let message = match names.as_slice() {
        [] => error.message().to_owned(),
        names => format!("{}附近还有：{}。", error.message(), names.join("、")),
    };
    let free = world
        .free
        .iter()
        .map(|(id, label)| FieldViolation::new("/spot", "FREE", format!("{id} {label}")));
    let own = FieldViolation::new("/spot", error.code(), message.clone());
    Refusal {
        fields: std::iter::once(own).chain(free).collect(),
        ..Refusal::new(error.code(), message)
    }
}

/// The place stays the case's for so many working days: a clock, and the hold a day longer, so
/// that the clock acts first.
fn keep(
    cx: &Context<'_>,
    days: &str,
    from: Option<String>,
) -> Result<(StartClock, Effect), ParamError> {
    let due = cx.working_days(days)?;
    let clock = StartClock::fire(HOLD_END, "位置保留期限", "公墓选位规则", due);
    let until = time::end_of_day(later(due.last_day, 1));
    Ok((clock, Effect::Hold { from, until }))
}

fn later(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// A day that comes as it is: a contract does not move with holidays.
fn on(day: Date) -> Due {
    Due {
        last_day: day,
        provisional: false,
    }
}
