//! A stay as the cases of leaving see it.

use serde_json::Value;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Refusal, Runtime, system};
use yiwang_chassis::fault::{Code, Fault};

use crate::{
    domain::leaving::Guest,
    stays::{failed, store},
};

/// Reads it; none when there is no such stay.
pub(super) async fn read(
    rt: &Runtime,
    conn: &mut PgConnection,
    stay: &str,
) -> sqlx::Result<Option<Guest>> {
    let Some(stay) = store::find(rt, conn, stay.trim()).await? else {
        return Ok(None);
    };
    Ok(Some(Guest {
        division: stay.station.get(..9).unwrap_or_default().to_owned(),
        called: stay.shown.label,
        case_state: stay.shown.case_state,
        leave_type: stay.leave_type,
        known: stay.identified_at.is_some(),
        female: stay.sex == "female",
        minor: stay.minor,
        guarded: stay.guarded,
        arrived_at: stay.arrived_at,
    }))
}

/// An act of the system on another case, whose no becomes a no of this one.
pub(super) async fn acts(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
    action: &str,
    data: Value,
    cause: &str,
) -> Result<(), ApplyError> {
    let acted = system::act(rt, conn, number.trim(), action, data, cause).await;
    acted.map_err(refused)
}

fn refused(fault: Fault) -> ApplyError {
    let code = match &*fault.reason {
        "SEARCH_INCOMPLETE" => "SEARCH_INCOMPLETE",
        "SETTLE_TOO_EARLY" => "SETTLE_TOO_EARLY",
        "ALREADY_KNOWN" => "ALREADY_KNOWN",
        "PENDING" => "PENDING",
        "PLACE_FULL" => "PLACE_FULL",
        "PERSON_ELSEWHERE" => "PERSON_ELSEWHERE",
        "WRONG_STATE" => "OTHER_CASE_STATE",
        _ if matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed) => "OTHER_CASE",
        _ => return failed(fault),
    };
    ApplyError::Refused(Refusal {
        code,
        message: fault.message,
        fields: fault.fields,
    })
}
