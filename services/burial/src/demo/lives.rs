//! Deaths of the demonstration and what came after each. Pure: the same days give the same
//! people, so that a picture taken today is the picture of tomorrow.

use std::collections::BTreeMap;

use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{Date, date},
};
use yiwang_civic::{
    citizen_id::completed,
    division::{self, Division, Level},
    time,
};

use super::{
    chance::Chance,
    counties::{COUNTIES, County},
};
use crate::domain::zone::{Announced, Zone, of};

/// Whole months before this one.
const MONTHS: i32 = 13;
/// Of a hundred ordinary deaths, from January on: winters are hard.
const SEASON: [u32; 12] = [126, 120, 106, 96, 90, 87, 91, 93, 92, 96, 104, 118];
/// 回族, by whose customs nobody is cremated.
const HUI: &str = "03";
const HAN: &str = "01";
/// Three furnaces from seven o'clock on, at most eight turns a day each.
const TURNS: u32 = 24;

/// Somebody who died.
pub(super) struct Life {
    pub(super) county: &'static County,
    /// Serial within the county.
    pub(super) nth: u32,
    /// Township of the death and of the household.
    pub(super) place: &'static str,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) ethnicity: &'static str,
    pub(super) died_at: Timestamp,
    pub(super) recorded_at: Timestamp,
    /// A mistake, taken back then.
    pub(super) voided_at: Option<Timestamp>,
    pub(super) fate: Fate,
}

/// What became of the body.
pub(super) enum Fate {
    /// Buried at home, or nothing yet.
    Elsewhere,
    /// Buried in a cemetery for bodies on this day.
    Buried(Date),
    /// Cremated.
    Cremated(Cremation),
}

/// A cremation.
pub(super) struct Cremation {
    pub(super) home: &'static str,
    /// Which furnace of the home.
    pub(super) furnace: usize,
    pub(super) started_at: Timestamp,
    /// Free of the basic services; the days of granting and paying.
    pub(super) waiver: Option<(Timestamp, Timestamp)>,
    pub(super) ashes: Ashes,
}

/// Where the ashes are.
#[derive(Clone, Copy)]
pub(super) enum Ashes {
    Hall,
    Family(Timestamp),
    /// In a place, an ecological one if asked for.
    Laid(Timestamp, bool),
    Scattered(Timestamp),
}

/// Everybody who died in the months before `now` and of whom the register knows by then.
pub(super) fn until(now: Timestamp, zones: &[Announced]) -> Vec<Life> {
    let today = time::beijing_date(now);
    let first = time::month_of(today).plus(-MONTHS).first_day();
    let mut turns: BTreeMap<(&str, Date), u32> = BTreeMap::new();
    let mut lives = Vec::new();
    for county in &COUNTIES {
        let mut nth = 0;
        let townships = townships(county.code);
        let mut day = first;
        while day < today {
            let place: u64 = county.code.parse().unwrap_or(0);
            let mut chance = Chance::of(place, i64::from(into_2025(day)));
            for _ in 0..deaths(county, day, &mut chance) {
                nth += 1;
                let life = life((county, nth), &townships, day, zones, &mut chance);
                lives.extend(life.by(now, &mut turns));
            }
            day = day.saturating_add(1.day());
        }
    }
    lives
}

/// Days since 2025 began.
fn into_2025(day: Date) -> i32 {
    date(2025, 1, 1)
        .until(day)
        .map_or(0, |span| span.get_days())
}

fn townships(county: &str) -> Vec<Division> {
    let all = division::children(county).into_iter();
    // Farms, parks and development zones have few people.
    all.filter(|one| one.level == Level::Township && &one.code[6..] < "400")
        .collect()
}

/// Deaths of a day, on average as many as in the month.
fn deaths(county: &County, day: Date, chance: &mut Chance) -> u32 {
    let month = usize::try_from(day.month() - 1).unwrap_or(0);
    let thousandths = county.monthly * SEASON.get(month).unwrap_or(&100) * 10 / 30;
    // Between none and twice as many.
    let drawn = chance.below(2 * thousandths + 1);
    drawn / 1_000 + u32::from(chance.in_thousand(drawn % 1_000))
}

