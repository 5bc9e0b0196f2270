//! Times of a facility, pure. Nothing is stored for a time that nobody wanted yet.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

/// How many places of a time are taken; none where it is not named.
pub type Taken = BTreeMap<DateTime, i32>;

/// A time with its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Beijing time.
    pub starts_at: DateTime,
    /// Beijing time.
    pub ends_at: DateTime,
    /// All places.
    pub capacity: i32,
    /// Those that are left.
    pub free: i32,
}

/// The times of `day` between two whole hours; none runs past the closing.
#[must_use]
pub fn slots(
    day: Date,
    (opens, closes): (u32, u32),
    minutes: u32,
    capacity: i32,
    taken: &Taken,
) -> Vec<Slot> {
    let (from, to) = (opens.min(24) * 60, closes.min(24) * 60);
    let step = minutes.max(1);
    let starts = (from..to)
        .step_by(step as usize)
        .filter(|at| at + step <= to);
    let slot = |at: u32| {
        let starts_at = clock(day, at)?;
        let booked = taken.get(&starts_at).copied().unwrap_or(0);
        Some(Slot {
            starts_at,
            ends_at: clock(day, at + step)?,
            capacity,
            free: capacity.saturating_sub(booked).max(0),
        })
    };
    starts.filter_map(slot).collect()
}

/// The times nearest to `wanted` that have `places` left, the nearest first.
#[must_use]
pub fn nearest(slots: Vec<Slot>, wanted: DateTime, places: i32, most: usize) -> Vec<Slot> {
    let fits = slots.into_iter().filter(|slot| slot.free >= places.max(1));
    let mut free: Vec<Slot> = fits.collect();
    free.sort_by_key(|slot| slot.starts_at.duration_since(wanted).abs());
    free.truncate(most);
    free
}

fn clock(day: Date, minutes: u32) -> Option<DateTime> {
    if minutes == 24 * 60 {
        return Some(day.tomorrow().ok()?.to_datetime(Time::midnight()));
    }
    let (hour, minute) = (i8::try_from(minutes / 60), i8::try_from(minutes % 60));
    Some(day.to_datetime(Time::new(hour.ok()?, minute.ok()?, 0, 0).ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whoever_booked_before_there_were_fewer_places_comes_and_nobody_else() {
        let day = date(2027, 4, 4);
        let taken = Taken::from([(day.at(9, 0, 0, 0), 5)]);
        let slots = slots(day, (8, 17), 60, 3, &taken);
        assert_eq!(slots.len(), 9);
        assert_eq!((slots[0].free, slots[1].free), (3, 0));
        assert_eq!(slots[8].ends_at, day.at(17, 0, 0, 0));
    }

    proptest! {
        /// Whatever is booked one after the other, by people or households: no time has more
        /// than its places, and a refusal names only times with room.
        #[test]
        fn no_time_is_oversold(
            capacity in 0_i32..40,
            minutes in prop::sample::select(vec![30_u32, 60, 90, 120]),
            wishes in prop::collection::vec((0_usize..24, 1_i32..6), 0..200),
        ) {
            let day = date(2027, 4, 4);
            let mut taken = Taken::new();
            for (at, places) in wishes {
                let now = slots(day, (6, 18), minutes, capacity, &taken);
                let slot = &now[at % now.len()];
                if slot.free >= places {
                    *taken.entry(slot.starts_at).or_default() += places;
                } else {
                    let wanted = slot.starts_at;
                    for other in nearest(now, wanted, places, 5) {
                        prop_assert!(other.free >= places);
                    }
                }
                prop_assert!(taken.values().all(|booked| *booked <= capacity));
            }
        }

        /// The times of a day follow each other within the hours.
        #[test]
        fn times_do_not_overlap(opens in 0_u32..26, closes in 0_u32..26, minutes in 0_u32..300) {
            let day = date(2027, 4, 4);
            let slots = slots(day, (opens, closes), minutes, 1, &Taken::new());
            for pair in slots.windows(2) {
                prop_assert_eq!(pair[0].ends_at, pair[1].starts_at);
            }
        }
    }
}
