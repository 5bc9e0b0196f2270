//! Places and their uses in their tables: read and locked, changed by the pure model, written
//! back.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date};

use crate::domain::{
    grave::world::Terms,
    ledger::{Spot, SpotError, SpotKind, SpotState, Use, UseState, spot::Hold},
};

/// A place as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: Uuid,
    /// Facility.
    pub facility: String,
    /// Area.
    pub area: String,
    /// Row.
    pub line: i32,
    /// Place in the row.
    pub place: i32,
    /// Width.
    pub width_cm: i32,
    /// Depth; height of a niche.
    pub depth_cm: i32,
    /// Code of its price.
    pub price: String,
    /// Everything that decides.
    pub spot: Spot,
}

impl Place {
    /// In words: 松鹤区3排5号.
    #[must_use]
    pub fn label(&self) -> String {
        label(&self.area, self.line, self.place)
    }
}

/// A place in words.
#[must_use]
pub fn label(area: &str, line: i32, place: i32) -> String {
    format!("{area}{line}排{place}号")
}

fn corrupt(column: &str, value: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("burial.spot.{column} {value}").into())
}

fn place(row: &PgRow) -> sqlx::Result<Place> {
    let kind: String = row.try_get("kind")?;
    let state: String = row.try_get("state")?;
    let capacity: i32 = row.try_get("capacity")?;
    let by: Option<String> = row.try_get("held_by")?;
    let until: Option<DateTime<Utc>> = row.try_get("held_until")?;
    Ok(Place {
        id: row.try_get("id")?,
        facility: row.try_get("facility")?,
        area: row.try_get("area")?,
        line: row.try_get("line")?,
        place: row.try_get("place")?,
        width_cm: row.try_get("width_cm")?,
        depth_cm: row.try_get("depth_cm")?,
        price: row.try_get("price")?,
        spot: Spot {
            kind: SpotKind::from_code(&kind).ok_or_else(|| corrupt("kind", &kind))?,
            capacity: u16::try_from(capacity).unwrap_or_default(),
            state: SpotState::from_code(&state).ok_or_else(|| corrupt("state", &state))?,
            hold: by.zip(until).map(|(by, until)| Hold {
                by,
                until: from_chrono(until),
            }),
            uses: Vec::new(),
        },
    })
}

/// Reads a place with its uses.
///
/// # Errors
/// The database does not answer, as for all of the following.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Place>> {
    let row = sqlx::query("select * from burial.spot where id = $1")
        .bind(id)
        .fetch_optional(&mut *conn)
        .await?;
    with_uses(conn, row.into_iter().collect())
        .await
        .map(|found| found.into_iter().next())
}

/// The same, locked.
///
/// # Errors
/// The database does not answer.
pub async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Place>> {
    lock_all(conn, &[id])
        .await
        .map(|found| found.into_iter().next())
}

