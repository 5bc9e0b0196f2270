//! Batches are sent until the bank answers, and its answer settles them. An unknown outcome is
//! asked for, never assumed; a repeat sends the same body.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Answer;
use yiwang_chassis::db::to_chrono;

use super::{
    PaymentError, Payments,
    answer::{Outcome, outcomes},
    orders::hold,
};
use crate::departments::BATCH;

/// Longer than the time-out of a call.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

#[derive(sqlx::FromRow)]
struct Taken {
    key: String,
    body: Vec<u8>,
    attempts: i32,
}

impl Payments {
    /// Sends or asks about one batch; false when none is due.
    pub(super) async fn settle_one(&self) -> Result<bool, PaymentError> {
        let rt = &self.runtime;
        let Some(taken) = self.take(rt.wall()).await? else {
            return Ok(false);
        };
        let body: Value = rt.open("payment_batch", &taken.key, &taken.body)?;
        // No connection is held while the bank thinks.
        let answer = rt.departments.call(BATCH, &taken.key, &body).await;
        let settled = match &answer {
            Ok(Answer::Done(answer)) => self.settle(&taken.key, answer).await?,
            _ => false,
        };
        if !settled {
            self.give_back(&taken).await?;
        }
        answer?;
        Ok(true)
    }

    async fn take(&self, wall: Timestamp) -> sqlx::Result<Option<Taken>> {
        sqlx::query_as(
            "update child.payment_batch
                set lease_until = $2, attempts = attempts + 1
              where key = (select key from child.payment_batch
                            where state <> 'settled' and next_at <= $1
                              and (lease_until is null or lease_until <= $1)
                            order by next_at limit 1 for update skip locked)
             returning key, body, attempts",
        )
        .bind(to_chrono(wall))
        .bind(to_chrono(wall + LEASE))
        .fetch_optional(&self.runtime.pool)
        .await
    }

    /// Asked again after 0.4 s, 0.8 s, … 5 min.
    async fn give_back(&self, taken: &Taken) -> sqlx::Result<()> {
        let exponent = u32::try_from(taken.attempts.clamp(1, 11)).unwrap_or(11);
        let wait = SignedDuration::from_millis((200_i64 << exponent).min(300_000));
        sqlx::query(
            "update child.payment_batch set lease_until = null, next_at = $2
              where key = $1 and state <> 'settled'",
        )
        .bind(&taken.key)
        .bind(to_chrono(self.runtime.wall() + wait))
        .execute(&self.runtime.pool)
        .await?;
        Ok(())
    }

    /// Settles what the answer is clear about; true when that is the whole batch.
    async fn settle(&self, key: &str, answer: &Value) -> Result<bool, PaymentError> {
        let now = self.runtime.now();
        let Some(mut found) = outcomes(answer) else {
            let agreed = matches!(answer["status"].as_str(), Some("accepted" | "pending"));
            if !agreed {
                tracing::error!(batch = key, "the bank answers what was not agreed");
            }
            sqlx::query(
                "update child.payment_batch set error = $2
                  where key = $1 and error is distinct from $2",
            )
            .bind(key)
            .bind((!agreed).then_some("answer_unclear"))
            .execute(&self.runtime.pool)
            .await?;
            return Ok(false);
        };
        let mut tx = self.runtime.pool.begin().await?;
        let locked: Option<String> = sqlx::query_scalar(
            "select key from child.payment_batch where key = $1 and state <> 'settled' for update",
        )
        .bind(key)
        .fetch_optional(&mut *tx)
        .await?;
        if locked.is_none() {
            return Ok(true);
        }
        let open = open(&mut tx, key).await?;
        let mut unclear = 0;
        for line in open {
            match found.remove(&line.id).unwrap_or(Outcome::Unclear) {
                Outcome::Paid => close(&mut tx, line.id, "paid", "", now).await?,
                // The account is another meanwhile: it goes out again at once.
                Outcome::Returned(_) if line.version > line.used => hold(&mut tx, line.id).await?,
                Outcome::Returned(reason) => {
                    close(&mut tx, line.id, "returned", &reason, now).await?;
                }
                Outcome::Unclear => unclear += 1,
            }
        }
        let error = (unclear > 0).then_some("lines_unclear");
        sqlx::query(
            "update child.payment_batch
                set state = case when $2::text is null then 'settled' else state end,
                    settled_at = case when $2::text is null then $3 else null end,
                    lease_until = null, error = $2
              where key = $1",
        )
        .bind(key)
        .bind(error)
        .bind(to_chrono(now))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if unclear > 0 {
            tracing::error!(
                batch = key,
                unclear,
                "the bank does not say what became of payments"
            );
        }
        Ok(unclear == 0)
    }
}

/// A line that is with the bank.
#[derive(sqlx::FromRow)]
struct Open {
    id: Uuid,
    /// Version of the account it went to.
    used: i64,
    /// Version of the account now; 0: nothing is due any more.
    version: i64,
}

/// Locked: an account that changes at this instant sees the return, or is seen here. The accounts
/// come first, as where they change.
async fn open(conn: &mut PgConnection, key: &str) -> sqlx::Result<Vec<Open>> {
    sqlx::query(
        "select 1 from child.payee
          where case_number in (select case_number from child.payment
                                 where batch = $1 and state = 'sent')
          order by case_number for share",
    )
    .bind(key)
    .execute(&mut *conn)
    .await?;
    sqlx::query_as(
        "select p.id, coalesce(p.payee_version, 0) as used,
                case when f.case_number is null then coalesce(y.version, 0) else 0 end as version
           from child.payment p
           left join child.payee y using (case_number)
           left join child.foster f on f.case_number = p.case_number and f.fee_to <> ''
                                   and p.month > (f.fee_to || '-01')::date
          where p.batch = $1 and p.state = 'sent' order by p.id for update of p",
    )
    .bind(key)
    .fetch_all(conn)
    .await
}

async fn close(
    conn: &mut PgConnection,
    id: Uuid,
    state: &str,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update child.payment set state = $2, reason = $3, settled_at = $4, noted_at = null,
                tries = 0, next_at = null
          where id = $1",
    )
    .bind(id)
    .bind(state)
    .bind(reason)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
