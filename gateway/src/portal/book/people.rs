//! The last question: who comes. A form is drawn again until it is booked, never emptied.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::marriage::v1 as pb;

use super::hall;
use crate::{
    clients::free_times,
    portal::{
        apply::owner_tag,
        body::Body,
        desk::{Desk, go},
        form::normalise,
        login,
        view::{
            Section, Trouble,
            book::{Choices, Entry, Filled, OtherTime, People, bookable, wire},
            chrome::query,
            hall::Kind,
        },
    },
    session::SignedIn,
};

/// The form, once somebody is signed in.
pub(super) fn show(desk: &Desk, choices: &Choices) -> Result<Response, Fault> {
    let at = choices.at.map(wire).unwrap_or_default();
    let here = choices.href(&[("at", &at)]);
    let Some(who) = &desk.who else {
        return Ok(go(&query("/login", &[("next", &here)])));
    };
    let mut filled = Filled::new(choices.kind.unwrap_or(Kind::Marriage));
    if let Some(own) = filled.entries.first_mut() {
        own.value = who.name.clone();
    }
    draw(desk, choices, filled, Outcome::default(), StatusCode::OK)
}

/// What came of a form that was not booked.
#[derive(Default)]
struct Outcome {
    told: String,
    problems: Vec<Trouble>,
    others: Vec<OtherTime>,
}

fn draw(
    desk: &Desk,
    choices: &Choices,
    filled: Filled,
    outcome: Outcome,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let at = choices.at.map(wire).unwrap_or_default();
    let here = desk.clone().at(choices.href(&[("at", &at)]));
    let mut page = People {
        chrome: here.chrome().titled("谁来办？", Section::Items),
        chosen: vec![],
        problems: outcome.problems,
        told: outcome.told,
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        who: owner_tag(who),
        kind: "",
        place: String::new(),
        hall: String::new(),
        at: String::new(),
        others: outcome.others,
        filled,
    };
    page.carry(choices);
    Ok(desk.page_with(status, &page))
}

/// Books, or draws the form again with what has to change.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    if desk.who.is_none() {
        // Who was signed out meanwhile signs in again and loses nothing.
        return login::resume(&desk, "/book", body.to_carry()).await;
    }
    let choices = choices(&desk, &body).await?;
    let (Some(kind), Some(hall)) = (choices.kind, &choices.hall) else {
        return Ok(go("/book"));
    };
    let filled = typed(kind, &body);
    if desk.verify(&body).is_err() {
        return draw(&desk, &choices, filled, stale(), StatusCode::FORBIDDEN);
    }
    let request = pb::BookRequest {
        idempotency_key: body.text("key").to_owned(),
        hall: hall.code.clone(),
        starts_at: body.text("at").to_owned(),
        kind: kind.code().to_owned(),
        visitors: visitors(kind, &filled.entries),
        phone: value(&filled.entries, "phone"),
        ceremony: filled.ceremony.as_ref().is_some_and(|it| it.wished),
        guests: guests(&filled),
        by_phone: filled.by_phone.unwrap_or(false),
    };
    match desk.state.backends().book(desk.who()?, request).await {
        Ok(booked) => Ok(go(&format!("/book/done/{}", booked.number))),
        Err(fault) => again(&desk, &choices, filled, fault),
    }
}

/// A page from before the sign-in: what was typed stays, the button is pressed again.
fn stale() -> Outcome {
    Outcome {
        told: "您重新登录过，填的内容还在。请核对后再按一次“预约”。".to_owned(),
        ..Outcome::default()
    }
}

/// Goes on with a form that was posted after the session had ended.
pub(crate) async fn take_up(desk: &Desk, who: SignedIn, carry: &str) -> Result<Response, Fault> {
    let body = Body::carried(carry)?;
    let mut desk = desk.clone();
    let own = body.text("who") == owner_tag(&who);
    desk.who = Some(who);
    let choices = choices(&desk, &body).await?;
    match choices.kind {
        // Somebody else's words are not shown on a shared computer.
        Some(kind) if own => draw(&desk, &choices, typed(kind, &body), stale(), StatusCode::OK),
        _ => Ok(go("/book")),
    }
}

