//! What the items must know of register and halls, and what they change there.

use jiff::civil::Date;
use uuid::Uuid;

use super::record::{Hall, Known, RecordState};

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
        /// `marriage`, `divorce`, `revocation` or `reissue`.
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
    /// The appointment the parties came with.
    Arrived {
        /// Its number.
        appointment: String,
    },
}
