//! What a decision on a funeral must know, and what it changes.

use jiff::Timestamp;
use uuid::Uuid;

use super::{customs::Areas, facts::Signer};

/// What a decision knows; read and locked in the transaction that stores it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The home of the form; none when there is none.
    pub home: Option<Home>,
    /// Person key of the dead; none for the nameless.
    pub dead: Option<String>,
    /// The death certificate under the number this act speaks of.
    pub death: Option<Paper>,
    /// The body of this case: tag.
    pub body: Option<String>,
    /// The case in which this person's body already is.
    pub elsewhere: Option<String>,
    /// Open holds on the body.
    pub holds: Vec<Hold>,
    /// Body or person is or was in a furnace.
    pub cremated: bool,
    /// The next tag, for the first signature of a pick-up.
    pub next_tag: String,
    /// The next certificate number, for acts that issue one.
    pub next_certificate: String,
    /// What is free for this act: times, cells, vehicles; or the furnaces of the home.
    pub free: Vec<Free>,
    /// Zones of the place of death and the household.
    pub areas: Areas,
    /// What was decided of the unclaimed body of the form; none: no such case here.
    pub unclaimed: Option<Unclaimed>,
}

impl World {
    /// Authority and document of an open hold.
    #[must_use]
    pub fn held_by(&self) -> Option<(&str, &str)> {
        let hold = self.holds.first()?;
        Some((&hold.authority, &hold.document))
    }
}

/// A funeral home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// 9-digit division.
    pub division: String,
    /// Telephone.
    pub phone: String,
}

/// A death certificate of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Key of its number.
    pub number_key: String,
    /// Name on it.
    pub name: String,
    /// Person key; none for the nameless.
    pub person: Option<String>,
    /// Voided.
    pub voided: bool,
    /// 甲类传染病.
    pub infectious: bool,
}

/// An open hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Id.
    pub id: Uuid,
    /// Who.
    pub authority: String,
    /// Document.
    pub document: String,
}

/// Something that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Free {
    /// Resource.
    pub resource: Uuid,
    /// Label.
    pub label: String,
    /// Class.
    pub class: String,
    /// From.
    pub from: Timestamp,
    /// Until.
    pub to: Timestamp,
}

/// Where an unclaimed body's case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclaimed {
    /// Opinion 不需要继续保留 is there: it may be cremated.
    pub allowed: bool,
    /// The home's own funeral for it; empty: none yet.
    pub funeral: String,
    /// A family has claimed it, or was found for it.
    pub family: bool,
}

/// A change of the chain's tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A body is taken in.
    TakeIn {
        /// Tag.
        tag: String,
        /// 甲类传染病.
        infectious: bool,
        /// What was seen.
        condition: String,
        /// What came with it.
        belongings: String,
    },
    /// The body is elsewhere in the chain now.
    Body(&'static str),
    /// A hand-over.
    Custody {
        /// Code of the step.
        what: &'static str,
        /// First signature.
        first: Signer,
        /// Second signature.
        second: Signer,
        /// Where the body is now.
        place: String,
    },
    /// The death certificate is used for the funeral, once.
    UseDeath {
        /// Key of its number.
        number_key: String,
        /// Home.
        by: String,
    },
    /// Takes a vehicle, cell, hall or furnace; what the case had of this kind goes back first.
    Book {
        /// `vehicle`, `cell`, `hall` or `furnace`.
        kind: &'static str,
        /// Which.
        resource: Uuid,
        /// From.
        from: Timestamp,
        /// Until.
        to: Timestamp,
    },
    /// Gives back what was booked, of a kind or all.
    Release(Option<&'static str>),
    /// The use of a kind ends now.
    EndUse(&'static str),
    /// 不得火化.
    Hold {
        /// Who.
        authority: String,
        /// Document.
        document: String,
        /// Why.
        reason: String,
        /// Who wrote it down.
        by: String,
    },
    /// The hold ends.
    Lift {
        /// Which.
        hold: Uuid,
        /// Document.
        document: String,
        /// Who wrote it down.
        by: String,
    },
    /// Into the furnace.
    Start {
        /// Furnace.
        furnace: Uuid,
        /// Who operates it.
        operator: Uuid,
    },
    /// Out of it; the ashes become an urn of the home's hall.
    Finish {
        /// The two who signed.
        signed: [Signer; 2],
    },
    /// The certificate's number.
    Certify(String),
    /// It proves nothing any more.
    Uncertify,
    /// The home says that the death certificate cannot be right; the county looks.
    Contest,
    /// A family handles what the home began for this unclaimed body.
    TakenOver(String),
    /// The ashes leave with the family.
    AshesOut {
        /// The two who signed.
        signed: [Signer; 2],
        /// Receipt.
        receipt: String,
    },
    /// The services used become a bill.
    Bill,
    /// The line on the home's board follows the case.
    Board,
    /// This is the home's own funeral for an unclaimed body.
    LinkUnclaimed(String),
}
