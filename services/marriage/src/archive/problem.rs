//! What is wrong with a row, and what follows from it.

use std::borrow::Cow;

use super::columns::{Column, Entry};

/// Field of a problem of the whole row.
pub(crate) const WHOLE_ROW: &str = "整行";

/// Told, but nobody has to decide: the paper may well say so.
pub(crate) const NOTES: [&str; 5] = [
    "UNDER_AGE",
    "ID_MISSING",
    "ID_OTHER",
    "TWO_VALID",
    "AFTER_DEATH",
];

/// A row like this can become no record, whatever the paper says.
const UNUSABLE: [&str; 10] = [
    "REQUIRED",
    "DATE",
    "FUTURE",
    "KIND",
    "ID_SAME",
    "END_REASON",
    "END_DATE",
    "END_BEFORE",
    "UNREADABLE",
    "TOO_LONG",
];

/// A problem of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Heading of the column, or [`WHOLE_ROW`].
    pub(crate) field: Cow<'static, str>,
    /// Stable code.
    pub(crate) code: &'static str,
    /// What to look at, in Chinese.
    pub(crate) message: String,
}

impl Problem {
    /// A problem of a cell.
    pub(crate) fn at(column: Column, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            field: column.heading().into(),
            code,
            message: message.into(),
        }
    }

    /// A problem of a whole row.
    pub(crate) fn of_row(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            field: WHOLE_ROW.into(),
            code,
            message: message.into(),
        }
    }

    /// A problem of the first line.
    pub(crate) fn of_heading(heading: &str, code: &'static str, message: String) -> Self {
        Self {
            field: heading.to_owned().into(),
            code,
            message,
        }
    }

    /// Whether a row with it can become no record.
    pub(crate) fn unusable(&self) -> bool {
        // A birth date that is none is kept as typed: it decides nothing.
        let born = [Column::ManBorn, Column::WomanBorn].map(Column::heading);
        UNUSABLE.contains(&self.code) && !(self.code == "DATE" && born.contains(&&*self.field))
    }

    /// The cell it is about in an entry; empty when it is about the row.
    pub(crate) fn value<'a>(&self, entry: Option<&'a Entry>) -> &'a str {
        let column = Column::with_heading(&self.field);
        column
            .zip(entry)
            .map_or("", |(column, entry)| entry.get(column))
    }
}
