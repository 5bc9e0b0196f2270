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
        let mut found = outcomes(answer);
        let mut tx = self.runtime.pool.begin().await?;
        let open: Vec<Uuid> = sqlx::query_scalar(
            "select id from child.payment where batch = $1 and state = 'sent'
              order by id for update",
        )
        .bind(key)
        .fetch_all(&mut *tx)
        .await?;
        let mut unclear = 0;
        for id in open {
            match found.remove(&id).unwrap_or(Outcome::Unclear) {
                Outcome::Paid => close(&mut tx, id, "paid", "", now).await?,
                Outcome::Returned(reason) => close(&mut tx, id, "returned", &reason, now).await?,
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
            metrics::counter!("yiwang_child_payment_lines_unclear").increment(1);
        }
        Ok(unclear == 0)
    }
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
