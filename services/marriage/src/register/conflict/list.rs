//! The open conflicts of a region.

use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::marriage::v1 as pb;

use super::{Found, scopes, shown};

const PAGE: i64 = 50;

/// The open conflicts of the caller's regions, oldest first; `cursor` is the id of the
/// last one seen.
///
/// # Errors
/// `FORBIDDEN` for others than the officers of a region.
pub async fn list(rt: &Runtime, caller: &Caller, cursor: &str) -> Result<pb::ConflictList, Fault> {
    let scopes = scopes(caller)?;
    let after = match cursor {
        "" => Uuid::nil(),
        text => text.parse().map_err(|_| {
            let message = "翻页参数有误，请从第一页重新打开。";
            Fault::invalid_field("/cursor", "CURSOR", message)
        })?,
    };
    let mut conn = rt.pool.acquire().await?;
    let rows = sqlx::query(
        "select id, kind, person_key, records, false as settled
           from marriage.conflict
          where settled_at is null and id > $1
            and exists (select 1 from marriage.record, unnest($2::text[]) scope
                         where record.id = any(conflict.records)
                           and starts_with(record.division, scope))
          order by id limit $3",
    )
    .bind(after)
    .bind(scopes)
    .bind(PAGE)
    .fetch_all(&mut *conn)
    .await?;
    let mut conflicts = Vec::new();
    for row in &rows {
        conflicts.push(shown(rt, &mut conn, &Found::from_row(row)?).await?);
    }
    Ok(pb::ConflictList { conflicts })
}
