//! One parameter and its typed getters.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{ParamError, Value};
use crate::{
    division,
    money::{Fen, Ratio},
};

/// One value in force somewhere for some time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Param {
    /// Dotted name, such as `minimum_living.standard.rural`.
    pub id: String,
    /// Where it holds, and below.
    pub division: String,
    /// First day, Beijing date.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    pub valid_to: Option<Date>,
    /// The value itself.
    pub value: Value,
    /// Law or notice with its article, in Chinese.
    pub source: String,
    /// Whether somebody read the source; otherwise it is a default to be confirmed.
    pub verified: bool,
    /// Set by the deployment, over what the product brings.
    pub local: bool,
}

impl Param {
    /// `id@division@valid_from`, with `+local` when the deployment set it; kept with decisions.
    pub fn version(&self) -> String {
        let local = if self.local { "+local" } else { "" };
        format!("{}@{}@{}{local}", self.id, self.division, self.valid_from)
    }

    /// An amount.
    ///
    /// # Errors
    /// `Type`, as for all of the following.
    pub fn fen(&self) -> Result<Fen, ParamError> {
        self.typed(self.value.fen(), "an amount in yuan as text")
    }

    /// A whole number, such as a count of days.
    pub fn int(&self) -> Result<i64, ParamError> {
        self.typed(self.value.int(), "a whole number")
    }

    /// A count that cannot be negative, such as days for the calendar.
    pub fn count(&self) -> Result<u32, ParamError> {
        let count = self.value.int().and_then(|n| u32::try_from(n).ok());
        self.typed(count, "a count")
    }

    /// A ratio.
    pub fn ratio(&self) -> Result<Ratio, ParamError> {
        self.typed(self.value.ratio(), "a ratio")
    }

    /// Yes or no.
    pub fn flag(&self) -> Result<bool, ParamError> {
        self.typed(self.value.flag(), "true or false")
    }

    /// A text.
    pub fn text(&self) -> Result<&str, ParamError> {
        self.typed(self.value.text(), "a text")
    }

    /// A list.
    pub fn list(&self) -> Result<&[Value], ParamError> {
        self.typed(self.value.list(), "a list")
    }

    /// A table.
    pub fn table(&self) -> Result<&BTreeMap<String, Value>, ParamError> {
        self.typed(self.value.table(), "a table")
    }

    fn typed<T>(&self, value: Option<T>, expected: &'static str) -> Result<T, ParamError> {
        value.ok_or_else(|| ParamError::Type {
            version: self.version(),
            expected,
        })
    }

    pub(super) fn holds(&self, division: &str, day: Date) -> bool {
        division::is_within(division, &self.division)
            && self.valid_from <= day
            && self.valid_to.is_none_or(|end| day < end)
    }
}
