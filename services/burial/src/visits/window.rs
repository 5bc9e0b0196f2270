//! The days ahead of a facility, pure.

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime},
};

use super::{
    festival,
    plan::{self, Slot, Taken},
    rules::VisitRules,
};

/// No facility is booked further ahead than this, whatever a parameter says.
const LONGEST: u32 = 60;

/// When a facility may be booked.
#[derive(Debug, Clone)]
pub(super) struct Window {
    pub(super) now: DateTime,
    pub(super) rules: VisitRules,
    /// Places of one batch.
    pub(super) capacity: i32,
}

/// A day ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) day: Date,
    pub(super) festival: Option<&'static str>,
    /// Whether a time of it can still be booked.
    pub(super) open: bool,
    pub(super) free: i32,
}

impl Window {
    /// Why `day` cannot be booked now: a stable code and what to do. Graves are visited on
    /// every day of the year.
    pub(super) fn refusal(&self, day: Date) -> Option<(&'static str, String)> {
        if day < self.now.date() {
            let told = "这一天已经过去了，请换一天。";
            return Some(("TOO_LATE", told.to_owned()));
        }
        if day > self.last_day() {
            let ahead = self.ahead();
            let told =
                format!("祭扫提前{ahead}天开放预约，这一天还没有开放，请到时候再来，或者换一天。");
            return Some(("TOO_EARLY", told));
        }
        None
    }

    /// The times of `day` that have not begun.
    pub(super) fn slots(&self, day: Date, taken: &Taken) -> Vec<Slot> {
        if self.refusal(day).is_some() {
            return vec![];
        }
        let rules = &self.rules;
        let hours = match festival::near(day, rules.festival_days) {
            Some(_) => rules.festival_hours,
            None => rules.hours,
        };
        let mut slots = plan::slots(day, hours, rules.slot_minutes, self.capacity, taken);
        slots.retain(|slot| slot.starts_at > self.now);
        slots
    }

    /// From today to the last day that is open for booking.
    pub(super) fn days(&self, taken: &Taken) -> Vec<Day> {
        let days = self.now.date().series(1.day());
        let within = days.take_while(|day| *day <= self.last_day());
        let one = |day| {
            let slots = self.slots(day, taken);
            Day {
                day,
                festival: festival::near(day, self.rules.festival_days),
                open: !slots.is_empty(),
                free: slots.iter().map(|slot| slot.free).sum(),
            }
        };
        within.map(one).collect()
    }

    /// The last day that can be booked now.
    pub(super) fn last_day(&self) -> Date {
        self.now
            .date()
            .saturating_add(i64::from(self.ahead()).days())
    }

    fn ahead(&self) -> u32 {
        self.rules.days_ahead.min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn window() -> Window {
        Window {
            now: date(2027, 3, 24).at(15, 30, 0, 0),
            capacity: 30,
            rules: VisitRules {
                days_ahead: 7,
                slot_minutes: 60,
                hours: (8, 17),
                festival_hours: (6, 18),
                festival_days: 10,
                companions: 4,
                cars: 1,
                companion_ids: false,
                usual: 30,
                percent: 100,
                most: None,
                by_household: false,
                early_minutes: 30,
            },
        }
    }

    #[test]
    fn a_day_opens_seven_days_ahead_and_festivals_have_longer_hours() {
        let window = window();
        let days = window.days(&Taken::new());
        assert_eq!(days.len(), 8);
        // Only the last hour of today is left.
        assert_eq!((days[0].free, days[0].open), (30, true));
        assert_eq!((days[1].festival, days[1].free), (None, 9 * 30));
        // Ten days before 清明, 2027-04-05.
        assert_eq!((days[2].festival, days[2].free), (Some("清明"), 12 * 30));
        let code = |day| window.refusal(day).map(|(code, _)| code);
        assert_eq!(code(date(2027, 3, 31)), None);
        assert_eq!(code(date(2027, 4, 1)), Some("TOO_EARLY"));
        assert_eq!(code(date(2027, 3, 23)), Some("TOO_LATE"));
        assert!(window.slots(date(2027, 4, 1), &Taken::new()).is_empty());
    }
}
