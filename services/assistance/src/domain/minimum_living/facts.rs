//! What officers, departments and time have added to an application.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_civic::{money::Fen, time::Month};

use super::{
    accounts::{Arrears, Overpaid, Recovery},
    amount::Share,
    codes::{
        CheckVerdict, Delivery, ExtensionReason, Outcome, RecheckCause, StopReason, VisitKind,
    },
    findings::Findings,
};

pub use super::told::{Before, Death, Hold, MaritalChange};

/// Everything after the form. Grows by serde defaults: old facts stay readable.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Correction lists given; at most one.
    pub corrections: u32,
    /// Day of acceptance, t0 of the total limit.
    pub accepted_on: Option<Date>,
    /// The township decides here (社会救助法第四十四条).
    pub delegated: bool,
    /// Near relatives are on file 单独登记备案.
    pub filed_relative: bool,
    /// Officers who are near relatives: they may not touch the case.
    pub recused: Vec<String>,
    /// A complaint was made; the county must visit.
    pub complaints: Vec<Note>,
    /// Officers named as investigators.
    pub investigators: Vec<String>,
    /// Accounts that recorded investigation steps.
    pub investigator_accounts: Vec<Uuid>,
    /// Visits and enquiries.
    pub visits: Vec<Visit>,
    /// Meetings of villagers 民主评议.
    pub reviews: Vec<Note>,
    /// What the office found.
    pub findings: Findings,
    /// The economic check.
    pub check: Check,
    /// Opinions of the township, the latest last.
    pub opinions: Vec<Opinion>,
    /// Notices of the first opinion posted so far.
    pub notices: u32,
    /// Posting day and last day of the latest of them.
    pub notice_span: Option<(Date, Date)>,
    /// Objections to them.
    pub objections: Vec<Note>,
    /// Extension of the total limit.
    pub extension: Option<Extension>,
    /// The decision.
    pub decision: Option<Resolution>,
    /// What is paid.
    pub benefit: Option<Benefit>,
    /// The recheck under way.
    pub recheck: Option<Recheck>,
    /// Account of whoever made its proposal.
    pub proposer: Option<Uuid>,
    /// The recipient was heard in the recheck under way (社会救助法第四十八条).
    pub hearing: Option<Hearing>,
    /// What was heard before grace, kept while a recheck interrupts it.
    pub grace_hearing: Option<Hearing>,
    /// Months of grace given, and its last day.
    pub grace: Option<Grace>,
    /// Members who died.
    pub deaths: Vec<Death>,
    /// Job offers.
    pub offers: Vec<Offer>,
    /// How it ended.
    pub end: Option<End>,
    /// Latest payments.
    pub paid: Vec<Paid>,
    /// Bank transfers that came back.
    pub returned: Vec<Returned>,
    /// Another service is involved with the family: whom to ask, never which or why.
    pub elsewhere: bool,
    /// Months paid too much, by person and month.
    pub overpaid: Vec<Overpaid>,
    /// Receipts of what came back.
    pub recoveries: Vec<Recovery>,
    /// Latest payments made afterwards.
    pub arrears: Vec<Arrears>,
    /// Payments that wait, and waited.
    pub holds: Vec<Hold>,
    /// Marriages and divorces since the application.
    pub marital: Vec<MaritalChange>,
}

/// A dated text with its author.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Note {
    /// Beijing date.
    pub on: Date,
    /// Officer, or empty.
    pub by: String,
    /// Text.
    pub text: String,
}

/// A visit or enquiry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Visit {
    /// Way of investigating.
    pub kind: VisitKind,
    /// Beijing date.
    pub on: Date,
    /// Officers, at least two.
    pub officers: Vec<String>,
    /// Members present.
    pub present: String,
    /// What was seen.
    pub record: String,
    /// Made by the county.
    pub county: bool,
}

/// The economic check 核对.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Check {
    /// Requests made; part of the idempotency key.
    pub rounds: u32,
    /// ID numbers asked for, in the order of the request.
    pub asked: Vec<String>,
    /// The check centre has begun.
    pub started: bool,
    /// The centre refused, with its words.
    pub refused: Option<String>,
    /// Reports, the latest last; never changed.
    pub reports: Vec<Report>,
    /// What the applicant says against the result.
    pub objections: Vec<Note>,
}

impl Check {
    /// The latest report.
    #[must_use]
    pub fn latest(&self) -> Option<&Report> {
        self.reports.last()
    }
}

