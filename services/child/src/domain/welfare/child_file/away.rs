//! Where the parents of a left-behind child work.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::fields::{DayOrNone, DivisionCode, Phone, ShortText};

/// Where a parent works.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "外出情况", description = "")]
pub struct Away {
    /// County of the work place; empty: not away.
    #[serde(default)]
    #[schemars(
        title = "外出到哪个县",
        description = "没有外出的不填。",
        with = "DivisionCode"
    )]
    pub place: String,
    /// Since when, short visits home left out.
    #[serde(default)]
    #[schemars(
        title = "从哪天起外出",
        description = "中间短期回家不算。",
        with = "DayOrNone"
    )]
    pub since: String,
    /// Telephone.
    #[serde(default)]
    #[schemars(title = "外出父母电话", description = "", with = "Phone")]
    pub phone: String,
    /// How often they speak.
    #[serde(default)]
    #[schemars(title = "多久联系一次儿童", description = "", with = "ShortText")]
    pub contact: String,
}

impl Away {
    /// Beyond the county, since when.
    pub(super) fn beyond(&self, county: &str) -> Option<Date> {
        let place = self.place.trim();
        let elsewhere = place.len() >= 6 && !place.starts_with(county);
        self.since.trim().parse().ok().filter(|_| elsewhere)
    }
}
