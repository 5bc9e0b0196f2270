//! Cooling-off and certificate window to the day (rules A3.5; 民法典 1077, 201, 203).

use jiff::civil::{Date, date};
use yiwang_civic::calendar::WorkCalendar;
use yiwang_marriage::domain::cooling_off::{CoolingOff, cooling_off};

use crate::{
    surroundings::context,
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 2] = ["received", "provisional"];

#[test]
fn days() {
    all_hold(&read(include_str!("cooling_off.toml"), 39, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let found = of(row.parse("received"), WorkCalendar::embedded());
    let expected = row.child("expected");
    same("l1", found.l1, expected.parse("l1"))?;
    same("first day", found.first_day, expected.parse("first_day"))?;
    same("l2", found.l2, expected.parse("l2"))?;
    let provisional = row.has("provisional") && row.flag("provisional");
    same("provisional", found.provisional, provisional)
}

fn of(received: Date, calendar: &WorkCalendar) -> CoolingOff {
    let (days, window) = lengths(received);
    cooling_off(received, calendar, days, window)
}

fn lengths(received: Date) -> (u32, u32) {
    let cx = context(received.at(10, 0, 0, 0));
    let count = |name: &str| {
        let rule = cx.rule(&format!("marriage.cooling_off.{name}")).unwrap();
        rule.count().unwrap()
    };
    (count("days"), count("window"))
}

/// A notice published later lengthens what a receipt promised and never shortens it (A3.5).
#[test]
fn a_later_notice_only_lengthens() {
    let received = date(2026, 12, 18);
    let (days, window) = lengths(received);
    let receipt = of(received, WorkCalendar::embedded());
    let ends = |days: &CoolingOff| (days.l1, days.first_day, days.l2);
    assert_eq!(
        ends(&receipt),
        (date(2027, 1, 18), date(2027, 1, 19), date(2027, 2, 17))
    );
    let notice = |days: &str| {
        let json = format!(r#"{{ "2027": {days} }}"#);
        WorkCalendar::embedded().extended_with(&json).unwrap()
    };

    let longer =
        notice(r#"{ "holidays": { "2027-01-18": "Spring Festival" }, "make_up_workdays": {} }"#);
    let recounted = receipt.recounted(&longer, days, window);
    assert_eq!(
        ends(&recounted),
        (date(2027, 1, 19), date(2027, 1, 20), date(2027, 2, 18))
    );
    assert!(!recounted.provisional);
    assert_eq!(recounted.calendar_version, longer.version());

    let shorter =
        notice(r#"{ "holidays": {}, "make_up_workdays": { "2027-01-17": "Spring Festival" } }"#);
    assert_eq!(of(received, &shorter).l1, date(2027, 1, 17));
    assert_eq!(
        ends(&receipt.recounted(&shorter, days, window)),
        ends(&receipt)
    );
}
