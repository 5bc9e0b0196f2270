//! Grave-sweeping visits 祭扫预约: one question a page.

pub(crate) mod gate;
mod people;

use askama::Template;
use jiff::civil::{Date, DateTime};
use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

pub(crate) use self::people::{Filled, WhoComes};
use super::{Chrome, Trouble, book::wire_time, certificates::Picture, chrome::query, format};
use crate::certificates::qr::Qr;

/// The address of a facility's next question.
pub(crate) fn href(facility: &str, pairs: &[(&str, &str)]) -> String {
    query(&format!("/visits/{facility}"), pairs)
}

/// Where the graves are.
#[derive(Template)]
#[template(path = "visits/places.html")]
pub(crate) struct ChoosePlace {
    pub(crate) chrome: Chrome,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) facilities: Vec<PlaceLink>,
}

/// A facility to choose.
pub(crate) struct PlaceLink {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) href: String,
}

impl PlaceLink {
    pub(crate) fn of(facility: pb::VisitFacility) -> Self {
        Self {
            href: href(&facility.code, &[]),
            name: facility.name,
            address: facility.address,
            phone: facility.phone,
        }
    }
}

/// On which day.
#[derive(Template)]
#[template(path = "visits/days.html")]
pub(crate) struct ChooseDay {
    pub(crate) chrome: Chrome,
    pub(crate) facility: pb::VisitFacility,
    pub(crate) days: Vec<DayLink>,
}

impl ChooseDay {
    /// Whether any day is free.
    fn any(&self) -> bool {
        self.days.iter().any(|day| !day.href.is_empty())
    }
}

/// A day to choose; full when it leads nowhere.
pub(crate) struct DayLink {
    /// 4月4日 星期日
    pub(crate) label: String,
    /// 余30，清明
    pub(crate) word: String,
    pub(crate) href: String,
}

impl DayLink {
    pub(crate) fn of(day: &pb::VisitDay, facility: &str) -> Option<Self> {
        let date: Date = day.day.parse().ok()?;
        let free = match day.state.as_str() {
            "free" => format!("余{}", day.free),
            "full" => "约满".to_owned(),
            _ => "时间已过".to_owned(),
        };
        Some(Self {
            label: format!("{} {}", format::short_day(date), format::weekday(date)),
            word: match day.festival.as_str() {
                "" => free,
                festival => format!("{free}，{festival}前后"),
            },
            href: match day.state.as_str() {
                "free" => href(facility, &[("day", &day.day)]),
                _ => String::new(),
            },
        })
    }
}

/// At which time of a day.
#[derive(Template)]
#[template(path = "visits/times.html")]
pub(crate) struct ChooseTime {
    pub(crate) chrome: Chrome,
    pub(crate) facility: pb::VisitFacility,
    pub(crate) day: String,
    /// Why there is nothing to choose; empty when there is.
    pub(crate) closed: String,
    pub(crate) times: Vec<TimeLink>,
}

/// A time to choose; full when it leads nowhere.
pub(crate) struct TimeLink {
    /// 9:00至10:00
    pub(crate) time: String,
    pub(crate) free: i32,
    pub(crate) href: String,
}

impl TimeLink {
    pub(crate) fn of(slot: &pb::VisitSlot, facility: &str) -> Option<Self> {
        let (from, to): (DateTime, DateTime) =
            (slot.starts_at.parse().ok()?, slot.ends_at.parse().ok()?);
        Some(Self {
            time: format!("{}至{}", clock(from), clock(to)),
            free: slot.free,
            href: href(facility, &[("at", &slot.starts_at)]),
        })
    }
}

/// 9:00
fn clock(at: DateTime) -> String {
    format!("{}:{:02}", at.hour(), at.minute())
}

/// The clock of a time on the wire.
fn wire_clock(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), clock)
}

/// The own visits.
#[derive(Template)]
#[template(path = "visits/mine.html")]
pub(crate) struct Mine {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) rows: Vec<Row>,
}

/// A visit in the list.
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) what: &'static str,
    pub(crate) facility: String,
    pub(crate) address: String,
    pub(crate) time: String,
    /// 张*、李*，1辆车
    pub(crate) people: String,
    pub(crate) place: String,
    /// What the staff wrote after a sweep on behalf.
    pub(crate) note: String,
    /// What it photographed, as addresses.
    pub(crate) photos: Vec<String>,
    pub(crate) state: &'static str,
    pub(crate) open: bool,
    /// The code for the gate, while it lets in.
    pub(crate) qr: Option<Picture>,
    /// Idempotency key of its button.
    pub(crate) key: String,
}

impl Row {
    /// A visit as its people see it.
    ///
    /// # Errors
    /// When there is no code for its number.
    pub(crate) fn of(visit: &pb::Visit, key: String) -> Result<Self, Fault> {
        let (open, behalf) = (visit.state == "booked", visit.kind == "on_behalf");
        let qr = match open && !behalf {
            true => Some(Picture::from(Qr::of(&visit.number)?)),
            false => None,
        };
        Ok(Self {
            number: visit.number.clone(),
            what: what(&visit.kind),
            facility: visit.facility_name.clone(),
            address: visit.facility_address.clone(),
            time: format!(
                "{}至{}",
                wire_time(&visit.starts_at),
                wire_clock(&visit.ends_at)
            ),
            people: people(visit),
            place: visit.place.clone(),
            note: visit.note.clone(),
            photos: visit
                .photos
                .iter()
                .map(|photo| format!("/visits/mine/{}/photos/{}", visit.number, photo.file_id))
                .collect(),
            state: state(visit),
            open,
            qr,
            key,
        })
    }
}

fn what(kind: &str) -> &'static str {
    match kind {
        "on_behalf" => "代祭",
        _ => "到场祭扫",
    }
}

fn state(visit: &pb::Visit) -> &'static str {
    match (visit.state.as_str(), visit.kind.as_str()) {
        ("booked", _) => "已预约",
        ("entered", "on_behalf") => "已代祭",
        ("entered", _) => "已进场",
        ("cancelled", _) => "已取消",
        _ => "没有按时到场",
    }
}

fn people(visit: &pb::Visit) -> String {
    let others = visit.companions.iter().map(|one| one.name.as_str());
    let names: Vec<_> = std::iter::once(visit.name.as_str()).chain(others).collect();
    let names = names.join("、");
    match visit.cars {
        0 => names,
        cars => format!("{names}，{cars}辆车"),
    }
}
