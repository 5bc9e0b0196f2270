//! The day of a hall: who comes, and which cases wait.

use askama::Template;
use jiff::civil::Date;
use yiwang_proto::{casework::v1 as casework, marriage::v1 as pb};

use super::{Kind, counselling::Session, index::HallLink};
use crate::portal::view::{Chrome, chrome::query, format::DueView};

/// The day of a hall.
#[derive(Template)]
#[template(path = "hall/day.html")]
pub(crate) struct DayPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) halls: Vec<(String, String)>,
    pub(crate) hall: pb::Hall,
    pub(crate) iso: String,
    pub(crate) day: String,
    pub(crate) weekday: &'static str,
    pub(crate) working: bool,
    pub(crate) before: String,
    pub(crate) after: String,
    /// What can be taken in without an appointment.
    pub(crate) walk_ins: Vec<WalkIn>,
    pub(crate) visits: Vec<Visit>,
    /// Counselling of the day.
    pub(crate) sessions: Vec<Session>,
    /// The other pages of the hall that are open to the reader.
    pub(crate) links: Vec<HallLink>,
    pub(crate) cases: Vec<Waiting>,
    /// More cases wait than are shown.
    pub(crate) more: bool,
}

/// Something that can be taken in without an appointment.
pub(crate) struct WalkIn {
    pub(crate) label: &'static str,
    pub(crate) href: String,
    /// Button class.
    pub(crate) class: &'static str,
}

impl WalkIn {
    /// All of them in this hall.
    pub(crate) fn all(hall: &str) -> Vec<Self> {
        let walk_in = |kind: Kind| Self {
            label: kind.label(),
            href: check_in(hall, "", kind.code()),
            class: match kind {
                Kind::Marriage => "",
                Kind::Divorce | Kind::Reissue => "second",
                Kind::CourtNote
                | Kind::Revocation
                | Kind::Correction
                | Kind::Proof
                | Kind::Counselling => "quiet",
            },
        };
        Kind::ALL.into_iter().map(walk_in).collect()
    }
}

/// An appointment.
pub(crate) struct Visit {
    /// 09:00
    pub(crate) time: String,
    pub(crate) kind: &'static str,
    pub(crate) who: String,
    pub(crate) state: &'static str,
    /// Class of the state: `live`, `shut` or nothing.
    pub(crate) class: &'static str,
    /// The time has passed and nobody was checked in.
    pub(crate) late: bool,
    /// 颁证仪式，来宾4人; empty without one.
    pub(crate) ceremony: String,
    pub(crate) number: String,
    /// Where to go on; empty when there is nothing to do.
    pub(crate) href: String,
}

/// A case that waits for the hall.
pub(crate) struct Waiting {
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) who: String,
    pub(crate) state: String,
    pub(crate) due: Option<DueView>,
}

impl DayPage {
    /// How many of the appointments are in a state.
    pub(crate) fn count(&self, state: &str) -> usize {
        self.visits
            .iter()
            .filter(|visit| visit.state == state)
            .count()
    }
}

impl Visit {
    /// An appointment; `now` is the Beijing time `2026-05-20T09:10`.
    pub(crate) fn of(appointment: &pb::Appointment, now: &str) -> Self {
        let kind = Kind::from_code(&appointment.kind);
        let (state, class) = match appointment.state.as_str() {
            "booked" => ("已预约", ""),
            "arrived" => ("已到场", "live"),
            "cancelled" => ("已取消", "shut"),
            _ => ("未到场", "shut"),
        };
        let open = appointment.state == "booked";
        let href = match (open, appointment.case_number.as_str()) {
            (true, _) => check_in(&appointment.hall, &appointment.number, &appointment.kind),
            (false, "") => String::new(),
            (false, number) => format!("/hall/cases/{number}"),
        };
        let who: Vec<&str> = appointment
            .visitors
            .iter()
            .map(|visitor| visitor.name.as_str())
            .collect();
        Self {
            time: appointment.starts_at.get(11..16).unwrap_or("").to_owned(),
            kind: kind.map_or("", Kind::label),
            who: who.join("、"),
            state,
            class,
            late: open && appointment.starts_at.as_str() < now,
            ceremony: ceremony(appointment),
            number: appointment.number.clone(),
            href,
        }
    }
}

/// The wish for a ceremony in words; empty without one.
pub(crate) fn ceremony(appointment: &pb::Appointment) -> String {
    match (appointment.ceremony, appointment.guests) {
        (false, _) => String::new(),
        (true, 0) => "颁证仪式，没有来宾".to_owned(),
        (true, guests) => format!("颁证仪式，来宾{guests}人"),
    }
}

impl Waiting {
    /// A case of the worklist.
    pub(crate) fn of(case: &casework::Case, today: Date) -> Self {
        Self {
            number: case.number.clone(),
            title: case.item_title.clone(),
            who: case.applicant.clone(),
            state: case.state_label.clone(),
            due: case.due.as_ref().map(|clock| DueView::of(clock, today)),
        }
    }
}

/// The check-in of a kind, for an appointment or without one.
pub(crate) fn check_in(hall: &str, appointment: &str, kind: &str) -> String {
    let pairs = [("hall", hall), ("appointment", appointment), ("kind", kind)];
    query("/hall/check-in", &pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_booked_visit_leads_to_check_in_and_an_arrived_one_to_its_case() {
        let booked = pb::Appointment {
            number: "YY1".into(),
            hall: "421202001-01".into(),
            starts_at: "2026-05-20T09:00".into(),
            kind: "marriage".into(),
            state: "booked".into(),
            ..Default::default()
        };
        let visit = Visit::of(&booked, "2026-05-20T09:10");
        assert_eq!((visit.time.as_str(), visit.kind), ("09:00", "结婚登记"));
        assert!(visit.late && visit.ceremony.is_empty());
        let festive = pb::Appointment {
            ceremony: true,
            guests: 4,
            ..booked.clone()
        };
        let festive = Visit::of(&festive, "2026-05-20T08:00");
        assert_eq!(festive.ceremony, "颁证仪式，来宾4人");
        assert_eq!(
            visit.href,
            "/hall/check-in?hall=421202001-01&appointment=YY1&kind=marriage"
        );
        let arrived = pb::Appointment {
            state: "arrived".into(),
            case_number: "JH1".into(),
            ..booked
        };
        assert_eq!(
            Visit::of(&arrived, "2026-05-20T09:10").href,
            "/hall/cases/JH1"
        );
    }
}
