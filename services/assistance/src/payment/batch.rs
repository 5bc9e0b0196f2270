//! Payments go to the bank in batches; a batch is written down before it is sent.

use std::collections::BTreeMap;

use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono_date, to_chrono};
use yiwang_civic::{seal::Sealed, time};

use super::{PaymentError, Payments};
use crate::departments::open_payee;

/// A payment that waits for a batch.
#[derive(sqlx::FromRow)]
struct Waiting {
    id: Uuid,
    case_number: String,
    county: String,
    month: chrono::NaiveDate,
    amount_fen: i64,
    body: Vec<u8>,
}

#[derive(Serialize)]
struct Line {
    line_id: Uuid,
    account: String,
    name: String,
    amount_fen: i64,
}

#[derive(Serialize)]
struct Body<'a> {
    purpose: &'static str,
    month: String,
    lines: Vec<Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
}

/// Place of a sealed body.
pub(super) fn place(key: &str) -> String {
    format!("assistance.payment_batch/{key}")
}

impl Payments {
    /// Writes down one batch; false when nothing waits.
    pub(super) async fn batch_one(&self) -> Result<bool, PaymentError> {
        let mut tx = self.pool().begin().await?;
        let waiting = waiting(&mut tx, self.batch_lines).await?;
        // One batch holds one county and month.
        let Some(first) = waiting.first() else {
            return Ok(false);
        };
        let (county, month) = (first.county.clone(), first.month);
        let own: Vec<Waiting> = waiting
            .into_iter()
            .filter(|one| (&one.county, one.month) == (&county, month))
            .collect();
        let serial: i64 = sqlx::query_scalar("select nextval('assistance.batch_serial')")
            .fetch_one(&mut *tx)
            .await?;
        let written = time::month_of(from_chrono_date(month)).to_string();
        let key = format!("DB-{written}-{county}-{serial:06}");
        let amounts: BTreeMap<Uuid, i64> = own.iter().map(|one| (one.id, one.amount_fen)).collect();
        let body = self.body(own, &written)?;
        let sealed = Sealed::seal(
            &self.runtime.sealer,
            place(&key).as_bytes(),
            &body,
            rand::random(),
        )?;
        sqlx::query(
            "insert into assistance.payment_batch
                 (key, county, month, lines, amount_fen, body, state, next_at, created_at)
             values ($1, $2, $3, $4, $5, $6, 'ready', $7, $8)",
        )
        .bind(&key)
        .bind(&county)
        .bind(month)
        .bind(i32::try_from(amounts.len()).unwrap_or(i32::MAX))
        .bind(amounts.values().sum::<i64>())
        .bind(sealed.into_bytes())
        .bind(to_chrono(self.runtime.wall()))
        .bind(to_chrono(self.runtime.now()))
        .execute(&mut *tx)
        .await?;
        let ids: Vec<Uuid> = amounts.into_keys().collect();
        sqlx::query(
            "update assistance.payment set state = 'batched', batch = $2 where id = any($1)",
        )
        .bind(&ids)
        .bind(&key)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        tracing::info!(
            batch = key,
            lines = ids.len(),
            "a batch of payments is ready"
        );
        Ok(true)
    }

    fn body(&self, own: Vec<Waiting>, month: &str) -> Result<serde_json::Value, PaymentError> {
        let mut lines = Vec::with_capacity(own.len());
        for one in own {
            let payee = open_payee(&self.runtime.sealer, &one.case_number, one.body)?;
            lines.push(Line {
                line_id: one.id,
                account: payee.account,
                name: payee.holder,
                amount_fen: one.amount_fen,
            });
        }
        let callback_url = self.bank.callback().map(reqwest::Url::as_str);
        let month = month.to_owned();
        Ok(serde_json::to_value(Body {
            purpose: "最低生活保障金",
            month,
            lines,
            callback_url,
        })?)
    }
}

async fn waiting(conn: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(
        "select payment.id, payment.case_number, payment.county, payment.month,
                payment.amount_fen, payee.body
           from assistance.payment
           join assistance.payee using (case_number)
          where payment.state = 'pending'
          order by payment.county, payment.month, payment.id
          limit $1
            for update of payment skip locked",
    )
    .bind(limit)
    .fetch_all(conn)
    .await
}
