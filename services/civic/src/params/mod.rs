//! Rule parameters: a number from a law or a county's notice, with its place, its time and its source.
//!
//! ```toml
//! [[param]]
//! id = "minimum_living.standard.rural"   # what the code asks for
//! division = "420323"                    # valid there and below; "000000" is the whole country
//! valid_from = "2021-01-01"
//! valid_to = "2099-01-01"                # optional, the first day on which it no longer holds
//! value = "4560.00"                      # money is a text in yuan; ratios "1.5", "1/6", "30%"; 30; true
//! source = "竹山县民政局公布标准"
//! verified = true                        # false when the text itself has not been read
//! ```
//! A lookup takes the parameter of the smallest division around the place, and of those the one that
//! began last. A decision keeps [`Param::version`] so that it can be computed again.

mod param;
mod value;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

pub use self::{param::Param, value::Value};
use crate::division;

/// Why parameters are refused or not found.
#[derive(Debug, thiserror::Error)]
pub enum ParamError {
    /// Not TOML of the form above.
    #[error("parameter file is malformed")]
    Syntax(#[from] toml::de::Error),
    /// One entry is wrong.
    #[error("parameter {id}: {what}")]
    Invalid {
        /// Its id.
        id: String,
        /// What is wrong.
        what: &'static str,
    },
    /// None holds there on that day.
    #[error("no parameter {id} for {division} on {day}")]
    NotFound {
        /// What was asked for.
        id: String,
        /// Where.
        division: String,
        /// For which day.
        day: Date,
    },
    /// The value is not of the type that the code asks for.
    #[error("parameter {version} is not {expected}")]
    Type {
        /// Which one.
        version: String,
        /// What was asked for.
        expected: &'static str,
    },
}

/// All parameters of a service.
#[derive(Debug, Clone, Default)]
pub struct RuleBook {
    by_id: BTreeMap<String, Vec<Param>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    param: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    division: String,
    valid_from: toml::Value,
    valid_to: Option<toml::Value>,
    value: toml::Value,
    source: String,
    #[serde(default)]
    verified: bool,
}

impl RuleBook {
    /// Reads the files that the product brings; together they may name an id, place and first day once.
    ///
    /// # Errors
    /// `Syntax`, `Invalid`.
    pub fn parse(files: &[&str]) -> Result<Self, ParamError> {
        let mut book = Self::default();
        for file in files {
            book.read(file, false)?;
        }
        Ok(book)
    }

    /// Adds a deployment's own file. For the same id, place and first day it goes before what the
    /// product brings; a value must be of the same type. On an error nothing is added.
    ///
    /// # Errors
    /// `Syntax`, `Invalid`.
    pub fn extend_with(&mut self, file: &str) -> Result<(), ParamError> {
        let mut next = self.clone();
        next.read(file, true)?;
        *self = next;
        Ok(())
    }

    fn read(&mut self, file: &str, local: bool) -> Result<(), ParamError> {
        for entry in toml::from_str::<File>(file)?.param {
            let param = entry.check(local)?;
            let others = self.by_id.entry(param.id.clone()).or_default();
            let same = |other: &Param| {
                (other.local, &other.division, other.valid_from)
                    == (local, &param.division, param.valid_from)
            };
            let what = if others.iter().any(same) {
                "stands twice for the same place and day"
            } else if others
                .iter()
                .any(|other| !other.value.is_like(&param.value))
            {
                "has values of different types"
            } else {
                others.push(param);
                continue;
            };
            return Err(ParamError::Invalid { id: param.id, what });
        }
        Ok(())
    }

    /// The parameter in force in a division (of any rank) on the legally relevant day.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn lookup(&self, id: &str, division: &str, day: Date) -> Result<&Param, ParamError> {
        let all = self.by_id.get(id).map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .filter(|param| param.holds(division, day))
            .max_by_key(|param| {
                (
                    division::scope_prefix(&param.division).len(),
                    param.valid_from,
                    param.local,
                )
            })
            .ok_or_else(|| ParamError::NotFound {
                id: id.to_owned(),
                division: division.to_owned(),
                day,
            })
    }

    /// The parameter that an old decision kept, by [`Param::version`].
    pub fn by_version(&self, version: &str) -> Option<&Param> {
        let (id, _) = version.split_once('@')?;
        self.by_id
            .get(id)?
            .iter()
            .find(|param| param.version() == version)
    }

    /// All parameters, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Param> {
        self.by_id.values().flatten()
    }
}

impl Entry {
    fn check(self, local: bool) -> Result<Param, ParamError> {
        let wrong = |what| ParamError::Invalid {
            id: self.id.clone(),
            what,
        };
        let plain =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.');
        if self.id.is_empty() || !self.id.bytes().all(plain) {
            return Err(wrong("the id has other characters than a-z 0-9 _ ."));
        }
        if !division::is_within(&self.division, "000000") {
            return Err(wrong("the division is not a code"));
        }
        if self.source.trim().is_empty() {
            return Err(wrong("the source is missing"));
        }
        let date = |value: &toml::Value| read_date(value).ok_or(wrong("a date is not one"));
        let valid_from = date(&self.valid_from)?;
        let valid_to = self.valid_to.as_ref().map(date).transpose()?;
        if valid_to.is_some_and(|to| to <= valid_from) {
            return Err(wrong("it ends before it begins"));
        }
        let value = Value::from_toml(&self.value).ok_or(wrong("a number is out of range"))?;
        let Self {
            id,
            division,
            source,
            verified,
            ..
        } = self;
        Ok(Param {
            id,
            division,
            valid_from,
            valid_to,
            value,
            source,
            verified,
            local,
        })
    }
}

fn read_date(value: &toml::Value) -> Option<Date> {
    match value {
        toml::Value::String(text) => text.parse().ok(),
        toml::Value::Datetime(at) if at.time.is_none() => at.to_string().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
