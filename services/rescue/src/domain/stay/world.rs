//! What a decision on a stay must know, and what it changes.

use jiff::civil::Date;
use uuid::Uuid;

use super::{
    action::Thing,
    clues::Clues,
    law::side::Side,
    words::{CareKind, GivenTo, LeaveType},
};
use crate::domain::search::Public;

/// What a decision knows; read and locked in the transaction that stores it.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// The station of the form; none when there is none.
    pub station: Option<Station>,
    /// The place this act names; none: it names none, or one that is not there.
    pub place: Option<Place>,
    /// Places of the station with a free berth, rooms first, in the order of their labels.
    pub free: Vec<Place>,
    /// The article this act names.
    pub article: Option<Article>,
    /// Belongings still kept.
    pub kept: Vec<Kept>,
    /// Person key of the one this act names, or of who is known; none: nobody knows.
    pub person: Option<String>,
    /// Station where the person this act names is at this moment.
    pub elsewhere: Option<String>,
}

/// A station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// 9-digit division.
    pub division: String,
    /// Answered day and night.
    pub phone: String,
}

/// Somewhere a person can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Id.
    pub id: Uuid,
    /// `room`, `hospital`, `vehicle`, `foster`.
    pub kind: String,
    /// Label.
    pub label: String,
    /// Who may be there.
    pub side: Side,
    /// Free berths.
    pub free: u32,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// What is left.
    pub on_hand: u32,
}

/// Something kept for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Number on the list.
    pub line: u16,
    /// What.
    pub what: String,
    /// Money, papers, jewellery.
    pub valued: bool,
}

/// A change of the station's tables. The row of the stay itself follows the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Somebody is at the door.
    Arrive,
    /// Into a place, for the first time.
    Admit {
        /// To.
        place: Uuid,
        /// By whom.
        by: String,
    },
    /// Into another place.
    Move {
        /// To.
        place: Uuid,
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// Gone; the berth is free.
    Leave(LeaveType),
    /// Refused in writing.
    Refuse,
    /// Belongings onto the list.
    Take {
        /// Number, what, quantity, condition, valued.
        lines: Vec<(u16, Thing)>,
        /// By whom.
        by: String,
    },
    /// Belongings off it; empty: all that are kept.
    GiveBack {
        /// Numbers.
        lines: Vec<u16>,
        /// To whom.
        to: GivenTo,
        /// In words.
        receiver: String,
    },
    /// An article given out.
    Give {
        /// Article.
        article: Uuid,
        /// How many.
        quantity: u16,
        /// What for.
        note: String,
        /// By whom.
        by: String,
    },
    /// A line of the care log.
    Care {
        /// Kind.
        kind: CareKind,
        /// Text.
        text: String,
        /// By whom.
        by: String,
    },
    /// The table of steps follows the facts.
    Search,
    /// Somebody looked for this face: a line of the audit log with its purpose.
    FaceSearched {
        /// Account of who looked.
        account: Uuid,
        /// By whom.
        by: String,
    },
    /// The notice goes out or is refreshed.
    Publish {
        /// What everybody may read.
        body: Box<Public>,
        /// Again.
        again: bool,
    },
    /// The notice comes down.
    Unpublish {
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// Clues changed: the search for relatives looks again.
    Clues(Box<Clues>),
    /// Nobody looks for relatives any more.
    CluesEnd,
    /// The true household of somebody who was settled is known: its township takes over.
    HomeKnown,
    /// The row follows the facts.
    Follow {
        /// 滞留 since.
        stranded_on: Option<Date>,
    },
}
