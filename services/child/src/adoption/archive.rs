//! The sealed archive: asked for by one registrar, approved by another, each opening with its own
//! row in the audit log (民法典第1110条; rules B4.9, B5.5).

use jiff::{Timestamp, ToSpan, civil::Date};
use prost::Message as _;
use serde_json::json;
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{
    ApplyError, Runtime,
    decision::DomainEvent,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date},
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
    ids, journal,
};
use yiwang_civic::time::{beijing_date, end_of_day};
use yiwang_proto::child::v1 as pb;

use super::{county, failed};
use crate::domain::adoption::{
    REGISTRAR,
    archive::{Ground, Part},
};

/// Seals what belongs into the archive; nobody changes it afterwards.
pub(super) async fn seal(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    division: &str,
    parts: &[Part],
    today: Date,
) -> Result<(), ApplyError> {
    let body = rt
        .seal("adoption_archive", number, &parts)
        .map_err(failed)?;
    sqlx::query(
        "insert into child.adoption_archive (case_number, county, body, sealed_on)
         values ($1, left($2, 6), $3, $4)",
    )
    .bind(number)
    .bind(division)
    .bind(body)
    .bind(to_chrono_date(today))
    .execute(conn)
    .await?;
    Ok(())
}

fn unknown() -> Fault {
    let message = "没有找到这份收养档案，请核对办件编号。";
    Fault::new(Code::NotFound, "ARCHIVE_NOT_FOUND", message)
}

/// County of an archive the caller's office keeps.
async fn kept_by(conn: &mut PgConnection, caller: &Caller, number: &str) -> Result<String, Fault> {
    let kept: Option<String> =
        sqlx::query_scalar("select county from child.adoption_archive where case_number = $1")
            .bind(number.trim())
            .fetch_optional(conn)
            .await?;
    let own = kept.filter(|county| REGISTRAR.iter().any(|role| caller.has(*role, county)));
    own.ok_or_else(unknown)
}

fn entry(rt: &Runtime, caller: &Caller, action: &str, number: &str) -> audit::Entry {
    audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object: format!("adoption_archive/{number}"),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: json!({}),
    }
}

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

fn reason(text: &str) -> Result<&str, Fault> {
    let text = text.trim();
    match (4..=500).contains(&text.chars().count()) && is_readable(text) {
        true => Ok(text),
        false => {
            let message = "请写明理由（4到500个字）。";
            Err(Fault::invalid(vec![FieldViolation::new(
                "/reason", "REQUIRED", message,
            )]))
        }
    }
}

/// Asks for an archive.
pub(super) async fn ask(
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
pub(super) async fn approve(
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

/// Opens an archive on an approval of the caller's own that still lasts.
pub(super) async fn open(
    rt: &Runtime,
    caller: &Caller,
    request: pb::OpenArchiveRequest,
) -> Result<pb::Archive, Fault> {
    county(caller, REGISTRAR, "")?;
    let mut tx = rt.pool.begin().await?;
    let number = request.case_number.trim();
    kept_by(&mut tx, caller, number).await?;
    let why = reason(&request.reason)?;
    let approved: bool = sqlx::query_scalar(
        "select exists (select 1 from child.archive_request
          where case_number = $1 and asked_by = $2 and state = 'approved' and until_at > $3)",
    )
    .bind(number)
    .bind(caller.account)
    .bind(to_chrono(rt.now()))
    .fetch_one(&mut *tx)
    .await?;
    let mut entry = audit::Entry {
        purpose: Some(why.to_owned()),
        ..entry(rt, caller, "archive.open", number)
    };
    if !approved {
        // Who tried stands in the log, too.
        entry.outcome = audit::Outcome::Refused;
        audit::record(&mut tx, &entry).await?;
        tx.commit().await?;
        let message = "收养档案已封存。请先申请查阅，由另一名工作人员批准；批准过期的，重新申请。";
        return Err(Fault::precondition("NOT_APPROVED", message));
    }
    audit::record(&mut tx, &entry).await?;
    let row =
        sqlx::query("select body, sealed_on from child.adoption_archive where case_number = $1")
            .bind(number)
            .fetch_one(&mut *tx)
            .await?;
    tx.commit().await?;
    let body: Vec<u8> = row.try_get("body")?;
    let parts: Vec<Part> = rt.open("adoption_archive", number, &body)?;
    Ok(pb::Archive {
        case_number: number.to_owned(),
        sealed_on: from_chrono_date(row.try_get("sealed_on")?).to_string(),
        retention: "permanent".to_owned(),
        parts: parts.into_iter().map(part).collect(),
    })
}

fn part(part: Part) -> pb::ArchivePart {
    let row = |(label, value)| pb::ArchiveRow { label, value };
    pb::ArchivePart {
        title: part.title,
        rows: part.rows.into_iter().map(row).collect(),
    }
}

/// Requests of a county, the newest first.
pub(super) async fn requests(
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
