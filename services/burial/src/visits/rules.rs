//! The parameters of visits in a place (rules B3.9).

use yiwang_casework::Context;
use yiwang_civic::params::ParamError;

/// Rules of visits in force somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VisitRules {
    /// A day opens so many days ahead.
    pub(super) days_ahead: u32,
    pub(super) slot_minutes: u32,
    /// Hours from and to on usual days.
    pub(super) hours: (u32, u32),
    /// The same around festivals.
    pub(super) festival_hours: (u32, u32),
    /// Days before and after that count as the festival.
    pub(super) festival_days: u32,
    pub(super) companions: u32,
    pub(super) cars: u32,
    pub(super) companion_ids: bool,
    /// Where the facility names no capacity.
    pub(super) usual: u32,
    /// Of the capacity, that may be booked.
    pub(super) percent: u32,
    /// Most of one batch; none: no limit.
    pub(super) most: Option<u32>,
    /// A booking is one household.
    pub(super) by_household: bool,
    pub(super) early_minutes: u32,
}

impl VisitRules {
    /// Reads the rules in force.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub(super) fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        let count = |name: &str| cx.rule(&format!("burial.visits.{name}"))?.count();
        let flag = |name: &str| cx.rule(&format!("burial.visits.{name}"))?.flag();
        Ok(Self {
            days_ahead: count("days_ahead")?,
            slot_minutes: count("slot_minutes")?,
            hours: (count("opens")?, count("closes")?),
            festival_hours: (count("festival_opens")?, count("festival_closes")?),
            festival_days: count("festival_days")?,
            companions: count("companions")?,
            cars: count("cars")?,
            companion_ids: flag("companion_ids")?,
            usual: count("capacity")?,
            percent: count("capacity_percent")?,
            most: Some(count("most")?).filter(|most| *most > 0),
            by_household: flag("by_household")?,
            early_minutes: count("early_minutes")?,
        })
    }

    /// Places of one batch of a facility that has room for so many.
    pub(super) fn capacity(&self, room: Option<i32>) -> i32 {
        let room = room.and_then(|room| u32::try_from(room).ok());
        let share = u64::from(room.unwrap_or(self.usual)) * u64::from(self.percent.min(100)) / 100;
        let share = u32::try_from(share).unwrap_or(u32::MAX);
        let capacity = self.most.map_or(share, |most| share.min(most));
        i32::try_from(capacity).unwrap_or(i32::MAX)
    }

    /// Places that a booking takes.
    pub(super) fn places(&self, companions: usize) -> i32 {
        match self.by_household {
            true => 1,
            false => i32::try_from(companions).map_or(i32::MAX, |others| others.saturating_add(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use yiwang_casework::Actor;
    use yiwang_civic::{calendar::WorkCalendar, params::RuleBook, time};

    use super::*;

    fn on(division: &str, day: Date) -> VisitRules {
        let rules = RuleBook::parse(crate::RULES).unwrap();
        let actor = Actor::System(String::new());
        let cx = Context {
            now: time::start_of_day(day),
            actor: &actor,
            calendar: WorkCalendar::embedded(),
            rules: &rules,
            division,
            county: &division[..6],
        };
        VisitRules::load(&cx).unwrap()
    }

    #[test]
    fn places_differ_by_region_and_year() {
        // division, day, room, places of a batch, minutes, places of five people
        for (division, day, room, capacity, minutes, five) in [
            ("421224100", date(2027, 4, 4), None, 120, 60, 5),
            ("421224100", date(2022, 4, 4), None, 50, 30, 1),
            ("421224100", date(2022, 4, 4), Some(30), 30, 30, 1),
            ("421224100", date(2022, 2, 28), None, 120, 60, 5),
            ("510104001", date(2027, 4, 4), Some(200), 140, 60, 5),
            ("510104001", date(2027, 4, 4), Some(0), 0, 60, 5),
            ("110101001", date(2027, 4, 4), Some(200), 200, 60, 5),
        ] {
            let rules = on(division, day);
            let found = (rules.capacity(room), rules.slot_minutes, rules.places(4));
            assert_eq!(found, (capacity, minutes, five), "{division} {day}");
        }
    }
}
