//! The case that somebody asks for who does not stand on it, and the request that is kept.

use jiff::SignedDuration;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{fault::Fault, identity::Caller};

use super::office;
use crate::{
    access::Viewer,
    runtime::Runtime,
    store::{self, access::keep::NewRequest, case::CaseFile},
};

/// The closed case with this number; none where there is none, and where the caller is on the
/// form: they never look as an officer. Takes the same time either way.
///
/// # Errors
/// `ALREADY_STANDS` when the caller sees the case anyway.
pub(super) async fn aimed(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
) -> Result<Option<CaseFile>, Fault> {
    let file = store::case::read(conn, number).await?;
    let id = file.as_ref().map_or(Uuid::nil(), |file| file.id);
    let around = store::access::around(conn, id, caller.account, rt.now()).await?;
    let Some(file) = file else {
        return Ok(None);
    };
    let item = rt.item(&file.item)?;
    if Viewer::of(caller, &file, &around, &item.sight()).is_ok() {
        let message = "您已经可以查看这个办件，不需要申请，请直接打开。";
        return Err(Fault::precondition("ALREADY_STANDS", message));
    }
    Ok((item.is_closed() && !around.names(caller)).then_some(file))
}

/// A request as it is kept.
pub(super) struct Kept<'a> {
    pub(super) break_glass: bool,
    pub(super) number: &'a str,
    pub(super) reason: &'a str,
    pub(super) file: Option<&'a CaseFile>,
    /// How long it waits for an answer, or a review.
    pub(super) waits: SignedDuration,
}

/// Keeps a request; gives its id.
pub(super) async fn keep(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    kept: Kept<'_>,
) -> Result<Uuid, Fault> {
    let id = rt.new_id();
    let now = rt.now();
    let new = NewRequest {
        id,
        break_glass: kept.break_glass,
        number: kept.number,
        file: kept.file,
        requester: caller.account,
        requester_name: &caller.name,
        requester_office: &office(caller),
        reason: &rt.seal("access_reason", &id.to_string(), &kept.reason)?,
        asked_at: now,
        due_at: now + kept.waits,
    };
    store::access::keep::insert(conn, &new).await?;
    Ok(id)
}