/// Several, locked in one order whoever asks, so that nobody waits in a circle.
///
/// # Errors
/// The database does not answer.
pub async fn lock_all(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Place>> {
    let rows = sqlx::query("select * from burial.spot where id = any($1) order by id for update")
        .bind(ids)
        .fetch_all(&mut *conn)
        .await?;
    with_uses(conn, rows).await
}

async fn with_uses(conn: &mut PgConnection, rows: Vec<PgRow>) -> sqlx::Result<Vec<Place>> {
    let mut places = rows.iter().map(place).collect::<sqlx::Result<Vec<_>>>()?;
    let ids: Vec<Uuid> = places.iter().map(|place| place.id).collect();
    let uses = sqlx::query(
        "select spot, slot, case_number, person_key, state, until_day from burial.spot_use
          where spot = any($1) order by from_day, slot, case_number",
    )
    .bind(&ids)
    .fetch_all(conn)
    .await?;
    for row in &uses {
        let spot: Uuid = row.try_get("spot")?;
        let state: String = row.try_get("state")?;
        let slot: i32 = row.try_get("slot")?;
        let until: Option<NaiveDate> = row.try_get("until_day")?;
        let one = Use {
            slot: u16::try_from(slot).unwrap_or_default(),
            case_number: row.try_get("case_number")?,
            person: row.try_get("person_key")?,
            state: UseState::from_code(&state).ok_or_else(|| corrupt("use.state", &state))?,
            until: until.map(from_chrono_date),
        };
        if let Some(place) = places.iter_mut().find(|place| place.id == spot) {
            place.spot.uses.push(one);
        }
    }
    Ok(places)
}

/// Writes what changed from `before`; a new use needs the terms of its contract.
///
/// # Errors
/// `SPOT_TAKEN` when a slot is taken after all, `ALREADY_RESTS` when the person has a place.
pub async fn save(
    conn: &mut PgConnection,
    before: &Spot,
    after: &Place,
    terms: Option<&Terms>,
) -> Result<(), ApplyError> {
    let spot = &after.spot;
    // Given back or moved first: a slot is taken again only after it is free.
    for one in &spot.uses {
        let old = before
            .uses
            .iter()
            .find(|old| (old.slot, &old.case_number) == (one.slot, &one.case_number));
        match old {
            Some(old) if old == one => {}
            Some(_) => change_use(conn, after.id, one).await?,
            None => add_use(conn, after.id, one, terms).await?,
        }
    }
    let used = i32::from(spot.used());
    sqlx::query(
        "update burial.spot
            set state = $2, held_by = $3, held_until = $4, used = $5, version = version + 1
          where id = $1",
    )
    .bind(after.id)
    .bind(spot.state.code())
    .bind(spot.hold.as_ref().map(|hold| hold.by.as_str()))
    .bind(spot.hold.as_ref().map(|hold| to_chrono(hold.until)))
    .bind(used)
    .execute(conn)
    .await?;
    Ok(())
}

async fn change_use(conn: &mut PgConnection, spot: Uuid, one: &Use) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.spot_use set state = $4, until_day = $5
          where spot = $1 and slot = $2 and case_number = $3",
    )
    .bind(spot)
    .bind(i32::from(one.slot))
    .bind(&one.case_number)
    .bind(one.state.code())
    .bind(one.until.map(to_chrono_date))
    .execute(conn)
    .await?;
    Ok(())
}

async fn add_use(
    conn: &mut PgConnection,
    spot: Uuid,
    one: &Use,
    terms: Option<&Terms>,
) -> Result<(), ApplyError> {
    let missing = || ApplyError::Database(sqlx::Error::Protocol("a use without terms".to_owned()));
    let terms = terms.ok_or_else(missing)?;
    let inserted = sqlx::query(
        "insert into burial.spot_use
             (spot, slot, case_number, person_key, state, contract, from_day, until_day,
              exception, approved_by)
         values ($1, $2, $3, $4, $5, $3, $6, $7, $8, $9)",
    )
    .bind(spot)
    .bind(i32::from(one.slot))
    .bind(&one.case_number)
    .bind(&one.person)
    .bind(one.state.code())
    .bind(to_chrono_date(terms.from))
    .bind(one.until.map(to_chrono_date))
    .bind(terms.exception)
    .bind(&terms.approved_by)
    .execute(conn)
    .await;
    let error = match inserted {
        Ok(_) => return Ok(()),
        Err(error) => error,
    };
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    Err(match violated {
        Some("spot_slot_once") => ApplyError::Refused(SpotError::Taken.into()),
        Some("one_resting_place") => {
            let message =
                "使用人已经有位置了。一位逝者只能有一处；要换地方的，请先办理迁葬或者退还。";
            ApplyError::Refused(Refusal::new("ALREADY_RESTS", message))
        }
        _ => ApplyError::Database(error),
    })
}

/// Whether a place can be chosen now, by a plain read; whose hold it is when not.
///
/// # Errors
/// The database does not answer.
pub async fn is_taken(
    conn: &mut PgConnection,
    id: Uuid,
    by: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let free: Option<bool> = sqlx::query_scalar(
        "select state = 'available'
                or (state = 'held' and (held_until <= $3 or held_by = $2))
           from burial.spot where id = $1",
    )
    .bind(id)
    .bind(by)
    .bind(to_chrono(now))
    .fetch_optional(conn)
    .await?;
    Ok(free == Some(false))
}

/// So many others are named to whoever comes second.
pub const OFFERED: i64 = 5;