/// A report of the check centre.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// Number of the report.
    pub number: String,
    /// Beijing date of issue.
    pub issued_on: Date,
    /// Last day on which it may be used.
    pub valid_until: Date,
    /// ID numbers it covers.
    pub covered: Vec<String>,
    /// Agreement with the form.
    pub verdict: CheckVerdict,
    /// What was found, a line each.
    pub findings: Vec<String>,
    /// The difference was told to the applicant.
    pub told: bool,
    /// Entered by hand by this person of the check centre.
    pub entered_by: Option<String>,
}

/// First opinion 初审意见.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Opinion {
    /// Recommends support.
    pub recommend: bool,
    /// Why; never shown to the public.
    pub reasons: String,
    /// Reviewer.
    pub by: String,
    /// Beijing date.
    pub on: Date,
}

/// Extension of the total limit.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Extension {
    /// Coded reason.
    pub reason: ExtensionReason,
    /// Total in working days from acceptance.
    pub working_days: u32,
}

/// Confirmation or refusal.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Resolution {
    /// Granted.
    pub granted: bool,
    /// Beijing date.
    pub on: Date,
    /// Who decided.
    pub by: String,
    /// Reasons of a refusal.
    pub reasons: String,
    /// Day on which a refusal reached the applicant on paper.
    pub told_on: Option<Date>,
    /// How it did.
    #[serde(default)]
    pub told_by: Option<Delivery>,
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benefit {
    /// First month paid.
    pub first_month: Month,
    /// First month of the present amount.
    pub since: Month,
    /// Amount a month.
    pub monthly: Fen,
    /// Shares.
    pub shares: Vec<Share>,
    /// Tier, where paid by tier.
    pub tier: Option<String>,
    /// Standard per head it was computed with.
    pub standard: Fen,
    /// First payment was ordered for this month.
    pub paid_through: Option<Month>,
}

/// A recheck under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Recheck {
    /// Why.
    pub cause: RecheckCause,
    /// Beijing date.
    pub opened_on: Date,
    /// What the township proposes.
    pub proposal: Option<Proposal>,
}

/// Proposal of the township.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Proposal {
    /// Outcome.
    pub outcome: Outcome,
    /// Why.
    pub reasons: String,
    /// Officer.
    pub by: String,
}

/// Hearing of the recipient before a cut or stop.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hearing {
    /// Beijing date.
    pub on: Date,
    /// Officer who listened.
    pub by: String,
    /// What the recipient said.
    pub said: String,
}

/// Grace 渐退期.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Grace {
    /// Beijing date on which it began.
    pub from: Date,
    /// Months in all.
    pub months: u32,
    /// Last day.
    pub last_day: Date,
}

/// An offered job.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Offer {
    /// ID number of the person.
    pub id_number: String,
    /// Beijing date.
    pub on: Date,
    /// Suits the person.
    pub suitable: bool,
    /// Taken.
    pub accepted: bool,
}

/// How support or procedure ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct End {
    /// Why.
    pub reason: StopReason,
    /// Beijing date of the decision.
    pub on: Date,
    /// First month without payment, for support.
    pub from_month: Option<Month>,
    /// To be paid back.
    pub recover: Fen,
    /// Fine, at most twice the amount obtained (社会救助法第七十三条).
    pub fine: Fen,
}

/// A payment that reached the account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Paid {
    /// Month of the payment.
    pub month: Month,
    /// Amount.
    pub amount: Fen,
    /// Beijing date on which the bank's answer came.
    pub on: Date,
    /// Made afterwards, for other months.
    #[serde(default)]
    pub arrears: bool,
}

/// A bank transfer that came back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Returned {
    /// Month of the payment.
    pub month: Month,
    /// Amount.
    pub amount: Fen,
    /// The bank's reason.
    pub reason: String,
    /// Repaired by a new account.
    pub repaired: bool,
    /// Made afterwards, for other months.
    #[serde(default)]
    pub arrears: bool,
}

impl Facts {
    /// Indices of `form`'s persons who died.
    #[must_use]
    pub fn dead(&self, form: &super::form::Form) -> Vec<usize> {
        let died = |id: &str| self.death(id).is_some();
        form.everybody()
            .filter(|one| one.id().is_some_and(|id| died(id.as_str())))
            .map(|one| one.index)
            .collect()
    }

    /// The death of the person with this ID number, unless it was revoked.
    #[must_use]
    pub fn death(&self, id_number: &str) -> Option<&Death> {
        let mut deaths = self.deaths.iter();
        deaths.find(|death| death.stands() && death.id_number == id_number)
    }

    /// The township's latest opinion.
    #[must_use]
    pub fn opinion(&self) -> Option<&Opinion> {
        self.opinions.last()
    }
}
