//! What was shown, said, assessed and decided.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::two::{Pending, Signer};

use super::action::{
    BeginAssessment, BeginBond, CheckMarital, CheckPapers, Consent, EndBond, HearChild, Interview,
    PostSearch, Propose, Visit,
};
use crate::domain::adoption::law::{assessment::Veto, consents::Who};

/// Facts of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// 6 digits.
    pub county: String,
    /// Relations of the adopters who have signed.
    pub signed: Vec<String>,
    /// Mandate of a spouse who cannot come.
    pub mandate: String,
    /// Marital state, and the day it was looked up.
    pub marital: Option<(CheckMarital, Date, String)>,
    /// Talk.
    pub interview: Option<(Interview, Date, String)>,
    /// Consents, the last of each counts.
    pub consents: Vec<(Consent, Date, String)>,
    /// The child's voice.
    pub child: Option<(HearChild, Date, String)>,
    /// Papers.
    pub checked: Option<(CheckPapers, Date, String)>,
    /// Since when the thirty days do not run.
    pub paused: Option<Date>,
    /// Days that do not count.
    pub paused_days: u32,
    /// Notice.
    pub notice: Option<Notice>,
    /// Birth parents came.
    pub claimed: String,
    /// Assessment.
    pub assessment: Assessment,
    /// Accounts of the assessors, kept when the rest is sealed.
    pub assessed_by: Vec<uuid::Uuid>,
    /// Waits for the second signature.
    pub pending: Option<Pending<Propose>>,
    /// Registered.
    pub registered: Option<Registered>,
    /// Why not.
    pub refused: Option<(String, Date)>,
}

/// A notice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Notice {
    /// What it says.
    pub text: PostSearch,
    /// When.
    pub posted_on: Date,
    /// Till when.
    pub last_day: Date,
    /// Ended by itself.
    pub over: bool,
}

/// An assessment.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Assessment {
    /// Agreed to.
    pub begun: Option<(BeginAssessment, Date)>,
    /// At their home.
    pub visits: Vec<(Visit, Signer)>,
    /// Points, one sheet of each assessor.
    pub sheets: Vec<Sheet>,
    /// Living together.
    pub bond: Option<(BeginBond, Date)>,
    /// How it went.
    pub bonded: Option<(EndBond, Date)>,
    /// Report.
    pub report: Option<Reported>,
}

impl Assessment {
    /// The child came to live with them and has not gone back.
    #[must_use]
    pub fn lives_there(&self) -> bool {
        let stays = self.bonded.as_ref().is_none_or(|(end, _)| end.good);
        self.bond.is_some() && stays
    }
}

/// One assessor's sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sheet {
    /// Whose.
    pub by: Signer,
    /// When.
    pub on: Date,
    /// Points by indicator.
    pub points: BTreeMap<String, u32>,
    /// Sum.
    pub total: u32,
    /// What excludes.
    pub vetoes: Vec<Veto>,
    /// Words.
    pub opinion: String,
}

/// The report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reported {
    /// Text.
    pub findings: String,
    /// When.
    pub on: Date,
    /// Mean.
    pub score: u32,
    /// Mark.
    pub passed: bool,
}

/// The registration.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Registered {
    /// Number of the certificate.
    pub number: String,
    /// From when the relation holds.
    pub on: Date,
    /// Who wrote it down.
    pub registrar: Signer,
    /// Who approved.
    pub approver: Signer,
}

impl Facts {
    /// Who agrees, by the last word of each.
    #[must_use]
    pub fn given(&self) -> Vec<Who> {
        let mut last = BTreeMap::new();
        for (consent, ..) in &self.consents {
            last.insert(consent.who, consent.agrees);
        }
        if let Some((heard, ..)) = &self.child {
            last.insert(Who::Child, heard.agrees);
        }
        let agrees = last.into_iter().filter(|(_, agrees)| *agrees);
        agrees.map(|(who, _)| who).collect()
    }

    /// Accounts of the assessors.
    #[must_use]
    pub fn assessors(&self) -> Vec<uuid::Uuid> {
        let visits = self.assessment.visits.iter().map(|(_, by)| by.account);
        let sheets = self.assessment.sheets.iter().map(|sheet| sheet.by.account);
        let kept = self.assessed_by.iter().copied();
        let all: std::collections::BTreeSet<_> = visits.chain(sheets).chain(kept).collect();
        all.into_iter().collect()
    }

    /// Closed for good.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.registered.is_some() || self.refused.is_some()
    }

    /// Without what leads to who gave the child (rules B5.5).
    #[must_use]
    pub fn sealed(&self) -> Self {
        Self {
            county: self.county.clone(),
            signed: self.signed.clone(),
            marital: self.marital.clone(),
            assessed_by: self.assessors(),
            registered: self.registered.clone(),
            refused: self.refused.clone(),
            ..Self::default()
        }
    }
}
