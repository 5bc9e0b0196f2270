//! The last question: who comes. A form is drawn again until it is booked, never emptied.

use axum::{extract::Request, http::StatusCode, response::Response};
use jiff::civil::DateTime;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

use super::find;
use crate::{
    clients::free_times,
    portal::{
        body::Body,
        desk::{Desk, go},
        form::normalise,
        view::{
            Section, Trouble,
            book::{OtherTime, wire},
            chrome::query,
            visits::{Filled, WhoComes, href},
        },
    },
};

/// The form, once somebody is signed in.
pub(super) fn show(
    desk: &Desk,
    facility: &pb::VisitFacility,
    at: DateTime,
) -> Result<Response, Fault> {
    if desk.who.is_none() {
        let here = href(&facility.code, &[("at", &wire(at))]);
        return Ok(go(&query("/login", &[("next", &here)])));
    }
    let filled = Filled::new(facility);
    draw(
        desk,
        facility,
        at,
        filled,
        Outcome::default(),
        StatusCode::OK,
    )
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
    facility: &pb::VisitFacility,
    at: DateTime,
    filled: Filled,
    outcome: Outcome,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let here = desk.clone().at(href(&facility.code, &[("at", &wire(at))]));
    let page = WhoComes {
        chrome: here.chrome().titled("谁去？", Section::Items),
        problems: outcome.problems,
        told: outcome.told,
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        name: who.name.clone(),
        at,
        others: outcome.others,
        facility: facility.clone(),
        filled,
    };
    Ok(desk.page_with(status, &page))
}

/// Books, or draws the form again with what has to change.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let facility = find(&desk, desk.param(0)?).await?;
    let Ok(at) = body.text("at").parse::<DateTime>() else {
        return Ok(go(&href(&facility.code, &[])));
    };
    let filled = Filled::typed(&facility, |name| body.text(name).to_owned());
    if desk.verify(&body).is_err() {
        let outcome = Outcome {
            told: "您重新登录过，填的内容还在。请核对后再按一次“预约”。".to_owned(),
            ..Outcome::default()
        };
        return draw(&desk, &facility, at, filled, outcome, StatusCode::FORBIDDEN);
    }
    let request = pb::BookVisitRequest {
        idempotency_key: body.text("key").to_owned(),
        facility: facility.code.clone(),
        starts_at: wire(at),
        kind: filled.kind().to_owned(),
        companions: filled.companions(),
        cars: filled.cars(),
        phone: normalise::code(&filled.phone.value),
        place: normalise::text(&filled.place.value),
    };
    match desk.state.backends().book_visit(desk.who()?, request).await {
        Ok(_) => Ok(go("/visits/mine?done=book")),
        Err(fault) => again(&desk, &facility, at, filled, &fault),
    }
}

/// The form with what is wrong at its fields, or with other times when this one is full.
fn again(
    desk: &Desk,
    facility: &pb::VisitFacility,
    at: DateTime,
    mut filled: Filled,
    fault: &Fault,
) -> Result<Response, Fault> {
    let mendable = matches!(
        fault.code,
        Code::InvalidInput | Code::PreconditionFailed | Code::AlreadyExists | Code::Conflict
    );
    if !mendable {
        return Err(Fault {
            fields: fault.fields.clone(),
            ..Fault::new(fault.code, fault.reason.clone(), fault.message.clone())
        });
    }
    let mut outcome = Outcome {
        others: free_times(fault)
            .into_iter()
            .filter_map(OtherTime::of)
            .collect(),
        ..Outcome::default()
    };
    if fault.reason == "VISITS_FULL" {
        outcome.told = fault.message.clone();
        return draw(desk, facility, at, filled, outcome, fault.http_status());
    }
    for field in &fault.fields {
        let trouble = match filled.wrong(&field.field, &field.message) {
            Some(id) => Trouble::at(&id, field.message.clone()),
            None => Trouble::general(field.message.clone()),
        };
        outcome.problems.push(trouble);
    }
    if outcome.problems.is_empty() {
        let told = Trouble::general(fault.message.clone());
        outcome.problems.push(told);
    }
    draw(desk, facility, at, filled, outcome, fault.http_status())
}
