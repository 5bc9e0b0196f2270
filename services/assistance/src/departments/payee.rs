//! The account of a granted case, sealed for the paying side.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::PgPool;
use yiwang_casework::{Answer, CallError};
use yiwang_civic::seal::{SealError, Sealed, Sealer};

/// Where the money of a case goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payee {
    /// Holder of the account.
    pub(crate) holder: String,
    /// Bank.
    pub(crate) bank: String,
    /// Account number.
    pub(crate) account: String,
}

#[derive(Deserialize)]
struct Order {
    case_number: String,
    version: i64,
    #[serde(flatten)]
    payee: Payee,
}

fn place(case_number: &str) -> String {
    format!("assistance.payee/{case_number}")
}

/// Opens a sealed account.
pub(crate) fn open(sealer: &Sealer, case_number: &str, body: Vec<u8>) -> Result<Payee, SealError> {
    Sealed::from_bytes(body).open(sealer, place(case_number).as_bytes())
}

/// Keeps the account; an older one than is kept changes nothing. What the bank
/// sent back waits for a new account and goes out again.
pub(super) async fn store(
    pool: &PgPool,
    sealer: &Sealer,
    payload: &Value,
) -> Result<Answer, CallError> {
    let order: Order = serde_json::from_value(payload.clone())
        .map_err(|_| CallError::Refused("malformed account".to_owned()))?;
    let place = place(&order.case_number);
    let sealed = Sealed::seal(sealer, place.as_bytes(), &order.payee, rand::random())
        .map_err(|error| CallError::Refused(error.to_string()))?;
    let transient = |error: sqlx::Error| CallError::Transient(error.to_string());
    let mut tx = pool.begin().await.map_err(transient)?;
    let kept = sqlx::query(
        "insert into assistance.payee as kept (case_number, version, body) values ($1, $2, $3)
         on conflict (case_number) do update set version = excluded.version, body = excluded.body
          where kept.version < excluded.version",
    )
    .bind(&order.case_number)
    .bind(order.version)
    .bind(sealed.into_bytes())
    .execute(&mut *tx)
    .await
    .map_err(transient)?;
    if kept.rows_affected() == 1 {
        sqlx::query(
            "with again as (
                 update assistance.payment payment
                    set state = 'pending', batch = null, reason = null, noted_at = null,
                        payee_version = null, tries = 0, next_at = null, error = null
                   from (select id, batch from assistance.payment
                          where case_number = $1 and state = 'returned' for update) old
                  where payment.id = old.id
                 returning old.batch, payment.amount_fen)
             update assistance.payment_batch batch
                set repaired_fen = repaired_fen + again.amount_fen
               from (select batch, sum(amount_fen)::bigint amount_fen from again group by batch) again
              where batch.key = again.batch",
        )
        .bind(&order.case_number)
        .execute(&mut *tx)
        .await
        .map_err(transient)?;
    }
    tx.commit().await.map_err(transient)?;
    Ok(Answer::Done(json!({})))
}
