//! Reads one case, its history and documents. Officers' reads are audited.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_proto::casework::v1 as pb;

use crate::{
    access::{
        Viewer, case_not_found,
        standing::{Ground, Live},
    },
    registry::AnyItem,
    runtime::Runtime,
    store::{self, case::CaseFile},
    view,
};

/// A case its caller may see, with the way they see it.
pub(crate) struct Seen<'a> {
    pub(crate) file: CaseFile,
    pub(crate) item: &'a dyn AnyItem,
    pub(crate) viewer: Viewer,
    grant: Option<Live>,
}

impl<'a> Seen<'a> {
    /// `file` as the caller sees it. A missing case takes the same time as a hidden one.
    pub(crate) async fn of(
        rt: &'a Runtime,
        conn: &mut PgConnection,
        caller: &Caller,
        file: Option<CaseFile>,
    ) -> Result<Self, Fault> {
        let id = file.as_ref().map_or(Uuid::nil(), |file| file.id);
        let around = store::access::around(conn, id, caller.account, rt.now()).await?;
        let file = file.ok_or_else(case_not_found)?;
        let item = rt.item(&file.item)?;
        let viewer = Viewer::of(caller, &file, &around, &item.sight())?;
        Ok(Seen {
            file,
            item,
            viewer,
            grant: around.grant,
        })
    }

    /// Writes a read into the audit log; of a closed case also on what ground. `shown` is the
    /// field that was shown in full, and why.
    pub(crate) async fn note(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        caller: &Caller,
        action: &str,
        shown: Option<(&str, &str)>,
    ) -> Result<(), Fault> {
        let now = rt.now();
        let mut detail = serde_json::Map::new();
        let mut purpose = None;
        if let Some(ground) = self.viewer.ground {
            let account = caller.account;
            store::access::note_read(conn, &self.file, account, ground, now).await?;
            detail.insert("ground".to_owned(), ground.code().into());
            purpose = self.granted_for(rt, ground)?;
        }
        if let Some((pointer, reason)) = shown {
            detail.insert("field".to_owned(), pointer.into());
            purpose = Some(reason.to_owned());
        }
        let entry = audit::Entry {
            at: now,
            actor: caller.account.to_string(),
            actor_name: caller.is_staff().then(|| caller.name.clone()),
            on_behalf_of: caller.on_behalf_of.clone(),
            action: action.to_owned(),
            object: format!("case/{}", self.file.number),
            purpose,
            outcome: audit::Outcome::Done,
            detail: detail.into(),
        };
        audit::record(conn, &entry).await?;
        Ok(())
    }

    /// When an access ends that is the ground.
    fn until(&self) -> Option<Timestamp> {
        let live = self.grant.as_ref();
        let granted = matches!(
            self.viewer.ground,
            Some(Ground::Granted | Ground::BreakGlass)
        );
        live.filter(|_| granted).map(|live| live.until)
    }

    /// Why access was granted, where that is the ground.
    fn granted_for(&self, rt: &Runtime, ground: Ground) -> Result<Option<String>, Fault> {
        let live = self.grant.as_ref();
        let live = live.filter(|_| matches!(ground, Ground::Granted | Ground::BreakGlass));
        live.map(|live| rt.open("access_reason", &live.request.to_string(), &live.reason))
            .transpose()
    }
}

/// Finds a case for the caller, or says that there is none.
pub(crate) async fn find<'a>(
    rt: &'a Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
) -> Result<Seen<'a>, Fault> {
    let file = store::case::read(conn, number).await?;
    Seen::of(rt, conn, caller, file).await
}

/// The same, locked until the end of the transaction.
pub(super) async fn lock<'a>(
    rt: &'a Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
) -> Result<Seen<'a>, Fault> {
    let file = store::case::lock(conn, number).await?;
    Seen::of(rt, conn, caller, file).await
}

/// An answer that was given before: a closed case only to who still stands on it.
pub(super) async fn again(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    case: pb::Case,
) -> Result<pb::Case, Fault> {
    if case.confidential {
        find(rt, conn, caller, &case.number).await?;
    }
    Ok(case)
}

pub(super) async fn case(rt: &Runtime, caller: &Caller, number: &str) -> Result<pb::Case, Fault> {
    let mut tx = rt.pool.begin().await?;
    let seen = find(rt, &mut tx, caller, number).await?;
    if !seen.viewer.applicant {
        seen.note(rt, &mut tx, caller, "case.read", None).await?;
    }
    let until = seen.until();
    let mut case = view::full(rt, &mut tx, seen.file, &seen.viewer).await?;
    case.access_until = until.map(view::instant);
    tx.commit().await?;
    Ok(case)
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
        seen.note(rt, &mut tx, caller, "case.history.read", None)
            .await?;
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
        seen.note(rt, &mut tx, caller, "case.document.read", None)
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
