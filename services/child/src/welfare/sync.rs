//! Visits of a phone that may have been offline: each row is an act on its file, by the caller, in a
//! transaction of its own. What is refused is still on the phone; what came before is the same.

use serde_json::{Map, Value, json};
use tonic::Request;
use uuid::Uuid;
use yiwang_casework::{Runtime, merge::Clash, service::CaseworkService};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_proto::{
    casework::v1::{self as casework, casework_server::Casework as _},
    child::v1 as pb,
};

use super::visits;
use crate::domain::welfare::{
    child_file::world::Stored,
    visit::fields::{FIELDS, in_words},
};

/// Most rows of one call.
const MOST: usize = 100;

/// Takes the rows, each for itself.
pub(super) async fn run(
    rt: &Runtime,
    cases: &CaseworkService,
    caller: &Caller,
    request: pb::SyncVisitsRequest,
) -> Result<pb::SyncVisitsResult, Fault> {
    let device: Uuid = request.device.trim().parse().map_err(|_| {
        Fault::invalid_field("/device", "REQUIRED", "缺少手机的编号，请更新手机页面。")
    })?;
    if request.rows.len() > MOST {
        let message = "一次最多上传100条，请分批上传。";
        return Err(Fault::invalid_field("/rows", "TOO_MANY", message));
    }
    let mut rows = Vec::with_capacity(request.rows.len());
    for row in request.rows {
        let id = row.id.clone();
        let mut answer = match take(cases, caller, device, row).await {
            Ok(same) => answer(rt, &id, same).await?,
            Err(fault) if ends(&fault) => return Err(fault),
            Err(fault) => refused(fault),
        };
        answer.id = id;
        rows.push(answer);
    }
    Ok(pb::SyncVisitsResult { rows })
}

/// Whether a fault is of the call, not of its row.
fn ends(fault: &Fault) -> bool {
    matches!(
        fault.code,
        Code::Internal | Code::Unavailable | Code::Unauthenticated | Code::DeadlineExceeded
    )
}

/// Whether it had come before.
async fn take(
    cases: &CaseworkService,
    caller: &Caller,
    device: Uuid,
    row: pb::VisitEdit,
) -> Result<bool, Fault> {
    let fields = Value::Object(written(&row.fields.unwrap_or_default()));
    let photos: Vec<&str> = row
        .photos
        .iter()
        .map(|file| file.file_id.as_str())
        .collect();
    let mut data = json!({
        "id": row.id.trim(), "device": device.to_string(), "count": row.count, "base": row.base,
        "made_at": row.made_at.trim(), "fields": fields.to_string(),
    });
    if let (false, Some(data)) = (photos.is_empty(), data.as_object_mut()) {
        data.insert("photos".to_owned(), json!(photos));
    }
    let act = casework::ActRequest {
        // The same row of the same phone is one act, however often it comes.
        idempotency_key: format!("{}.{device}.{}", row.id.trim(), row.count),
        number: row.case_number.trim().to_owned(),
        action: "sync_visit".to_owned(),
        data: data.to_string(),
        expected_version: 0,
        files: row.photos,
    };
    let mut request = Request::new(act);
    request.extensions_mut().insert(caller.clone());
    match cases.act(request).await.map_err(Fault::from) {
        Ok(_) => Ok(false),
        Err(fault) if fault.reason == "ALREADY_SENT" => Ok(true),
        Err(fault) => Err(fault),
    }
}

/// What the phone has written; what is empty it has not.
fn written(fields: &pb::VisitFields) -> Map<String, Value> {
    let texts = [
        ("place", &fields.place),
        ("persons", &fields.persons),
        ("living", &fields.living),
        ("guardianship", &fields.guardianship),
        ("life", &fields.life),
        ("schooling", &fields.schooling),
        ("health", &fields.health),
        ("mind", &fields.mind),
        ("safety", &fields.safety),
        ("findings", &fields.findings),
        ("said", &fields.said),
        ("outcome", &fields.result),
        ("help", &fields.help),
    ];
    let texts = texts
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty());
    let texts = texts.map(|(key, text)| (key.to_owned(), json!(text.trim())));
    let alone = match fields.seen_alone.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let alone = alone.map(|alone| ("seen_alone".to_owned(), json!(alone)));
    texts.chain(alone).collect()
}

/// The same on the wire.
pub(super) fn shown_fields(map: &Map<String, Value>) -> pb::VisitFields {
    let text = |key: &str| {
        let text = map.get(key).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let alone = match map.get("seen_alone").and_then(Value::as_bool) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    pb::VisitFields {
        place: text("place"),
        persons: text("persons"),
        seen_alone: alone.to_owned(),
        living: text("living"),
        guardianship: text("guardianship"),
        life: text("life"),
        schooling: text("schooling"),
        health: text("health"),
        mind: text("mind"),
        safety: text("safety"),
        findings: text("findings"),
        said: text("said"),
        result: text("outcome"),
        help: text("help"),
    }
}

/// Two values of one field, in words.
pub(super) fn shown_clashes(visit: &Stored) -> Vec<pb::VisitClash> {
    let shown = |clash: &Clash| {
        let titled = FIELDS.iter().find(|(key, _)| *key == clash.field);
        pb::VisitClash {
            label: titled.map_or("", |(_, title)| title).to_owned(),
            field: wire(&clash.field),
            stored: in_words(&clash.field, &clash.stored),
            sent: in_words(&clash.field, &clash.sent),
        }
    };
    visit.clashes.iter().map(shown).collect()
}

/// The contract's name of a field.
fn wire(field: &str) -> String {
    field.replace("outcome", "result")
}

async fn answer(rt: &Runtime, id: &str, same: bool) -> Result<pb::VisitRow, Fault> {
    let id: Uuid = id.trim().parse().map_err(Fault::internal)?;
    let mut conn = rt.pool.acquire().await?;
    let visit = visits::find(rt, &mut conn, id).await?;
    let visit = visit.ok_or_else(|| Fault::internal("a visit that was taken is not there"))?;
    let due: Option<chrono::NaiveDate> = sqlx::query_scalar(
        "select due_on from child.visit_plan where file = $1 and ended_at is null",
    )
    .bind(&visit.file)
    .fetch_optional(&mut *conn)
    .await?;
    let result = match (same, visit.clashes.is_empty()) {
        (_, false) => "conflict",
        (true, true) => "same",
        (false, true) => "stored",
    };
    Ok(pb::VisitRow {
        result: result.to_owned(),
        version: visit.version,
        clashes: shown_clashes(&visit),
        next_due_on: due.map(|day| day.to_string()).unwrap_or_default(),
        ..Default::default()
    })
}

fn refused(fault: Fault) -> pb::VisitRow {
    let problem = |field: yiwang_chassis::fault::FieldViolation| pb::VisitProblem {
        field: wire(&field.field),
        message: field.message.clone(),
    };
    pb::VisitRow {
        result: "refused".to_owned(),
        code: fault.reason.to_string(),
        message: fault.message,
        problems: fault.fields.into_iter().map(problem).collect(),
        ..Default::default()
    }
}
