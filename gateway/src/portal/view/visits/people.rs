//! Who comes: companions, a car, a phone.

use askama::Template;
use jiff::civil::DateTime;
use yiwang_proto::burial::v1 as pb;

use super::href;
use crate::portal::{
    form::normalise,
    view::{
        Chrome, Trouble,
        book::{OtherTime, time, wire},
    },
};

/// The last question; what is typed is never lost.
#[derive(Template)]
#[template(path = "visits/people.html")]
pub(crate) struct WhoComes {
    pub(crate) chrome: Chrome,
    pub(crate) facility: pb::VisitFacility,
    pub(crate) problems: Vec<Trouble>,
    /// What happened that is no mistake of the writer; empty when nothing did.
    pub(crate) told: String,
    pub(crate) csrf: String,
    /// Idempotency key of this drawing.
    pub(crate) key: String,
    /// Of the one who books.
    pub(crate) name: String,
    pub(crate) at: DateTime,
    /// Other times, when the chosen one is full.
    pub(crate) others: Vec<OtherTime>,
    pub(crate) filled: Filled,
}

impl WhoComes {
    fn time(&self) -> String {
        time(self.at)
    }

    fn iso(&self) -> String {
        wire(self.at)
    }

    fn change(&self) -> String {
        href(&self.facility.code, &[("day", &self.at.date().to_string())])
    }
}

/// Everything that is typed and ticked.
#[derive(Debug, Clone)]
pub(crate) struct Filled {
    pub(crate) on_behalf: bool,
    pub(crate) guests: Vec<Guest>,
    /// Cars that may be brought: 0, 1.
    pub(crate) most_cars: i32,
    pub(crate) cars: Typed,
    pub(crate) phone: Typed,
    pub(crate) place: Typed,
    pub(crate) kind_error: String,
}

/// A field as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    pub(crate) value: String,
    pub(crate) error: String,
}

/// A companion's fields.
#[derive(Debug, Clone)]
pub(crate) struct Guest {
    /// From 1.
    pub(crate) nth: usize,
    pub(crate) name: Typed,
    /// None where it is not asked for.
    pub(crate) id: Option<Typed>,
}

impl Guest {
    fn is_empty(&self) -> bool {
        let id = self.id.as_ref().is_none_or(|id| id.value.trim().is_empty());
        id && self.name.value.trim().is_empty()
    }
}

impl Filled {
    /// The empty form.
    pub(crate) fn new(facility: &pb::VisitFacility) -> Self {
        Self::typed(facility, |_| String::new())
    }

    /// The form as `read` finds its fields.
    pub(crate) fn typed(facility: &pb::VisitFacility, read: impl Fn(&str) -> String) -> Self {
        let typed = |name: &str| Typed {
            value: read(name),
            error: String::new(),
        };
        let most = usize::try_from(facility.most_companions).unwrap_or(0);
        let guest = |nth: usize| Guest {
            nth,
            name: typed(&format!("name-{nth}")),
            id: facility.companion_ids.then(|| typed(&format!("id-{nth}"))),
        };
        Self {
            on_behalf: read("kind") == "on_behalf",
            guests: (1..=most.min(20)).map(guest).collect(),
            most_cars: facility.most_cars,
            cars: typed("cars"),
            phone: typed("phone"),
            place: typed("place"),
            kind_error: String::new(),
        }
    }

    pub(crate) fn kind(&self) -> &'static str {
        match self.on_behalf {
            true => "on_behalf",
            false => "in_person",
        }
    }

    /// Nobody comes to a sweep on behalf, whatever was typed before.
    pub(crate) fn companions(&self) -> Vec<pb::Companion> {
        let sent = self.sent().into_iter().map(|at| &self.guests[at]);
        sent.map(|guest| pb::Companion {
            name: normalise::text(&guest.name.value),
            id_number: guest
                .id
                .as_ref()
                .map_or_else(String::new, |id| normalise::code(&id.value)),
        })
        .collect()
    }

    pub(crate) fn cars(&self) -> i32 {
        match self.on_behalf {
            true => 0,
            false => self.cars.value.trim().parse().unwrap_or(0),
        }
    }

    /// Which guests are sent, in their order.
    fn sent(&self) -> Vec<usize> {
        if self.on_behalf {
            return vec![];
        }
        let filled = |at: &usize| !self.guests[*at].is_empty();
        (0..self.guests.len()).filter(filled).collect()
    }

    /// Puts an error to its field; gives the field's id.
    pub(crate) fn wrong(&mut self, pointer: &str, message: &str) -> Option<String> {
        let (typed, id) = match pointer {
            "/phone" => (&mut self.phone, "phone".to_owned()),
            "/place" => (&mut self.place, "place".to_owned()),
            "/cars" => (&mut self.cars, "cars".to_owned()),
            "/kind" => {
                message.clone_into(&mut self.kind_error);
                return Some("kind-in-person".to_owned());
            }
            other => {
                let (at, name) = other.strip_prefix("/companions/")?.split_once('/')?;
                let at = *self.sent().get(at.parse::<usize>().ok()?)?;
                let guest = self.guests.get_mut(at)?;
                let nth = guest.nth;
                match name {
                    "id_number" => (guest.id.as_mut()?, format!("id-{nth}")),
                    _ => (&mut guest.name, format!("name-{nth}")),
                }
            }
        };
        message.clone_into(&mut typed.error);
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_between_companions_does_not_move_their_errors() {
        let facility = pb::VisitFacility {
            most_companions: 4,
            most_cars: 1,
            companion_ids: true,
            ..Default::default()
        };
        let mut filled = Filled::typed(&facility, |name| match name {
            "name-1" => "李四".to_owned(),
            "name-3" => " 王五".to_owned(),
            "cars" => "1".to_owned(),
            _ => String::new(),
        });
        let names: Vec<_> = filled
            .companions()
            .into_iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(names, ["李四", "王五"]);
        let wrong = filled.wrong("/companions/1/id_number", "请填写身份证号。");
        assert_eq!(wrong.as_deref(), Some("id-3"));
        assert_eq!(filled.wrong("/companions/7/name", ""), None);
        filled.on_behalf = true;
        assert!(filled.companions().is_empty());
        assert_eq!((filled.cars(), filled.kind()), (0, "on_behalf"));
    }
}
