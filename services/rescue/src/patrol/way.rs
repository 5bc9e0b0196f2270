//! Where the phone of a patrol was.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::{Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    all_right, id_of, patrol_unknown,
    tours::{find, lock},
    trail,
};
use crate::stays::{WATCHERS, worked_at};

/// Most points of one call.
const MOST_POINTS: usize = 500;

/// Where the phone was; each point counts once.
pub(super) async fn check_in(
    rt: &Runtime,
    caller: &Caller,
    request: pb::CheckInRequest,
) -> Result<pb::CheckInResult, Fault> {
    let id = id_of(&request.patrol, patrol_unknown)?;
    let mut wrong = Vec::new();
    if request.points.len() > MOST_POINTS {
        let message = "一次最多上传500个打卡点，请分批上传。";
        wrong.push(FieldViolation::new("/points", "TOO_MANY", message));
    }
    let now = rt.now();
    let mut points = Vec::with_capacity(request.points.len().min(MOST_POINTS));
    for (nth, point) in request.points.iter().enumerate().take(MOST_POINTS) {
        let read = point.id.trim().parse::<Uuid>().ok();
        let at = point.at.trim().parse::<jiff::Timestamp>().ok();
        let there = point.latitude.abs() <= 90.0 && point.longitude.abs() <= 180.0;
        match (read, at) {
            (Some(id), Some(at)) if there && point.place.chars().count() <= 100 => {
                points.push((id, at.min(now), point));
            }
            _ => {
                let message = "这个打卡点的编号、时间或者位置不对。";
                let at = format!("/points/{nth}");
                wrong.push(FieldViolation::new(at, "WRONG_VALUE", message));
            }
        }
    }
    all_right(wrong)?;
    let mut tx = rt.pool.begin().await?;
    lock(&mut tx, caller, id, &[Role::Station]).await?;
    let mut stored = 0;
    for (point_id, at, point) in points {
        let known = point.latitude != 0.0 || point.longitude != 0.0;
        let inserted = sqlx::query(
            "insert into rescue.check_in (patrol, id, at, received_at, place, lat, lon, by)
             values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
        )
        .bind(id)
        .bind(point_id)
        .bind(to_chrono(at))
        .bind(to_chrono(now))
        .bind(point.place.trim())
        .bind(known.then_some(point.latitude))
        .bind(known.then_some(point.longitude))
        .bind(&caller.name)
        .execute(&mut *tx)
        .await?;
        stored += inserted.rows_affected();
    }
    if stored > 0 {
        trail::checked_in(rt, &mut tx, caller, id, stored).await?;
    }
    tx.commit().await?;
    let all = i64::try_from(request.points.len()).unwrap_or_default();
    let stored = i64::try_from(stored).unwrap_or_default();
    Ok(pb::CheckInResult {
        stored,
        known: all - stored,
    })
}

#[derive(FromRow)]
struct Point {
    id: Uuid,
    at: DateTime<Utc>,
    place: String,
    lat: Option<f64>,
    lon: Option<f64>,
    by: String,
}

/// The way of a patrol.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListCheckInsRequest,
) -> Result<pb::CheckInList, Fault> {
    let id = id_of(&request.patrol, patrol_unknown)?;
    let mut conn = rt.pool.acquire().await?;
    let patrol = find(&mut conn, id).await?;
    worked_at(&mut conn, caller, &patrol.station, &WATCHERS).await?;
    let points: Vec<Point> = sqlx::query_as(
        "select id, at, place, lat, lon, by from rescue.check_in
          where patrol = $1 order by at, id limit 2000",
    )
    .bind(id)
    .fetch_all(&mut *conn)
    .await?;
    let point = |point: Point| pb::CheckInPoint {
        id: point.id.to_string(),
        at: from_chrono(point.at).to_string(),
        place: point.place,
        latitude: point.lat.unwrap_or_default(),
        longitude: point.lon.unwrap_or_default(),
        by: point.by,
    };
    Ok(pb::CheckInList {
        points: points.into_iter().map(point).collect(),
    })
}
