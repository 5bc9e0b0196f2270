//! When somebody on the register is visited: a number of months of the year, from the parameters.

use jiff::civil::Date;
use yiwang_civic::{calendar::Due, time};

/// Clock that fires when the month has come.
pub const VISIT: &str = "visit";
/// Clock of the month itself.
pub const VISIT_BY: &str = "visit_by";
/// Clock of the next collection.
pub const COLLECT: &str = "collect";

/// First day of the next month of visits after the month of `today`; none without months.
#[must_use]
pub fn next_visit(today: Date, months: &[i64]) -> Option<Date> {
    let mut month = time::month_of(today);
    for _ in 0..12 {
        month = month.next();
        if months.contains(&i64::from(month.month())) {
            return Some(month.first_day());
        }
    }
    None
}

/// The last instant before a month begins: a clock with this limit fires as it begins.
#[must_use]
pub fn before(first_day: Date) -> Due {
    Due {
        last_day: first_day.yesterday().unwrap_or(first_day),
        provisional: false,
    }
}

/// Until the month of `today` is over.
#[must_use]
pub fn this_month(today: Date) -> Due {
    Due {
        last_day: time::month_of(today).last_day(),
        provisional: false,
    }
}
