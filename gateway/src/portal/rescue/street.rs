//! The street page for a phone that may have no connection: a page, its worker, and what its
//! script reads and sends. Each row has the phone's own ids and counts once.

use axum::{
    Json,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::rescue::v1 as pb;

use super::{only, stations};
use crate::portal::{
    apply, assets,
    body::Body,
    desk::Desk,
    view::{Section, rescue::street::StreetPage},
};

/// The page; it fills itself from the phone and from [`state`].
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    Ok(desk.page(&StreetPage {
        chrome: desk.chrome().titled("街头救助", Section::Rescue),
        csrf: desk.who()?.csrf.clone(),
    }))
}

/// The worker of the page.
pub(crate) async fn worker() -> Response {
    assets::PHONE_WORKER.worker()
}

/// Stations, today's patrols, articles; a token for what is sent.
pub(crate) async fn state(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let who = desk.who()?;
    let backends = desk.state.backends();
    let today = desk.today().to_string();
    // The county may look; only the stations write.
    let works = who.has_role(Role::Station);
    let (mut named, mut patrols, mut articles) = (vec![], vec![], vec![]);
    let mut others = vec![];
    for station in stations(&desk).await?.iter().filter(|_| works) {
        let request = pb::ListPatrolsRequest {
            station: station.code.clone(),
            from: today.clone(),
            to: today.clone(),
        };
        let found = backends.patrols(who, request).await?.into_iter();
        let open = found.filter(|one| matches!(one.state.as_str(), "planned" | "under_way"));
        patrols.extend(open.map(|one| {
            json!({
                "id": one.id, "station": one.station, "area": one.area, "route": one.route,
                "starts_at": one.starts_at, "ends_at": one.ends_at,
                "leader_name": one.leader_name,
            })
        }));
        let found = backends.station_articles(who, &station.code).await?;
        articles.extend(found.into_iter().map(
            |one| json!({"id": one.id, "station": one.station, "name": one.name, "unit": one.unit}),
        ));
        others.extend(recent(&desk, &station.code).await?);
        named.push(json!({"code": station.code, "name": station.name}));
    }
    Ok(answer(json!({
        "csrf": who.csrf, "who": apply::owner_tag(who), "today": today, "stations": named, "patrols": patrols,
        "articles": articles, "others": others,
    })))
}

/// What passers-by have told, what is to be visited again, and the latest of the station's
/// visits, masked: a phone takes up what it goes on with.
async fn recent(desk: &Desk, station: &str) -> Result<Vec<Value>, Fault> {
    let backends = desk.state.backends();
    let mut found: Vec<pb::Encounter> = vec![];
    for (state, follow_up) in [("open", false), ("", true), ("", false)] {
        let request = pb::ListEncountersRequest {
            station: station.to_owned(),
            state: state.to_owned(),
            follow_up,
            limit: RECENT,
            ..Default::default()
        };
        let page = backends.encounters(desk.who()?, request).await?;
        let new = page.encounters.into_iter();
        found.extend(
            new.filter(|one| !found.iter().any(|known| known.id == one.id))
                .collect::<Vec<_>>(),
        );
    }
    let told = |one: pb::Encounter| {
        json!({
            "id": one.id, "at": one.at, "label": one.label, "place": one.place,
            "outcome": one.outcome, "by": one.by, "follow_up_on": one.follow_up_on,
        })
    };
    Ok(found.into_iter().map(told).collect())
}

/// One visit in full, to go on with on this phone; the look is logged.
pub(crate) async fn visit(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let backends = desk.state.backends();
    let one = backends.encounter(desk.who()?, desk.param(0)?).await?;
    let fields: Value = serde_json::from_str(&one.fields).unwrap_or_default();
    let conflicts: Vec<Value> = one.conflicts.into_iter().map(clash).collect();
    Ok(answer(json!({
        "id": one.id, "at": one.at, "station": one.station, "patrol": one.patrol,
        "version": one.version, "duties": one.duties, "fields": fields, "conflicts": conflicts,
    })))
}

/// Of each kind on the phone's list.
const RECENT: i32 = 20;

