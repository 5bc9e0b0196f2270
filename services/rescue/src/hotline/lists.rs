//! Calls as staff read them: lists masked, one in full; that look is logged.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    page::{Cursor, limit_of},
};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
    identity::Caller,
};
use yiwang_civic::time;
use yiwang_proto::rescue::v1 as pb;

use super::{
    call_unknown,
    row::{self, Row},
};
use crate::stays::{WATCHERS, trail, worked_at};

/// A page, the latest first.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListCallsRequest,
) -> Result<pb::CallList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let before = Cursor::parse(request.cursor.trim())
        .map_err(|_| Fault::invalid_field("/cursor", "BAD_CURSOR", "请从第一页重新打开。"))?;
    let (at, id): (Option<Timestamp>, Option<Uuid>) = before.unzip();
    let day: Option<Date> = match request.day.trim() {
        "" => None,
        text => {
            let wrong = |_| Fault::invalid_field("/day", "NOT_A_DAY", "请选择日期。");
            Some(text.parse().map_err(wrong)?)
        }
    };
    let limit = limit_of(request.limit);
    let mut rows: Vec<Row> = sqlx::query_as(
        "select * from rescue.call
          where station = $1 and (not $2 or followed = 'open')
            and (not $3 or (recording <> '' and erased_at is null and keep_until < $4))
            and ($5::timestamptz is null or (at >= $5 and at < $6))
            and ($7::timestamptz is null or (at, id) < ($7, $8))
          order by at desc, id desc limit $9",
    )
    .bind(&station.code)
    .bind(request.open)
    .bind(request.erasable)
    .bind(to_chrono_date(time::beijing_date(rt.now())))
    .bind(day.map(|day| to_chrono(time::start_of_day(day))))
    .bind(day.map(|day| to_chrono(time::end_of_day(day))))
    .bind(at.map(to_chrono))
    .bind(id)
    .bind(limit + 1)
    .fetch_all(&mut *conn)
    .await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let open = sqlx::query_scalar(
        "select count(*) from rescue.call where station = $1 and followed = 'open'",
    )
    .bind(&station.code)
    .fetch_one(&mut *conn)
    .await?;
    let mut list = pb::CallList {
        open,
        ..pb::CallList::default()
    };
    for row in rows {
        let call = row.open(rt)?;
        if more {
            list.next_cursor = Cursor::print(call.at, call.id);
        }
        list.calls.push(call.brief());
    }
    Ok(list)
}

/// One in full; the look is logged.
pub(super) async fn get(rt: &Runtime, caller: &Caller, id: &str) -> Result<pb::Call, Fault> {
    let id: Uuid = id.trim().parse().map_err(|_| call_unknown())?;
    let mut tx = rt.pool.begin().await?;
    let call = row::find(rt, &mut tx, id, false).await?;
    let call = call.ok_or_else(call_unknown)?;
    // Whoever may not see it learns no more than of none.
    let station = worked_at(&mut tx, caller, &call.station, &WATCHERS).await;
    station.map_err(|_| call_unknown())?;
    trail::looked(rt, &mut tx, caller, "call", format!("call/{id}")).await?;
    tx.commit().await?;
    Ok(call.full())
}
