//! Last days over real holidays (rules A2.1, A3.6; 民法典 201, 203).

use jiff::civil::Date;
use yiwang_assistance::domain::minimum_living::deadlines as clocks;
use yiwang_casework::{Actor, Context, decision::StartClock};
use yiwang_civic::{
    calendar::{Due, WorkCalendar},
    time,
};

use crate::{
    build::{at, context, rules},
    table::{Row, all_hold, read, same},
};

/// Rows read otherwise, with the reason.
const DIFFERENT: &[(&str, &str)] = &[(
    "D60",
    "late December is provisional too: the list of the next year may still name its days",
)];

#[test]
fn deadlines() {
    let mut law = read(include_str!("deadlines.toml"), 60);
    law.rows
        .retain(|row| DIFFERENT.iter().all(|(id, _)| *id != row.id()));
    let rules = rules("");
    let actor = Actor::System(String::new());
    all_hold(&law.rows, |row| {
        check(row, &context(&actor, at(row.text("from")), &rules))
    });
}

fn check(row: &Row, cx: &Context<'_>) -> Result<(), String> {
    let expected = row.child("expected");
    let today = cx.today();
    if row.text("kind") == "first_payment_month" {
        let month = clocks::first_payment_month(today).to_string();
        return same("month", month.as_str(), expected.text("month"));
    }
    let due = due(row, cx);
    same(
        "last day",
        due.last_day.to_string().as_str(),
        expected.text("last_day"),
    )?;
    same(
        "provisional",
        due.provisional,
        expected.flag("provisional").unwrap(),
    )?;
    match expected.text("not_before") {
        "" => Ok(()),
        instant => same("not before", time::end_of_day(due.last_day), at(instant)),
    }
}

fn days(cx: &Context<'_>, name: &str) -> u32 {
    cx.rule(&format!("minimum_living.days.{name}"))
        .unwrap()
        .count()
        .unwrap()
}

fn due(row: &Row, cx: &Context<'_>) -> Due {
    let today = cx.today();
    let calendar = WorkCalendar::embedded();
    let total = |name, span| clocks::total(calendar, today, days(cx, name), span);
    let clock = |clock: StartClock| Due {
        last_day: clock.last_day,
        provisional: clock.provisional,
    };
    match row.text("kind") {
        "investigation_start" => clock(clocks::investigation_start(cx).unwrap()),
        "county_check_start" => clock(clocks::check_start(cx).unwrap()),
        "county_decision" => clock(clocks::county_decision(cx).unwrap()),
        "refusal_told" => clock(clocks::refusal_told(cx).unwrap()),
        "total" => total("total", uncounted_notice(row)),
        "total_delegated" => total("total_delegated", None),
        "total_extended" | "total_delegated_extended" => total("total_extended", None),
        "notice" => clocks::notice(cx).unwrap(),
        "grace" => {
            let months = u32::try_from(row.int("months").unwrap()).unwrap();
            Due {
                last_day: clocks::grace_end(today, months),
                provisional: false,
            }
        }
        "death_review" => clock(clocks::death_review(cx, today).unwrap()),
        "recheck_yearly" => clock(clocks::recheck_due(cx, months(cx, "recheck_stable"))),
        "recheck_half_yearly" => clock(clocks::recheck_due(cx, months(cx, "recheck_unstable"))),
        "change_report" => clocks::change_report(cx, today).unwrap(),
        kind => panic!("{kind}"),
    }
}

fn months(cx: &Context<'_>, name: &str) -> u32 {
    cx.rule(&format!("minimum_living.months.{name}"))
        .unwrap()
        .count()
        .unwrap()
}

fn uncounted_notice(row: &Row) -> Option<(Date, Date)> {
    let posted: Date = row.text("notice_posted").parse().ok()?;
    Some((
        posted,
        WorkCalendar::embedded()
            .add_calendar_days(posted, 7)
            .last_day,
    ))
}
