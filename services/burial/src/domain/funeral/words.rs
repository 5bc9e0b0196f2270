//! Times as people and contracts write them.

use jiff::{Timestamp, civil::DateTime, tz};

/// Beijing time of an instant.
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    tz::offset(8).to_datetime(at)
}

/// 5月20日9:00.
#[must_use]
pub fn time(at: Timestamp) -> String {
    let at = local(at);
    format!(
        "{}月{}日{}:{:02}",
        at.month(),
        at.day(),
        at.hour(),
        at.minute()
    )
}

/// 2026-05-20T09:00.
#[must_use]
pub fn wire(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M").to_string()
}
