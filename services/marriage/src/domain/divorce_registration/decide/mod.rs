//! What each act does: pure, one file per stage of the law. Casework has checked state and
//! role against the table before.

mod acceptance;
mod clocks;
mod registration;
mod scene;
mod side;
mod withdrawal;

use yiwang_casework::{Case, Context, Decision, Refusal};

use super::{DivorceRegistration, action::Action};
use crate::domain::world::World;

pub(super) use acceptance::submit;
pub(super) use clocks::{COOLING_END, WINDOW_END};
pub(super) use scene::Scene;

/// Result of an act.
type Decided = Result<Decision<DivorceRegistration>, Refusal>;

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<DivorceRegistration>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    match action {
        Action::IdentityAnswered(answer) => Ok(acceptance::identified(&scene, answer)),
        Action::RecheckIdentity => Ok(acceptance::recheck(&scene)),
        Action::Accept(data) => acceptance::accept(&scene, &data),
        Action::NotAccept(data) => acceptance::not_accept(&scene, &data),

        Action::Withdraw(data) => withdrawal::withdraw(&scene, &data),
        Action::AmendAgreement(data) => registration::amend(&scene, data),
        Action::Register(data) => registration::register(&scene, &data),
        Action::Deliver(data) => registration::deliver(&scene, &data),
        Action::Archive => registration::archive(&scene),

        Action::CoolingEnded => clocks::cooling_ended(&scene),
        Action::WindowEnded => clocks::window_ended(&scene),
        Action::End(data) => clocks::end(&scene, data.cause),

        Action::ReportViolence(data) => side::violence(&scene, &data),
        Action::OfferCounselling(data) => side::counselling(&scene, &data),
    }
}
