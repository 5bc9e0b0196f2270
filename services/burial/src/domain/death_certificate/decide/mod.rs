//! What each act does: pure. Casework has checked state and role against the table before.

mod entry;
mod outside;
mod paper;
mod voiding;

use yiwang_casework::{Case, Context, Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{
    DeathCertificate,
    action::Action,
    facts::Step,
    law::parts::PartsError,
    world::{Known, World},
};
use crate::domain::desk;

pub(super) use entry::submit;

/// Result of an act.
type Decided = Result<Decision<DeathCertificate>, Refusal>;

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<DeathCertificate>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Check(data) => entry::check(case, &data, cx, world),
        Action::ReturnPaper(data) => entry::send_back(case, &data, cx),
        Action::Correct(data) => paper::correct(case, &data, cx, world),
        Action::Reissue(data) => paper::reissue(case, &data, cx, world),
        Action::AskVoid(data) => voiding::ask(case, &data, cx),
        Action::Void(data) => voiding::void(case, &data, cx),
        Action::Keep(data) => voiding::keep(case, &data, cx),
        Action::SignerCorrected(data) => Ok(outside::corrected(case, &data, cx)),
        Action::Named(data) => Ok(outside::named(case, &data, cx)),
        Action::SignerVoids(data) => Ok(outside::voids(case, &data, cx)),
        Action::SignerRefused(data) => Ok(outside::refused(case, &data, cx)),
        Action::Revoked => Ok(voiding::revoked(case)),
    }
}

/// The act as kept; only officers act.
fn step(cx: &Context<'_>, reasons: &str) -> Result<Step, Refusal> {
    let Some((account, _)) = cx.actor.officer() else {
        let message = "死亡证明由医疗卫生机构或者窗口录入，请把证明交给工作人员。";
        return Err(Refusal::new("AT_COUNTER", message));
    };
    Ok(Step {
        account,
        by: desk::officer(cx),
        on: cx.today(),
        reasons: reasons.to_owned(),
    })
}

/// Two pairs of eyes.
fn another(of: Option<&Step>, step: &Step, message: &str) -> Result<(), Refusal> {
    match of {
        Some(first) if first.account == step.account => Err(Refusal::new("SAME_OFFICER", message)),
        _ => Ok(()),
    }
}

fn recorded(world: &World) -> Result<&Known, Refusal> {
    world.known.as_ref().ok_or_else(|| {
        let message = "登记库中没有这份证明，请刷新页面后重试。";
        Refusal::new("DEATH_UNKNOWN", message)
    })
}

fn parts(error: PartsError) -> Refusal {
    Refusal::new(error.reason(), error.message())
}

fn violation(field: &str, reason: &'static str, message: &str) -> Refusal {
    Refusal {
        code: reason,
        message: message.to_owned(),
        fields: vec![FieldViolation::new(field, reason, message)],
    }
}

/// Number of the recorded certificate.
fn number(case: &Case<DeathCertificate>) -> String {
    case.facts.number.clone()
}
