//! Pages for the officers of a county who keep its halls.

use askama::Template;
use jiff::{ToSpan as _, civil::Date};
use yiwang_proto::marriage::v1 as pb;

use crate::portal::{
    form::Drawn,
    view::{Chrome, Trouble, book::wire_time, chrome::query, format},
};

/// The halls of a county.
#[derive(Template)]
#[template(path = "hall/setup.html")]
pub(crate) struct SetupPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) halls: Vec<SetupView>,
}

/// A hall in words.
#[derive(Debug)]
pub(crate) struct SetupView {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) hours: String,
    pub(crate) places: String,
    pub(crate) grade: String,
    pub(crate) registrars: i32,
    pub(crate) active: bool,
    pub(crate) warnings: Vec<String>,
}

impl SetupView {
    /// A hall of the service.
    pub(crate) fn of(setup: &pb::HallSetup) -> Self {
        let hall = setup.hall.clone().unwrap_or_default();
        Self {
            code: hall.code,
            name: hall.name,
            address: hall.address,
            hours: hall.hours,
            places: format!("每{}分钟{}对", setup.slot_minutes, setup.slot_capacity),
            grade: hall.grade,
            registrars: setup.registrars,
            active: setup.active,
            warnings: setup.warnings.clone(),
        }
    }
}

/// The form of a hall.
#[derive(Template)]
#[template(path = "hall/setup_form.html")]
pub(crate) struct HallFormPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) post: String,
    /// As it was read.
    pub(crate) version: i64,
    /// None for a new one.
    pub(crate) hall: Option<SetupView>,
    pub(crate) fields: Vec<Drawn>,
}

/// The registrars of a hall.
#[derive(Template)]
#[template(path = "hall/setup_registrars.html")]
pub(crate) struct RegistrarsPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) post: String,
    pub(crate) hall: SetupView,
    pub(crate) registrars: Vec<RegistrarView>,
    /// Who is changed; none for a new one.
    pub(crate) account: Option<String>,
    pub(crate) heading: String,
    pub(crate) fields: Vec<Drawn>,
}

/// A registrar in words.
pub(crate) struct RegistrarView {
    pub(crate) name: String,
    pub(crate) state: &'static str,
    pub(crate) class: &'static str,
    pub(crate) until: String,
    pub(crate) examined: String,
    pub(crate) href: String,
}

impl RegistrarView {
    /// A registrar of the service, on the page `path`.
    pub(crate) fn of(one: &pb::Registrar, path: &str) -> Self {
        let (state, class) = match (one.active, one.may_register) {
            (true, true) => ("能够登记", "live"),
            (true, false) => ("资格已过期", "shut"),
            (false, _) => ("离岗", "shut"),
        };
        Self {
            name: one.name.clone(),
            state,
            class,
            until: format::iso_day(&one.qualified_until),
            examined: format::iso_day(&one.examined_on),
            href: query(path, &[("account", &one.account)]),
        }
    }
}

/// The days of a hall.
#[derive(Template)]
#[template(path = "hall/setup_days.html")]
pub(crate) struct DaysPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) post: String,
    pub(crate) hall: SetupView,
    pub(crate) weeks: Vec<Vec<Option<DayCell>>>,
    pub(crate) form: Option<DayForm>,
}

/// A day in the table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DayCell {
    /// 20, or 6月1日 where a month begins.
    pub(crate) short: String,
    /// 5月20日星期三
    pub(crate) long: String,
    /// What is done on it, and how many come.
    pub(crate) word: String,
    /// Something was set for it.
    pub(crate) set: bool,
    pub(crate) href: String,
}

/// The form of a day.
pub(crate) struct DayForm {
    pub(crate) iso: String,
    pub(crate) day: String,
    pub(crate) fields: Vec<Drawn>,
    /// Appointments that would be cancelled, in words.
    pub(crate) booked: Vec<String>,
}

impl DayForm {
    /// The form of the day `iso`.
    pub(crate) fn of(iso: &str, fields: Vec<Drawn>, booked: Vec<String>) -> Self {
        let day = iso.parse::<Date>();
        Self {
            iso: iso.to_owned(),
            day: day.map_or_else(
                |_| iso.to_owned(),
                |day| format!("{} {}", format::day(day), format::weekday(day)),
            ),
            fields,
            booked,
        }
    }
}

/// Appointments as the service names them, with the time in words.
pub(crate) fn booked(named: &[String]) -> Vec<String> {
    let words = |one: &String| match one.split_once(' ') {
        Some((time, rest)) => format!("{}　{rest}", wire_time(time)),
        None => one.clone(),
    };
    named.iter().map(words).collect()
}

/// Weeks from Monday to Sunday around the days; each day leads to its form on `path`.
pub(crate) fn weeks(days: &[pb::HallDay], path: &str) -> Vec<Vec<Option<DayCell>>> {
    let parsed: Vec<(Date, &pb::HallDay)> = days
        .iter()
        .filter_map(|one| Some((one.day.parse().ok()?, one)))
        .collect();
    let Some((first, _)) = parsed.first() else {
        return vec![];
    };
    let before = first.weekday().to_monday_zero_offset();
    let mut cells: Vec<Option<DayCell>> = (0..before).map(|_| None).collect();
    for (day, one) in &parsed {
        cells.push(Some(cell(*day, one, day == first, path)));
    }
    while !cells.len().is_multiple_of(7) {
        cells.push(None);
    }
    let mut weeks = Vec::new();
    let mut cells = cells.into_iter().peekable();
    while cells.peek().is_some() {
        weeks.push(cells.by_ref().take(7).collect());
    }
    weeks
}

fn cell(day: Date, one: &pb::HallDay, first: bool, path: &str) -> DayCell {
    let begins = first
        || day
            .checked_sub(1.day())
            .is_ok_and(|last| last.month() != day.month());
    let word = match (one.open, one.set.as_str()) {
        (false, "closed") => "不办公".to_owned(),
        (false, _) => "休息".to_owned(),
        (true, _) => format!("{}/{}", one.booked, one.places),
    };
    DayCell {
        short: match begins {
            true => format!("{}月{}日", day.month(), day.day()),
            false => day.day().to_string(),
        },
        long: format!("{}{}", format::short_day(day), format::weekday(day)),
        word,
        set: !one.set.is_empty(),
        href: format!("{}#day-form", query(path, &[("day", &one.day)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_says_what_is_done_on_it() {
        let day = |day: &str, open, set: &str| pb::HallDay {
            day: day.into(),
            open,
            set: set.into(),
            booked: 4,
            places: 39,
            ..Default::default()
        };
        let days = [
            day("2026-05-30", false, ""),
            day("2026-05-31", true, "open"),
            day("2026-06-01", false, "closed"),
            day("2026-06-02", true, ""),
        ];
        let weeks = weeks(&days, "/hall/setup/421202001-01/days");
        assert_eq!(weeks.len(), 2);
        let cells: Vec<_> = weeks.iter().flatten().flatten().collect();
        let words: Vec<_> = cells
            .iter()
            .map(|cell| (cell.word.as_str(), cell.set))
            .collect();
        let expected = [
            ("休息", false),
            ("4/39", true),
            ("不办公", true),
            ("4/39", false),
        ];
        assert_eq!(words, expected);
        assert_eq!(cells[2].short, "6月1日");
        assert_eq!(
            cells[3].href,
            "/hall/setup/421202001-01/days?day=2026-06-02#day-form"
        );
    }
}
