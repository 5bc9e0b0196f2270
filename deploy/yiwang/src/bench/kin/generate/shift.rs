//! Moves dates of made reports.

/// Moves a date by days and keeps its form; firsts of month and year stay so.
pub(super) fn moved(date: &str, days: i32) -> String {
    let Some(span) = yiwang_rescue::domain::kin::day::span(date) else {
        return date.to_owned();
    };
    let (y, m, d) = civil(span.first + days);
    match date.len() {
        4 => format!("{y:04}"),
        _ if date.ends_with("-01-01") => format!("{y:04}-01-01"),
        _ if date.ends_with("-01") => format!("{y:04}-{m:02}-01"),
        _ => format!("{y:04}-{m:02}-{d:02}"),
    }
}

fn civil(day: i32) -> (i32, i32, i32) {
    let mut year = 1970 + day.div_euclid(366);
    while yiwang_rescue::domain::kin::day::number(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12)
        .rev()
        .find(|m| yiwang_rescue::domain::kin::day::number(year, *m, 1) <= day)
        .unwrap_or(1);
    (
        year,
        month,
        day - yiwang_rescue::domain::kin::day::number(year, month, 1) + 1,
    )
}
