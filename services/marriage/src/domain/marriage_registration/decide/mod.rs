//! What each act does: pure, one file per stage of the law.
//!
//! Casework has checked state and role against the table before.

mod after;
mod end;
mod examine;
mod register;
mod scene;
mod submit;

use yiwang_casework::{Case, Context, Decision, Refusal};

use super::{MarriageRegistration, action::Action};
use crate::domain::world::World;

pub(super) use submit::submit;

use scene::Scene;

/// Result of an act.
type Decided = Result<Decision<MarriageRegistration>, Refusal>;

/// Decides an act on a case.
///
/// # Errors
/// A refusal with its code.
pub(super) fn decide(
    case: &Case<MarriageRegistration>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    match action {
        Action::IdentityAnswered(answer) => examine::identity_answered(&scene, answer),
        Action::RecheckIdentity => Ok(examine::recheck(&scene)),
        Action::ProveStatus(data) => examine::prove(&scene, &data),
        Action::Declare(data) => examine::declare(&scene, &data),
        Action::Register(data) => register::register(&scene, data),
        Action::Refuse(data) => end::refuse(&scene, &data),
        Action::Cancel(data) => end::cancel(&scene, &data),
        Action::ReportViolence(data) => examine::report(&scene, &data),
        Action::Deliver(data) => after::deliver(&scene, data),
        Action::Archive => after::archive(&scene),
    }
}
