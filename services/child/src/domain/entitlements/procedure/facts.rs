//! What was compared, verified, decided and paid.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_civic::{money::Fen, time::Month};

use super::{
    action::{
        Agreement, Aid, Propose, ProposePayee, Recheck, Report, SchoolCheck, Supplement, Tell,
        Verify,
    },
    form::Account,
    shared::{Answer, Drawn},
};
use crate::domain::{
    entitlements::law::{age::School, amount::Draws, month::EndReason},
    two::{Pending, Signer},
};

/// A step that two sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 确认、不予确认, or the second look's result.
    Opinion(Propose),
    /// 改变领取人.
    Payee(ProposePayee),
}

/// What the county decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Confirmed.
    pub agrees: bool,
    /// Why.
    pub reasons: String,
    /// Who verified.
    pub first: Signer,
    /// Who decided.
    pub second: Signer,
    /// When.
    pub on: Date,
}

/// Something that has to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Stable code: `died`, `parent_back`, `left_school`, `benefit`, `person`, `custody`, `reported`, `adult`.
    pub code: String,
    /// In Chinese, for the officers on the case.
    pub text: String,
    /// When it was found.
    pub on: Date,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Why.
    pub reason: EndReason,
    /// The day the ground ended.
    pub on: Date,
    /// First month no longer paid.
    pub until: Month,
}

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Township elsewhere that received it (KS); empty: the home township.
    pub elsewhere: String,
    /// 6 digits: who pays.
    pub county: String,
    /// The system opened it: why.
    pub cause: String,
    /// Asked of the departments on, not answered yet.
    pub asked: Option<Date>,
    /// What they answered last.
    pub shared: Option<(Answer, Date)>,
    /// Sent back for, by the township or the county, oldest first.
    pub returned: Vec<(String, Date)>,
    /// Supplemented, oldest first.
    pub supplements: Vec<(Supplement, Date)>,
    /// Emergency aid.
    pub aids: Vec<(Aid, String)>,
    /// The township.
    pub verified: Option<(Verify, Signer, Date)>,
    /// A step that one has signed.
    pub pending: Option<Pending<Step>>,
    /// The county.
    pub decided: Option<Decided>,
    /// The applicant was told (KS).
    pub told: Option<Tell>,
    /// First month paid.
    pub from: Option<Month>,
    /// The end.
    pub ended: Option<Ended>,
    /// Who receives the money.
    pub payee: Option<Account>,
    /// Their duties.
    pub duties: String,
    /// What the child draws besides: each from its month on, oldest first.
    pub draws: Vec<Drawn>,
    /// The agreement.
    pub agreement: Option<Agreement>,
    /// Number in the national system.
    pub national: String,
    /// School.
    pub school: Option<SchoolCheck>,
    /// Said by guardian or village.
    pub reports: Vec<Report>,
    /// What has to be looked at.
    pub found: Vec<Found>,
    /// The last second look.
    pub recheck: Option<(Recheck, Signer, Date)>,
    /// Looks that are settled.
    pub rechecks: Vec<(Recheck, Date)>,
    /// What the bank settled: month, fen, why it came back; the latest 24.
    pub payments: Vec<(Month, Fen, String)>,
    /// Recovered.
    pub recovered: Vec<(Fen, String, Date)>,
}

impl Facts {
    /// What the child draws in a month.
    #[must_use]
    pub fn draws_in(&self, month: Month) -> Vec<Draws> {
        draws_in(&self.draws, month)
    }

    /// School, as the age limit asks.
    #[must_use]
    pub fn schooling(&self) -> School {
        match &self.school {
            None => School::Unchecked,
            Some(check) if check.attends => School::Attends {
                checked_on: check.on,
                until: check.until.trim().parse().ok(),
            },
            Some(check) => School::Left { on: check.on },
        }
    }

    /// Something is to be looked at; the same thing once.
    pub fn find(&mut self, code: &str, text: impl Into<String>, on: Date) {
        let text = text.into();
        if !self
            .found
            .iter()
            .any(|it| it.code == code && it.text == text)
        {
            let code = code.to_owned();
            self.found.push(Found { code, text, on });
        }
    }
}

/// The latest entry of each benefit that holds in a month.
#[must_use]
pub fn draws_in(all: &[Drawn], month: Month) -> Vec<Draws> {
    let mut latest: Vec<&Drawn> = Vec::new();
    for drawn in all.iter().filter(|it| it.from_month <= month) {
        match latest.iter_mut().find(|it| it.benefit == drawn.benefit) {
            Some(known) if known.from_month <= drawn.from_month => *known = drawn,
            Some(_) => {}
            None => latest.push(drawn),
        }
    }
    let drawn = latest.into_iter().filter(|it| it.monthly_fen.0 > 0);
    drawn
        .map(|it| Draws {
            benefit: it.benefit,
            fen: it.monthly_fen,
        })
        .collect()
}
