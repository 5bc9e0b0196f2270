//! The gate, for the staff: a code is scanned, the answer stands large on top.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::{people, state, what, wire_clock};
use crate::portal::{
    form::Picker,
    view::{Chrome, Trouble, burial_office::Tab},
};

/// The gate of a facility on a day.
#[derive(Template)]
#[template(path = "visits/gate.html")]
pub(crate) struct Gate {
    pub(crate) chrome: Chrome,
    /// The neighbouring pages of burial.
    pub(crate) tabs: Vec<Tab>,
    pub(crate) facility: pb::VisitFacility,
    /// Code and name of all that the reader keeps.
    pub(crate) choices: Vec<(String, String)>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) iso: String,
    pub(crate) day: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// Codes are taken today only.
    pub(crate) today: bool,
    pub(crate) number: String,
    pub(crate) note: String,
    /// Photos of a sweep on behalf.
    pub(crate) photos: Picker,
    /// Who was just let in.
    pub(crate) entered: Option<Let>,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) rows: Vec<Expected>,
}

impl Gate {
    /// What is wrong at a field.
    fn wrong(&self, id: &str) -> Option<&str> {
        let at = format!("#{id}");
        let found = self.problems.iter().find(|one| one.href == at);
        found.map(|one| one.text.as_str())
    }

    fn count(&self, state: &str) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }
}

/// Who was let in.
pub(crate) struct Let {
    pub(crate) on_behalf: bool,
    pub(crate) people: String,
    pub(crate) count: usize,
    pub(crate) place: String,
}

impl Let {
    pub(crate) fn of(visit: &pb::Visit) -> Self {
        Self {
            on_behalf: visit.kind == "on_behalf",
            people: people(visit),
            count: visit.companions.len() + 1,
            place: visit.place.clone(),
        }
    }
}

/// Who is expected.
pub(crate) struct Expected {
    pub(crate) time: String,
    pub(crate) what: &'static str,
    pub(crate) people: String,
    pub(crate) phone: String,
    pub(crate) place: String,
    pub(crate) state: &'static str,
    pub(crate) class: &'static str,
    pub(crate) number: String,
}

impl Expected {
    pub(crate) fn of(visit: &pb::Visit) -> Self {
        Self {
            time: wire_clock(&visit.starts_at),
            what: what(&visit.kind),
            people: people(visit),
            phone: visit.phone.clone(),
            place: visit.place.clone(),
            state: state(visit),
            class: match visit.state.as_str() {
                "booked" => "live",
                _ => "shut",
            },
            number: visit.number.clone(),
        }
    }
}
