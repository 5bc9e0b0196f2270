//! The ledger of places: an admitted person is in exactly one at every instant, and no berth has
//! two. The head count is what the ledger says, now and at any instant before.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{db::to_chrono, fault::FieldViolation, ids};

use super::{failed, refuse};
use crate::domain::stay::law::side::Side;

/// Into a place, for the first time: admitted from now on.
///
/// # Errors
/// As [`move_to`].
pub async fn admit(
    conn: &mut PgConnection,
    case_number: &str,
    place: Uuid,
    by: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let who = locked(conn, case_number).await?;
    if who.state != "arrived" {
        return Err(refuse("WRONG_STATE", "这个人已经受助，请刷新页面。"));
    }
    let occupancy = enter(conn, &who, place, by, "受助", to_chrono(now)).await?;
    sqlx::query(
        "update rescue.stay set state = 'admitted', admitted_at = $2, occupancy = $3,
                version = version + 1
          where case_number = $1",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .bind(occupancy)
    .execute(conn)
    .await?;
    Ok(())
}

/// From one place into another, at one instant.
///
/// # Errors
/// `PLACE_FULL` and `WRONG_SIDE` with the free places as fields (reason `FREE`, its message
/// begins with the id); `PLACE_UNKNOWN`, `NOT_ADMITTED`.
pub async fn move_to(
    conn: &mut PgConnection,
    case_number: &str,
    place: Uuid,
    by: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let who = locked(conn, case_number).await?;
    if who.state != "admitted" {
        return Err(refuse(
            "NOT_ADMITTED",
            "这个人没有受助或者已经离站，请刷新页面。",
        ));
    }
    let at = end(conn, case_number, now).await?;
    let occupancy = enter(conn, &who, place, by, reason, at).await?;
    sqlx::query(
        "update rescue.stay set occupancy = $2, version = version + 1 where case_number = $1",
    )
    .bind(case_number)
    .bind(occupancy)
    .execute(conn)
    .await?;
    Ok(())
}

/// Gone: the berth is free from now on.
///
/// # Errors
/// `ALREADY_LEFT`.
pub async fn leave(
    conn: &mut PgConnection,
    case_number: &str,
    leave_type: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let who = locked(conn, case_number).await?;
    let at = match who.state.as_str() {
        "admitted" => end(conn, case_number, now).await?,
        "arrived" => to_chrono(now),
        _ => return Err(refuse("ALREADY_LEFT", "这个人已经离站，请刷新页面。")),
    };
    sqlx::query(
        "update rescue.stay set state = 'left', left_at = $2, leave_type = $3, occupancy = null,
                version = version + 1
          where case_number = $1",
    )
    .bind(case_number)
    .bind(at)
    .bind(leave_type)
    .execute(conn)
    .await?;
    Ok(())
}

/// How many people of a station are in its places at an instant.
///
/// # Errors
/// The database does not answer.
pub async fn head_count(
    conn: &mut PgConnection,
    station: &str,
    at: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from rescue.occupancy o join rescue.place p on p.id = o.place
          where p.station = $1 and o.during @> $2::timestamptz",
    )
    .bind(station)
    .bind(to_chrono(at))
    .fetch_one(conn)
    .await
}

struct Who {
    case_number: String,
    station: String,
    state: String,
    side: Side,
}

async fn locked(conn: &mut PgConnection, case_number: &str) -> Result<Who, ApplyError> {
    let row: Option<(String, String, String, bool)> = sqlx::query_as(
        "select station, state, sex, minor from rescue.stay where case_number = $1 for update",
    )
    .bind(case_number)
    .fetch_optional(conn)
    .await?;
    let row = row.ok_or_else(|| refuse("CASE_NOT_FOUND", "没有找到这名受助人员，请核对编号。"));
    row.map(|(station, state, sex, minor)| Who {
        case_number: case_number.to_owned(),
        station,
        state,
        side: Side::of(&sex, minor),
    })
}

/// Closes the place somebody is in. Two moves within a microsecond stand one after the other.
async fn end(
    conn: &mut PgConnection,
    case_number: &str,
    now: Timestamp,
) -> sqlx::Result<DateTime<Utc>> {
    sqlx::query_scalar(
        "update rescue.occupancy
            set during = tstzrange(lower(during),
                    greatest($2, lower(during) + interval '1 microsecond'))
          where case_number = $1 and upper_inf(during)
          returning upper(during)",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await
}

/// Into the lowest free berth; the place is locked, so that two never take one.
async fn enter(
    conn: &mut PgConnection,
    who: &Who,
    place: Uuid,
    by: &str,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<Uuid, ApplyError> {
    let found: Option<(String, i32, String)> = sqlx::query_as(
        "select label, berths, side from rescue.place
          where id = $1 and station = $2 and active for update",
    )
    .bind(place)
    .bind(&who.station)
    .fetch_optional(&mut *conn)
    .await?;
    let Some((label, berths, side)) = found else {
        return Err(refuse("PLACE_UNKNOWN", "本站没有这个地方，请重新选择。"));
    };
    if !Side::from_code(&side).is_some_and(|side| side.takes(who.side)) {
        let message = format!("{label}住的不是同一类人员，男性、女性、未成年人分开住宿。");
        return Err(offering(conn, who, "WRONG_SIDE", message).await);
    }
    let berth: Option<i32> = sqlx::query_scalar(
        "select nth from generate_series(1, $2) as berths(nth)
          where not exists (select from rescue.occupancy o
                             where o.place = $1 and o.berth = nth
                               and o.during && tstzrange($3, null))
          order by nth limit 1",
    )
    .bind(place)
    .bind(berths)
    .bind(at)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(berth) = berth else {
        let message = format!("{label}已经住满，请选下面有空位的。");
        return Err(offering(conn, who, "PLACE_FULL", message).await);
    };
    let id = ids::new(yiwang_chassis::db::from_chrono(at));
    sqlx::query(
        "insert into rescue.occupancy (id, case_number, place, berth, during, moved_by, reason)
         values ($1, $2, $3, $4, tstzrange($5, null), $6, $7)",
    )
    .bind(id)
    .bind(&who.case_number)
    .bind(place)
    .bind(berth)
    .bind(at)
    .bind(by)
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(id)
}

/// A refusal that names the rooms with a free bed where this person may lie.
async fn offering(
    conn: &mut PgConnection,
    who: &Who,
    code: &'static str,
    message: String,
) -> ApplyError {
    let places = match super::stations::places(conn, &who.station).await {
        Ok(places) => places,
        Err(error) => return failed(error.into()),
    };
    let free = places.into_iter().filter_map(|place| {
        let fits = Side::from_code(&place.side).is_some_and(|side| side.takes(who.side));
        let free = i64::from(place.berths) - place.taken;
        let offered = place.active && place.kind == "room" && fits && free > 0;
        let text = format!("{} {}（空{free}）", place.id, place.label);
        offered.then(|| FieldViolation::new("/place", "FREE", text))
    });
    let first = FieldViolation::new("/place", code, message.clone());
    ApplyError::Refused(Refusal {
        fields: std::iter::once(first).chain(free).collect(),
        ..Refusal::new(code, message)
    })
}
