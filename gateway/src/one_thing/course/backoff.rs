//! How long to wait before the next try.

use jiff::{SignedDuration, Timestamp};

/// The first wait after a failed act.
const FIRST: f64 = 0.5;
/// The longest one: departments come back within the hour, and callbacks hurry.
const LONGEST: f64 = 900.0;

/// The wait after the `failures`-th failure in a row, doubled each time; `jitter` from 0 to 1
/// takes up to half of it away, so that many do not come back at once.
pub(super) fn wait(failures: i32, jitter: f64) -> SignedDuration {
    let exponent = failures.clamp(1, 30) - 1;
    let full = (FIRST * 2_f64.powi(exponent)).min(LONGEST);
    let seconds = full * (1.0 - jitter.clamp(0.0, 1.0) / 2.0);
    SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::from_secs(1))
}

/// That much later; never out of range.
pub(crate) fn later(wall: Timestamp, by: SignedDuration) -> Timestamp {
    wall.checked_add(by).unwrap_or(wall)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let millis = |failures, jitter| wait(failures, jitter).as_millis();
        assert_eq!(millis(1, 0.0), 500);
        assert_eq!(millis(4, 0.0), 4_000);
        assert_eq!(millis(4, 1.0), 2_000);
        assert_eq!(millis(99, 0.0), 900_000);
        assert_eq!(millis(0, 0.0), 500);
    }
}