/// A visit as the phone has it.
#[derive(Deserialize)]
struct Row {
    id: String,
    edit: String,
    count: i64,
    base: i64,
    at: String,
    #[serde(default)]
    patrol: String,
    fields: Map<String, Value>,
}

/// A point of the way.
#[derive(Deserialize)]
struct Point {
    id: String,
    at: String,
    place: String,
}

/// What was chosen for a field.
#[derive(Deserialize)]
struct Choice {
    field: String,
    take: String,
}

/// Takes visits; each is answered for itself.
pub(crate) async fn visits(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let row = |row: Row| pb::EncounterEdit {
        id: row.id,
        edit: row.edit,
        count: row.count,
        base: row.base,
        at: row.at,
        patrol: row.patrol,
        fields: Value::Object(row.fields).to_string(),
    };
    let request = pb::SyncEncountersRequest {
        station: body.text("station").to_owned(),
        device: body.text("device").to_owned(),
        rows: list(body.text("rows"))?.into_iter().map(row).collect(),
    };
    let backends = desk.state.backends();
    let rows = backends.sync_encounters(desk.who()?, request).await?;
    let rows: Vec<Value> = rows.into_iter().map(told).collect();
    Ok(answer(json!({ "rows": rows })))
}

/// Takes check-ins.
pub(crate) async fn points(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let point = |point: Point| pb::CheckInPoint {
        id: point.id,
        at: point.at,
        place: point.place,
        ..Default::default()
    };
    let request = pb::CheckInRequest {
        patrol: body.text("patrol").to_owned(),
        points: list(body.text("rows"))?.into_iter().map(point).collect(),
    };
    let backends = desk.state.backends();
    let found = backends.patrol_check_in(desk.who()?, request).await?;
    Ok(answer(
        json!({"stored": found.stored, "known": found.known}),
    ))
}

/// Which value stands where two phones have written.
pub(crate) async fn settle(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let choice = |choice: Choice| pb::FieldChoice {
        field: choice.field,
        take: choice.take,
    };
    let request = pb::SettleConflictRequest {
        idempotency_key: body.text("key").to_owned(),
        conflict: body.text("conflict").to_owned(),
        version: body.text("version").parse().unwrap_or_default(),
        choices: list(body.text("choices"))?
            .into_iter()
            .map(choice)
            .collect(),
    };
    let backends = desk.state.backends();
    let settled = backends.settle_encounter(desk.who()?, request).await?;
    Ok(answer(
        json!({"id": settled.id, "version": settled.version}),
    ))
}

async fn posted(desk: &Desk, request: Request) -> Result<Body, Fault> {
    only(desk)?;
    let body = Body::read(desk, request).await?;
    desk.verify(&body)?;
    Ok(body)
}

pub(in crate::portal) fn list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, Fault> {
    serde_json::from_str(text).map_err(|error| {
        let message = "手机发来的内容无法识别，请更新页面后再发。";
        Fault::new(Code::InvalidInput, "ROWS_UNREADABLE", message).caused_by(error)
    })
}

/// Two values of a field.
fn clash(one: pb::FieldConflict) -> Value {
    json!({
        "conflict": one.conflict, "field": one.field, "title": one.title,
        "stored": one.stored, "sent": one.sent, "stored_text": one.stored_text,
        "sent_text": one.sent_text, "sent_by": one.sent_by, "sent_at": one.sent_at,
    })
}

fn told(row: pb::RowResult) -> Value {
    let conflicts: Vec<Value> = row.conflicts.into_iter().map(clash).collect();
    let errors = row.errors.into_iter();
    let errors: Vec<Value> = errors
        .map(|one| json!({"field": one.field, "message": one.message}))
        .collect();
    json!({
        "id": row.id, "edit": row.edit, "result": row.result, "version": row.version,
        "conflicts": conflicts, "message": row.message, "errors": errors, "duties": row.duties,
    })
}

/// An answer for a script; never kept by anybody on the way.
pub(in crate::portal) fn answer(value: Value) -> Response {
    let no_store = HeaderValue::from_static("no-store");
    ([(header::CACHE_CONTROL, no_store)], Json(value)).into_response()
}
