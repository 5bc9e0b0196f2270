//! What a decision on a deposit knows, and what it changes.

use jiff::civil::Date;
use uuid::Uuid;

use crate::domain::{
    grave::world::{Cremation, Facility, Place, Signed, Urn},
    signer::Signer,
    wish::Rate,
};

/// What a decision knows; read and locked in the transaction that stores it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The facility of the form.
    pub facility: Option<Facility>,
    /// Person key of the dead; none while nameless.
    pub dead: Option<String>,
    /// The cremation of the certificate named.
    pub cremation: Option<Cremation>,
    /// It was in the county of the hall.
    pub cremated_here: bool,
    /// The free months were had before, or another county has waived for the dead.
    pub free_taken: bool,
    /// The urn: the contract's, else the one that act or form names, else the dead's.
    pub urn: Option<Urn>,
    /// Another deposit of the same urn that still runs.
    pub deposited: Option<String>,
    /// The number of an urn that enters the ledger with this act.
    pub next_urn: Option<String>,
    /// The ecological place that the act names, locked.
    pub place: Option<Place>,
    /// The dead's name in the register of deaths; none: not there.
    pub registered: Option<String>,
    /// What a month of renewal costs today; none when the list has no such row.
    pub rate: Option<Rate>,
}

/// A change of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// An urn that was cremated elsewhere enters the ledger.
    Receive {
        /// Its new number.
        urn: String,
        /// The certificate it came with.
        certificate: String,
        /// Both who took it in.
        signed: Signed,
    },
    /// From the family, or from another hall, into this one.
    Store {
        /// Which.
        urn: String,
        /// Both who did it.
        signed: Signed,
    },
    /// The contract runs until this day.
    Paid {
        /// Which urn.
        urn: String,
        /// Last paid day.
        until: Date,
        /// Both who stored it; none at a renewal.
        stored_by: Option<[Signer; 2]>,
    },
    /// To the family.
    HandOut {
        /// Which.
        urn: String,
        /// Both who did it.
        signed: Signed,
    },
    /// Laid to rest ecologically, after the notice.
    Settle {
        /// Which.
        urn: String,
        /// Where.
        spot: Uuid,
        /// Both who did it.
        signed: Signed,
    },
}
