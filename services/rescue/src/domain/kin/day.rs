//! Days as numbers, and dates that may be rounded to the month or year.

/// Days since 1970-01-01.
pub type Day = i32;

/// From the first to the last day that a written date may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Earliest day.
    pub first: Day,
    /// Latest day.
    pub last: Day,
}

/// Number of a civil date.
pub fn number(year: i32, month: i32, day: i32) -> Day {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// Parts of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn parts(text: &str) -> Option<(i32, Option<i32>, Option<i32>)> {
    let mut it = text.trim().split('-');
    let year = it
        .next()?
        .parse()
        .ok()
        .filter(|y| (1800..2200).contains(y))?;
    let month = it
        .next()
        .and_then(|m| m.parse().ok())
        .filter(|m| (1..=12).contains(m));
    let day = it
        .next()
        .and_then(|d| d.parse().ok())
        .filter(|d| (1..=31).contains(d));
    Some((year, month, month.and(day)))
}

/// The days a date may mean, as written.
pub fn span(text: &str) -> Option<Span> {
    let (y, m, d) = parts(text)?;
    Some(match (m, d) {
        (Some(m), Some(d)) => Span {
            first: number(y, m, d),
            last: number(y, m, d),
        },
        (Some(m), None) => Span {
            first: number(y, m, 1),
            last: month_end(y, m),
        },
        _ => Span {
            first: number(y, 1, 1),
            last: number(y, 12, 31),
        },
    })
}

/// Like [`span`], but the first of a month may stand for the month and 1 January for the year.
pub fn rounded_span(text: &str) -> Option<Span> {
    let (y, m, d) = parts(text)?;
    let written = span(text)?;
    Some(match (m, d) {
        (Some(1), Some(1)) => Span {
            last: number(y, 12, 31),
            ..written
        },
        (Some(m), Some(1)) => Span {
            last: month_end(y, m),
            ..written
        },
        _ => written,
    })
}

fn month_end(year: i32, month: i32) -> Day {
    if month == 12 {
        number(year, 12, 31)
    } else {
        number(year, month + 1, 1) - 1
    }
}

/// Year of a day, good to a day or two around New Year.
pub fn year_of(day: Day) -> f32 {
    1970.0 + day as f32 / 365.2425
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_days() {
        assert_eq!(number(1970, 1, 1), 0);
        assert_eq!(number(2024, 3, 1) - number(2024, 2, 28), 2);
        assert_eq!(
            span("2024"),
            Some(Span {
                first: number(2024, 1, 1),
                last: number(2024, 12, 31)
            })
        );
        assert_eq!(
            rounded_span("2018-02-01").map(|s| s.last),
            Some(number(2018, 2, 28))
        );
    }
}
