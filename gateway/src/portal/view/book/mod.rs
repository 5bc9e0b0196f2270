//! Booking a time at a hall 婚姻登记处: one question a page.

mod calendar;
mod people;

use askama::Template;
use jiff::civil::DateTime;
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::{
    calendar::ChooseDay,
    people::{Entry, Filled, OtherTime, People},
};
use super::{
    Chrome,
    chrome::query,
    format,
    hall::{Kind, day::ceremony},
};

/// What can be booked, as appointments name it.
pub(crate) fn bookable(code: &str) -> Option<Kind> {
    let kind = Kind::from_code(code);
    kind.filter(|kind| kind.reads_cards() || *kind == Kind::Counselling)
}

/// An answer given before, with the way back to its question.
pub(crate) struct Chosen {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) href: String,
}

/// Everything chosen so far; also what the address of the next question carries.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choices {
    pub(crate) kind: Option<Kind>,
    pub(crate) place: String,
    pub(crate) hall: Option<pb::Hall>,
    pub(crate) at: Option<DateTime>,
}

impl Choices {
    /// The address of the page that has these answers and `more`.
    pub(crate) fn href(&self, more: &[(&str, &str)]) -> String {
        let kind = self.kind.map_or("", Kind::code);
        let hall = self.hall.as_ref().map_or("", |hall| hall.code.as_str());
        let pairs = [("kind", kind), ("place", &self.place), ("hall", hall)];
        query("/book", &[&pairs, more].concat())
    }

    /// The answers in words.
    pub(crate) fn chosen(&self) -> Vec<Chosen> {
        let mut chosen = Vec::new();
        if let Some(kind) = self.kind {
            chosen.push(Chosen {
                label: "办什么",
                value: kind.label().to_owned(),
                href: "/book".to_owned(),
            });
        }
        if let Some(hall) = &self.hall {
            let elsewhere = Self {
                hall: None,
                at: None,
                ..self.clone()
            };
            chosen.push(Chosen {
                label: "在哪办",
                value: hall.name.clone(),
                href: elsewhere.href(&[]),
            });
        }
        if let Some(at) = self.at {
            let day = at.date();
            chosen.push(Chosen {
                label: "时间",
                value: time(at),
                href: self.href(&[("day", &day.to_string())]),
            });
        }
        chosen
    }
}

/// 2026年5月20日 星期三 9:00
pub(crate) fn time(at: DateTime) -> String {
    let (day, hour, minute) = (at.date(), at.hour(), at.minute());
    let weekday = format::weekday(day);
    format!("{} {weekday} {hour}:{minute:02}", format::day(day))
}

/// As addresses and contracts write it: 2026-05-20T09:00.
pub(crate) fn wire(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// [`time`] of a time on the wire; anything else as it is.
pub(crate) fn wire_time(at: &str) -> String {
    at.parse().map_or_else(|_| at.to_owned(), time)
}

/// What is booked for.
#[derive(Template)]
#[template(path = "book/kind.html")]
pub(crate) struct ChooseKind {
    pub(crate) chrome: Chrome,
    /// Code, label, who has to come.
    pub(crate) kinds: [(&'static str, &'static str, &'static str); 4],
}

impl ChooseKind {
    /// The question.
    pub(crate) fn new(chrome: Chrome) -> Self {
        let kind = |kind: Kind, who| (kind.code(), kind.label(), who);
        let kinds = [
            kind(
                Kind::Marriage,
                "初婚、再婚、复婚和补办都一样，两个人一起来。",
            ),
            kind(
                Kind::Divorce,
                "第一次来申请，或者冷静期满来领离婚证，都是两个人一起来。",
            ),
            kind(Kind::Reissue, "结婚证或离婚证丢了、坏了，本人来就行。"),
            kind(
                Kind::Counselling,
                "夫妻相处、孩子、心里的事，想和辅导员谈谈。免费、保密，一个人或者两个人，也可以等电话。不影响办任何登记。",
            ),
        ];
        Self { chrome, kinds }
    }
}

/// Where: a place is asked, then halls are shown.
#[derive(Template)]
#[template(path = "book/hall.html")]
pub(crate) struct ChooseHall {
    pub(crate) chrome: Chrome,
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) kind: &'static str,
    pub(crate) place: String,
    pub(crate) told: String,
    pub(crate) halls: Vec<HallLink>,
}

/// A hall to choose.
pub(crate) struct HallLink {
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) hours: String,
    pub(crate) phone: String,
    /// Registers people from Hong Kong, Macao, Taiwan or abroad too.
    pub(crate) mixed: bool,
    pub(crate) href: String,
}

impl HallLink {
    /// A hall as it is found from `choices`.
    pub(crate) fn of(hall: pb::Hall, choices: &Choices) -> Self {
        Self {
            mixed: hall.competence.iter().any(|one| one != "mainland"),
            name: hall.name.clone(),
            address: hall.address.clone(),
            hours: hall.hours.clone(),
            phone: hall.phone.clone(),
            href: Choices {
                hall: Some(hall),
                ..choices.clone()
            }
            .href(&[]),
        }
    }
}

/// At which time of a day.
#[derive(Template)]
#[template(path = "book/time.html")]
pub(crate) struct ChooseTime {
    pub(crate) chrome: Chrome,
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) day: String,
    /// Why there is nothing to choose; empty when there is.
    pub(crate) closed: String,
    pub(crate) times: Vec<TimeLink>,
    /// Back to the calendar.
    pub(crate) other_day: String,
}

