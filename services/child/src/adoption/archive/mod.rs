//! The sealed archive: asked for by one registrar, approved by another, each opening with its own
//! row in the audit log (民法典第1110条; rules B4.9, B5.5).

mod requests;

pub(super) use requests::{approve, ask, requests};

use jiff::civil::Date;
use serde_json::json;
use sqlx::{PgConnection, Row};
use yiwang_casework::{ApplyError, Runtime, form::is_readable};
use yiwang_chassis::{
    audit,
    db::{from_chrono_date, to_chrono, to_chrono_date},
    fault::{Code, Fault, FieldViolation},
    identity::Caller,
};
use yiwang_proto::child::v1 as pb;

use super::{county, failed};
use crate::domain::adoption::{REGISTRAR, archive::Part};

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
