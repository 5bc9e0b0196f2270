//! Stations and the places in them.

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

/// A station.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Station {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// 9-digit division.
    pub division: String,
    /// Address.
    pub address: String,
    /// Answered day and night.
    pub phone: String,
    /// Open.
    pub active: bool,
}

/// A place of a station.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Place {
    /// Id.
    pub id: Uuid,
    /// Its station.
    pub station: String,
    /// `room`, `hospital`, `vehicle`, `foster`.
    pub kind: String,
    /// Label.
    pub label: String,
    /// `men`, `women`, `minors`, `any`.
    pub side: String,
    /// How many fit.
    pub berths: i32,
    /// In use.
    pub active: bool,
    /// Berths taken now.
    pub taken: i64,
}

/// The open stations within a division, by the beginning of its code.
///
/// # Errors
/// The database does not answer.
pub async fn list(conn: &mut PgConnection, scope: &str) -> sqlx::Result<Vec<Station>> {
    sqlx::query_as(
        "select code, name, division, address, phone, active from rescue.station
          where active and starts_with(division, $1) order by code",
    )
    .bind(scope)
    .fetch_all(conn)
    .await
}

/// The station with this code, open or closed.
///
/// # Errors
/// The database does not answer.
pub async fn find(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Station>> {
    sqlx::query_as(
        "select code, name, division, address, phone, active from rescue.station where code = $1",
    )
    .bind(code)
    .fetch_optional(conn)
    .await
}

/// Places of a station: rooms, then hospitals, vehicles, foster homes, each by label.
///
/// # Errors
/// The database does not answer.
pub async fn places(conn: &mut PgConnection, station: &str) -> sqlx::Result<Vec<Place>> {
    sqlx::query_as(
        "select place.id, place.station, place.kind, place.label, place.side, place.berths,
                place.active,
                (select count(*) from rescue.occupancy o
                  where o.place = place.id and upper_inf(o.during)) as taken
           from rescue.place place where place.station = $1
          order by array_position(array['room', 'hospital', 'vehicle', 'foster'], place.kind),
                   place.label",
    )
    .bind(station)
    .fetch_all(conn)
    .await
}
