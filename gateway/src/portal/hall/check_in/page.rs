//! Draws the counter: a panel for each person, then what is asked of both.

use axum::{http::StatusCode, response::Response};
use serde_json::{Map, Value};
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use super::{asks::typed, counter::Counter};
use crate::portal::{
    desk::Desk,
    form::{self, Field, Surroundings, schema},
    view::{
        Section, Trouble,
        chrome::query,
        format,
        hall::check_in::{CardView, CheckInPage, Panel},
    },
};

impl Counter {
    /// The page.
    pub(super) fn draw(self, desk: &Desk, status: StatusCode) -> Result<Response, Fault> {
        let (sides, rest): (Vec<&Field>, Vec<&Field>) = self
            .form
            .fields
            .iter()
            .partition(|field| self.side_of(field).is_some());
        let next = self.next_card();
        let around = Surroundings {
            problems: &self.problems,
            ..Surroundings::default()
        };
        let panel = |&key: &&'static str| {
            let is_next = next == Some(key);
            self.panel(desk, key, &sides, is_next, &around)
        };
        let rest: Vec<Field> = rest.into_iter().cloned().collect();
        let page = CheckInPage {
            chrome: desk
                .clone()
                .at(self.path("/hall/check-in"))
                .chrome()
                .titled(self.kind.label(), Section::Hall),
            problems: Trouble::of_form(&self.form, &self.problems, ""),
            csrf: desk.who()?.csrf.clone(),
            key: desk.fresh_key(),
            post: self.path("/hall/check-in"),
            back: query("/hall", &[("hall", &self.hall.code)]),
            label: self.kind.label(),
            appointment: self.appointment.as_ref().map(words).unwrap_or_default(),
            reader: self.kind.reads_cards().then(|| self.reader.clone()),
            panels: self.kind.sides().iter().map(panel).collect(),
            fields: form::draw(&rest, &self.value, &around),
            fill_next: next.is_none() && self.problems.is_empty(),
            hall: self.hall,
        };
        Ok(desk.page_with(status, &page))
    }

    /// The panel whose card should be read next.
    fn next_card(&self) -> Option<&'static str> {
        let unread = |key: &&&'static str| self.cards.iter().all(|(side, _)| *side != **key);
        let sides = self.kind.sides().iter();
        let mut waiting = sides.filter(|_| self.kind.reads_cards() && self.problems.is_empty());
        waiting.find(unread).copied()
    }

    /// The panel that a field stands in.
    fn side_of(&self, field: &Field) -> Option<&'static str> {
        let mut sides = self.kind.sides().iter();
        let mine = |key: &&&'static str| field.key == **key || field.key == typed(key);
        sides.find(mine).copied()
    }

    fn panel(
        &self,
        desk: &Desk,
        key: &'static str,
        fields: &[&Field],
        read_next: bool,
        around: &Surroundings<'_>,
    ) -> Panel {
        let mut title = key.to_owned();
        let mut drawn = Vec::new();
        let party = self.value.get(key).and_then(Value::as_object);
        let empty = Map::new();
        for field in fields
            .iter()
            .filter(|field| self.side_of(field) == Some(key))
        {
            match &field.kind {
                schema::Kind::Group(inner) => {
                    title.clone_from(&field.title);
                    let at = format!("/{key}");
                    drawn.extend(form::draw_at(inner, party.unwrap_or(&empty), around, &at));
                }
                _ if self.shows_reason(key) => {
                    let required = true;
                    let field = Field {
                        required,
                        ..Field::clone(field)
                    };
                    drawn.extend(form::draw(&[field], &self.value, around));
                }
                _ => {}
            }
        }
        let card = self.cards.iter().find(|(side, _)| *side == key);
        let trouble = self.unread.iter().find(|(side, _)| *side == key);
        Panel {
            key,
            title,
            card: card.map(|(_, card)| {
                CardView::of(key, card, self.is_booked(&card.id_number), desk.today())
            }),
            trouble: trouble.map(|(_, text)| text.clone()).unwrap_or_default(),
            read_next,
            fields: drawn,
        }
    }

    /// The question why something was typed comes when something is typed, or nothing was read.
    fn shows_reason(&self, key: &str) -> bool {
        let party = self.value.get(key).unwrap_or(&Value::Null);
        let begun = party["name"].is_string() || party["id_number"].is_string();
        let unread = self.unread.iter().any(|(side, _)| *side == key);
        let pointer = format!("/{}", typed(key));
        let missing = self.problems.iter().any(|one| one.pointer == pointer);
        self.wants_reason(key) && (begun || unread || missing)
    }

    /// Whether this person is on the appointment; none for a walk-in.
    fn is_booked(&self, id_number: &str) -> Option<bool> {
        let visitors = &self.appointment.as_ref()?.visitors;
        Some(visitors.iter().any(|one| one.id_number == id_number))
    }
}

/// 预约号 …，2026年5月20日 09:00，何山、马小燕
fn words(appointment: &pb::Appointment) -> String {
    let (day, time) = appointment
        .starts_at
        .split_once('T')
        .unwrap_or((&appointment.starts_at, ""));
    let visitors: Vec<&str> = appointment
        .visitors
        .iter()
        .map(|visitor| visitor.name.as_str())
        .collect();
    format!(
        "预约号 {}　{} {time}　{}",
        appointment.number,
        format::iso_day(day),
        visitors.join("、")
    )
}
