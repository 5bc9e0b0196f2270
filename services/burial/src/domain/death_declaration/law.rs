//! What the law says of a declaration of death: how long somebody must have been missing, and
//! which day counts as the day of death (民法典 46, 48).

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::Context;
use yiwang_civic::params::ParamError;

yiwang_casework::code_list! {
    /// Why somebody is declared dead (民法典 46).
    Ground {
        Missing = "missing", "下落不明满四年";
        Accident = "accident", "因意外事件下落不明满二年";
        NoSurvivor = "no_survivor", "因意外事件下落不明，有关机关证明不可能生存";
    }
}

/// How long somebody must have been missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Years {
    /// Without an accident.
    pub missing: u32,
    /// Since an accident.
    pub accident: u32,
}

impl Years {
    /// As in force on the day of the judgment.
    ///
    /// # Errors
    /// A parameter is missing or of the wrong type.
    pub fn load(cx: &Context<'_>, judged_on: Date) -> Result<Self, ParamError> {
        let count = |id: &str| cx.rule_on(id, judged_on)?.count();
        Ok(Self {
            missing: count("burial.declaration.missing_years")?,
            accident: count("burial.declaration.accident_years")?,
        })
    }

    /// First day on which a court may declare it.
    #[must_use]
    pub fn earliest(self, ground: Ground, since: Date) -> Date {
        let years = match ground {
            Ground::Missing => self.missing,
            Ground::Accident => self.accident,
            Ground::NoSurvivor => 0,
        };
        since
            .checked_add(i64::from(years).years())
            .unwrap_or(Date::MAX)
    }
}

/// The day that counts as the day of death (民法典 48): of the judgment, or of the accident.
#[must_use]
pub fn day_of_death(ground: Ground, since: Date, judged_on: Date) -> Date {
    match ground {
        Ground::Missing => judged_on,
        Ground::Accident | Ground::NoSurvivor => since,
    }
}