fn life(
    (county, nth): (&'static County, u32),
    townships: &[Division],
    day: Date,
    zones: &[Announced],
    chance: &mut Chance,
) -> Life {
    let seat = chance.in_thousand(300);
    let place = match seat {
        true => townships.first(),
        false => chance.pick(townships),
    };
    let place = place.map_or(county.code, |one| one.code);
    let at = |day: Date, minute: u32| {
        time::start_of_day(day) + SignedDuration::from_mins(i64::from(minute))
    };
    let after = |days: u32| day.saturating_add(i64::from(days).days());
    let died_at = at(day, chance.below(24 * 60));
    let late = chance.in_thousand(35);
    let recorded = match late {
        true => after(22 + chance.below(70)),
        false => after(1 + chance.below(3)),
    };
    let ethnicity = if chance.in_thousand(8) { HUI } else { HAN };
    let zone = of(zones, place, day) == Some(Zone::Cremation);
    let share = match zone {
        true => county.cremated.0,
        false => county.cremated.1,
    };
    // People are won over in the course of the year.
    let behind = 85_u32.saturating_sub(into_2025(day).unsigned_abs() / 10);
    let cremated = ethnicity == HAN && chance.in_thousand(share.saturating_sub(behind));
    let voided_at = (!cremated && chance.in_thousand(25))
        .then(|| at(recorded, 600) + SignedDuration::from_hours(24 * 8));
    let fate = match cremated {
        true => {
            let day = after(2 + chance.below(2));
            Fate::Cremated(cremation(county, (day, late), chance))
        }
        false if voided_at.is_none() && !zone => Fate::Buried(after(4)),
        false => Fate::Elsewhere,
    };
    Life {
        county,
        nth,
        place,
        id: id_number(county.code, nth, chance),
        name: name(chance),
        ethnicity,
        died_at,
        recorded_at: at(recorded, 9 * 60 + chance.below(8 * 60)),
        voided_at,
        fate,
    }
}

/// The turn at the furnace is given later.
fn cremation(county: &'static County, (day, late): (Date, bool), chance: &mut Chance) -> Cremation {
    let on = |days: u32| {
        let day = day.saturating_add(i64::from(days).days());
        time::start_of_day(day) + SignedDuration::from_hours(10)
    };
    let granted = chance.in_thousand(county.waived);
    // Some pay first, and are paid back.
    let paid_back = !late && chance.in_thousand(70);
    let waiver = granted.then(|| match paid_back {
        true => (on(18), on(24)),
        false => (on(0), on(0)),
    });
    let ashes = match chance.below(100) {
        0..=41 => Ashes::Laid(on(3 + chance.below(40)), false),
        42..=58 => Ashes::Laid(on(5 + chance.below(45)), true),
        59..=61 => Ashes::Scattered(on(20 + chance.below(60))),
        62..=83 => Ashes::Family(on(0)),
        _ => Ashes::Hall,
    };
    Cremation {
        home: county.home,
        furnace: 0,
        started_at: on(0),
        waiver,
        ashes,
    }
}

impl Life {
    /// As far as it had come by `now`; none while the register does not know.
    fn by(mut self, now: Timestamp, turns: &mut BTreeMap<(&str, Date), u32>) -> Option<Self> {
        let happened = |at: Timestamp| at + SignedDuration::from_hours(8) < now;
        if !happened(self.recorded_at) {
            return None;
        }
        self.voided_at = self.voided_at.filter(|at| happened(*at));
        match &mut self.fate {
            Fate::Cremated(cremation) => {
                let day = time::beijing_date(cremation.started_at);
                let turn = turns.entry((cremation.home, day)).or_default();
                if *turn >= TURNS || !happened(cremation.started_at) {
                    self.fate = Fate::Elsewhere;
                    return Some(self);
                }
                let (furnace, hour) = (*turn % 3, 7 + *turn / 3);
                *turn += 1;
                cremation.furnace = usize::try_from(furnace).unwrap_or(0);
                cremation.started_at =
                    time::start_of_day(day) + SignedDuration::from_hours(i64::from(hour));
                cremation.waiver = cremation.waiver.filter(|(granted, _)| happened(*granted));
                let moved = match cremation.ashes {
                    Ashes::Hall => None,
                    Ashes::Family(at) | Ashes::Laid(at, _) | Ashes::Scattered(at) => Some(at),
                };
                if !moved.is_none_or(happened) {
                    cremation.ashes = Ashes::Hall;
                }
            }
            Fate::Buried(on) if !happened(time::start_of_day(*on)) => self.fate = Fate::Elsewhere,
            _ => {}
        }
        Some(self)
    }
}

/// A right ID number (GB 11643) in a range of serials that nobody has.
fn id_number(county: &str, nth: u32, chance: &mut Chance) -> String {
    // A hundred a year of birth: no two have one number.
    let (year, serial) = (1930 + nth / 100, 900 + nth % 100);
    let (month, day) = (1 + chance.below(12), 1 + chance.below(28));
    let body = format!("{county}{year}{month:02}{day:02}{serial}");
    completed(&body).unwrap_or_default()
}

fn name(chance: &mut Chance) -> String {
    const FAMILY: [&str; 16] = [
        "王", "李", "张", "刘", "陈", "杨", "黄", "周", "吴", "徐", "胡", "朱", "程", "阮", "熊",
        "焦",
    ];
    const GIVEN: [&str; 18] = [
        "德福", "桂英", "秀兰", "国强", "玉珍", "家旺", "明贵", "春香", "文才", "金莲", "大发",
        "银山", "长庚", "菊花", "远志", "福生", "凤英", "守业",
    ];
    let family = chance.pick(&FAMILY).copied().unwrap_or("王");
    let given = chance.pick(&GIVEN).copied().unwrap_or("德福");
    format!("{family}{given}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use yiwang_civic::citizen_id::CitizenId;

    use super::*;
    use crate::demo::counties;

    #[test]
    fn a_year_is_the_same_every_time_and_everybody_is_somebody_else() {
        let now = "2026-05-12T01:00:00Z".parse().unwrap();
        let zones: Vec<Announced> = counties::zones().collect();
        let lives = until(now, &zones);
        assert!((2_000..5_000).contains(&lives.len()), "{}", lives.len());
        let ids = lives.iter().map(|life| life.id.as_str());
        let ids: BTreeSet<&str> = ids.collect();
        assert_eq!(ids.len(), lives.len());
        for id in &ids {
            id.parse::<CitizenId>().unwrap();
        }
        let again = until(now, &zones);
        assert!(lives.iter().zip(&again).all(|(one, other)| {
            (&one.id, one.died_at, one.recorded_at) == (&other.id, other.died_at, other.recorded_at)
        }));
        assert!(lives.iter().any(|life| life.voided_at.is_some()));
        assert!(lives.iter().all(|life| life.recorded_at < now));
        // No furnace has two bodies at once.
        let turns = lives.iter().filter_map(|life| match &life.fate {
            Fate::Cremated(one) => Some((one.home, one.furnace, one.started_at)),
            _ => None,
        });
        let turns: Vec<_> = turns.collect();
        let different: BTreeSet<_> = turns.iter().collect();
        assert_eq!(different.len(), turns.len());
    }
}
