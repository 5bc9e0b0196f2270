//! Days of a hall, pure: its hours and the holiday calendar, and what its county set for
//! single days against them.
//!
//! 5月20日 and 七夕 have more places or other hours; a weekend may be opened, a working day
//! closed.

use std::{borrow::Cow, collections::BTreeMap};

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time},
};
use yiwang_civic::calendar::WorkCalendar;

use super::plan::{Hours, Slot, Taken};
use crate::domain::booking::{Bookable, BookingRules, bookable};

/// No hall is booked further ahead than this, whatever a parameter says.
const LONGEST: usize = 400;

/// What was set for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setting {
    /// Closed, whatever the calendar says; why is told to people.
    Closed { reason: String },
    /// Open, whatever the calendar says.
    Open {
        /// Other hours; none: the usual ones.
        hours: Option<Hours>,
        /// Other places at a time; none: the usual ones.
        capacity: Option<i32>,
    },
}

/// What was set for days; as usual where a day is not named.
pub(super) type Settings = BTreeMap<Date, Setting>;

/// The days of a hall.
#[derive(Debug, Clone)]
pub(super) struct Schedule {
    pub(super) hours: Hours,
    /// Places at a time.
    pub(super) capacity: i32,
    pub(super) settings: Settings,
    pub(super) calendar: &'static WorkCalendar,
}

impl Schedule {
    /// Whether the hall works on `day`.
    pub(super) fn is_open(&self, day: Date) -> bool {
        match self.settings.get(&day) {
            Some(Setting::Closed { .. }) => false,
            Some(Setting::Open { .. }) => true,
            None => self.calendar.is_working_day(day),
        }
    }

    /// Places at each time of `day`.
    pub(super) fn capacity(&self, day: Date) -> i32 {
        match self.settings.get(&day) {
            Some(Setting::Open {
                capacity: Some(capacity),
                ..
            }) => *capacity,
            _ => self.capacity,
        }
    }

    /// Beginnings of the times of `day`; none on a closed day.
    pub(super) fn starts(&self, day: Date) -> Vec<Time> {
        if self.is_open(day) {
            self.hours_of(day).starts()
        } else {
            vec![]
        }
    }

    /// The times of `day`; none on a closed day.
    pub(super) fn slots(&self, day: Date, taken: &Taken) -> Vec<Slot> {
        if self.is_open(day) {
            self.hours_of(day).slots(day, self.capacity(day), taken)
        } else {
            vec![]
        }
    }

    /// The same with the usual places on all days.
    pub(super) fn with_usual_places(mut self) -> Self {
        for setting in self.settings.values_mut() {
            if let Setting::Open { capacity, .. } = setting {
                *capacity = None;
            }
        }
        self
    }

    fn hours_of(&self, day: Date) -> &Hours {
        match self.settings.get(&day) {
            Some(Setting::Open {
                hours: Some(hours), ..
            }) => hours,
            _ => &self.hours,
        }
    }
}

/// When a hall may be booked.
#[derive(Debug, Clone)]
pub(super) struct Window {
    pub(super) now: DateTime,
    pub(super) rules: BookingRules,
    pub(super) schedule: Schedule,
}

/// A day of the month ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) day: Date,
    /// Whether the hall is open at all.
    pub(super) open: bool,
    pub(super) free: i32,
}

impl Window {
    /// Whether `day` can be booked now.
    pub(super) fn allows(&self, day: Date) -> Bookable {
        match bookable(self.now, day, self.schedule.calendar, &self.rules) {
            // What was set for the day goes before the calendar.
            Bookable::Ok | Bookable::Closed if self.schedule.is_open(day) => Bookable::Ok,
            Bookable::Ok => Bookable::Closed,
            other => other,
        }
    }

    /// Why `day` cannot be booked now: a stable code and what to do.
    pub(super) fn refusal(&self, day: Date) -> Option<(&'static str, Cow<'static, str>)> {
        Some(match self.allows(day) {
            Bookable::Ok => return None,
            Bookable::TooEarly => (
                "TOO_EARLY",
                "这一天还没有开放预约，请晚些时候再来，或者换一天。".into(),
            ),
            Bookable::TooLate => (
                "TOO_LATE",
                "这一天已经不能预约了。不预约也可以直接到现场办理。".into(),
            ),
            Bookable::Closed => match self.schedule.settings.get(&day) {
                Some(Setting::Closed { reason }) if !reason.is_empty() => (
                    "CLOSED",
                    format!("这一天婚姻登记处不办公（{reason}），请换一天。").into(),
                ),
                _ => ("CLOSED", "这一天婚姻登记处休息，请换一天。".into()),
            },
        })
    }