async fn choices(desk: &Desk, body: &Body) -> Result<Choices, Fault> {
    Ok(Choices {
        kind: bookable(body.text("kind")),
        place: body.text("place").to_owned(),
        hall: hall(desk, body.text("hall")).await?,
        at: body.text("at").parse().ok(),
    })
}

/// The fields as they were typed.
fn typed(kind: Kind, body: &Body) -> Filled {
    let mut filled = Filled::new(kind);
    for entry in &mut filled.entries {
        entry.value = body.text(entry.name).to_owned();
    }
    if let Some(ceremony) = &mut filled.ceremony {
        ceremony.wished = body.text("ceremony") == "true";
        ceremony.guests = normalise::code(body.text("guests"));
    }
    if let Some(by_phone) = &mut filled.by_phone {
        *by_phone = body.text("way") == "phone";
    }
    filled
}

/// Guests of a ceremony; what is no number is refused like too many.
fn guests(filled: &Filled) -> i32 {
    let wish = filled.ceremony.as_ref().filter(|it| it.wished);
    match wish.map_or("", |it| it.guests.as_str()) {
        "" => 0,
        typed => typed.parse().unwrap_or(i32::MAX),
    }
}

fn value(entries: &[Entry], name: &str) -> String {
    let entry = entries.iter().find(|entry| entry.name == name);
    let typed = entry.map_or("", |entry| &entry.value);
    match name {
        "name_a" | "name_b" | "country_b" => normalise::text(typed),
        // A code of ours.
        "document_b" => typed.to_owned(),
        _ => normalise::code(typed),
    }
}

fn visitors(kind: Kind, entries: &[Entry]) -> Vec<pb::Visitor> {
    let sides = [("name_a", "id_a"), ("name_b", "id_b")];
    let other = |id: &str, name: &str| match id {
        "id_b" => value(entries, name),
        _ => String::new(),
    };
    let alone = kind == Kind::Counselling
        && value(entries, "name_b").is_empty()
        && value(entries, "id_b").is_empty();
    let there = sides
        .iter()
        .take(if alone { 1 } else { 2 })
        .filter(|(name, _)| entries.iter().any(|entry| entry.name == *name));
    there
        .map(|(name, id)| pb::Visitor {
            name: value(entries, name),
            id_number: value(entries, id),
            // Only the other one may have another document than the account has.
            document: other(id, "document_b"),
            country: other(id, "country_b"),
        })
        .collect()
}

/// The form with what is wrong at its fields, or with other times when this one is full.
fn again(
    desk: &Desk,
    choices: &Choices,
    mut filled: Filled,
    fault: Fault,
) -> Result<Response, Fault> {
    let mendable = matches!(
        fault.code,
        Code::InvalidInput | Code::PreconditionFailed | Code::AlreadyExists | Code::Conflict
    );
    if !mendable {
        return Err(fault);
    }
    let mut outcome = Outcome {
        others: free_times(&fault)
            .into_iter()
            .filter_map(OtherTime::of)
            .collect(),
        ..Outcome::default()
    };
    if fault.reason == "SLOT_FULL" {
        outcome.told = fault.message.clone();
        return draw(desk, choices, filled, outcome, fault.http_status());
    }
    for field in &fault.fields {
        if let ("/guests", Some(ceremony)) = (field.field.as_str(), &mut filled.ceremony) {
            ceremony.error = field.message.clone();
            let trouble = Trouble::at("guests", field.message.clone());
            outcome.problems.push(trouble);
            continue;
        }
        match filled
            .entries
            .iter_mut()
            .find(|entry| entry.pointer == field.field)
        {
            Some(entry) => {
                entry.error = field.message.clone();
                outcome
                    .problems
                    .push(Trouble::at(entry.name, field.message.clone()));
            }
            None => outcome
                .problems
                .push(Trouble::general(field.message.clone())),
        }
    }
    if outcome.problems.is_empty() {
        outcome
            .problems
            .push(Trouble::general(fault.message.clone()));
    }
    draw(desk, choices, filled, outcome, fault.http_status())
}
