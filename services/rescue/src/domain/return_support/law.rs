//! When somebody who has come home is visited: so many months after the return (parameters).

use jiff::civil::Date;
use yiwang_civic::calendar::{Due, WorkCalendar};

/// Clock of the next visit.
pub const VISIT: &str = "visit";

/// Last days of the visits, in their order; one that falls on a holiday moves to the next working
/// day.
#[must_use]
pub fn visits(returned_on: Date, months: &[u32], calendar: &WorkCalendar) -> Vec<Due> {
    let mut months = months.to_vec();
    months.sort_unstable();
    months.dedup();
    let due = |month: u32| calendar.add_months(returned_on, month);
    months.into_iter().map(due).collect()
}
