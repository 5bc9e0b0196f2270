//! What the year takes from: places, furnaces, serials.

use std::collections::BTreeMap;

use sqlx::{PgConnection, Row as _};
use uuid::Uuid;

use super::{cemeteries::XIANNING, counties::COUNTIES};
use crate::{chain, domain::ledger::SpotKind};

/// Of each area so many parts of a hundred may be taken; families choose among the others.
const TAKEN: i64 = 55;

/// A free place.
pub(super) struct Spot {
    pub(super) id: Uuid,
    pub(super) facility: String,
    pub(super) kind: SpotKind,
    pub(super) capacity: i32,
    pub(super) used: i32,
}

/// What there is to take from.
pub(super) struct Stock {
    /// Those that may be used, the last row first: families choose from the front.
    pub(super) spots: Vec<Spot>,
    /// Furnaces of each home in order.
    pub(super) furnaces: BTreeMap<String, Vec<Uuid>>,
    /// Last tag of each home and year, last certificate of each county and year.
    pub(super) serials: BTreeMap<(String, i16), i32>,
}

impl Stock {
    /// As the tables stand.
    pub(super) async fn open(conn: &mut PgConnection) -> sqlx::Result<Self> {
        let facilities: Vec<&str> = COUNTIES
            .iter()
            .flat_map(|county| county.cemeteries.iter().copied().chain(county.for_bodies))
            .collect();
        let rows = sqlx::query(
            "select id, facility, kind, capacity
               from (select *, row_number() over (partition by facility, area
                                                  order by line desc, place desc) as nth,
                            count(*) over (partition by facility, area) as of_area
                       from burial.spot where facility = any($1)) spots
              where nth * 100 <= of_area * $2 and state = 'available' and used = 0
              order by facility, area, nth",
        )
        .bind(facilities)
        .bind(TAKEN)
        .fetch_all(&mut *conn)
        .await?;
        let mut spots = Vec::with_capacity(rows.len());
        for row in &rows {
            let kind: String = row.try_get("kind")?;
            let kind = SpotKind::from_code(&kind);
            spots.push(Spot {
                id: row.try_get("id")?,
                facility: row.try_get("facility")?,
                kind: kind.ok_or_else(|| sqlx::Error::Decode("unknown kind of place".into()))?,
                capacity: row.try_get("capacity")?,
                used: 0,
            });
        }
        let homes = [chain::demo::TONGSHAN, chain::demo::ZHUSHAN, XIANNING];
        let rows: Vec<(String, Uuid)> = sqlx::query_as(
            "select facility, id from burial.resource
              where facility = any($1) and kind = 'furnace' order by facility, id",
        )
        .bind(homes)
        .fetch_all(&mut *conn)
        .await?;
        let mut furnaces: BTreeMap<String, Vec<Uuid>> = BTreeMap::new();
        for (home, id) in rows {
            furnaces.entry(home).or_default().push(id);
        }
        let rows: Vec<(String, i32, i32)> = sqlx::query_as(
            "select facility, year, last from burial.body_serial
             union all select county, year, last from burial.certificate_serial",
        )
        .fetch_all(conn)
        .await?;
        let serials = rows
            .into_iter()
            .filter_map(|(of, year, last)| Some(((of, i16::try_from(year).ok()?), last)));
        Ok(Self {
            spots,
            furnaces,
            serials: serials.collect(),
        })
    }

    /// The next tag and certificate go on after these.
    pub(super) async fn keep_serials(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        for ((of, year), last) in &self.serials {
            let statement = match of.len() {
                6 => {
                    "insert into burial.certificate_serial (county, year, last) values ($1, $2, $3)
                     on conflict (county, year) do update set last = excluded.last"
                }
                _ => {
                    "insert into burial.body_serial (facility, year, last) values ($1, $2, $3)
                     on conflict (facility, year) do update set last = excluded.last"
                }
            };
            sqlx::query(statement)
                .bind(of)
                .bind(i32::from(*year))
                .bind(last)
                .execute(&mut *conn)
                .await?;
        }
        Ok(())
    }

    /// The next serial of a home or county.
    pub(super) fn next(&mut self, of: &str, year: i16) -> i32 {
        let last = self.serials.entry((of.to_owned(), year)).or_default();
        *last += 1;
        *last
    }

    /// A slot in a place that suits, with the kind of the place. A place of one family takes
    /// one here.
    pub(super) fn place(&mut self, suits: impl Fn(&Spot) -> bool) -> Option<(Uuid, i32, SpotKind)> {
        let room = |spot: &Spot| match spot.kind.shared() {
            true => spot.used < spot.capacity,
            false => spot.used == 0,
        };
        let spot = self
            .spots
            .iter_mut()
            .find(|spot| suits(spot) && room(spot))?;
        spot.used += 1;
        Some((spot.id, spot.used, spot.kind))
    }
}
