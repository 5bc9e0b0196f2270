//! Times of a hall, pure.
//!
//! Nothing is stored for a time that nobody wanted yet: it follows from the hours of the
//! hall. Only how many have booked is stored, so a change of hours or places leaves them
//! alone.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

/// Opening hours, Beijing time; equal at noon when there is no break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hours {
    pub(super) opens: Time,
    pub(super) closes_noon: Time,
    pub(super) opens_noon: Time,
    pub(super) closes: Time,
    pub(super) slot_minutes: u16,
}

/// How many have booked a time; none where it is not named.
pub(super) type Taken = BTreeMap<DateTime, i32>;

/// A time with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) starts_at: DateTime,
    pub(super) capacity: i32,
    pub(super) free: i32,
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

    /// The times of `day` with `capacity` places each. More may have booked before there
    /// were fewer places: they all come, and nobody else is let in.
    pub(super) fn slots(&self, day: Date, capacity: i32, taken: &Taken) -> Vec<Slot> {
        let slot = |time: Time| {
            let starts_at = day.to_datetime(time);
            let booked = taken.get(&starts_at).copied().unwrap_or(0);
            Slot {
                starts_at,
                capacity,
                free: capacity.saturating_sub(booked).max(0),
            }
        };
        self.starts().into_iter().map(slot).collect()
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
    fn who_booked_before_there_were_fewer_places_comes_and_nobody_else() {
        let day = date(2026, 5, 20);
        let at = day.at(9, 0, 0, 0);
        let slots = hours(30).slots(day, 3, &Taken::from([(at, 5)]));
        assert_eq!((slots[0].capacity, slots[0].free), (3, 3));
        assert_eq!(
            (slots[1].starts_at, slots[1].capacity, slots[1].free),
            (at, 3, 0)
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
