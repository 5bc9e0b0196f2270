//! Batches are sent until the bank answers, and its answer settles them. An
//! unknown outcome is asked for, never assumed; a repeat sends the same body.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono},
    outbox,
};
use yiwang_civic::{seal::Sealed, time};

use super::{PaymentError, Payments, batch::place, make::event};

/// Longer than the time-out of a call.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

#[derive(sqlx::FromRow)]
struct Taken {
    key: String,
    body: Vec<u8>,
    attempts: i32,
}

#[derive(Deserialize)]
struct Answer {
    status: String,
    #[serde(default)]
    lines: Vec<AnswerLine>,
}

#[derive(Deserialize)]
struct AnswerLine {
    line_id: Uuid,
    status: String,
    #[serde(default)]
    reason: Option<Reason>,
}

#[derive(Deserialize)]
struct Reason {
    #[serde(default)]
    message: String,
}

impl Payments {
    /// Sends or asks about one batch; false when none is due.
    pub(super) async fn settle_one(&self) -> Result<bool, PaymentError> {
        let wall = self.runtime.wall();
        let Some(taken) = self.take(wall).await? else {
            return Ok(false);
        };
        // No connection is held while the bank thinks.
        let path = format!("/batches/{}", taken.key);
        let answer = match self.bank.get(&path).await {
            Ok(Some(answer)) => serde_json::from_value::<Answer>(answer)?,
            Ok(None) => {
                let sent = self.send(&taken).await;
                self.give_back(&taken, "sent", wall).await?;
                sent?;
                return Ok(true);
            }
            Err(error) => {
                self.give_back(&taken, "ready", wall).await?;
                return Err(error.into());
            }
        };
        if answer.status != "settled" {
            self.give_back(&taken, "sent", wall).await?;
            return Ok(true);
        }
        self.settle(&taken.key, answer.lines).await?;
        Ok(true)
    }

    async fn take(&self, wall: Timestamp) -> sqlx::Result<Option<Taken>> {
        sqlx::query_as(
            "update assistance.payment_batch
                set lease_until = $2, attempts = attempts + 1
              where key = (select key from assistance.payment_batch
                            where state <> 'settled' and next_at <= $1
                              and (lease_until is null or lease_until <= $1)
                            order by next_at limit 1 for update skip locked)
             returning key, body, attempts",
        )
        .bind(to_chrono(wall))
        .bind(to_chrono(wall + LEASE))
        .fetch_optional(self.pool())
        .await
    }

    async fn send(&self, taken: &Taken) -> Result<(), PaymentError> {
        let sealed: Sealed<serde_json::Value> = Sealed::from_bytes(taken.body.clone());
        let body = sealed.open(&self.runtime.sealer, place(&taken.key).as_bytes())?;
        let body = serde_json::to_vec(&body)?;
        Ok(self.bank.post("/batches", &taken.key, &body).await?)
    }

    /// Asked again after 0.5 s, 1 s, … 5 min; a callback brings it earlier.
    async fn give_back(&self, taken: &Taken, state: &str, wall: Timestamp) -> sqlx::Result<()> {
        let exponent = u32::try_from(taken.attempts.clamp(1, 10)).unwrap_or(10);
        let wait = SignedDuration::from_millis((250_i64 << exponent).min(300_000));
        sqlx::query(
            "update assistance.payment_batch set lease_until = null, next_at = $3,
                    state = case when state = 'ready' then $2 else state end
              where key = $1 and state <> 'settled'",
        )
        .bind(&taken.key)
        .bind(state)
        .bind(to_chrono(wall + wait))
        .execute(self.pool())
        .await?;
        Ok(())
    }

    async fn settle(&self, key: &str, lines: Vec<AnswerLine>) -> Result<(), PaymentError> {
        let now = self.runtime.now();
        let mut tx = self.pool().begin().await?;
        let settled = sqlx::query(
            "update assistance.payment_batch set state = 'settled', settled_at = $2,
                    lease_until = null
              where key = $1 and state <> 'settled'",
        )
        .bind(key)
        .bind(to_chrono(now))
        .execute(&mut *tx)
        .await?;
        if settled.rows_affected() == 0 {
            return Ok(());
        }
        for line in lines {
            settle_line(&mut tx, key, line, now).await?;
        }
        tx.commit().await?;
        tracing::info!(batch = key, "a batch of payments is settled");
        Ok(())
    }
}

async fn settle_line(
    conn: &mut PgConnection,
    key: &str,
    line: AnswerLine,
    now: Timestamp,
) -> sqlx::Result<()> {
    let paid = line.status == "paid";
    let reason = line.reason.map(|reason| reason.message).filter(|_| !paid);
    let settled: Option<(String, chrono::NaiveDate, i64)> = sqlx::query_as(
        "update assistance.payment set state = $3, reason = $4, settled_at = $5
          where id = $1 and batch = $2 and state = 'batched'
         returning case_number, month, amount_fen",
    )
    .bind(line.line_id)
    .bind(key)
    .bind(if paid { "paid" } else { "returned" })
    .bind(&reason)
    .bind(to_chrono(now))
    .fetch_optional(&mut *conn)
    .await?;
    let Some((number, month, amount)) = settled else {
        return Ok(());
    };
    let month = time::month_of(from_chrono_date(month));
    let name = if paid { "posted" } else { "returned" };
    let event = event(
        name,
        line.line_id,
        &number,
        month,
        amount,
        reason.unwrap_or_default(),
        now,
    );
    outbox::enqueue(conn, &event).await?;
    Ok(())
}
