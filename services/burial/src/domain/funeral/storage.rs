//! How long a body may be kept: the region's usual limit, longer by the home, longer still by
//! the county (rules F03; 广西: 7 days, then 30, then the county).

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::Refusal;

use super::super::desk::{at_field, day};

/// What bounds a longer storage.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Day of reception.
    pub received_on: Date,
    /// Days from the reception that the home may allow itself.
    pub home_days: u32,
}

/// The usual last day: plain days, for a home is open on every one.
#[must_use]
pub fn usual(received_on: Date, days: u32) -> Date {
    later(received_on, days)
}

fn later(from: Date, days: u32) -> Date {
    from.checked_add(i64::from(days).days())
        .unwrap_or(Date::MAX)
}

impl Limit {
    /// The new last day.
    ///
    /// # Errors
    /// `COUNTY_MUST_ALLOW`: beyond what the home may allow, and no permit of the county.
    pub fn extended(&self, until: Date, days: u32, permitted: bool) -> Result<Date, Refusal> {
        if days == 0 || days > 3650 {
            return Err(at_field("DAYS", "/days", "请填写要延长的天数，从1天起。"));
        }
        let last = later(until, days);
        let own = later(self.received_on, self.home_days);
        if last > own && !permitted {
            let message = format!(
                "殡仪馆最多只能自行延长到{}，再延长须由县（市、区）民政局批准并登记文号。",
                day(own)
            );
            return Err(at_field("COUNTY_MUST_ALLOW", "/days", message));
        }
        Ok(last)
    }
}
