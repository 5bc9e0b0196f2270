//! A patrol that comes again: every so many days, until a day.

use jiff::{SignedDuration, Timestamp, civil::Date};
use yiwang_chassis::fault::Fault;
use yiwang_civic::time::beijing_date;

use super::day_of;

/// Most patrols of one plan: two months, every day.
const MOST: i64 = 62;

/// How much later each round begins; the first at once.
pub(super) fn rounds(
    starts_at: Timestamp,
    every_days: i32,
    until: &str,
) -> Result<Vec<SignedDuration>, Fault> {
    if every_days == 0 {
        return Ok(vec![SignedDuration::ZERO]);
    }
    if !(1..=31).contains(&every_days) {
        let message = "请重新选择隔几天巡查一次。";
        return Err(Fault::invalid_field("/every_days", "WRONG_VALUE", message));
    }
    let first = beijing_date(starts_at);
    let last: Date = day_of(until, "/until")?;
    if last < first {
        let message = "最后一天应当不早于第一次巡查。";
        return Err(Fault::invalid_field("/until", "WRONG_VALUE", message));
    }
    let days = (last - first).get_days();
    let count = i64::from(days / every_days) + 1;
    if count > MOST {
        let message = format!("一次最多安排{MOST}次巡查，请把最后一天提前。");
        return Err(Fault::invalid_field("/until", "TOO_MANY", message));
    }
    // Beijing has no summer time: every day has 24 hours.
    let later = |nth: i64| SignedDuration::from_hours(24 * nth * i64::from(every_days));
    Ok((0..count).map(later).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_day_until_a_day() {
        let at: Timestamp = "2026-05-20T12:00:00Z".parse().unwrap();
        let days = |every, until| rounds(at, every, until).map(|rounds| rounds.len());
        assert_eq!(days(0, "").unwrap(), 1);
        assert_eq!(days(1, "2026-05-20").unwrap(), 1);
        assert_eq!(days(2, "2026-05-24").unwrap(), 3);
        assert_eq!(days(7, "2026-06-30").unwrap(), 6);
        assert!(days(1, "").is_err() && days(1, "2026-05-19").is_err());
        assert!(days(1, "2026-12-31").is_err() && days(40, "2026-12-31").is_err());
    }
}
