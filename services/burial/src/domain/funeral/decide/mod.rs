//! What each act does: pure. Casework has checked state and role against the table before.

mod ashes;
mod booking;
mod confirmation;
mod countersign;
mod cremation;
mod family;
mod holds;
mod intake;
mod notice;
mod transfer;
mod verify;

use jiff::{SignedDuration, Timestamp};
use yiwang_casework::{Case, Context, Decision, OnDue, Refusal, decision::StartClock};
use yiwang_civic::time;

pub(super) use notice::submit;

use super::{
    Funeral,
    action::Action,
    facts::{Facts, Signer},
    handling::Handling,
    step::Step,
    world::{Home, World},
};
use crate::domain::two;

/// Result of an act.
pub(super) type Decided = Result<Decision<Funeral>, Refusal>;

/// One act on one case.
#[derive(Clone, Copy)]
struct Scene<'a> {
    case: &'a Case<Funeral>,
    cx: &'a Context<'a>,
    world: &'a World,
}

impl Scene<'_> {
    fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    fn handling(&self) -> Handling<'_> {
        Handling::of(&self.case.form, &self.case.facts)
    }

    fn home(&self) -> Result<&Home, Refusal> {
        self.world.home.as_ref().ok_or_else(notice::no_home)
    }

    /// The officer who acts.
    fn signer(&self) -> Result<Signer, Refusal> {
        two::signer(self.cx)
    }

    /// Stays where it is.
    fn stay(&self, facts: Facts, note: impl Into<String>) -> Decision<Funeral> {
        Decision::to(self.case.state, facts, note)
    }
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<Funeral>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    match action {
        Action::Dispatch(data) => notice::dispatch(&scene, &data),
        Action::Withdraw(data) | Action::WithdrawFor(data) => notice::withdraw(&scene, &data),
        Action::SendCertificate(data) | Action::RecordCertificate(data) => {
            notice::certificate(&scene, &data)
        }
        Action::PickUp(data) => countersign::first(&scene, Step::PickUp(data)),
        Action::Receive(data) => countersign::first(&scene, Step::Receive(data)),
        Action::Store(data) => countersign::first(&scene, Step::Store(data)),
        Action::Farewell(data) => countersign::first(&scene, Step::Farewell(data)),
        Action::Verify(data) => countersign::first(&scene, Step::Verify(data)),
        Action::Start(data) => countersign::first(&scene, Step::Start(data)),
        Action::Finish(data) => countersign::first(&scene, Step::Finish(data)),
        Action::HandOver(data) => countersign::first(&scene, Step::HandOver(data)),
        Action::Deposit(data) => countersign::first(&scene, Step::Deposit(data)),
        Action::TransferOut(data) => countersign::first(&scene, Step::TransferOut(data)),
        Action::Countersign(data) => countersign::second(&scene, &data),
        Action::Discard(data) => countersign::discard(&scene, &data),
        Action::Extend(data) => intake::extend(&scene, &data),
        Action::ChooseFarewell(data) | Action::SetFarewell(data) => {
            booking::farewell(&scene, &data)
        }
        Action::DropFarewell => booking::drop_farewell(&scene),
        Action::ChooseQuiet | Action::SetQuiet => booking::quiet(&scene),
        Action::ChooseTime(data) | Action::SetTime(data) => booking::cremation(&scene, &data),
        Action::SignConfirmation(data) => confirmation::online(&scene, &data),
        Action::RecordConfirmation(data) => confirmation::paper(&scene, &data),
        Action::Hold(data) => holds::place(&scene, &data),
        Action::LiftHold(data) => holds::lift(&scene, &data),
        Action::ReportPolice(data) => holds::report(&scene, &data),
        Action::Certify => cremation::certify(&scene),
        Action::Reissue(data) => cremation::reissue(&scene, &data),
        Action::Settle(data) => ashes::settle(&scene, &data),
        Action::RevokeCertificate(data) => cremation::revoke(&scene, &data),
        Action::Contest(data) => notice::contest(&scene, &data),
        Action::LoseHandler(data) => family::lose_handler(&scene, &data),
        Action::TakeOver(data) => family::take_over(&scene, &data),
        Action::Named(data) => family::named(&scene, &data),
        Action::AskTransfer(data) => transfer::ask(&scene, &data),
        Action::DecideTransfer(data) => transfer::answer(&scene, &data),
    }
}

/// A limit of hours: it ends in the middle of a day.
fn hours(name: &str, label: &str, basis: &str, from: Timestamp, hours: u32) -> StartClock {
    let span = SignedDuration::from_hours(i64::from(hours));
    let due_at = from.saturating_add(span).unwrap_or(Timestamp::MAX);
    StartClock {
        name: name.to_owned(),
        label: label.to_owned(),
        legal_basis: basis.to_owned(),
        last_day: time::beijing_date(due_at),
        due_at,
        provisional: false,
        on_due: OnDue::Warn,
    }
}
