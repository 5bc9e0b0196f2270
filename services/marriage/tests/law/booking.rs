//! Days that may be booked (rules A3.9).

use jiff::civil::DateTime;
use yiwang_marriage::domain::booking::{Bookable, BookingRules, bookable};

use crate::{
    surroundings::context,
    table::{Row, all_hold, read, same},
};

#[test]
fn booking() {
    all_hold(
        &read(include_str!("booking.toml"), 28, &["today", "day"]),
        check,
    );
}

fn check(row: &Row) -> Result<(), String> {
    let now: DateTime = row.parse("today");
    let cx = context(now);
    let rules = BookingRules::load(&cx).unwrap();
    let found = match bookable(now, row.parse("day"), cx.calendar, &rules) {
        Bookable::Ok => "ok",
        Bookable::TooEarly => "TOO_EARLY",
        Bookable::TooLate => "TOO_LATE",
        Bookable::Closed => "CLOSED",
    };
    same("booking", found, row.text("expected"))
}
