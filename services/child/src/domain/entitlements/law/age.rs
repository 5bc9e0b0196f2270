//! Under 18, and the exception for pupils (民发〔2010〕161号, 国办发〔2010〕54号 二(三); rules B3.4, B5.15).

use jiff::{ToSpan as _, civil::Date};

/// The day on which somebody born on `birth` is `years` old (民法典 202: 28 February stands for 29).
#[must_use]
pub fn reaches(birth: Date, years: u32) -> Date {
    birth.saturating_add(i64::from(years).years())
}

/// School after 18.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum School {
    /// Nobody has looked since the day.
    Unchecked,
    /// At school, full-time, till this day as far as is known.
    Attends {
        /// Looked at on this day.
        checked_on: Date,
        /// Last day of the course; none: unknown.
        until: Option<Date>,
    },
    /// Left school, or never went on.
    Left {
        /// Since when.
        on: Date,
    },
}

/// Where a child stands towards the age limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Under the limit.
    Minor,
    /// Of age, at school: goes on.
    Pupil,
    /// Of age: school status must be looked at; the fee goes on until somebody has.
    ToCheck,
    /// Of age, not at school: ends, the first month without is that after this day.
    Ends(Date),
}

/// Standing on `day` of somebody born on `birth`; a check of school stands `months`.
#[must_use]
pub fn standing(birth: Date, school: School, day: Date, limit: u32, months: u32) -> Standing {
    let of_age = reaches(birth, limit);
    if day < of_age {
        return Standing::Minor;
    }
    match school {
        School::Unchecked => Standing::ToCheck,
        School::Left { on } => Standing::Ends(on.max(of_age)),
        School::Attends { checked_on, until } => {
            let over = until.is_some_and(|until| until < day);
            let stale = checked_on.saturating_add(i64::from(months).months()) <= day;
            if over || stale {
                Standing::ToCheck
            } else {
                Standing::Pupil
            }
        }
    }
}

/// Whether somebody born on `birth` may be recognized on `day`.
#[must_use]
pub fn may_begin(birth: Date, day: Date, limit: u32) -> bool {
    birth <= day && day < reaches(birth, limit)
}
