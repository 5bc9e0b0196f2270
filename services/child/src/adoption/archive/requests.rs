//! Who asked to look, and who decided: never the same.

use jiff::{Timestamp, ToSpan};
use prost::Message as _;
use serde_json::json;
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    decision::DomainEvent,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    db::{from_chrono, to_chrono},
    fault::{Fault, FieldViolation},
    identity::Caller,
    ids, journal,
};
use yiwang_civic::time::{beijing_date, end_of_day};
use yiwang_proto::child::v1 as pb;

use super::{entry, kept_by, reason, unknown};
use crate::{
    adoption::county,
    domain::adoption::{REGISTRAR, archive::Ground},
};

fn changed(id: Uuid, state: &'static str) -> DomainEvent {
    let payload = pb::ArchiveRequestChanged {
        id: id.to_string(),
        state: state.to_owned(),
    };
    DomainEvent {
        aggregate: "archive",
        aggregate_id: id.to_string(),
        event: state,
        payload: payload.encode_to_vec(),
    }
}

/// Asks for an archive.
pub(in crate::adoption) async fn ask(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::RequestArchiveRequest,
) -> Result<pb::ArchiveRequest, Fault> {
    county(caller, REGISTRAR, "")?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "request_archive", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let number = request.case_number.trim().to_owned();
    let county = kept_by(&mut tx, caller, &number).await?;
    let ground = Ground::from_code(request.ground.trim()).ok_or_else(|| {
        let message = "请选择查阅依据。";
        Fault::invalid(vec![FieldViolation::new("/ground", "NOT_OFFERED", message)])
    })?;
    let why = reason(&request.reason)?;
    let id = ids::new(rt.now());
    let sealed = rt.seal("archive_request", &id.to_string(), &why)?;
    let saved = sqlx::query(
        "insert into child.archive_request
             (id, case_number, county, ground, reason, asked_by, asked_name, asked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (case_number, asked_by) where state = 'waiting' do nothing",
    )
    .bind(id)
    .bind(&number)
    .bind(county)
    .bind(ground.code())
    .bind(sealed)
    .bind(caller.account)
    .bind(&caller.name)
    .bind(to_chrono(rt.now()))
    .execute(&mut *tx)
    .await?;
    if saved.rows_affected() == 0 {
        let message = "您已经申请查阅这份档案，请等另一名工作人员批准。";
        return Err(Fault::precondition("ALREADY_ASKED", message));
    }
    let entry = entry(rt, caller, "archive.ask", &number);
    let event = rt.outgoing(changed(id, "waiting"), rt.now());
    journal::write(&mut tx, &entry, &event).await?;
    let answer = find(rt, &mut tx, caller, id).await?.ok_or_else(unknown)?;
    claim.finish(rt, tx, answer).await
}

/// Another registrar decides.
pub(in crate::adoption) async fn approve(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ApproveArchiveRequest,
) -> Result<pb::ArchiveRequest, Fault> {
    county(caller, REGISTRAR, "")?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "approve_archive", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let id: Uuid = request.id.trim().parse().map_err(|_| unknown())?;
    let row: Option<(String, Uuid, String, String)> = sqlx::query_as(
        "select county, asked_by, state, case_number
           from child.archive_request where id = $1 for update",
    )
    .bind(id)
    .fetch_optional(&mut *tx)
    .await?;
    let (county, asked_by, state, number) = row.ok_or_else(unknown)?;
    if !REGISTRAR.iter().any(|role| caller.has(*role, &county)) {
        return Err(unknown());
    }
    if asked_by == caller.account {
        let message = "申请和批准不能是同一个人，请由另一名工作人员批准。";
        return Err(Fault::precondition("SAME_PERSON", message));
    }
    if state != "waiting" {
        let message = "这份申请已经处理过了，请刷新页面。";
        return Err(Fault::precondition("NOTHING_PENDING", message));
    }
    if !request.approve {
        reason(&request.reason)?;
    }
    let until = match request.approve {
        true => Some(to_chrono(lasts(rt, &county)?)),
        false => None,
    };
    let state = if request.approve {
        "approved"
    } else {
        "refused"
    };
    sqlx::query(
        "update child.archive_request
            set state = $2, decided_by = $3, decided_name = $4, decided_at = $5, until_at = $6
          where id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(caller.account)
    .bind(&caller.name)
    .bind(to_chrono(rt.now()))
    .bind(until)
    .execute(&mut *tx)
    .await?;
    let entry = audit::Entry {
        detail: json!({ "state": state }),
        ..entry(rt, caller, "archive.decide", &number)
    };
    let event = rt.outgoing(changed(id, state), rt.now());
    journal::write(&mut tx, &entry, &event).await?;
    let answer = find(rt, &mut tx, caller, id).await?.ok_or_else(unknown)?;
    claim.finish(rt, tx, answer).await
}

/// Till when an approval of today lasts.
fn lasts(rt: &Runtime, county: &str) -> Result<Timestamp, Fault> {
    let today = beijing_date(rt.now());
    let rule = rt
        .rules
        .lookup("child.adoption.archive_days", county, today);
    let days = rule
        .and_then(|rule| rule.count())
        .map_err(Fault::internal)?;
    Ok(end_of_day(today.saturating_add(i64::from(days).days())))
}

/// Requests of a county, the newest first.
pub(in crate::adoption) async fn requests(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListArchiveRequestsRequest,
) -> Result<pb::ArchiveRequestList, Fault> {
    let county = county(caller, REGISTRAR, &request.county)?;
    let mut conn = rt.pool.acquire().await?;
    let rows = sqlx::query(
        "select * from child.archive_request where county = $1 order by asked_at desc, id limit 200",
    )
    .bind(&county)
    .fetch_all(&mut *conn)
    .await?;
    let entry = entry(rt, caller, "archive.list", &county);
    audit::record(&mut conn, &entry).await?;
    let requests = rows.iter().map(|row| shown(rt, caller, row));
    Ok(pb::ArchiveRequestList {
        requests: requests.collect::<Result<_, Fault>>()?,
    })
}

async fn find(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
) -> Result<Option<pb::ArchiveRequest>, Fault> {
    let row = sqlx::query("select * from child.archive_request where id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(|row| shown(rt, caller, row)).transpose()
}

fn shown(rt: &Runtime, caller: &Caller, row: &PgRow) -> Result<pb::ArchiveRequest, Fault> {
    let id: Uuid = row.try_get("id")?;
    let reason: Vec<u8> = row.try_get("reason")?;
    let ground: String = row.try_get("ground")?;
    let at = |column: &str| -> Result<String, Fault> {
        let at: Option<chrono::DateTime<chrono::Utc>> = row.try_get(column)?;
        Ok(at.map_or_else(String::new, |at| from_chrono(at).to_string()))
    };
    let asked_by: Uuid = row.try_get("asked_by")?;
    Ok(pb::ArchiveRequest {
        id: id.to_string(),
        case_number: row.try_get("case_number")?,
        ground_label: Ground::from_code(&ground)
            .map_or("", Ground::label)
            .to_owned(),
        ground,
        reason: rt.open("archive_request", &id.to_string(), &reason)?,
        state: row.try_get("state")?,
        asked_by: row.try_get("asked_name")?,
        asked_at: at("asked_at")?,
        decided_by: row.try_get("decided_name")?,
        decided_at: at("decided_at")?,
        until: at("until_at")?,
        own: asked_by == caller.account,
    })
}
