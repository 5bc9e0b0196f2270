//! A stay has led home: the township of the household takes over (rules R13).

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Runtime, system};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::{division, time::beijing_date};

use super::homecoming;
use crate::{
    domain::stay::{StationStay, facts::Identity, words::LeaveType},
    stays::failed,
};

/// Opens the support after a return, or takes up the one of an earlier return. Who is not known, who
/// has not been brought home, and who has no known household gives the township nothing to do.
/// Who was settled is brought home once the true household is known.
///
/// # Errors
/// The database does not answer.
pub async fn came_home(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<StationStay>,
    how: LeaveType,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let home = matches!(
        how,
        LeaveType::Fetched | LeaveType::Escorted | LeaveType::Unit | LeaveType::Settled
    );
    if !home {
        return Ok(());
    }
    let known = case.facts.identity.as_ref();
    let Some((identity, document)) = known.and_then(|it| Some((it, it.read()?))) else {
        return Ok(());
    };
    let Some(township) = township(&identity.household) else {
        return Ok(());
    };
    let person = rt.keyer.document_key(&document);
    let open = homecoming::of_person(conn, person.as_str()).await?;
    let cause = format!("{}，{}", how.label(), case.number);
    let today = beijing_date(now);
    let done = match open {
        Some(number) => {
            let data = json!({ "returned_on": today, "stay": case.number });
            system::act(rt, conn, &number, "returned", data, &cause).await
        }
        None => {
            let form = form(case, identity, how, now);
            let opened = system::open(rt, conn, "return-support", &township, &form, &cause);
            opened.await.map(|_| ())
        }
    };
    match done {
        Ok(()) => Ok(()),
        // Nobody stays in the station because a form of another county does not fit.
        Err(fault) if refused(&fault) => {
            tracing::warn!(reason = %fault.reason, "no support after the return was opened");
            Ok(())
        }
        Err(fault) => Err(failed(fault)),
    }
}

fn refused(fault: &Fault) -> bool {
    matches!(fault.code, Code::PreconditionFailed | Code::InvalidInput)
}

fn form(
    case: &Case<StationStay>,
    identity: &Identity,
    how: LeaveType,
    now: Timestamp,
) -> serde_json::Value {
    json!({
        "stay": case.number, "name": identity.name, "document": identity.document,
        "country": identity.country, "number": identity.number,
        "returned_on": beijing_date(now), "how": how.label(), "guarded": case.facts.guarded,
    })
}

/// Township of a household; of one that is known only by county, the county's first.
fn township(household: &str) -> Option<String> {
    let code = household.trim();
    division::find(code)?;
    match code.len() {
        9 => Some(code.to_owned()),
        6 => division::children(code)
            .first()
            .map(|first| first.code.to_string()),
        _ => None,
    }
}
