//! What the items must know of register and halls, and what they change there.

use jiff::civil::Date;
use uuid::Uuid;

use super::record::{Entry, Hall, Known, RecordState, Registered};

/// What a decision knows; read and locked in the transaction that stores it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The hall of the form; none when there is no such hall.
    pub hall: Option<Hall>,
    /// The acting officer is a registrar of this hall, trained and examined
    /// (条例第六条).
    pub qualified: bool,
    /// Person keys of everybody on the form, in its order.
    pub keys: Vec<String>,
    /// What the register knows of them, in the same order.
    pub people: Vec<Known>,
    /// The next certificate number of the hall's county and this year, for acts that
    /// issue one; it is given back when the act is refused.
    pub next_number: Option<String>,
    /// What the records of these people say of their two; empty for acts that need not know.
    pub registered: Vec<Registered>,
}

impl World {
    /// What this record says of its two.
    #[must_use]
    pub fn on(&self, record: Uuid) -> Option<&Registered> {
        self.registered.iter().find(|one| one.record == record)
    }
}

/// A change of register, certificates or archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A new marriage between the first two on the form, under `World::next_number`.
    Marry {
        /// `marriage`, `late` or `remarriage`.
        kind: &'static str,
        /// Certificate number.
        number: String,
        /// Day from which the law counts it.
        effective_from: Date,
    },
    /// A record ends, by divorce, court or revocation.
    End {
        /// Which.
        record: Uuid,
        /// How.
        state: RecordState,
        /// From which day.
        on: Date,
        /// Divorce certificate number or court paper.
        by: String,
    },
    /// A further certificate of a record: divorce, or a re-issue.
    Certify {
        /// Which record.
        record: Uuid,
        /// `marriage` or `divorce`.
        kind: &'static str,
        /// Its number.
        number: String,
        /// The certificate it replaces.
        replaces: Option<String>,
    },
    /// One couple, one file 一对一卷.
    Archive {
        /// `marriage`, `divorce`, `revocation`, `reissue` or `correction`.
        class: &'static str,
        /// Which record.
        record: Uuid,
    },
    /// Names a dishonest applicant 失信 (rules A3.13).
    NoteDishonesty {
        /// Index in the form's people.
        person: usize,
        /// Why, in Chinese.
        ground: String,
        /// Last day on the list.
        until: Date,
    },
    /// One of the two stands wrong on a record: a new version, the old one stays (rules A5.7).
    Correct(Correction),
    /// Somebody was told what the register says of a person (rules A5.9).
    Inquire(Inquiry),
    /// The appointment the parties came with.
    Arrived {
        /// Its number.
        appointment: String,
    },
}

/// What is corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Which record.
    pub record: Uuid,
    /// Which of its [`super::record::Record::spouses`].
    pub side: usize,
    /// This side from now on.
    pub entry: Entry,
    /// The person it stands for from now on, when the ID number was another's.
    pub person: Option<String>,
    /// Its certificates name the wrong value and none takes their place.
    pub ends_certificates: bool,
    /// Why, in Chinese, without personal data.
    pub reason: String,
}

/// What is noted of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// Person key of whom it is about.
    pub person: String,
    /// Account of who asked, or of the registrar before whom they stood.
    pub account: Uuid,
    /// Who asked; the person themselves stand here without name.
    pub asked_by: String,
    /// What for.
    pub purpose: String,
    /// On which legal basis.
    pub legal_basis: String,
    /// `record` or `no_record`.
    pub answer: &'static str,
}
