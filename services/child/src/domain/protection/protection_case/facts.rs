//! What was done since the report.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::two::{Pending, Signer};

use super::action::{
    Assess, Close, Confer, Emergency, FollowUp, GiveHelp, Hear, Intervene, OrderRequest,
    OrderResult, PoliceTold, RemovalDue, RemovalFiled, RemovalResult, Suggestion, Triage, Visit,
};
use crate::domain::{
    fields::{Day, ShortText},
    protection::{placing::Voice, words::CareLevel},
};

/// Something done by somebody at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done<T> {
    /// What.
    pub what: T,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// A step of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "计划事项", description = "")]
pub struct PlanItem {
    /// What is to be done.
    #[schemars(title = "做什么", description = "", with = "ShortText")]
    pub what: String,
    /// Who answers for it.
    #[schemars(title = "谁负责", description = "单位和姓名。", with = "ShortText")]
    pub owner: String,
    /// Till when.
    #[schemars(title = "哪天以前做完", description = "", with = "Day")]
    pub due_on: Date,
    /// Done on.
    #[serde(default)]
    #[schemars(skip)]
    pub done_on: Option<Date>,
}

/// A protection order 人身安全保护令.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Asked for.
    pub asked: Done<OrderRequest>,
    /// What the court said.
    pub result: Option<Done<OrderResult>>,
}

impl Order {
    /// Not decided, or in force on `day`.
    #[must_use]
    pub fn open(&self, day: Date) -> bool {
        match &self.result {
            None => true,
            Some(done) => done.what.granted && done.what.until.is_none_or(|until| day <= until),
        }
    }
}

/// A suit for removal 撤销监护人资格.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// There is a ground.
    pub due: Done<RemovalDue>,
    /// Somebody brought the suit.
    pub filed: Option<Done<RemovalFiled>>,
    /// What the court said.
    pub result: Option<Done<RemovalResult>>,
}

/// An assessment with its level and who wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What was found.
    pub done: Done<Assess>,
    /// Level.
    pub level: CareLevel,
    /// Who wrote it down: decides nothing about it (rules B5.14).
    pub signer: Signer,
}

/// The case ended here, and goes on there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoesOn {
    /// Case number; empty: a new case of that place.
    pub into: String,
    /// 9 or 12 digits; empty: the same place.
    pub division: String,
    /// Why.
    pub reasons: String,
}

/// Facts of a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// When it was reported first, also elsewhere.
    pub reported_at: Option<Timestamp>,
    /// The police know.
    pub police: Option<Done<PoliceTold>>,
    /// How dangerous.
    pub triage: Option<Done<Triage>>,
    /// Merged or transferred.
    pub goes_on: Option<Done<GoesOn>>,
    /// In the emergency.
    pub emergency: Vec<Done<Emergency>>,
    /// What the child said.
    pub voices: Vec<Done<Hear>>,
    /// Placed so often, in words without names.
    pub placed: Vec<Done<String>>,
    /// Township where the child lives, 9 digits; empty: that of the case.
    pub home: String,
    /// Oldest first.
    pub assessments: Vec<Assessment>,
    /// Conferences, signed by two.
    pub conferences: Vec<Done<Confer>>,
    /// A conference that waits for the second signature.
    pub conferring: Option<Pending<Confer>>,
    /// The plan.
    pub plan: Vec<PlanItem>,
    /// Services.
    pub helps: Vec<Done<GiveHelp>>,
    /// Steps against guardians.
    pub interventions: Vec<Done<Intervene>>,
    /// Protection orders.
    pub orders: Vec<Order>,
    /// The suit for removal.
    pub removal: Option<Removal>,
    /// Suggestions of the prosecutors, and when they were answered.
    pub suggestions: Vec<(Done<Suggestion>, Option<Done<String>>)>,
    /// Back home: when, and what the child said.
    pub returned: Option<Done<Voice>>,
    /// Follow-up: from, till, by which village.
    pub follow_up: Option<(Done<FollowUp>, Date)>,
    /// Visits.
    pub visits: Vec<Done<Visit>>,
    /// A closing that waits for the second signature.
    pub closing: Option<Pending<Close>>,
    /// Closed.
    pub closed: Option<Done<Close>>,
    /// Opened again: why.
    pub reopened: Vec<Done<String>>,
}

impl Facts {
    /// The latest level.
    #[must_use]
    pub fn level(&self) -> Option<CareLevel> {
        self.assessments.last().map(|assessment| assessment.level)
    }

    /// Township where the child lives, as far as it is known since the report.
    #[must_use]
    pub fn township(&self) -> Option<&str> {
        let village = self.follow_up.as_ref();
        let known = village.map_or(&self.home, |(follow, _)| &follow.what.village);
        known.get(..9)
    }

    /// Steps of the plan that are not done.
    #[must_use]
    pub fn plan_open(&self) -> usize {
        self.plan
            .iter()
            .filter(|item| item.done_on.is_none())
            .count()
    }

    /// A suit is due or runs.
    #[must_use]
    pub fn removal_open(&self) -> bool {
        self.removal.as_ref().is_some_and(|it| it.result.is_none())
    }
}
