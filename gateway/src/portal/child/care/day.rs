//! A director's day 儿童主任的一天, for a phone that may have no connection: a page, its worker, and
//! what its script reads and sends. Each row has the phone's own ids and counts once.

use axum::{extract::Request, response::Response};
use serde_json::{Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::{casework::v1 as casework, child::v1 as pb};

use super::super::{WORKER, only, tabs};
use crate::portal::{
    apply, assets,
    body::Body,
    desk::Desk,
    rescue::street::{answer, list},
    view::{
        Section,
        child::care::day::{DayPage, said},
    },
};
use crate::rest::child_files::Row;

/// The page; it fills itself from the phone and from [`state`].
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, WORKER)?;
    let who = desk.who()?;
    Ok(desk.page(&DayPage {
        chrome: desk.chrome().titled("今天", Section::Child),
        tabs: tabs(&desk, "/child/day")?,
        csrf: who.csrf.clone(),
        who: apply::owner_tag(who),
    }))
}

/// The worker of the page.
pub(crate) async fn worker() -> Response {
    assets::PHONE_WORKER.worker()
}

/// What is due; a token for what is sent.
pub(crate) async fn state(desk: Desk) -> Result<Response, Fault> {
    only(&desk, WORKER)?;
    let who = desk.who()?;
    let backends = desk.state.backends();
    let day = backends
        .child_day(who, pb::GetDayRequest::default())
        .await?;
    let visits: Vec<Value> = day.visits.into_iter().map(due).collect();
    let tasks: Vec<Value> = day.tasks.into_iter().map(task).collect();
    let now = desk.state.clock().now();
    Ok(answer(json!({
        "csrf": who.csrf, "who": apply::owner_tag(who), "today": day.today,
        "now": now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "kept_until": day.kept_until, "children": day.children, "visits": visits, "tasks": tasks,
    })))
}

fn due(one: pb::DueVisit) -> Value {
    json!({
        "case": one.case_number, "label": one.label, "age": one.age, "kind": one.kind_label,
        "level": one.level, "level_label": one.level_label, "village": one.village,
        "address": one.address, "carer": one.carer, "due_on": one.due_on, "urgency": one.urgency,
        "last": one.last_visit, "last_result": one.last_result_label, "look_at": one.look_at,
        "at_risk": one.at_risk,
    })
}

fn task(one: pb::DayTask) -> Value {
    json!({
        "case": one.case_number, "label": one.label, "what": one.what, "due_on": one.due_on,
        "late": one.late,
    })
}

/// Takes visits; each is answered for itself.
pub(crate) async fn visits(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let rows: Vec<Row> = list(body.text("rows"))?;
    let (refused, rows) = photographed(&desk, rows, &body).await?;
    let mut answers = refused;
    if !rows.is_empty() {
        let request = pb::SyncVisitsRequest {
            device: body.text("device").to_owned(),
            rows,
        };
        let backends = desk.state.backends();
        answers.extend(backends.sync_child_visits(desk.who()?, request).await?);
    }
    let rows: Vec<Value> = answers.into_iter().map(told).collect();
    Ok(answer(json!({ "rows": rows })))
}

/// Each visit with the photographs that came with it. One that is not taken holds its visit back,
/// so that whoever wrote it sees it.
async fn photographed(
    desk: &Desk,
    rows: Vec<Row>,
    body: &Body,
) -> Result<(Vec<pb::VisitRow>, Vec<pb::VisitEdit>), Fault> {
    let owner = desk.who()?.account;
    let (mut refused, mut taken) = (Vec::new(), Vec::new());
    for row in rows {
        let mut edit: pb::VisitEdit = row.into();
        if let Some((_, why)) = body.refused.iter().find(|(visit, _)| *visit == edit.id) {
            refused.push(pb::VisitRow {
                id: edit.id,
                result: "refused".to_owned(),
                code: "PHOTO_REFUSED".to_owned(),
                message: format!("照片没有收下：{why}走访还没有送到，请去掉这张照片再发。"),
                ..pb::VisitRow::default()
            });
            continue;
        }
        let files = body.files.iter().filter(|(visit, _)| *visit == edit.id);
        let files: Vec<String> = files.map(|(_, file)| file.id.to_string()).collect();
        edit.photos = desk.state.uploads().named(owner, &json!([files])).await?;
        taken.push(edit);
    }
    Ok((refused, taken))
}

/// Which value stands where two phones have written: an act on the file.
pub(crate) async fn settle(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let sent: Vec<String> = list(body.text("sent"))?;
    let request = casework::ActRequest {
        idempotency_key: body.text("key").to_owned(),
        number: body.text("case").to_owned(),
        action: "settle_visit".to_owned(),
        data: json!({"visit": body.text("visit"), "sent": sent}).to_string(),
        ..casework::ActRequest::default()
    };
    let case = desk.state.backends().act(desk.who()?, request).await?;
    Ok(answer(json!({"case": case.number})))
}

async fn posted(desk: &Desk, request: Request) -> Result<Body, Fault> {
    only(desk, WORKER)?;
    let body = Body::read(desk, request).await?;
    desk.verify(&body)?;
    Ok(body)
}

fn told(row: pb::VisitRow) -> Value {
    let clash = |one: pb::VisitClash| {
        json!({
            "title": one.label, "stored_text": said(&one.field, &one.stored),
            "sent_text": said(&one.field, &one.sent), "field": one.field,
        })
    };
    let problem = |one: pb::VisitProblem| json!({"field": one.field, "message": one.message});
    let clashes: Vec<Value> = row.clashes.into_iter().map(clash).collect();
    let problems: Vec<Value> = row.problems.into_iter().map(problem).collect();
    json!({
        "id": row.id, "result": row.result, "version": row.version, "code": row.code,
        "message": row.message, "clashes": clashes, "problems": problems,
        "next_due_on": row.next_due_on,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_sends_only_what_it_changed() {
        let text = r#"[{"id":"1","case_number":"KJ1","count":2,"base":1,
            "made_at":"2026-05-20T16:30","fields":{"mind":"watch"}}]"#;
        let rows: Vec<Row> = list(text).unwrap();
        let edit: pb::VisitEdit = rows.into_iter().next().unwrap().into();
        let fields = edit.fields.unwrap();
        assert_eq!((fields.mind.as_str(), fields.life.as_str()), ("watch", ""));
        assert!(list::<Row>(r#"[{"id":"1"}]"#).is_err());
    }
}
