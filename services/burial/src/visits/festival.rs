//! The days of 清明 and 冬至, when everybody comes. 寒衣节 and 中元节 go by the lunar calendar
//! and are not counted.

use jiff::civil::Date;

/// Name, month, and the constant of the rule for this century (寿星公式).
const TERMS: [(&str, i8, f64); 2] = [("清明", 4, 4.81), ("冬至", 12, 21.94)];

/// The festival within `days` of `day`, if any.
pub(super) fn near(day: Date, days: u32) -> Option<&'static str> {
    let found = TERMS.into_iter().find(|(_, month, constant)| {
        let years = [day.year() - 1, day.year(), day.year() + 1];
        years.into_iter().any(|year| {
            let term = term(year, *month, *constant);
            term.is_some_and(|term| (day - term).get_days().unsigned_abs() <= days)
        })
    });
    found.map(|(name, ..)| name)
}

/// The day of a solar term, right from 2000 to 2099, the exceptional 2021 included.
fn term(year: i16, month: i8, constant: f64) -> Option<Date> {
    let short = year
        .checked_sub(2000)
        .filter(|year| (0..100).contains(year))?;
    let turned = f64::from(short) * 0.2422 + constant;
    // Both numbers are below 60.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "floor of a small positive number"
    )]
    let day = turned as i16 - short / 4;
    // The rule is a day late for 冬至 of 2021.
    let day = if (year, month) == (2021, 12) { 21 } else { day };
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

/// 清明 of a year, for tests of others.
#[cfg(test)]
pub(super) fn qingming(year: i16) -> Date {
    term(year, 4, 4.81).unwrap_or(Date::constant(year, 4, 5))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_days_of_past_and_coming_years() {
        for (year, day) in [
            (2019, 5),
            (2020, 4),
            (2021, 4),
            (2024, 4),
            (2026, 5),
            (2027, 5),
        ] {
            assert_eq!(qingming(year), date(year, 4, day));
        }
        for (year, day) in [(2020, 21), (2021, 21), (2023, 22), (2024, 21), (2026, 22)] {
            assert_eq!(term(year, 12, 21.94), Some(date(year, 12, day)), "{year}");
        }
    }

    #[test]
    fn a_festival_has_days_around_it() {
        for (day, expected) in [
            (date(2026, 3, 26), Some("清明")),
            (date(2026, 3, 25), None),
            (date(2026, 4, 15), Some("清明")),
            (date(2026, 4, 16), None),
            (date(2027, 1, 1), Some("冬至")),
            (date(2026, 7, 1), None),
        ] {
            assert_eq!(near(day, 10), expected, "{day}");
        }
    }
}
