//! Total paid = Σ roll lines = Σ batches (rules A5.10).

use sqlx::{PgConnection, PgPool};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::{money::Fen, time::Month};

/// The sums of one county and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sums {
    /// Households paid or to be paid.
    pub payments: i64,
    /// What they get.
    pub amount: Fen,
    /// What their persons' lines add up to.
    pub lines: Fen,
    /// What is with the bank or settled.
    pub batched: Fen,
    /// What the batches that hold them were made of, lines sent back taken off.
    pub batches: Fen,
}

impl Sums {
    /// Whether every sum is what it must be.
    #[must_use]
    pub fn agree(&self) -> bool {
        self.amount == self.lines && self.batched == self.batches
    }
}

/// The sums of a county and month.
///
/// # Errors
/// The database fails.
pub async fn sums(pool: &PgPool, county: &str, month: Month) -> sqlx::Result<Sums> {
    of(&mut *pool.acquire().await?, county, month).await
}

pub(super) async fn of(conn: &mut PgConnection, county: &str, month: Month) -> sqlx::Result<Sums> {
    let (payments, amount, lines, batched, batches): (i64, i64, i64, i64, i64) = sqlx::query_as(
        "with own as (
             select id, amount_fen, state, batch from assistance.payment
              where county = $1 and month = $2 and state <> 'cancelled')
         select (select count(*) from own),
                (select coalesce(sum(amount_fen), 0)::bigint from own),
                (select coalesce(sum(line.amount_fen), 0)::bigint
                   from own join assistance.payment_line line on line.payment_id = own.id),
                (select coalesce(sum(amount_fen), 0)::bigint from own
                  where state in ('batched', 'paid', 'returned')),
                (select coalesce(sum(amount_fen - repaired_fen), 0)::bigint
                   from assistance.payment_batch where county = $1 and month = $2)",
    )
    .bind(county)
    .bind(to_chrono_date(month.first_day()))
    .fetch_one(conn)
    .await?;
    Ok(Sums {
        payments,
        amount: Fen(amount),
        lines: Fen(lines),
        batched: Fen(batched),
        batches: Fen(batches),
    })
}
