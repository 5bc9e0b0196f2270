//! Reads one case, its history and documents. Officers' reads are audited.

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    access::{Viewer, case_not_found},
    registry::AnyItem,
    runtime::Runtime,
    store::{self, case::CaseFile},
    view,
};

/// A case its caller may see, with the way they see it.
pub(super) struct Seen<'a> {
    pub(super) file: CaseFile,
    pub(super) item: &'a dyn AnyItem,
    pub(super) viewer: Viewer,
}

/// Finds a case for the caller, or says that there is none.
pub(super) async fn find<'a>(
    rt: &'a Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
) -> Result<Seen<'a>, Fault> {
    let file = store::case::read(conn, number)
        .await?
        .ok_or_else(case_not_found)?;
    let item = rt.item(&file.item)?;
    let people = store::case::people(conn, file.id).await?;
    let viewer = Viewer::of(caller, &file, &people, &item.sight())?;
    Ok(Seen { file, item, viewer })
}

pub(super) async fn case(rt: &Runtime, caller: &Caller, number: &str) -> Result<pb::Case, Fault> {
    let mut tx = rt.pool.begin().await?;
    let seen = find(rt, &mut tx, caller, number).await?;
    if !seen.viewer.applicant {
        audit_read(rt, &mut tx, caller, "case.read", number, None).await?;
    }
    let case = view::full(rt, &mut tx, seen.file, &seen.viewer).await?;
    tx.commit().await?;
    Ok(case)
}

/// Writes a read into the audit log.
pub(super) async fn audit_read(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    action: &str,
    number: &str,
    purpose: Option<(&str, &str)>,
) -> Result<(), Fault> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object: format!("case/{number}"),
        purpose: purpose.map(|(_, reason)| reason.to_owned()),
        outcome: audit::Outcome::Done,
        detail: purpose.map_or_else(|| json!({}), |(pointer, _)| json!({ "field": pointer })),
    };
    audit::record(conn, &entry).await?;
    Ok(())
}

pub(super) async fn history(
    rt: &Runtime,
    caller: &Caller,
    number: &str,
) -> Result<pb::History, Fault> {
    let mut tx = rt.pool.begin().await?;
    let seen = find(rt, &mut tx, caller, number).await?;
    let rows = store::history::of_case(&mut tx, seen.file.id).await?;
    if !seen.viewer.applicant {
        audit_read(rt, &mut tx, caller, "case.history.read", number, None).await?;
    }
    tx.commit().await?;
    let staff = seen.viewer.reads_confidential();
    let shown = rows.into_iter().filter(|row| staff || !row.confidential);
    let entries = shown.map(|row| entry(row, seen.item, staff)).collect();
    Ok(pb::History { entries })
}

fn entry(row: store::history::HistoryRow, item: &dyn AnyItem, staff: bool) -> pb::HistoryEntry {
    let actor = match row.actor_kind.as_str() {
        "citizen" => "申请人".to_owned(),
        "system" => "系统".to_owned(),
        // The applicant reads the office, officers also the name.
        "officer" if !staff => row
            .actor_name
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_owned(),
        _ => row.actor_name,
    };
    pb::HistoryEntry {
        version: row.version,
        at: Some(view::instant(row.at)),
        action_label: item.action_label(&row.action).to_owned(),
        action: row.action,
        state_label: item
            .state(&row.state)
            .map_or("", |state| state.label)
            .to_owned(),
        state: row.state,
        actor,
        note: row.note,
        cause: row.cause,
    }
}

pub(super) async fn document(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetDocumentRequest,
) -> Result<pb::Document, Fault> {
    let missing = || {
        Fault::new(
            Code::NotFound,
            "DOCUMENT_NOT_FOUND",
            "没有找到这份文书，请从办件页面打开。",
        )
    };
    let id: Uuid = request.id.parse().map_err(|_| missing())?;
    let mut tx = rt.pool.begin().await?;
    let seen = find(rt, &mut tx, caller, &request.number).await?;
    let (row, body) = store::document::find(&mut tx, seen.file.id, id)
        .await?
        .ok_or_else(missing)?;
    if !seen.viewer.applicant {
        audit_read(
            rt,
            &mut tx,
            caller,
            "case.document.read",
            &request.number,
            None,
        )
        .await?;
    }
    tx.commit().await?;
    let text = rt.open("document", &row.id.to_string(), &body)?;
    Ok(pb::Document {
        r#ref: Some(view::document(row)),
        case_number: request.number,
        text,
    })
}
