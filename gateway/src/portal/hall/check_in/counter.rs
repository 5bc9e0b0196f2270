//! An application being taken in at the counter of a hall.

use axum::response::Response;
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::{identity_document::DocumentKind, mask};
use yiwang_proto::{casework::v1 as casework, marriage::v1 as pb};

use super::asks::{self, OTHER_PAPER, typed};
use crate::{
    audit::{self, Record},
    portal::{
        body::Body,
        desk::{Desk, go},
        failure,
        form::{self, Edit, Form, Problem, place},
        hall::{halls, no_hall},
        view::{
            chrome::query,
            hall::{Kind, check_in::carried},
        },
    },
};

/// The reader that is asked when the page names none.
const READER: &str = "1";
/// An application being taken in.
pub(super) struct Counter {
    pub(super) hall: pb::Hall,
    pub(super) kind: Kind,
    pub(super) appointment: Option<pb::Appointment>,
    item: casework::Item,
    pub(super) form: Form,
    pub(super) value: Map<String, Value>,
    pub(super) reader: String,
    pub(super) cards: Vec<(&'static str, pb::Card)>,
    /// Why a card could not be read, by panel.
    pub(super) unread: Vec<(&'static str, String)>,
    pub(super) problems: Vec<Problem>,
}

impl Counter {
    /// The counter that the address names: hall, kind, appointment.
    pub(super) async fn open(desk: &Desk) -> Result<Self, Fault> {
        let halls = halls(desk).await?;
        let asked = desk.query("hall");
        let hall = halls.into_iter().find(|hall| hall.code == asked);
        let hall = hall.ok_or_else(no_hall)?;
        let kind = Kind::from_code(desk.query("kind")).filter(|kind| Kind::ALL.contains(kind));
        let kind = kind.ok_or_else(Fault::not_found)?;
        let backends = desk.state.backends();
        let appointment = match desk.query("appointment") {
            "" => None,
            number => Some(backends.appointment(desk.who()?, number).await?),
        };
        let item = backends.item(kind.item()).await?;
        let form = asks::form(&item, kind);
        let mut counter = Self {
            hall,
            kind,
            appointment,
            item,
            form,
            value: Map::new(),
            reader: READER.to_owned(),
            cards: vec![],
            unread: vec![],
            problems: vec![],
        };
        if let Some(appointment) = &counter.appointment
            && !appointment.phone.is_empty()
        {
            // The caller of the appointment comes first on it.
            let phone = json!({ "phone": appointment.phone });
            counter.value.insert("a".to_owned(), phone);
        }
        Ok(counter)
    }

    /// Takes over what was posted.
    pub(super) fn fill(&mut self, body: &Body) {
        let mut posted = body.posted();
        if let Some(Edit::Find(name)) = Edit::parse(body.text("do")) {
            posted.forget(&name);
        }
        self.value = form::read(&self.form.fields, &posted);
        if !body.text("reader").is_empty() {
            self.reader = body.text("reader").to_owned();
        }
        let sides = self.kind.sides().iter();
        self.cards = sides
            .filter_map(|key| Some((*key, carried(key, |name| body.text(name))?)))
            .collect();
    }

    /// Reads the card that lies on the reader for panel `key`.
    pub(super) async fn read(&mut self, desk: &Desk, key: &str) -> Result<(), Fault> {
        let side = self.kind.sides().iter().find(|side| **side == key);
        let key: &'static str = side.copied().ok_or_else(Fault::not_found)?;
        let request = pb::ReadCardRequest {
            hall: self.hall.code.clone(),
            reader: self.reader.clone(),
        };
        let card = match desk.state.backends().read_card(desk.who()?, request).await {
            Ok(card) => card,
            Err(fault) if is_unread(&fault) => {
                let field = fault.fields.first().map(|field| field.message.clone());
                self.unread.push((key, field.unwrap_or(fault.message)));
                return Ok(());
            }
            Err(fault) => return Err(fault),
        };
        let twin = self
            .cards
            .iter()
            .find(|(other, known)| *other != key && known.id_number == card.id_number);
        if twin.is_some() {
            let message = "这张身份证刚才已经读过，请放上另一方的身份证再读。";
            self.unread.push((key, message.to_owned()));
            return Ok(());
        }
        let party = self
            .value
            .entry(key)
            .or_insert_with(|| Value::Object(Map::new()));
        party["name"] = card.name.clone().into();
        party["id_number"] = card.id_number.clone().into();
        if let Some(home) = home(&card.address) {
            party["household"] = home.into();
        }
        self.cards.retain(|(other, _)| *other != key);
        self.cards.push((key, card));
        Ok(())
    }

    /// Looks it over before the service does.
    pub(super) fn is_ready(&mut self) -> bool {
        form::tidy(&self.form.fields, &mut self.value);
        form::forget_hidden(&self.form.fields, &mut self.value);
        self.problems = form::check(&self.form.fields, &self.value, "");
        let without =
            |key: &&&'static str| self.wants_reason(key) && !self.value.contains_key(&typed(key));
        let without: Vec<_> = self.kind.sides().iter().filter(without).collect();
        for key in without {
            let message = "没有读卡的，请选择手工填写的原因。";
            let problem = Problem::new(format!("/{}", typed(key)), message);
            self.problems.push(problem);
        }
        self.problems.is_empty()
    }

    /// Whether a panel is filled in by hand although cards are read here, and the document itself
    /// does not say why.
    pub(super) fn wants_reason(&self, key: &str) -> bool {
        self.kind.reads_cards() && self.is_typed(key) && !self.has_other_document(key)
    }

    /// Whether somebody comes with a passport, a permit or the like, which no reader reads.
    fn has_other_document(&self, key: &str) -> bool {
        let kind = self.value.get(key).map(|party| &party["document"]);
        let kind = kind.and_then(Value::as_str);
        kind.is_some_and(|kind| kind != DocumentKind::CitizenId.code())
    }

    /// Whether name or number of a panel are not those of a card that was read.
    pub(super) fn is_typed(&self, key: &str) -> bool {
        let card = self.cards.iter().find(|(side, _)| *side == key);
        let party = self.value.get(key).unwrap_or(&Value::Null);
        card.is_none_or(|(_, card)| {
            party["name"] != card.name.as_str() || party["id_number"] != card.id_number.as_str()
        })
    }

    /// Files the application; the bench of the new case follows.
    pub(super) async fn file(mut self, desk: &Desk, key: &str) -> Result<Response, Fault> {
        let mut form = self.value.clone();
        let reason = |side: &&'static str| {
            let said = form.remove(&typed(side));
            let other = self.has_other_document(side).then(|| OTHER_PAPER.into());
            Some((*side, other.or(said)?))
        };
        let reasons: Vec<(&str, Value)> = self.kind.sides().iter().filter_map(reason).collect();
        form.insert("hall".to_owned(), self.hall.code.clone().into());
        if let Some(appointment) = &self.appointment {
            form.insert("appointment".to_owned(), appointment.number.clone().into());
        }
        let request = casework::SubmitRequest {
            idempotency_key: key.to_owned(),
            item: self.item.code.clone(),
            division: self.hall.division.clone(),
            form: Value::Object(form).to_string(),
            materials: vec![],
        };
        match desk.state.backends().submit(desk.who()?, request).await {
            Ok(case) => {
                let by_hand = reasons.into_iter();
                for (side, reason) in by_hand.filter(|(side, _)| self.is_typed(side)) {
                    note_typing(desk, &case.number, side, &reason).await?;
                }
                Ok(go(&format!("/hall/cases/{}?done=check-in", case.number)))
            }
            Err(fault) => {
                let status = fault.http_status();
                let problems = failure::problems(fault)?.into_iter();
                let problems = problems.map(|problem| Problem {
                    pointer: self.place_of(&problem.pointer),
                    ..problem
                });
                self.problems = problems.collect();
                self.draw(desk, status)
            }
        }
    }

    /// Where a problem of the service stands on this page; empty when nowhere.
    fn place_of(&self, pointer: &str) -> String {
        let pointer = pointer.strip_prefix("/form").unwrap_or(pointer);
        let known = form::label_of(&self.form.fields, pointer);
        known.map(|_| pointer.to_owned()).unwrap_or_default()
    }

    pub(super) fn path(&self, path: &str) -> String {
        let number = self.appointment.as_ref().map_or("", |one| &one.number);
        let pairs = [
            ("hall", self.hall.code.as_str()),
            ("appointment", number),
            ("kind", self.kind.code()),
        ];
        query(path, &pairs)
    }
}

/// A reader that is away or empty is said beside the button; the form stays.
fn is_unread(fault: &Fault) -> bool {
    let readable = [
        Code::NotFound,
        Code::InvalidInput,
        Code::PreconditionFailed,
        Code::Unavailable,
        Code::DeadlineExceeded,
    ];
    readable.contains(&fault.code)
}

/// The township of an address on a card, when it names exactly one.
fn home(address: &str) -> Option<String> {
    // Masked, an address ends where the table of divisions does not know it any more.
    let known = mask::address(address);
    match place::candidates(known.trim_end_matches('*'), Some(9)).as_slice() {
        [only] => Some(only.code.clone()),
        _ => None,
    }
}

/// The audit log has who was typed in instead of read, and why.
async fn note_typing(desk: &Desk, number: &str, side: &str, reason: &Value) -> Result<(), Fault> {
    let entry = Record::by(desk.who()?, "hall.typed_by_hand")
        .object(number)
        .detail(json!({"side": side, "reason": reason}));
    let mut conn = desk.state.pool().acquire().await?;
    audit::record(&mut conn, entry, desk.state.clock().now()).await?;
    Ok(())
}
