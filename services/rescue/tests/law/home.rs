//! Staying home as tables: when somebody is visited after the return, and on the register.

use jiff::civil::Date;
use yiwang_civic::calendar::WorkCalendar;
use yiwang_rescue::domain::{easily_lost, return_support};

use crate::table::{Row, all_hold, read, same};

fn months(row: &Row) -> Vec<i64> {
    let months = row
        .text("months")
        .split(',')
        .filter(|text| !text.is_empty());
    months.map(|text| text.parse().unwrap()).collect()
}

#[test]
fn visits_after_the_return() {
    let rows = read(include_str!("home_visits.toml"), 5, &["returned", "months"]);
    all_hold(&rows, |row| {
        let returned: Date = row.parse("returned");
        let months: Vec<u32> = months(row)
            .into_iter()
            .map(|month| u32::try_from(month).unwrap())
            .collect();
        let due = return_support::law::visits(returned, &months, WorkCalendar::embedded());
        let days: Vec<String> = due.iter().map(|due| due.last_day.to_string()).collect();
        same("visits", days.join(" ").as_str(), row.text("expected"))
    });
}

#[test]
fn visits_of_the_register() {
    let rows = read(include_str!("home_register.toml"), 6, &["today", "months"]);
    all_hold(&rows, |row| {
        let next = easily_lost::law::next_visit(row.parse("today"), &months(row));
        let found = next.map_or_else(|| "none".to_owned(), |day| day.to_string());
        same("visit", found.as_str(), row.text("expected"))
    });
}
