//! What each act does: pure, one file per stage of the law.
//!
//! Casework has checked state and role against the table before; here stand the
//! guards of the law, each with its code, and everything the act changes.

mod acceptance;
mod accounts;
mod amend;
mod check;
mod confirm;
mod deaths;
mod investigation;
mod notice;
mod opinion;
mod payment;
mod persons;
mod recheck;
mod revoked;
mod scene;
mod stop;
mod told;

use yiwang_casework::{Case, Context, Decision, Refusal};

pub(super) use acceptance::submit;
pub(crate) use check::ERRAND as CHECK_ERRAND;
pub(crate) use payment::PAYEE_ERRAND;
pub(super) use scene::Scene;
pub(crate) use scene::already_supported;

use super::{MinimumLiving, action::Action, world::World};

/// Result of an act.
pub(super) type Decided = Result<Decision<MinimumLiving>, Refusal>;

/// Decides an act on a case.
///
/// # Errors
/// A refusal with its code.
pub(super) fn decide(
    case: &Case<MinimumLiving>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    scene.recuse()?;
    act(&scene, action).map(|decision| told::still_waiting(&scene, decision))
}

fn act(scene: &Scene<'_>, action: Action) -> Decided {
    match action {
        Action::RequestCorrection(data) => acceptance::request_correction(scene, data),
        Action::Correct(data) => acceptance::correct(scene, *data),
        Action::Accept(data) => acceptance::accept(scene, data),
        Action::Amend(data) => amend::amend(scene, *data),
        Action::Withdraw => acceptance::withdraw(scene),
        Action::Extend(data) => acceptance::extend(scene, &data),
        Action::RecordComplaint(data) => acceptance::complain(scene, data),

        Action::StartInvestigation(data) => investigation::start(scene, data),
        Action::RecordVisit(data) => investigation::visit(scene, data),
        Action::RecordFindings(data) => investigation::findings(scene, data),
        Action::RecordReview(data) => investigation::review(scene, data),
        Action::Reinvestigate => investigation::again(scene),
        Action::SendBack(data) => investigation::send_back(scene, &data),
        Action::Terminate(data) => investigation::terminate(scene, &data),

        Action::RequestCheck => check::request(scene),
        Action::StartCheck => check::start(scene),
        Action::CheckAnswered(answer) => check::answered(scene, answer),
        Action::EnterReport(data) => check::enter(scene, data),
        Action::TellCheckFailure(data) => check::tell(scene, &data),
        Action::ObjectCheck(data) => check::object(scene, data),
        Action::ResumeInvestigation => check::resume(scene),

        Action::GiveOpinion(data) => opinion::give(scene, data),
        Action::PostNotice(data) => notice::post(scene, &data),
        Action::NoticeEnded => notice::ended(scene),
        Action::Object(data) => notice::object(scene, data),
        Action::ReportToCounty => notice::report(scene),

        Action::Review => confirm::review(scene),
        Action::TownshipConfirm(data) => confirm::township(scene, &data),
        Action::TownshipReject(data) => confirm::township_reject(scene, &data),
        Action::Confirm(data) => confirm::confirm(scene, &data),
        Action::Reject(data) => confirm::reject(scene, &data),
        Action::RecordDelivery(data) => confirm::delivered(scene, &data),

        Action::OrderPayment => payment::begin(scene),
        Action::ChangeAccount(data) => payment::change_account(scene, data),
        Action::PaymentSettled(data) => payment::settled(scene, data),
        Action::PayeeStored => payment::payee_stored(scene),

        Action::ReportChange(data) => recheck::report_change(scene, data),
        Action::StartRecheck(data) => recheck::start(scene, data.cause),
        Action::RecheckDue => recheck::due(scene),
        Action::Propose(data) => recheck::propose(scene, data),
        Action::RecordHearing(data) => recheck::hear(scene, data),
        Action::Decide(data) => recheck::decide(scene, data),

        Action::ExtendGrace(data) => stop::extend_grace(scene, data.months),
        Action::GraceOver => stop::grace_over(scene),
        Action::StopVoluntarily => stop::voluntarily(scene),
        Action::FraudStop(data) => stop::fraud(scene, data),

        Action::ReportDeath(data) => deaths::report(scene, &data),
        Action::RecordDeath(data) => deaths::record(scene, &data),
        Action::RevokeDeath(data) => revoked::revoke(scene, &data.person),
        Action::HoldShare(data) => told::hold(scene, &data),
        Action::ReleaseShare(data) => told::release(scene, &data.person),
        Action::RecordMarital(data) => told::marital(scene, &data),
        Action::RecordFound(data) => told::found(scene, &data.person),
        Action::BalanceAccounts => accounts::balance(scene),
        Action::RecordRecovery(data) => accounts::recovered(scene, &data),
        Action::WaiveRecovery(data) => accounts::waive(scene, &data),
        Action::RecordJobOffer(data) => persons::job_offer(scene, &data),
        Action::Elsewhere => Ok(persons::elsewhere(scene)),
    }
}