/// A time to choose; full when it leads nowhere.
pub(crate) struct TimeLink {
    pub(crate) time: String,
    pub(crate) free: i32,
    pub(crate) href: String,
}

impl TimeLink {
    /// A time as it is found from `choices`.
    pub(crate) fn of(slot: &pb::Slot, choices: &Choices) -> Option<Self> {
        let at: DateTime = slot.starts_at.parse().ok()?;
        Some(Self {
            time: format!("{}:{:02}", at.hour(), at.minute()),
            free: slot.free,
            href: choices.href(&[("at", &slot.starts_at)]),
        })
    }
}

/// After booking: where and when, and what to bring.
#[derive(Template)]
#[template(path = "book/done.html")]
pub(crate) struct Booked {
    pub(crate) chrome: Chrome,
    pub(crate) number: String,
    pub(crate) what: &'static str,
    pub(crate) hall: String,
    pub(crate) address: String,
    pub(crate) time: String,
    /// Title and hint.
    pub(crate) bring: Vec<(String, String)>,
    /// 婚姻家庭辅导: there is nothing to bring, and other words.
    pub(crate) counselling: bool,
    pub(crate) by_phone: bool,
    /// The ceremony in words; empty without one.
    pub(crate) ceremony: String,
}

/// The own appointments.
#[derive(Template)]
#[template(path = "book/mine.html")]
pub(crate) struct Appointments {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<super::Trouble>,
    pub(crate) csrf: String,
    pub(crate) rows: Vec<Row>,
}

/// An appointment in the list.
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) what: &'static str,
    pub(crate) hall: String,
    pub(crate) address: String,
    pub(crate) time: String,
    pub(crate) people: String,
    /// A ceremony, or a call instead of a visit; mostly empty.
    pub(crate) extra: String,
    pub(crate) state: &'static str,
    pub(crate) open: bool,
    /// Idempotency key of its button.
    pub(crate) key: String,
}

impl Row {
    /// An appointment as its people see it.
    pub(crate) fn of(appointment: &pb::Appointment, key: String) -> Self {
        let people = appointment.visitors.iter();
        let people: Vec<_> = people.map(|visitor| visitor.name.as_str()).collect();
        let counselling = Kind::from_code(&appointment.kind) == Some(Kind::Counselling);
        let extra = match appointment.by_phone {
            true => "辅导员给您打电话".to_owned(),
            false => ceremony(appointment),
        };
        Self {
            number: appointment.number.clone(),
            what: what(&appointment.kind),
            hall: appointment.hall_name.clone(),
            address: appointment.hall_address.clone(),
            time: wire_time(&appointment.starts_at),
            people: people.join("、"),
            extra,
            state: match appointment.state.as_str() {
                "booked" => "已预约",
                "arrived" if counselling => "已进行",
                "no_show" if counselling => "没有进行",
                "arrived" => "已到场",
                "cancelled" => "已取消",
                _ => "没有按时到场",
            },
            open: appointment.state == "booked",
            key,
        }
    }
}

/// What an appointment is for, in words.
pub(crate) fn what(kind: &str) -> &'static str {
    Kind::from_code(kind).map_or("婚姻登记", Kind::label)
}
