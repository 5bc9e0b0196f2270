//! Months whose sums differ: none of their payments goes to the bank until somebody lets them.

use jiff::Timestamp;
use serde_json::json;
use sqlx::{PgExecutor, PgPool};
use yiwang_chassis::{
    audit::{self, Entry},
    db::{from_chrono_date, to_chrono_date},
};
use yiwang_civic::time::{self, Month};

use super::sums::{self, Sums};

/// The held months, each with its county.
///
/// # Errors
/// The database fails.
pub async fn runs(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<(String, Month)>> {
    let rows: Vec<(String, chrono::NaiveDate)> = sqlx::query_as(
        "select county, month from assistance.payment_run where state = 'broken' order by 1, 2",
    )
    .fetch_all(db)
    .await?;
    let month = |day| time::month_of(from_chrono_date(day));
    Ok(rows
        .into_iter()
        .map(|(county, day)| (county, month(day)))
        .collect())
}

/// What became of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// Its payments go to the bank now.
    Done,
    /// It was not held.
    NotHeld,
    /// The sums still differ, and nobody has accepted that.
    StillDiffers(Sums),
}

/// Lets the payments of a held month go to the bank: when its sums agree by now, or when whoever
/// answers for it has `accepted` the difference, for the reason given.
///
/// # Errors
/// The database fails.
pub async fn release(
    pool: &PgPool,
    county: &str,
    month: Month,
    accepted: Option<&str>,
    now: Timestamp,
) -> sqlx::Result<Released> {
    let mut tx = pool.begin().await?;
    let held = sqlx::query(
        "update assistance.payment_run set state = 'made'
          where county = $1 and month = $2 and state = 'broken'",
    )
    .bind(county)
    .bind(to_chrono_date(month.first_day()))
    .execute(&mut *tx)
    .await?;
    if held.rows_affected() == 0 {
        return Ok(Released::NotHeld);
    }
    let sums = sums::of(&mut tx, county, month).await?;
    if !sums.agree() && accepted.is_none() {
        return Ok(Released::StillDiffers(sums));
    }
    let run = format!("payment_run/{county}/{month}");
    let entry = Entry {
        detail: json!({"sums_agree": sums.agree()}),
        ..Entry::repair(now, "payment.release", run, accepted)
    };
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    Ok(Released::Done)
}
