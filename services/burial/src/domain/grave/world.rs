//! What a decision on a grave knows, and what it changes.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::domain::{
    bill::Prepaid,
    ledger::{Spot, Whereabouts},
    signer::Signer,
    wish::Rate,
};

pub use crate::domain::{signer::Signed, zone::Zone};

/// What a decision knows; read and locked in the transaction that stores it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The facility of the form.
    pub facility: Option<Facility>,
    /// The place of the form, locked.
    pub place: Option<Place>,
    /// The next free ones of its kind, nearest first, for whoever comes second.
    pub free: Vec<(Uuid, String)>,
    /// Person key of the user; none while nameless.
    pub user: Option<String>,
    /// The death of the certificate named.
    pub death: Option<Death>,
    /// The cremation of the certificate named.
    pub cremation: Option<Cremation>,
    /// The user's urn, or the one that the act names.
    pub urn: Option<Urn>,
    /// The number of an urn that enters the ledger with this act.
    pub next_urn: Option<String>,
    /// Where the user has a place already, in words.
    pub rests: Option<String>,
    /// What holds at the user's household on the day of death, else today.
    pub zone: Option<Zone>,
    /// The bill of this case: settled or not; none when there is none.
    pub bill_settled: Option<bool>,
    /// What was paid with the contract.
    pub paid: Option<Paid>,
    /// What a year of renewal costs today; none when the list has no such row.
    pub rate: Option<Rate>,
}

/// What the family paid with the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// Number of the bill.
    pub bill: String,
    /// For the place.
    pub place: Prepaid,
    /// For its maintenance.
    pub maintenance: Prepaid,
    /// Of all of it, what has not gone back yet.
    pub left: i64,
}

/// Money that goes back to the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Of which bill.
    pub bill: String,
    /// Fen.
    pub fen: i64,
    /// Why.
    pub reason: String,
    /// Both who signed.
    pub signed: [Signer; 2],
}

/// A facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facility {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind, see [`super::eligibility::public_benefit`].
    pub kind: String,
    /// 9-digit division.
    pub division: String,
    /// Whom it serves; empty: the county.
    pub serves: Vec<String>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: Uuid,
    /// Facility.
    pub facility: String,
    /// In words: 松鹤区3排5号.
    pub label: String,
    /// Code of its price.
    pub price: String,
    /// Everything else.
    pub spot: Spot,
}

/// A death as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Death {
    /// Whose.
    pub person: Option<String>,
    /// Name on it.
    pub name: String,
    /// Beijing date.
    pub died_on: Date,
    /// Voided by its issuer.
    pub voided: bool,
}

/// A cremation as the chain has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cremation {
    /// Whose.
    pub person: Option<String>,
}

/// An urn as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urn {
    /// Number on its label.
    pub number: String,
    /// Whose.
    pub person: Option<String>,
    /// Where it is.
    pub at: Whereabouts,
}

/// A contract as the place keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// First day.
    pub from: Date,
    /// Last day; none where there is no period.
    pub until: Option<Date>,
    /// Code of the exception for a living person.
    pub exception: Option<&'static str>,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// A change of places and urns. The place is always the one of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The place is held for the case; `from` had it until now.
    Hold {
        /// `account:<id>`; none when it was free.
        from: Option<String>,
        /// Until when.
        until: Timestamp,
    },
    /// The hold ends.
    LetGo,
    /// The contract takes the place that the case holds.
    Reserve(Terms),
    /// The contract joins another one.
    Join {
        /// That contract.
        beside: String,
        /// This one.
        terms: Terms,
    },
    /// An urn that was cremated elsewhere enters the ledger.
    Receive {
        /// Its new number.
        urn: String,
        /// The certificate it came with.
        certificate: String,
        /// Both who took it in.
        signed: Signed,
    },
    /// Laid to rest. A body has no urn.
    Lay {
        /// The urn; none for a body.
        urn: Option<String>,
        /// Both who did it.
        signed: Signed,
    },
    /// Taken out.
    TakeOut {
        /// The urn; none for a body.
        urn: Option<String>,
        /// Into the hall of the facility, not to the family.
        to_hall: bool,
        /// Both who did it.
        signed: Signed,
    },
    /// Never used, given back.
    GiveBack,
    /// With money.
    Refund(Returned),
    /// A new period.
    Renew(Date),
    /// The period ended.
    Expire,
}
