//! Payments go to the bank in batches; a batch is written down before it is sent.

use jiff::Timestamp;
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
    tries: i32,
    version: i64,
    body: Vec<u8>,
}

/// What goes into a batch: the lines, and the version of the account of each.
struct Lines {
    lines: Vec<Line>,
    versions: Vec<i64>,
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
        let wall = self.runtime.wall();
        let waiting = waiting(&mut tx, self.batch_lines, wall).await?;
        // One batch holds one county and month.
        let Some(first) = waiting.first() else {
            return Ok(false);
        };
        let (county, month) = (first.county.clone(), first.month);
        let own: Vec<Waiting> = waiting
            .into_iter()
            .filter(|one| (&one.county, one.month) == (&county, month))
            .collect();
        let (lines, failed) = self.lines(own);
        if !lines.lines.is_empty() {
            self.write(&mut tx, &county, month, lines).await?;
        }
        tx.commit().await?;
        for (id, tries, error) in failed {
            self.set_aside(id, tries, "batch", &error.kind()).await?;
        }
        Ok(true)
    }

    /// The lines, and the payments whose account does not open.
    fn lines(&self, own: Vec<Waiting>) -> (Lines, Vec<(Uuid, i32, PaymentError)>) {
        let (mut lines, mut versions) = (Vec::new(), Vec::new());
        let mut failed = Vec::new();
        for one in own {
            match open_payee(&self.runtime.sealer, &one.case_number, one.body) {
                Ok(payee) => {
                    versions.push(one.version);
                    lines.push(Line {
                        line_id: one.id,
                        account: payee.account,
                        name: payee.holder,
                        amount_fen: one.amount_fen,
                    });
                }
                Err(error) => failed.push((one.id, one.tries, error.into())),
            }
        }
        (Lines { lines, versions }, failed)
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        county: &str,
        month: chrono::NaiveDate,
        Lines { lines, versions }: Lines,
    ) -> Result<(), PaymentError> {
        let serial: i64 = sqlx::query_scalar("select nextval('assistance.batch_serial')")
            .fetch_one(&mut *conn)
            .await?;
        let written = time::month_of(from_chrono_date(month)).to_string();
        let key = format!("DB-{written}-{county}-{serial:06}");
        let ids: Vec<Uuid> = lines.iter().map(|line| line.line_id).collect();
        let amount: i64 = lines.iter().map(|line| line.amount_fen).sum();
        let body = serde_json::to_value(Body {
            purpose: "最低生活保障金",
            month: written,
            lines,
            callback_url: self.bank.callback().map(reqwest::Url::as_str),
        })?;
        let at = place(&key);
        let sealed = Sealed::seal(&self.runtime.sealer, at.as_bytes(), &body, rand::random())?;
        sqlx::query(
            "insert into assistance.payment_batch
                 (key, county, month, lines, amount_fen, body, state, next_at, created_at)
             values ($1, $2, $3, $4, $5, $6, 'ready', $7, $8)",
        )
        .bind(&key)
        .bind(county)
        .bind(month)
        .bind(i32::try_from(ids.len()).unwrap_or(i32::MAX))
        .bind(amount)
        .bind(sealed.into_bytes())
        .bind(to_chrono(self.runtime.wall()))
        .bind(to_chrono(self.runtime.now()))
        .execute(&mut *conn)
        .await?;
        sqlx::query(
            "update assistance.payment payment
                set state = 'batched', batch = $3, payee_version = used.version,
                    tries = 0, next_at = null, error = null
               from unnest($1::uuid[], $2::bigint[]) as used (id, version)
              where payment.id = used.id",
        )
        .bind(&ids)
        .bind(&versions)
        .bind(&key)
        .execute(conn)
        .await?;
        let lines = ids.len();
        tracing::info!(batch = key, lines, "a batch of payments is ready");
        Ok(())
    }
}

async fn waiting(
    conn: &mut PgConnection,
    limit: i64,
    wall: Timestamp,
) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(
        "select payment.id, payment.case_number, payment.county, payment.month,
                payment.amount_fen, payment.tries, payee.version, payee.body
           from assistance.payment
           join assistance.payee using (case_number)
          where payment.state = 'pending'
            and (payment.next_at is null or payment.next_at <= $2)
            -- Nothing leaves before the sums of its month have been compared (rules A5.10).
            and not exists (
                select from assistance.payment_run run
                 where run.county = payment.county and run.month = payment.month
                   and (run.state = 'broken' or run.state = 'open' and run.next_at is null))
          order by payment.county, payment.month, payment.id
          limit $1
            for update of payment skip locked",
    )
    .bind(limit)
    .bind(to_chrono(wall))
    .fetch_all(conn)
    .await
}
