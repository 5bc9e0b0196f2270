//! Payments go to the bank in batches; a batch is written down before it is sent.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono},
    fault::Fault,
};
use yiwang_civic::time;

use super::{LINES, PaymentError, Payments, orders::Destination};

/// A payment that waits for a batch.
#[derive(sqlx::FromRow)]
struct Waiting {
    id: Uuid,
    case_number: String,
    county: String,
    item: String,
    run_month: chrono::NaiveDate,
    fen: i64,
    tries: i32,
    kind: String,
    person: String,
    version: i64,
    body: Vec<u8>,
}

impl Payments {
    /// Writes down one batch; false when nothing waits.
    pub(super) async fn batch_one(&self) -> Result<bool, PaymentError> {
        let rt = &self.runtime;
        let mut tx = rt.pool.begin().await?;
        release(&mut tx, rt.wall()).await?;
        let waiting = waiting(&mut tx).await?;
        // One batch holds one county, purse and run.
        let Some(first) = waiting.first() else {
            tx.commit().await?;
            return Ok(false);
        };
        let (county, month) = (first.county.clone(), first.run_month);
        let purse = purse(&first.item);
        let same = |one: &Waiting| {
            one.county == county && one.run_month == month && self::purse(&one.item) == purse
        };
        let own: Vec<Waiting> = waiting.into_iter().filter(same).collect();
        let serial: i64 = sqlx::query_scalar("select nextval('child.batch_serial')")
            .fetch_one(&mut *tx)
            .await?;
        let month = time::month_of(from_chrono_date(month)).to_string();
        let key = format!("{}-{month}-{county}-{serial:06}", purse.0);
        let mut opened = Vec::new();
        for one in own {
            let account = rt.open("payee", &one.case_number, &one.body);
            match account {
                Ok(account) => opened.push((one, account)),
                Err(fault) => self.set_aside(&mut tx, &one, &fault).await?,
            }
        }
        if !opened.is_empty() {
            self.write(&mut tx, &key, &county, (purse.1, &month), opened)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// An account that does not open holds up nobody else, and is seen where held ones are.
    async fn set_aside(
        &self,
        conn: &mut PgConnection,
        one: &Waiting,
        fault: &Fault,
    ) -> sqlx::Result<()> {
        let exponent = u32::try_from(one.tries.clamp(0, 12)).unwrap_or_default();
        let wait = SignedDuration::from_secs(1_i64 << exponent);
        sqlx::query(
            "update child.payment
                set state = 'held', reason = '收款账户读不出来，请重新登记收款账户',
                    tries = tries + 1, next_at = $2
              where id = $1",
        )
        .bind(one.id)
        .bind(to_chrono(self.runtime.wall() + wait))
        .execute(conn)
        .await?;
        let error = fault.reason.as_ref();
        tracing::error!(payment = %one.id, error, "an account of a payment does not open");
        Ok(())
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        key: &str,
        county: &str,
        (purpose, month): (&str, &str),
        opened: Vec<(Waiting, Destination)>,
    ) -> Result<(), PaymentError> {
        let rt = &self.runtime;
        let sum: i64 = opened.iter().map(|(one, _)| one.fen).sum();
        let count = i32::try_from(opened.len()).unwrap_or(i32::MAX);
        let line = |(one, account): &(Waiting, Destination)| {
            json!({ "line_id": one.id, "account": account.account, "name": account.holder,
                    "amount_fen": one.fen })
        };
        let lines: Vec<Value> = opened.iter().map(line).collect();
        let body = json!({ "purpose": purpose, "month": month, "lines": lines });
        let body = rt.seal("payment_batch", key, &body)?;
        sqlx::query(
            "insert into child.payment_batch
                 (key, county, lines, fen, body, state, next_at, created_at)
             values ($1, $2, $3, $4, $5, 'ready', $6, $7)",
        )
        .bind(key)
        .bind(county)
        .bind(count)
        .bind(sum)
        .bind(body)
        .bind(to_chrono(rt.wall()))
        .bind(to_chrono(rt.now()))
        .execute(&mut *conn)
        .await?;
        for (one, account) in opened {
            self.mark(conn, &one, &account, key).await?;
        }
        tracing::info!(batch = key, lines = count, "a batch of payments is ready");
        Ok(())
    }

    async fn mark(
        &self,
        conn: &mut PgConnection,
        one: &Waiting,
        account: &Destination,
        key: &str,
    ) -> Result<(), PaymentError> {
        let rt = &self.runtime;
        let name = rt.seal("payment", &one.id.to_string(), &account.holder)?;
        sqlx::query(
            "update child.payment
                set state = 'sent', batch = $2, payee_kind = $3, payee_person = $4,
                    payee_version = $5, payee_name = $6, sent_at = $7, reason = '',
                    tries = 0, next_at = null
              where id = $1",
        )
        .bind(one.id)
        .bind(key)
        .bind(&one.kind)
        .bind(&one.person)
        .bind(one.version)
        .bind(name)
        .bind(to_chrono(rt.now()))
        .execute(conn)
        .await?;
        Ok(())
    }
}

/// What a batch is for: prefix of its key, words for the bank.
fn purse(item: &str) -> (&'static str, &'static str) {
    match item {
        "JY" => ("JY", "家庭寄养劳务费"),
        "MT" => ("MT", "医疗康复费用"),
        "ZX" => ("ZX", "助学金"),
        _ => ("ET", "儿童基本生活保障"),
    }
}

/// Nobody stopped payment `p`, and its payee `y` may receive it (rules B5.12): no suspect, whoever
/// the child; for care and treatment nobody who may not care for a child; for an allowance nobody
/// who is barred from it. An instalment is the student's own.
const MAY_LEAVE: &str = "not exists (select 1 from child.allowance a
                             where a.case_number = p.allowance and a.held)
            and not exists (select 1 from child.barred_payee b
                             where b.case_number = p.case_number and b.lifted_at is null
                               and b.person = y.person)
            and not case when p.part = 'instalment' then false
                         when p.part in ('fee', 'bill') then child.may_not_care(y.person)
                         else child.is_suspect(y.person) end";

/// What may leave is ready.
async fn release(conn: &mut PgConnection, wall: Timestamp) -> sqlx::Result<()> {
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "update child.payment p set state = 'ready', reason = ''
           from child.payee y
          where p.state = 'held' and y.case_number = p.case_number
            and (p.next_at is null or p.next_at <= $1) and {MAY_LEAVE}"
    )))
    .bind(to_chrono(wall))
    .execute(conn)
    .await?;
    Ok(())
}

async fn waiting(conn: &mut PgConnection) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select p.id, p.case_number, p.county, p.kind as item, p.run_month, p.fen, p.tries, y.kind,
                y.person, y.version, y.body
           from child.payment p
           join child.payee y using (case_number)
          where p.state = 'ready' and {MAY_LEAVE}
          order by p.county, p.run_month, p.id
          limit $1
            for update of p skip locked"
    )))
    .bind(LINES)
    .fetch_all(conn)
    .await
}
