//! Marriage age 法定婚龄 (民法典 1047), in full years on the hall's date.

use jiff::{Span, civil::Date};
use yiwang_casework::Context;
use yiwang_civic::{citizen_id::Sex, params::ParamError};

/// The ages, and how the law's silences are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeRules {
    /// Full years of a man.
    pub man: u32,
    /// Full years of a woman.
    pub woman: u32,
    /// One is of age on the birthday itself, not only on the day after.
    pub birthday_counts: bool,
    /// Who was born on 29 February has the birthday on 1 March of a common year, not on
    /// 28 February.
    pub leap_day_on_first_of_march: bool,
}

impl AgeRules {
    /// Reads the rules in force.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        Ok(Self {
            man: cx.rule("marriage.age.man")?.count()?,
            woman: cx.rule("marriage.age.woman")?.count()?,
            birthday_counts: cx.rule("marriage.age.birthday_counts")?.flag()?,
            leap_day_on_first_of_march: cx
                .rule("marriage.age.leap_day_on_first_of_march")?
                .flag()?,
        })
    }
}

/// Whether somebody born on `born` may marry on `on`.
#[must_use]
pub fn of_age(sex: Sex, born: Date, on: Date, rules: &AgeRules) -> bool {
    first_day(sex, born, rules).is_some_and(|first| first <= on)
}

/// The first day on which they may; none when it lies beyond the calendar.
fn first_day(sex: Sex, born: Date, rules: &AgeRules) -> Option<Date> {
    let years = match sex {
        Sex::Male => rules.man,
        Sex::Female => rules.woman,
    };
    let birthday = born.checked_add(Span::new().try_years(years).ok()?).ok()?;
    // Without a corresponding day the month's last stands in (民法典 202): the last year is
    // full with its end, whichever day is taken as the birthday.
    let stands_in = birthday.day() != born.day();
    let day_after = !rules.birthday_counts || (stands_in && rules.leap_day_on_first_of_march);
    if day_after {
        birthday.tomorrow().ok()
    } else {
        Some(birthday)
    }
}
