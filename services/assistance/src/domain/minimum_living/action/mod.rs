//! Every act on an application, with what must be said in it.

mod procedure;
mod support;
mod told;

pub use self::{procedure::*, support::*, told::*};
use super::{findings::Findings, report::Answer};

yiwang_casework::actions! {
    /// One-time correction list 一次性告知.
    RequestCorrection(RequestCorrection) = "request_correction";
    /// The applicant answers the list.
    Correct(Box<Correct>) = "correct";
    /// 受理.
    Accept(Accept) = "accept";
    /// Two officers are named.
    StartInvestigation(StartInvestigation) = "start_investigation";
    /// A visit or enquiry.
    RecordVisit(RecordVisit) = "record_visit";
    /// What the office found, where it differs from the form.
    RecordFindings(Findings) = "record_findings";
    /// 民主评议.
    RecordReview(Text) = "record_review";
    /// Asks the check centre.
    RequestCheck = "request_check";
    /// The centre begins.
    StartCheck = "start_check";
    /// The centre answers.
    CheckAnswered(Answer) = "check_answered";
    /// The centre enters a report by hand while its system is down.
    EnterReport(EnterReport) = "enter_report";
    /// The family is told of the difference.
    TellCheckFailure(Text) = "tell_check_failure";
    /// The family objects to the check.
    ObjectCheck(Text) = "object_check";
    /// The family accepts the check, or its time passed.
    ResumeInvestigation = "resume_investigation";
    /// The family would not be investigated.
    Terminate(Reasons) = "terminate_noncooperation";
    /// First opinion of the township.
    GiveOpinion(GiveOpinion) = "give_first_opinion";
    /// Posts the notice.
    PostNotice(PostNotice) = "post_notice";
    /// Seven days are over.
    NoticeEnded = "notice_ended";
    /// Somebody objects to the notice.
    Object(Text) = "object";
    /// Looks again after an objection.
    Reinvestigate = "reinvestigate";
    /// Sends the file to the county.
    ReportToCounty = "report_to_county";
    /// The township decides where the power was given to it.
    TownshipConfirm(Confirm) = "township_confirm";
    /// The township refuses where the power was given to it.
    TownshipReject(Reasons) = "township_reject";
    /// The county begins.
    Review = "review";
    /// Back to the township for more investigation.
    SendBack(Reasons) = "send_back";
    /// The county grants.
    Confirm(Confirm) = "confirm";
    /// The county refuses.
    Reject(Reasons) = "reject";
    /// The refusal reached the applicant on paper.
    RecordDelivery(RecordDelivery) = "record_delivery";
    /// Longer total limit for a coded reason.
    Extend(Extend) = "extend";
    /// Complaint 投诉举报.
    RecordComplaint(Text) = "record_complaint";
    /// Applicant takes the application back.
    Withdraw = "withdraw";
    /// Family or declared figures changed.
    Amend(Box<Amend>) = "amend";
    /// First payment month has come.
    OrderPayment = "order_payment";
    /// Family reports a change.
    ReportChange(ReportChange) = "report_change";
    /// New bank account.
    ChangeAccount(ChangeAccount) = "change_account";
    /// Looks at the family again.
    StartRecheck(StartRecheck) = "start_recheck";
    /// The cycle is over.
    RecheckDue = "recheck_due";
    /// Township proposes.
    Propose(Propose) = "propose";
    /// Recipient is heard.
    RecordHearing(RecordHearing) = "record_hearing";
    /// Recheck is decided.
    Decide(Decide) = "decide_recheck";
    /// More months of grace.
    ExtendGrace(Months) = "extend_grace";
    /// Grace is over.
    GraceOver = "grace_over";
    /// A member died, known to the office.
    ReportDeath(ReportDeath) = "report_death";
    /// A member died, known from another service.
    RecordDeath(RecordDeath) = "record_death";
    /// A death that was known from another service was none.
    RevokeDeath(OfPerson) = "revoke_death";
    /// Somebody may have died: the share waits.
    HoldShare(HoldShare) = "hold_share";
    /// It is known: the share waits no longer.
    ReleaseShare(OfPerson) = "release_share";
    /// Somebody has married or divorced.
    RecordMarital(RecordMarital) = "record_marital";
    /// A rescue station knows somebody who was lost.
    RecordFound(OfPerson) = "record_found";
    /// The roll changed for months that may be paid already.
    BalanceAccounts = "balance_accounts";
    /// Money that was paid too much came back.
    RecordRecovery(RecordRecovery) = "record_recovery";
    /// Money that was paid too much is not asked back.
    WaiveRecovery(WaiveRecovery) = "waive_recovery";
    /// A job was offered.
    RecordJobOffer(RecordJobOffer) = "record_job_offer";
    /// Family gives up support.
    StopVoluntarily = "stop_voluntarily";
    /// Support was obtained by fraud.
    FraudStop(FraudStop) = "fraud_stop";
    /// Another service begins or ends to be involved with the family.
    Elsewhere = "elsewhere";
    /// A transfer was made, or came back.
    PaymentSettled(PaymentSettled) = "payment_settled";
    /// The paying side keeps the account.
    PayeeStored = "payee_stored";
}