    /// The days ahead, closed ones too.
    pub(super) fn days(&self, taken: &Taken) -> Vec<Day> {
        let day = |(day, open)| {
            let slots = self.schedule.slots(day, taken);
            let free = slots.iter().map(|slot| slot.free).sum();
            Day {
                day,
                open,
                free: if open { free } else { 0 },
            }
        };
        self.ahead().map(day).collect()
    }

    /// The last day that can be booked now.
    pub(super) fn last_day(&self) -> Date {
        let last = self.ahead().last();
        last.map_or(self.now.date(), |(day, _)| day)
    }

    /// The days within the window, with whether the hall is open.
    fn ahead(&self) -> impl Iterator<Item = (Date, bool)> {
        let days = self.now.date().series(1.day()).take(LONGEST);
        let judged = days.map(|day| (day, self.allows(day)));
        let within = judged
            .filter(|(_, allowed)| !matches!(allowed, Bookable::TooLate))
            .take_while(|(_, allowed)| !matches!(allowed, Bookable::TooEarly));
        within.map(|(day, allowed)| (day, matches!(allowed, Bookable::Ok)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn hours(opens: i8, closes: i8) -> Hours {
        let noon = Time::constant(12, 0, 0, 0);
        Hours {
            opens: Time::constant(opens, 0, 0, 0),
            closes_noon: noon,
            opens_noon: noon,
            closes: Time::constant(closes, 0, 0, 0),
            slot_minutes: 60,
        }
    }

    /// Monday 2026-05-11; the 16th is a Saturday.
    fn window(settings: Settings) -> Window {
        Window {
            now: date(2026, 5, 11).at(8, 0, 0, 0),
            rules: BookingRules {
                months_ahead: 1,
                days_before: 1,
            },
            schedule: Schedule {
                hours: hours(9, 17),
                capacity: 3,
                settings,
                calendar: WorkCalendar::embedded(),
            },
        }
    }

    #[test]
    fn a_popular_day_has_more_places_and_other_hours() {
        let day = date(2026, 5, 20);
        let more = Setting::Open {
            hours: Some(hours(7, 20)),
            capacity: Some(30),
        };
        let window = window(Settings::from([(day, more)]));
        let taken = Taken::from([(day.at(9, 0, 0, 0), 4)]);
        let slots = window.schedule.slots(day, &taken);
        assert_eq!(slots.len(), 13);
        assert_eq!((slots[0].capacity, slots[0].free), (30, 30));
        assert_eq!(slots[2].free, 26);
        let found = window.days(&taken);
        let free = |day: Date| found.iter().find(|one| one.day == day).unwrap().free;
        assert_eq!(free(day), 13 * 30 - 4);
        assert_eq!(free(date(2026, 5, 21)), 8 * 3);
    }

    #[test]
    fn a_weekend_may_be_opened_and_a_working_day_closed() {
        let (saturday, monday) = (date(2026, 5, 16), date(2026, 5, 18));
        let usual = Setting::Open {
            hours: None,
            capacity: None,
        };
        let closed = |reason: &str| Setting::Closed {
            reason: reason.into(),
        };
        let window = window(Settings::from([
            (saturday, usual.clone()),
            (monday, closed("停电")),
            // What is set does not open a day before its time, nor afterwards.
            (date(2026, 5, 11), usual.clone()),
            (date(2026, 6, 13), usual),
        ]));
        assert_eq!(window.refusal(saturday), None);
        assert_eq!(window.schedule.starts(saturday).len(), 8);
        let (code, told) = window.refusal(monday).unwrap();
        assert_eq!(code, "CLOSED");
        assert!(told.contains("停电"));
        assert!(window.schedule.starts(monday).is_empty());
        assert!(window.schedule.slots(monday, &Taken::new()).is_empty());
        let code = |day| window.refusal(day).unwrap().0;
        assert_eq!(code(date(2026, 5, 11)), "TOO_LATE");
        assert_eq!(code(date(2026, 6, 13)), "TOO_EARLY");
        assert_eq!(code(date(2026, 5, 17)), "CLOSED");
        let days = window.days(&Taken::new());
        let open = |day: Date| days.iter().find(|one| one.day == day).unwrap().open;
        assert!(open(saturday) && !open(monday) && open(date(2026, 5, 19)));
    }
}
