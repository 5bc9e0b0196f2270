//! Patrols of some days.

use yiwang_casework::Runtime;
use yiwang_chassis::{db::to_chrono, fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::rescue::v1 as pb;

use super::{
    super::{day_of, id_of, patrol_unknown, rules},
    row::{Row, find, out, patrols},
};
use crate::stays::{WATCHERS, worked_at};

/// Most days of one list.
const MOST_DAYS: i64 = 62;

/// Those that touch the days.
pub(in super::super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListPatrolsRequest,
) -> Result<pb::PatrolList, Fault> {
    use jiff::ToSpan as _;
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let from = match request.from.trim() {
        "" => rules::today(rt),
        day => day_of(day, "/from")?,
    };
    let to = match request.to.trim() {
        "" => from.saturating_add(6.days()),
        day => day_of(day, "/to")?,
    };
    let last = from.saturating_add(MOST_DAYS.days());
    let rows: Vec<Row> = sqlx::query_as(patrols!(
        "where p.station = $1 and p.starts_at < $3 and p.ends_at > $2
         order by p.starts_at, p.id limit 500"
    ))
    .bind(&station.code)
    .bind(to_chrono(time::start_of_day(from)))
    .bind(to_chrono(time::end_of_day(to.min(last))))
    .fetch_all(&mut *conn)
    .await?;
    Ok(pb::PatrolList {
        patrols: rows.into_iter().map(out).collect(),
    })
}

/// One of them; whoever may not see it learns no more than of none.
pub(in super::super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    id: &str,
) -> Result<pb::Patrol, Fault> {
    let id = id_of(id, patrol_unknown)?;
    let mut conn = rt.pool.acquire().await?;
    let row = find(&mut conn, id).await?;
    let theirs = worked_at(&mut conn, caller, &row.station, &WATCHERS).await;
    theirs.map_err(|_| patrol_unknown())?;
    Ok(out(row))
}
