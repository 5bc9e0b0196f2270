//! Places and their uses in their tables: read and locked, changed by the pure model, written
//! back.
//!
//! | where | what |
//! |---|---|
//! | here | a place as it is read, and locked |
//! | `write` | what changed of it |
//! | `offer` | what is free, and who holds what |
//! | `lists` | areas, and what the staff looks after |

mod lists;
mod offer;
mod write;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, from_chrono_date};

pub use self::{
    lists::{Area, Shown, areas, deposits_ending, ending, held, in_state, of_area},
    offer::{OFFERED, held_by, is_taken, next_free, rests},
    write::{laid_by, save},
};
use crate::domain::ledger::{Spot, SpotKind, SpotState, Use, UseState, spot::Hold};

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
            closed: row.try_get("closed")?,
            holds: Vec::new(),
            uses: Vec::new(),
        },
    })
}

/// Reads a place with its holds and uses.
///
/// # Errors
/// The database does not answer, as for all of the following.
pub async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Place>> {
    let row = sqlx::query("select * from burial.spot where id = $1")
        .bind(id)
        .fetch_optional(&mut *conn)
        .await?;
    whole(conn, row.into_iter().collect())
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
    whole(conn, rows).await
}

/// With holds and uses.
async fn whole(conn: &mut PgConnection, rows: Vec<PgRow>) -> sqlx::Result<Vec<Place>> {
    let mut places = rows.iter().map(place).collect::<sqlx::Result<Vec<_>>>()?;
    let ids: Vec<Uuid> = places.iter().map(|place| place.id).collect();
    let uses = sqlx::query(
        "select spot, slot, case_number, person_key, state, until_day from burial.spot_use
          where spot = any($1) order by from_day, slot, case_number",
    )
    .bind(&ids)
    .fetch_all(&mut *conn)
    .await?;
    for row in &uses {
        let (spot, one) = read_use(row)?;
        if let Some(place) = places.iter_mut().find(|place| place.id == spot) {
            place.spot.uses.push(one);
        }
    }
    let holds: Vec<(Uuid, String, DateTime<Utc>)> = sqlx::query_as(
        "select spot, holder, until from burial.spot_hold
          where spot = any($1) order by until, holder",
    )
    .bind(&ids)
    .fetch_all(conn)
    .await?;
    for (spot, by, until) in holds {
        if let Some(place) = places.iter_mut().find(|place| place.id == spot) {
            let until = from_chrono(until);
            place.spot.holds.push(Hold { by, until });
        }
    }
    Ok(places)
}

fn read_use(row: &PgRow) -> sqlx::Result<(Uuid, Use)> {
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
    Ok((row.try_get("spot")?, one))
}
