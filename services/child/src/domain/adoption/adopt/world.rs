//! What a decision must know, and what it changes.

use jiff::civil::Date;

use crate::domain::adoption::archive::Part;

/// What a decision knows.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Relation and key of everybody on the form.
    pub people: Vec<(String, String)>,
    /// Another adoption of this child that is open or registered.
    pub other: Option<String>,
    /// Adoptions these adopters have registered since they applied.
    pub adopted_since: u32,
    /// An adopter is barred from having children near (UPL §22, §62).
    pub barred: bool,
    /// The next number of a certificate.
    pub next_number: Option<String>,
}

impl World {
    /// Key of whoever stands there under a relation.
    #[must_use]
    pub fn key(&self, relation: &str) -> &str {
        let mut people = self.people.iter();
        let found = people.find(|(it, _)| it == relation);
        found.map_or("", |(_, key)| key.as_str())
    }
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The row follows the case.
    Follow,
    /// The notice goes up.
    Notice(Box<Public>),
    /// The notice comes down.
    TakeDown,
    /// The archive is sealed.
    Seal(Vec<Part>),
    /// The child comes to live with them.
    Comes,
    /// The child goes back to where it was.
    GoesBack,
    /// The child's other cases end (rules B5.7).
    EndOthers {
        /// The day of the adoption.
        on: Date,
    },
}

/// What everybody reads of a found child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// `male` or `female`.
    pub sex: &'static str,
    /// In words.
    pub age: String,
    /// ISO date.
    pub found_on: String,
    /// Where.
    pub found_at: String,
    /// Features.
    pub features: String,
    /// Photo.
    pub photo: String,
    /// When.
    pub posted_on: Date,
    /// Till when.
    pub last_day: Date,
}
