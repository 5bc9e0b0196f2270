//! The demonstration: facilities in the places of its stories, and a year that has passed there.
//! Names of places are true, everything else is made up.
//!
//! | where | what |
//! |---|---|
//! | `counties`, `cemeteries` | who lives where; the neighbours' zones, plans and cemeteries |
//! | `lives` | deaths and what came after each: pure, the same for the same days |
//! | `rows`, `stock`, `write` | these as rows of the tables, in bulk |
//! | `office` | draws of inspections, drawn by the service itself |

mod cemeteries;
mod certificate;
mod chance;
mod counties;
mod lives;
mod office;
mod rows;
mod stock;
mod write;

#[cfg(test)]
pub(crate) use cemeteries::AREAS;

use sqlx::PgPool;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::to_chrono_date, fault::Fault};
use yiwang_civic::time;

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub(crate) async fn seed(rt: &Runtime) -> anyhow::Result<()> {
    facilities(&rt.pool).await?;
    if year(rt).await? {
        office::draws(rt).await?;
    }
    Ok(())
}

async fn facilities(pool: &PgPool) -> sqlx::Result<()> {
    crate::planning::demo::seed(pool).await?;
    crate::chain::demo::seed(pool).await?;
    crate::money::demo::seed(pool).await?;
    crate::places::demo::seed(pool).await?;
    counties::seed(pool).await
}

/// A year that has passed before somebody looks: facilities as for the demonstration, deaths,
/// cremations, waivers and resting places of the months until today. False when it was there.
///
/// # Errors
/// When the database is away.
pub async fn year(rt: &Runtime) -> Result<bool, Fault> {
    facilities(&rt.pool).await?;
    let now = rt.now();
    let mut tx = rt.pool.begin().await?;
    // Its place among the feeds says that it was written, and when.
    let fresh = sqlx::query(
        "insert into burial.death_feed (feed, cursor) values ('demo-year', $1)
         on conflict do nothing",
    )
    .bind(to_chrono_date(time::beijing_date(now)).to_string())
    .execute(&mut *tx)
    .await?;
    if fresh.rows_affected() == 0 {
        return Ok(false);
    }
    let zones: Vec<_> = counties::zones().collect();
    let lives = lives::until(now, &zones);
    write::all(rt, &mut tx, &lives, now).await?;
    tx.commit().await?;
    Ok(true)
}
