//! A draw as stored and as shown.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};
use yiwang_proto::burial::v1 as pb;

use crate::domain::draw::{Inspector, Pick};

/// A draw. No `Debug`: a sealed seed is nobody's business before its time.
pub(super) struct Stored {
    pub(super) id: Uuid,
    pub(super) county: String,
    pub(super) title: String,
    pub(super) commitment: String,
    pub(super) sealed_seed: Vec<u8>,
    pub(super) seed: Option<String>,
    pub(super) pool: Vec<String>,
    pub(super) inspectors: Vec<Inspector>,
    pub(super) wanted: i32,
    pub(super) each: i32,
    pub(super) picked: Option<Vec<Pick>>,
    pub(super) prepared_at: Timestamp,
    pub(super) prepared_by: String,
    pub(super) drawn_at: Option<Timestamp>,
    pub(super) drawn_by: Option<String>,
}

fn json<T: DeserializeOwned>(value: serde_json::Value) -> sqlx::Result<T> {
    serde_json::from_value(value).map_err(|error| sqlx::Error::Decode(error.into()))
}

impl Stored {
    fn open(row: &PgRow) -> sqlx::Result<Self> {
        let drawn_at: Option<chrono::DateTime<chrono::Utc>> = row.try_get("drawn_at")?;
        let picked: Option<serde_json::Value> = row.try_get("picked")?;
        Ok(Self {
            id: row.try_get("id")?,
            county: row.try_get("county")?,
            title: row.try_get("title")?,
            commitment: row.try_get("commitment")?,
            sealed_seed: row.try_get("sealed_seed")?,
            seed: row.try_get("seed")?,
            pool: json(row.try_get("pool")?)?,
            inspectors: json(row.try_get("inspectors")?)?,
            wanted: row.try_get("wanted")?,
            each: row.try_get("each")?,
            picked: picked.map(json).transpose()?,
            prepared_at: from_chrono(row.try_get("prepared_at")?),
            prepared_by: row.try_get("prepared_by")?,
            drawn_at: drawn_at.map(from_chrono),
            drawn_by: row.try_get("drawn_by")?,
        })
    }

    pub(super) async fn insert(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        let value = |error: serde_json::Error| sqlx::Error::Encode(error.into());
        sqlx::query(
            "insert into burial.draw
                 (id, county, title, commitment, sealed_seed, pool, inspectors, wanted, each,
                  prepared_at, prepared_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(self.id)
        .bind(&self.county)
        .bind(&self.title)
        .bind(&self.commitment)
        .bind(&self.sealed_seed)
        .bind(serde_json::to_value(&self.pool).map_err(value)?)
        .bind(serde_json::to_value(&self.inspectors).map_err(value)?)
        .bind(self.wanted)
        .bind(self.each)
        .bind(to_chrono(self.prepared_at))
        .bind(&self.prepared_by)
        .execute(conn)
        .await?;
        Ok(())
    }

    pub(super) async fn shown(&self, conn: &mut PgConnection) -> sqlx::Result<pb::Draw> {
        let inspectors = self.inspectors.iter().map(|one| pb::Inspector {
            id: one.id.clone(),
            name: one.name.clone(),
            avoids: one.avoids.clone(),
        });
        let picked = self.picked.as_deref().unwrap_or_default();
        Ok(pb::Draw {
            id: self.id.to_string(),
            county: self.county.clone(),
            title: self.title.clone(),
            commitment: self.commitment.clone(),
            seed: self.seed.clone().unwrap_or_default(),
            pool: self.pool.clone(),
            inspectors: inspectors.collect(),
            wanted: self.wanted,
            each: self.each,
            picked: picks(conn, picked).await?,
            prepared_at: self.prepared_at.to_string(),
            prepared_by: self.prepared_by.clone(),
            drawn_at: self.drawn_at.map_or_else(String::new, |at| at.to_string()),
            drawn_by: self.drawn_by.clone().unwrap_or_default(),
        })
    }
}

/// Picks with the names of their facilities.
pub(super) async fn picks(conn: &mut PgConnection, picks: &[Pick]) -> sqlx::Result<Vec<pb::Pick>> {
    let codes: Vec<&str> = picks.iter().map(|pick| pick.facility.as_str()).collect();
    let names: Vec<(String, String)> =
        sqlx::query_as("select code, name from burial.facility where code = any($1)")
            .bind(codes)
            .fetch_all(conn)
            .await?;
    let names: HashMap<String, String> = names.into_iter().collect();
    let shown = picks.iter().map(|pick| pb::Pick {
        facility: pick.facility.clone(),
        facility_name: names.get(&pick.facility).cloned().unwrap_or_default(),
        inspectors: pick.inspectors.clone(),
    });
    Ok(shown.collect())
}

macro_rules! draw_sql {
    ($rest:literal) => {
        concat!(
            "select id, county, title, commitment, sealed_seed, seed, pool, inspectors, wanted,",
            " each, picked, prepared_at, prepared_by, drawn_at, drawn_by from burial.draw ",
            $rest
        )
    };
}

pub(super) async fn list(conn: &mut PgConnection, scope: &str) -> sqlx::Result<Vec<Stored>> {
    let rows = sqlx::query(draw_sql!(
        "where starts_with(county, $1) order by prepared_at desc, id limit 100"
    ))
    .bind(scope)
    .fetch_all(conn)
    .await?;
    rows.iter().map(Stored::open).collect()
}

pub(super) async fn find(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Stored>> {
    let row = sqlx::query(draw_sql!("where id = $1"))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Stored::open).transpose()
}

pub(super) async fn lock(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Stored>> {
    let row = sqlx::query(draw_sql!("where id = $1 for update"))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Stored::open).transpose()
}
