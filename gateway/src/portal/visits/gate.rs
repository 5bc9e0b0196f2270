//! The gate: the staff scans or types a code and sees at once whether it lets in.

use axum::{extract::Request, http::StatusCode, response::Response};
use jiff::civil::Date;
use serde_json::json;
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::{burial::v1 as pb, casework::v1::MaterialRef};

use super::kept;
use crate::portal::{
    body::Body,
    burial_office::tabs,
    desk::Desk,
    form::{Handed, Picker, normalise},
    view::{
        Section, Trouble,
        chrome::query,
        format,
        visits::gate::{Expected, Gate, Let},
    },
};

/// The field of the photos.
const PHOTOS: &str = "photos";

/// The gate of a day.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let (facility, day) = (
        desk.query("facility").to_owned(),
        desk.query("day").to_owned(),
    );
    let seen = Seen {
        facility,
        day,
        ..Seen::default()
    };
    draw(&desk, seen, StatusCode::OK).await
}

/// What was scanned, and what came of it.
#[derive(Default)]
struct Seen {
    facility: String,
    day: String,
    number: String,
    note: String,
    entered: Option<pb::Visit>,
    /// Of a sweep on behalf.
    photos: Vec<MaterialRef>,
    problems: Vec<Trouble>,
}

async fn draw(desk: &Desk, seen: Seen, status: StatusCode) -> Result<Response, Fault> {
    let facilities = kept(desk).await?;
    let asked = facilities.iter().find(|one| one.code == seen.facility);
    // There is one: `kept` refuses who keeps none.
    let Some(facility) = asked.or(facilities.first()).cloned() else {
        return Err(Fault::forbidden());
    };
    let today = desk.today();
    let day = normalise::date(&seen.day)
        .and_then(|iso| iso.parse::<Date>().ok())
        .unwrap_or(today);
    let who = desk.who()?;
    let backends = desk.state.backends();
    let mut visits = backends
        .visits_of_day(who, &facility.code, &day.to_string())
        .await?;
    visits.sort_by(|a, b| (&a.starts_at, &a.number).cmp(&(&b.starts_at, &b.number)));
    let link = |day: Result<Date, jiff::Error>| match day {
        Ok(day) => query(
            "/visits/gate",
            &[("facility", &facility.code), ("day", &day.to_string())],
        ),
        Err(_) => String::new(),
    };
    let here = desk.clone().at(link(Ok(day)));
    let page = Gate {
        chrome: here.chrome().titled("祭扫入口", Section::Burial),
        tabs: tabs(desk, "/visits/gate"),
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        iso: day.to_string(),
        day: format!("{} {}", format::day(day), format::weekday(day)),
        before: link(day.yesterday()),
        after: link(day.tomorrow()),
        today: day == today,
        number: seen.number,
        note: seen.note,
        photos: picker(&seen.photos, &seen.problems),
        entered: seen.entered.as_ref().map(Let::of),
        problems: seen.problems,
        rows: visits.iter().map(Expected::of).collect(),
        choices: facilities
            .into_iter()
            .map(|one| (one.code, one.name))
            .collect(),
        facility,
    };
    Ok(desk.page_with(status, &page))
}

/// Lets in, or says why not; the page stays for the next one.
pub(crate) async fn enter(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let ids: Vec<String> = body.materials().into_iter().map(|(_, id)| id).collect();
    let uploads = desk.state.uploads();
    let photos = uploads.named(desk.who()?.account, &json!([ids])).await?;
    let request = pb::EnterVisitRequest {
        idempotency_key: body.text("key").to_owned(),
        facility: body.text("facility").to_owned(),
        number: normalise::code(body.text("number")),
        note: normalise::text(body.text("note")),
        photos,
    };
    let refused = body.refused.iter();
    let mut seen = Seen {
        facility: request.facility.clone(),
        note: request.note.clone(),
        number: request.number.clone(),
        photos: request.photos.clone(),
        problems: refused.map(|(_, why)| Trouble::at(PHOTOS, why)).collect(),
        ..Seen::default()
    };
    if !seen.problems.is_empty() {
        return draw(&desk, seen, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    // A photo came or went; the code is not checked yet.
    if !matches!(body.text("do"), "" | "enter") {
        return draw(&desk, seen, StatusCode::OK).await;
    }
    match desk
        .state
        .backends()
        .enter_visit(desk.who()?, request)
        .await
    {
        Ok(visit) => {
            seen.entered = Some(visit);
            seen.number.clear();
            seen.note.clear();
            seen.photos.clear();
            draw(&desk, seen, StatusCode::OK).await
        }
        Err(fault) if tellable(&fault) => {
            let status = fault.http_status();
            let at = |pointer: &str| match pointer {
                "/note" => "note",
                "/photos" => PHOTOS,
                _ => "number",
            };
            let fields = fault.fields.iter();
            seen.problems = fields
                .map(|field| Trouble::at(at(&field.field), field.message.clone()))
                .collect();
            if seen.problems.is_empty() {
                seen.problems = vec![Trouble::at("number", fault.message.clone())];
            }
            draw(&desk, seen, status).await
        }
        Err(fault) => Err(fault),
    }
}

/// Where the photos of a sweep are chosen, with those that are there.
fn picker(photos: &[MaterialRef], problems: &[Trouble]) -> Picker {
    let handed = photos.iter().map(|file| MaterialRef {
        code: PHOTOS.to_owned(),
        ..file.clone()
    });
    Picker {
        id: PHOTOS.to_owned(),
        code: PHOTOS.to_owned(),
        title: "代祭的照片".to_owned(),
        files: handed.map(|file| Handed::of(&file)).collect(),
        photos: true,
        hint: true,
        wrong: problems.iter().any(|one| one.href == format!("#{PHOTOS}")),
    }
}

/// A code that does not let in is the gate's daily work, not a failure of the page.
fn tellable(fault: &Fault) -> bool {
    fault.reason == "VISIT_NOT_FOUND"
        || matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed)
}
