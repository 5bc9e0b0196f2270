//! A certificate that was entered on paper has a case (SW). Whatever its signer or the police
//! change from outside is written into that case too, before the register changes: its form and
//! its history say what the register says. Certificates of the feed have no case.
//!
//! The case is locked before the certificate, as everywhere.

use jiff::tz;
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{Runtime, system};
use yiwang_chassis::fault::Fault;

use super::change::Why;
use crate::domain::death::{Event, Identity};

/// The signer corrected when, where or how.
///
/// # Errors
/// The case refuses, or the database does not answer.
pub async fn corrected(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    event: &Event,
    why: Why<'_>,
) -> Result<(), Fault> {
    let at = tz::offset(8).to_datetime(event.died_at);
    let time = match event.minute_known {
        true => at.strftime("%H:%M").to_string(),
        false => String::new(),
    };
    let data = json!({
        "died_on": at.date(), "died_time": time, "place": event.place, "cause": event.cause,
        "infectious": event.infectious, "cause_text": event.cause_text, "by": why.by.name,
        "reasons": why.reason,
    });
    act(rt, conn, number_key, "signer_corrected", data, why.by.name).await
}

/// Somebody nameless has a name.
///
/// # Errors
/// The case refuses, or the database does not answer.
pub async fn named(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    who: &Identity,
    why: Why<'_>,
) -> Result<(), Fault> {
    let Some(document) = &who.document else {
        return Ok(());
    };
    let data = json!({
        "name": who.name, "document": document.kind().code(), "country": document.country().code(),
        "id_number": document.number(), "household": who.household, "ethnicity": who.ethnicity,
        "by": why.by.name, "reasons": why.reason,
    });
    act(rt, conn, number_key, "named", data, why.by.name).await
}

/// The signer voided it; an approver has yet to agree.
///
/// # Errors
/// The case refuses, or the database does not answer.
pub async fn asked(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    (by, reasons): (&str, &str),
) -> Result<(), Fault> {
    let data = json!({ "by": by, "reasons": reasons });
    act(rt, conn, number_key, "signer_voids", data, by).await
}

/// An approver did not agree.
///
/// # Errors
/// The case refuses, or the database does not answer.
pub async fn kept(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    (by, reasons): (&str, &str),
) -> Result<(), Fault> {
    let data = json!({ "by": by, "reasons": reasons });
    act(rt, conn, number_key, "signer_refused", data, by).await
}

async fn act(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    action: &str,
    data: Value,
    by: &str,
) -> Result<(), Fault> {
    let case: Option<Option<String>> =
        sqlx::query_scalar("select case_number from burial.death where number_key = $1")
            .bind(number_key)
            .fetch_optional(&mut *conn)
            .await?;
    let Some(case) = case.flatten() else {
        return Ok(());
    };
    match system::act(rt, conn, &case, action, data, by).await {
        // The case has come to its end; the register decides by itself.
        Err(fault) if fault.reason == "WRONG_STATE" => Ok(()),
        done => done,
    }
}
