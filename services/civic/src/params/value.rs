//! The value of a parameter: what TOML can say, with exact decimals.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::money::{Fen, Ratio};

/// A value; the typed getters answer `None` when it is of another type.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Text: also amounts (`"4560.00"`, yuan) and ratios (`"1/6"`).
    Text(String),
    /// Whole number.
    Int(i64),
    /// Number with decimals, read as written.
    Ratio(Ratio),
    /// Yes or no.
    Flag(bool),
    /// Several values in order.
    List(Vec<Value>),
    /// Values by name.
    Table(BTreeMap<String, Value>),
}

impl Value {
    pub(super) fn from_toml(value: &toml::Value) -> Option<Self> {
        Some(match value {
            toml::Value::String(text) => Self::Text(text.clone()),
            toml::Value::Integer(int) => Self::Int(*int),
            // The shortest text that reads back as the same float is what stands in the file.
            toml::Value::Float(float) => Self::Ratio(float.to_string().parse().ok()?),
            toml::Value::Boolean(flag) => Self::Flag(*flag),
            toml::Value::Datetime(at) => Self::Text(at.to_string()),
            toml::Value::Array(list) => {
                Self::List(list.iter().map(Self::from_toml).collect::<Option<_>>()?)
            }
            toml::Value::Table(table) => {
                let entry = |(key, value): (&String, &toml::Value)| {
                    Some((key.clone(), Self::from_toml(value)?))
                };
                Self::Table(table.iter().map(entry).collect::<Option<_>>()?)
            }
        })
    }

    /// An amount, written as a text in yuan. A bare number is refused: 4560 could be either unit.
    pub fn fen(&self) -> Option<Fen> {
        self.text().and_then(|text| Fen::from_yuan_str(text).ok())
    }

    /// A whole number.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(int) = self {
            Some(*int)
        } else {
            None
        }
    }

    /// A ratio: `1.5`, `2`, `"1/6"`, `"30%"`.
    pub fn ratio(&self) -> Option<Ratio> {
        match self {
            Self::Ratio(ratio) => Some(*ratio),
            Self::Int(int) => Ratio::new(*int, 1),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Yes or no.
    pub fn flag(&self) -> Option<bool> {
        if let Self::Flag(flag) = self {
            Some(*flag)
        } else {
            None
        }
    }

    /// A text.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// A list.
    pub fn list(&self) -> Option<&[Value]> {
        if let Self::List(list) = self {
            Some(list)
        } else {
            None
        }
    }

    /// A table.
    pub fn table(&self) -> Option<&BTreeMap<String, Value>> {
        if let Self::Table(table) = self {
            Some(table)
        } else {
            None
        }
    }

    /// Whether both can answer the same getter: an amount stays an amount, a flag a flag.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(_), Self::Text(_)) => self.fen().is_some() == other.fen().is_some(),
            (Self::Ratio(_) | Self::Int(_), Self::Text(_)) => {
                other.fen().is_none() && other.ratio().is_some()
            }
            (Self::Text(_), Self::Ratio(_) | Self::Int(_)) => other.is_like(self),
            (Self::Int(_) | Self::Ratio(_), Self::Int(_) | Self::Ratio(_)) => true,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}
