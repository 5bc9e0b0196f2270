//! What each act does: pure. Casework has checked state and role against the table before.

mod application;
mod issue;
mod search;

use yiwang_casework::{Case, Context, Decision, Refusal};

use super::{CertificateReissue, action::Action, facts::Facts};
use crate::domain::desk;
use crate::domain::world::World;

pub(super) use application::submit;

/// Result of an act.
type Decided = Result<Decision<CertificateReissue>, Refusal>;

/// Who may come at all, in words.
const IN_PERSON: &str = "补领须由本人到婚姻登记处办理，不能网上提交；本人不能到场的，\
                         可以由代办人持经公证的授权委托书到场。请先预约，再带上身份证。";

/// Case, surroundings and register.
#[derive(Clone, Copy)]
struct Scene<'a> {
    case: &'a Case<CertificateReissue>,
    cx: &'a Context<'a>,
    world: &'a World,
}

impl Scene<'_> {
    /// A copy of the facts to change.
    fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    /// A decision that leaves the state.
    fn stay(&self, facts: Facts, note: impl Into<String>) -> Decision<CertificateReissue> {
        Decision::to(self.case.state, facts, note)
    }

    /// Name of the acting officer.
    fn officer(&self) -> String {
        desk::officer(self.cx)
    }
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<CertificateReissue>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    match action {
        Action::IdentityAnswered(answer) => Ok(application::identified(&scene, answer)),
        Action::RecheckIdentity => Ok(application::recheck(&scene)),
        Action::SearchArchive(data) => search::search(&scene, data),
        Action::Reissue => issue::reissue(&scene),
        Action::Refuse(data) => issue::refuse(&scene, &data),
        Action::Deliver(data) => issue::deliver(&scene, &data),
        Action::Archive => issue::archive(&scene),
    }
}