/// The next free places of the same kind in the same facility: same area first, nearest first.
///
/// # Errors
/// The database does not answer.
pub async fn next_free(
    conn: &mut PgConnection,
    place: &Place,
    now: Timestamp,
) -> sqlx::Result<Vec<(Uuid, String)>> {
    let rows: Vec<(Uuid, String, i32, i32)> = sqlx::query_as(
        "select id, area, line, place from burial.spot
          where facility = $1 and kind = $2 and id <> $7
            and (state = 'available' or (state = 'held' and held_until <= $6))
          order by area <> $3, abs(line - $4) * 2 + abs(place - $5), line, place, id limit $8",
    )
    .bind(&place.facility)
    .bind(place.spot.kind.code())
    .bind(&place.area)
    .bind(place.line)
    .bind(place.place)
    .bind(to_chrono(now))
    .bind(place.id)
    .bind(OFFERED)
    .fetch_all(conn)
    .await?;
    let named = rows
        .into_iter()
        .map(|(id, area, line, place)| (id, label(&area, line, place)));
    Ok(named.collect())
}

/// Ids of what a holder holds, lapsed holds too.
///
/// # Errors
/// The database does not answer.
pub async fn held_by(conn: &mut PgConnection, by: &str) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar("select id from burial.spot where state = 'held' and held_by = $1")
        .bind(by)
        .fetch_all(conn)
        .await
}

/// Where a person has a place, in words.
///
/// # Errors
/// The database does not answer.
pub async fn rests(
    conn: &mut PgConnection,
    person: &str,
    but_case: &str,
) -> sqlx::Result<Option<String>> {
    let row: Option<(String, String, i32, i32)> = sqlx::query_as(
        "select f.name, s.area, s.line, s.place
           from burial.spot_use u join burial.spot s on s.id = u.spot
           join burial.facility f on f.code = s.facility
          where u.person_key = $1 and u.state <> 'moved' and u.case_number <> $2",
    )
    .bind(person)
    .bind(but_case)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(name, area, line, place)| format!("{name}{}", label(&area, line, place))))
}

/// All places of an area, in order; without uses, but with the count of them.
///
/// # Errors
/// The database does not answer.
pub async fn of_area(
    conn: &mut PgConnection,
    facility: &str,
    area: &str,
) -> sqlx::Result<Vec<(Place, i32)>> {
    let rows = sqlx::query(
        "select * from burial.spot where facility = $1 and area = $2 order by line, place",
    )
    .bind(facility)
    .bind(area)
    .fetch_all(conn)
    .await?;
    let places = rows
        .iter()
        .map(|row| Ok((place(row)?, row.try_get("used")?)));
    places.collect()
}

/// Places of a facility in a state, without uses.
///
/// # Errors
/// The database does not answer.
pub async fn in_state(
    conn: &mut PgConnection,
    facility: &str,
    state: SpotState,
) -> sqlx::Result<Vec<Place>> {
    let rows = sqlx::query(
        "select * from burial.spot where facility = $1 and state = $2 order by area, line, place",
    )
    .bind(facility)
    .bind(state.code())
    .fetch_all(conn)
    .await?;
    rows.iter().map(place).collect()
}

/// Contracts of a facility that end by `until`: case, place in words, last day.
///
/// # Errors
/// The database does not answer.
pub async fn ending(
    conn: &mut PgConnection,
    facility: &str,
    until: Date,
) -> sqlx::Result<Vec<(String, String, Date)>> {
    let rows: Vec<(String, String, i32, i32, NaiveDate)> = sqlx::query_as(
        "select u.case_number, s.area, s.line, s.place, u.until_day
           from burial.spot_use u join burial.spot s on s.id = u.spot
          where s.facility = $1 and u.state <> 'moved' and u.until_day <= $2
          order by u.until_day, u.case_number limit 500",
    )
    .bind(facility)
    .bind(to_chrono_date(until))
    .fetch_all(conn)
    .await?;
    let ending = rows.into_iter().map(|(case, area, line, place, until)| {
        (case, label(&area, line, place), from_chrono_date(until))
    });
    Ok(ending.collect())
}

/// Deposits of a facility that are paid until `until` or less: case, urn, last day.
///
/// # Errors
/// The database does not answer.
pub async fn deposits_ending(
    conn: &mut PgConnection,
    facility: &str,
    until: Date,
) -> sqlx::Result<Vec<(String, String, Date)>> {
    let rows: Vec<(String, String, NaiveDate)> = sqlx::query_as(
        "select case_number, urn, paid_until from burial.deposit
          where facility = $1 and ended_at is null and paid_until <= $2
          order by paid_until, case_number limit 500",
    )
    .bind(facility)
    .bind(to_chrono_date(until))
    .fetch_all(conn)
    .await?;
    let ending = rows
        .into_iter()
        .map(|(case, urn, until)| (case, urn, from_chrono_date(until)));
    Ok(ending.collect())
}
