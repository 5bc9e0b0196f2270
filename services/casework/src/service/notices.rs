//! Public notices, and objections to them by anyone.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use yiwang_chassis::fault::{Code, Fault, FieldViolation};
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

use super::once::{self, Claimed};
use crate::{
    context::Actor,
    form::is_readable,
    page::{Cursor, limit_of},
    registry::Trigger,
    runtime::Runtime,
    store::{self, notice::NoticeRow},
    view,
};

/// An objection as it is sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Objection {
    pub(crate) content: String,
    pub(crate) name: String,
    pub(crate) phone: String,
}

fn notice_not_found() -> Fault {
    Fault::new(
        Code::NotFound,
        "NOTICE_NOT_FOUND",
        "这份公示不存在，或者公示期已经结束。",
    )
}

pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListNoticesRequest,
) -> Result<pb::NoticePage, Fault> {
    let nation = request.division.is_empty();
    let scope = if nation {
        ""
    } else {
        division::scope_prefix(&request.division)
    };
    if !scope.bytes().all(|byte| byte.is_ascii_digit()) {
        let violation = FieldViolation::new("/division", "DIVISION_UNKNOWN", "请选择地区。");
        return Err(Fault::invalid(vec![violation]));
    }
    let limit = limit_of(request.limit);
    let before = Cursor::parse(&request.cursor)?;
    let now = rt.now();
    let mut conn = rt.pool.acquire().await?;
    let mut rows = store::notice::public(&mut conn, scope, before, limit + 1, now).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let last = rows.last().filter(|_| more);
    let next_cursor = last
        .map(|row| Cursor::print(row.posted_at, row.id))
        .unwrap_or_default();
    let notices = rows
        .iter()
        .map(|row| view::notice(row, now, None))
        .collect();
    Ok(pb::NoticePage {
        notices,
        next_cursor,
    })
}

pub(super) async fn get(rt: &Runtime, id: &str) -> Result<pb::Notice, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let now = rt.now();
    let (row, _) = running(&mut conn, id, now).await?;
    Ok(view::notice(&row, now, None))
}

async fn running(
    conn: &mut sqlx::PgConnection,
    id: &str,
    now: Timestamp,
) -> Result<(NoticeRow, Uuid), Fault> {
    let id: Uuid = id.parse().map_err(|_| notice_not_found())?;
    let found = store::notice::find(conn, id).await?;
    found
        .filter(|(row, _)| row.running(now))
        .ok_or_else(notice_not_found)
}

pub(super) async fn object(
    rt: &Runtime,
    mut request: pb::ObjectToNoticeRequest,
) -> Result<pb::ObjectToNoticeResponse, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    check(&request)?;
    let mut tx = rt.pool.begin().await?;
    let claim = match once::claim(rt, &mut tx, "object", None, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(receipt) => return Ok(receipt),
    };
    let now = rt.now();
    let (notice, case) = running(&mut tx, &request.notice_id, now).await?;
    let file = store::case::lock_by_id(&mut tx, case).await?;
    let id = rt.new_id();
    let content = request.content.trim().to_owned();
    let objection = Objection {
        content: content.clone(),
        name: request.name.trim().to_owned(),
        phone: request.phone.trim().to_owned(),
    };
    let body = rt.seal("objection", &id.to_string(), &objection)?;
    store::notice::object(&mut tx, id, notice.id, &body, now).await?;
    let trigger = Trigger::Objection {
        notice: notice.name,
        content,
    };
    let actor = Actor::System("公示期间收到异议".to_owned());
    let item = rt.item(&file.item)?;
    item.act(rt, &mut tx, file, None, Some(actor), trigger)
        .await?;
    // The receipt lets the objector ask for the answer without an account.
    let receipt = pb::ObjectToNoticeResponse {
        receipt: id.to_string(),
    };
    claim.finish(rt, tx, receipt).await
}

fn check(request: &pb::ObjectToNoticeRequest) -> Result<(), Fault> {
    let mut violations = Vec::new();
    let content = request.content.trim();
    if !(5..=1000).contains(&content.chars().count()) || !is_readable(content) {
        let message = "请写明异议的具体情况（5到1000个字）。";
        violations.push(FieldViolation::new("/content", "REQUIRED", message));
    }
    if request.name.chars().count() > 30 || !is_readable(&request.name) {
        let message = "姓名最多30个字；不愿署名可以不填。";
        violations.push(FieldViolation::new("/name", "TOO_LONG", message));
    }
    let phone = request.phone.trim();
    let is_phone = phone.len() <= 20 && phone.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !phone.is_empty() && !is_phone {
        let message = "联系电话只能填写数字，例如13800001234；不愿留电话可以不填。";
        violations.push(FieldViolation::new("/phone", "WRONG_FORMAT", message));
    }
    if violations.is_empty() {
        Ok(())
    } else {
        Err(Fault::invalid(violations))
    }
}
