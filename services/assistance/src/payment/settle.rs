//! Batches are sent until the bank answers, and its answer settles them. An
//! unknown outcome is asked for, never assumed; a repeat sends the same body.
//!
//! A line the answer leaves out, or gives a status nobody agreed on, stays open:
//! a person is told by log and metric, and the bank is asked on.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono},
    outbox,
};
use yiwang_civic::{seal::Sealed, time};

use super::{
    PaymentError, Payments,
    answer::{Answer, Outcome},
    batch::place,
    make::event,
};
use crate::ledger;

/// Longer than the time-out of a call.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

#[derive(sqlx::FromRow)]
struct Taken {
    key: String,
    body: Vec<u8>,
    attempts: i32,
}

/// A line that is with the bank.
#[derive(sqlx::FromRow)]
struct Open {
    id: Uuid,
    case_number: String,
    month: chrono::NaiveDate,
    amount_fen: i64,
    payee_version: Option<i64>,
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
            Ok(Some(answer)) => Answer::read(answer),
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
        let done = match answer {
            Answer::Accepted => false,
            Answer::Settled(outcomes) => self.settle(&taken.key, outcomes).await?,
            Answer::Unknown => {
                self.alarm(&taken.key, "answer_unknown").await?;
                false
            }
        };
        if !done {
            self.give_back(&taken, "sent", wall).await?;
        }
        Ok(true)
    }

    /// A person has to look at a batch; said once for each kind of trouble.
    async fn alarm(&self, key: &str, error: &'static str) -> sqlx::Result<()> {
        let news = sqlx::query(
            "update assistance.payment_batch set error = $2
              where key = $1 and error is distinct from $2",
        )
        .bind(key)
        .bind(error)
        .execute(self.pool())
        .await?;
        if news.rows_affected() == 1 {
            tracing::error!(batch = key, error, "the bank's answer is not as agreed");
        }
        Ok(())
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

    /// Settles what the answer is clear about; true when that is the whole batch.
    async fn settle(
        &self,
        key: &str,
        mut outcomes: HashMap<Uuid, Outcome>,
    ) -> Result<bool, PaymentError> {
        let now = self.runtime.now();
        let mut tx = self.pool().begin().await?;
        let locked: Option<String> = sqlx::query_scalar(
            "select key from assistance.payment_batch
              where key = $1 and state <> 'settled' for update",
        )
        .bind(key)
        .fetch_optional(&mut *tx)
        .await?;
        if locked.is_none() {
            return Ok(true);
        }
        let open: Vec<Open> = sqlx::query_as(
            "select id, case_number, month, amount_fen, payee_version from assistance.payment
              where batch = $1 and state = 'batched' order by case_number, id for update",
        )
        .bind(key)
        .fetch_all(&mut *tx)
        .await?;
        let mut unclear = 0;
        for line in open {
            match outcomes.remove(&line.id).unwrap_or(Outcome::Missing) {
                Outcome::Paid => post(&mut tx, &line, now).await?,
                Outcome::Returned { reason, code } => {
                    take_back(&mut tx, key, &line, (&reason, code), now).await?;
                }
                odd @ (Outcome::Unknown | Outcome::Missing) => {
                    unclear += 1;
                    set_error(&mut tx, line.id, odd.error()).await?;
                }
            }
        }
        if unclear == 0 {
            sqlx::query(
                "update assistance.payment_batch set state = 'settled', settled_at = $2,
                        lease_until = null, error = null
                  where key = $1",
            )
            .bind(key)
            .bind(to_chrono(now))
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        if unclear > 0 {
            self.alarm(key, "lines_unclear").await?;
            return Ok(false);
        }
        tracing::info!(batch = key, "a batch of payments is settled");
        Ok(true)
    }
}

/// The money reached the account.
async fn post(conn: &mut PgConnection, line: &Open, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "update assistance.payment
            set state = 'paid', reason = null, error = null, settled_at = $2 where id = $1",
    )
    .bind(line.id)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    tell(conn, "posted", line, String::new(), now).await
}

/// The money came back. When the family has changed the account meanwhile, it
/// goes out again at once; otherwise it waits for a new account.
async fn take_back(
    conn: &mut PgConnection,
    key: &str,
    line: &Open,
    (reason, code): (&str, String),
    now: Timestamp,
) -> sqlx::Result<()> {
    // Locked: an account that changes at this instant sees the return, or is seen here.
    let version: Option<i64> =
        sqlx::query_scalar("select version from assistance.payee where case_number = $1 for share")
            .bind(&line.case_number)
            .fetch_optional(&mut *conn)
            .await?;
    let changed = version
        .zip(line.payee_version)
        .is_some_and(|(now, used)| now > used);
    if changed {
        sqlx::query(
            "update assistance.payment
                set state = 'pending', batch = null, payee_version = null, error = null
              where id = $1",
        )
        .bind(line.id)
        .execute(&mut *conn)
        .await?;
        sqlx::query(
            "update assistance.payment_batch set repaired_fen = repaired_fen + $2
              where key = $1",
        )
        .bind(key)
        .bind(line.amount_fen)
        .execute(&mut *conn)
        .await?;
    } else {
        sqlx::query(
            "update assistance.payment
                set state = 'returned', reason = $2, error = null, settled_at = $3 where id = $1",
        )
        .bind(line.id)
        .bind(reason)
        .bind(to_chrono(now))
        .execute(&mut *conn)
        .await?;
    }
    // Somebody may have died while the bank held it: what is due no longer is not sent again.
    ledger::mark(conn, &line.case_number).await?;
    tell(conn, "returned", line, code, now).await
}

async fn set_error(conn: &mut PgConnection, id: Uuid, error: &'static str) -> sqlx::Result<()> {
    let news = sqlx::query(
        "update assistance.payment set error = $2 where id = $1 and error is distinct from $2",
    )
    .bind(id)
    .bind(error)
    .execute(conn)
    .await?;
    if news.rows_affected() == 1 {
        tracing::error!(payment = %id, error, "the bank does not say what became of a payment");
    }
    Ok(())
}

async fn tell(
    conn: &mut PgConnection,
    name: &'static str,
    line: &Open,
    code: String,
    now: Timestamp,
) -> sqlx::Result<()> {
    let month = time::month_of(from_chrono_date(line.month));
    let event = event(
        name,
        line.id,
        &line.case_number,
        month,
        line.amount_fen,
        code,
        now,
    );
    outbox::enqueue(conn, &event).await?;
    Ok(())
}
