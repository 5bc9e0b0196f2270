//! Days and times of a hall, pure.
//!
//! Nothing is stored for a time that nobody wanted yet: it follows from the hours of the
//! hall and the holiday calendar. What is stored goes before what follows, so a change of
//! hours leaves what is booked alone.

use std::collections::BTreeMap;

use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time},
};
use yiwang_civic::calendar::WorkCalendar;

use crate::domain::booking::{Bookable, BookingRules, bookable};

/// No hall is booked further ahead than this, whatever a parameter says.
const LONGEST: usize = 400;

/// Opening hours, Beijing time; equal at noon when there is no break.
#[derive(Debug, Clone)]
pub(super) struct Hours {
    pub(super) opens: Time,
    pub(super) closes_noon: Time,
    pub(super) opens_noon: Time,
    pub(super) closes: Time,
    pub(super) slot_minutes: u16,
}

/// Places at a time: how many there are and how many are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) capacity: i32,
    pub(super) booked: i32,
}

/// Times of which something is stored.
pub(super) type Taken = BTreeMap<DateTime, Places>;

/// A time with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) starts_at: DateTime,
    pub(super) capacity: i32,
    pub(super) free: i32,
}

/// A day of the month ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) day: Date,
    /// Whether the hall is open at all.
    pub(super) open: bool,
    pub(super) free: i32,
}

/// When a hall may be booked.
pub(super) struct Window {
    pub(super) now: DateTime,
    pub(super) calendar: &'static WorkCalendar,
    pub(super) rules: BookingRules,
}

impl Hours {
    /// Beginnings of the times of a day; none runs past a closing.
    pub(super) fn starts(&self) -> Vec<Time> {
        let step = self.slot_minutes.max(1);
        let spans = [
            (self.opens, self.closes_noon),
            (self.opens_noon, self.closes),
        ];
        let within = spans.into_iter().flat_map(|(from, to)| {
            let last = minutes(to);
            (minutes(from)..last)
                .step_by(usize::from(step))
                .filter(move |at| at + step <= last)
        });
        within.filter_map(time).collect()
    }

    /// 工作日 8:30至12:00，14:30至17:30
    pub(super) fn in_words(&self) -> String {
        let span = |from: Time, to: Time| {
            let clock = |time: Time| format!("{}:{:02}", time.hour(), time.minute());
            format!("{}至{}", clock(from), clock(to))
        };
        if self.closes_noon == self.opens_noon {
            return format!("工作日 {}", span(self.opens, self.closes));
        }
        let morning = span(self.opens, self.closes_noon);
        format!("工作日 {morning}，{}", span(self.opens_noon, self.closes))
    }

    /// The times of `day`: as stored, else with `capacity` places and none taken.
    pub(super) fn slots(&self, day: Date, capacity: i32, taken: &Taken) -> Vec<Slot> {
        let fresh = Places {
            capacity,
            booked: 0,
        };
        let slot = |time: Time| {
            let starts_at = day.to_datetime(time);
            let places = taken.get(&starts_at).copied().unwrap_or(fresh);
            Slot {
                starts_at,
                capacity: places.capacity,
                free: (places.capacity - places.booked).max(0),
            }
        };
        self.starts().into_iter().map(slot).collect()
    }
}

impl Window {
    /// Whether `day` can be booked now.
    pub(super) fn allows(&self, day: Date) -> Bookable {
        bookable(self.now, day, self.calendar, &self.rules)
    }

    /// Why `day` cannot be booked now: a stable code and what to do.
    pub(super) fn refusal(&self, day: Date) -> Option<(&'static str, &'static str)> {
        Some(match self.allows(day) {
            Bookable::Ok => return None,
            Bookable::TooEarly => (
                "TOO_EARLY",
                "这一天还没有开放预约，请晚些时候再来，或者换一天。",
            ),
            Bookable::TooLate => (
                "TOO_LATE",
                "这一天已经不能预约了。不预约也可以直接到现场办理。",
            ),
            Bookable::Closed => ("CLOSED", "这一天婚姻登记处休息，请换一天。"),
        })
    }

    /// The days ahead, closed ones too.
    pub(super) fn days(&self, hours: &Hours, capacity: i32, taken: &Taken) -> Vec<Day> {
        let day = |(day, open)| {
            let slots = hours.slots(day, capacity, taken);
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

/// The free times nearest to `wanted`, the nearest first.
pub(super) fn nearest(slots: Vec<Slot>, wanted: DateTime, most: usize) -> Vec<Slot> {
    let mut free: Vec<Slot> = slots.into_iter().filter(|slot| slot.free > 0).collect();
    free.sort_by_key(|slot| slot.starts_at.duration_since(wanted).abs());
    free.truncate(most);
    free
}

fn minutes(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

fn time(minutes: u16) -> Option<Time> {
    let (hour, minute) = (i8::try_from(minutes / 60), i8::try_from(minutes % 60));
    Time::new(hour.ok()?, minute.ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn clock(hour: i8, minute: i8) -> Time {
        Time::constant(hour, minute, 0, 0)
    }

    fn hours(slot_minutes: u16) -> Hours {
        Hours {
            opens: clock(8, 30),
            closes_noon: clock(12, 0),
            opens_noon: clock(14, 30),
            closes: clock(17, 30),
            slot_minutes,
        }
    }

    #[test]
    fn times_follow_from_the_hours_and_none_runs_past_a_closing() {
        let starts = hours(30).starts();
        assert_eq!(starts.len(), 7 + 6);
        assert_eq!(starts.first(), Some(&clock(8, 30)));
        assert_eq!(starts[6..8], [clock(11, 30), clock(14, 30)]);
        assert_eq!(starts.last(), Some(&clock(17, 0)));
        // 8:30, 9:20, 10:10, 11:00; then 14:30, 15:20, 16:10: the next would end at 17:50.
        assert_eq!(hours(50).starts().len(), 4 + 3);
        let through = Hours {
            closes_noon: clock(12, 0),
            opens_noon: clock(12, 0),
            ..hours(30)
        };
        assert_eq!(through.starts().len(), 18);
        assert_eq!(through.in_words(), "工作日 8:30至17:30");
        assert_eq!(hours(30).in_words(), "工作日 8:30至12:00，14:30至17:30");
    }

    #[test]
    fn what_is_stored_goes_before_what_follows() {
        let day = date(2026, 5, 20);
        let at = day.at(9, 0, 0, 0);
        let places = Places {
            capacity: 5,
            booked: 5,
        };
        let slots = hours(30).slots(day, 3, &Taken::from([(at, places)]));
        assert_eq!((slots[0].capacity, slots[0].free), (3, 3));
        assert_eq!(
            (slots[1].starts_at, slots[1].capacity, slots[1].free),
            (at, 5, 0)
        );
    }

    #[test]
    fn the_nearest_free_time_comes_first() {
        let slot = |day: i8, hour: i8, free: i32| Slot {
            starts_at: date(2026, 5, day).at(hour, 0, 0, 0),
            capacity: 3,
            free,
        };
        let slots = vec![
            slot(20, 9, 0),
            slot(20, 10, 1),
            slot(20, 17, 2),
            slot(21, 9, 3),
        ];
        let found = nearest(slots, date(2026, 5, 20).at(16, 0, 0, 0), 2);
        let hours: Vec<_> = found.iter().map(|slot| slot.starts_at.hour()).collect();
        assert_eq!(hours, [17, 10]);
    }
}
