//! Stock-taking in a hall: everything that should stand there is scanned; what is missing and
//! what is too much is named and kept (国令824号: 定期核查).

use std::collections::BTreeSet;

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _};
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    ids,
};

use crate::domain::ledger::count::{self, Taken};

/// A stock-taking as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockTaking {
    /// Its id.
    pub id: Uuid,
    /// Where.
    pub facility: String,
    /// When.
    pub taken_at: Timestamp,
    /// By whom.
    pub taken_by: String,
    /// The result.
    pub taken: Taken,
}

/// Urns whose label can be scanned in a facility: on deposit and in niches; the others lie in
/// the ground.
///
/// # Errors
/// The database does not answer, as for all of the following.
pub async fn expected(conn: &mut PgConnection, facility: &str) -> sqlx::Result<BTreeSet<String>> {
    let numbers: Vec<String> = sqlx::query_scalar(
        "select number from burial.urn
          where facility = $1 and (disposition = 'in_hall' or form = 'niche')",
    )
    .bind(facility)
    .fetch_all(conn)
    .await?;
    Ok(numbers.into_iter().collect())
}

/// Compares and keeps. The facility's urns are locked against moves meanwhile: the count is of
/// one instant.
///
/// # Errors
/// The database does not answer.
pub async fn take(
    conn: &mut PgConnection,
    facility: &str,
    scanned: &[String],
    by: &str,
    now: Timestamp,
) -> sqlx::Result<StockTaking> {
    sqlx::query(
        "select number from burial.urn
          where facility = $1 and (disposition = 'in_hall' or form = 'niche')
          order by number for share",
    )
    .bind(facility)
    .execute(&mut *conn)
    .await?;
    let expected = expected(conn, facility).await?;
    let done = StockTaking {
        id: ids::new(now),
        facility: facility.to_owned(),
        taken_at: now,
        taken_by: by.to_owned(),
        taken: count::take(&expected, scanned),
    };
    sqlx::query(
        "insert into burial.stock_taking
             (id, facility, taken_at, taken_by, expected, found, missing, surplus)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(done.id)
    .bind(facility)
    .bind(to_chrono(now))
    .bind(by)
    .bind(i32::try_from(done.taken.expected).unwrap_or(i32::MAX))
    .bind(i32::try_from(done.taken.found).unwrap_or(i32::MAX))
    .bind(&done.taken.missing)
    .bind(&done.taken.surplus)
    .execute(conn)
    .await?;
    Ok(done)
}

/// What was counted before, latest first.
///
/// # Errors
/// The database does not answer.
pub async fn history(
    conn: &mut PgConnection,
    facility: &str,
    limit: i64,
) -> sqlx::Result<Vec<StockTaking>> {
    let rows = sqlx::query(
        "select * from burial.stock_taking where facility = $1
          order by taken_at desc, id limit $2",
    )
    .bind(facility)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let taken = rows.iter().map(|row| {
        let count = |column: &str| -> sqlx::Result<usize> {
            let count: i32 = row.try_get(column)?;
            Ok(usize::try_from(count).unwrap_or_default())
        };
        Ok(StockTaking {
            id: row.try_get("id")?,
            facility: row.try_get("facility")?,
            taken_at: from_chrono(row.try_get("taken_at")?),
            taken_by: row.try_get("taken_by")?,
            taken: Taken {
                expected: count("expected")?,
                found: count("found")?,
                missing: row.try_get("missing")?,
                surplus: row.try_get("surplus")?,
            },
        })
    });
    taken.collect()
}
