//! What fails is set aside with a pause and the kind of its error; the rest goes on.

use chrono::{DateTime, Utc};
use jiff::SignedDuration;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::{to_chrono, to_chrono_date};
use yiwang_civic::time::Month;

use super::{PaymentError, Payments};

/// Tried again after 1 s, 2 s, 4 s, … about 1 h.
fn pause(tries: i32) -> SignedDuration {
    SignedDuration::from_secs(1_i64 << tries.clamp(0, 12))
}

impl PaymentError {
    /// What the row keeps: never a value, which could be somebody's.
    pub(super) fn kind(&self) -> String {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                format!("database {}", error.code().unwrap_or_default())
            }
            Self::Case(fault) => format!("case {}", fault.reason),
            other => other.to_string(),
        }
    }
}

impl Payments {
    fn next_at(&self, tries: i32) -> DateTime<Utc> {
        to_chrono(self.runtime.wall() + pause(tries))
    }

    /// Sets a payment aside.
    pub(super) async fn set_aside(
        &self,
        id: Uuid,
        tries: i32,
        step: &'static str,
        error: &str,
    ) -> sqlx::Result<()> {
        tracing::error!(payment = %id, step, error, "a payment is set aside");
        sqlx::query(
            "update assistance.payment set tries = $2 + 1, next_at = $3, error = $4
              where id = $1",
        )
        .bind(id)
        .bind(tries)
        .bind(self.next_at(tries))
        .bind(error)
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Sets the comparison of a case aside.
    pub(super) async fn set_account_aside(&self, number: &str, error: &str) -> sqlx::Result<()> {
        tracing::error!(
            case = number,
            error,
            "roll and payments of a case are not compared"
        );
        let tries: i32 = sqlx::query_scalar(
            "update assistance.account_due set tries = tries + 1, error = $2
              where case_number = $1 returning tries",
        )
        .bind(number)
        .bind(error)
        .fetch_optional(self.pool())
        .await?
        .unwrap_or(1);
        sqlx::query("update assistance.account_due set next_at = $2 where case_number = $1")
            .bind(number)
            .bind(self.next_at(tries - 1))
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Sets the run of a county and month aside.
    pub(super) async fn set_run_aside(
        &self,
        county: &str,
        month: Month,
        error: &str,
    ) -> sqlx::Result<()> {
        tracing::error!(county, %month, error, "a payment run is set aside");
        let tries: i32 = sqlx::query_scalar(
            "insert into assistance.payment_run as run (county, month, state, started_at, tries)
             values ($1, $2, 'open', $3, 1)
             on conflict (county, month) do update set tries = run.tries + 1
             returning tries",
        )
        .bind(county)
        .bind(to_chrono_date(month.first_day()))
        .bind(to_chrono(self.runtime.now()))
        .fetch_one(self.pool())
        .await?;
        sqlx::query(
            "update assistance.payment_run set next_at = $3, error = $4
              where county = $1 and month = $2",
        )
        .bind(county)
        .bind(to_chrono_date(month.first_day()))
        .bind(self.next_at(tries - 1))
        .bind(error)
        .execute(self.pool())
        .await?;
        Ok(())
    }
}

/// What is set aside now (payments, runs, comparisons), and batches of which the bank did not say
/// what was agreed.
pub(super) async fn count(conn: &mut PgConnection) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "select (select count(*) from assistance.payment
                  where error is not null
                    and (state = 'pending' or state in ('paid', 'returned') and noted_at is null))
                + (select count(*) from assistance.payment_run where state = 'open' and error is not null)
                + (select count(*) from assistance.account_due where error is not null),
                (select count(*) from assistance.payment_batch
                  where state <> 'settled' and error is not null)",
    )
    .fetch_one(conn)
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour_and_errors_name_nobody() {
        let pauses = [(0, 1), (1, 2), (5, 32), (12, 4096), (1000, 4096), (-3, 1)];
        for (tries, seconds) in pauses {
            assert_eq!(pause(tries), SignedDuration::from_secs(seconds), "{tries}");
        }
        let json = serde_json::from_str::<i64>("\"6217000000000000001\"").unwrap_err();
        assert_eq!(PaymentError::from(json).kind(), "json");
    }
}
