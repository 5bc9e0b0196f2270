//! What was registered, seen and done.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::action::{Letter, Serve};
use crate::domain::{
    two::Signer,
    welfare::{visit::Outcome, words::Level},
};

/// Who is alarmed that a visit is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// 儿童督导员.
    Supervisor,
    /// 县级.
    County,
}

/// A visit as the file lists it; what it saw is in its own row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visited {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The child was spoken to alone.
    pub alone: bool,
    /// Two phones wrote differently; somebody has to choose.
    #[serde(default)]
    pub unsettled: bool,
}

/// Something told by another case or service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// In words.
    pub what: String,
    /// Since when.
    pub on: Date,
}

/// Facts of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// By whom and when it was registered.
    pub registered: Option<(Signer, Date)>,
    /// By whom and when it was verified.
    pub verified: Option<(Signer, Date)>,
    /// 监护责任确认书.
    pub letter: Option<(Letter, Date)>,
    /// Plan of the services, and why there is no letter.
    pub plan: Option<(String, String)>,
    /// Services given, oldest first.
    pub services: Vec<(Serve, Date, String)>,
    /// Visits, oldest first.
    pub visits: Vec<Visited>,
    /// Day by which the next visit is made.
    pub next_visit: Option<Date>,
    /// Why the level is what it is, oldest first.
    pub levels: Vec<(Level, String, Date, String)>,
    /// A late visit.
    pub alarm: Option<Alarm>,
    /// Protection cases.
    pub protection: Vec<String>,
    /// Parents, carers, custody changed: to be looked at with the next refresh.
    pub told: Vec<Told>,
    /// When the file was last brought up to date.
    pub refreshed: Option<Date>,
    /// The township it moved to; empty: it has not.
    pub moved_to: String,
    /// Why it ended, in words.
    pub ended: Option<(String, Date)>,
}

impl Facts {
    /// The last visit.
    #[must_use]
    pub fn last_visit(&self) -> Option<&Visited> {
        self.visits.iter().max_by_key(|visit| visit.at)
    }
}
