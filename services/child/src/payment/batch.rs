//! Payments go to the bank in batches; a batch is written down before it is sent.

use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono_date, to_chrono};
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
        release(&mut tx).await?;
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
        let (mut lines, mut sum) = (Vec::new(), 0);
        for one in &own {
            lines.push(self.line(one)?);
            sum += one.fen;
        }
        let count = i32::try_from(lines.len()).unwrap_or(i32::MAX);
        let body = json!({ "purpose": purse.1, "month": month, "lines": lines });
        let body = rt.seal("payment_batch", &key, &body)?;
        sqlx::query(
            "insert into child.payment_batch
                 (key, county, lines, fen, body, state, next_at, created_at)
             values ($1, $2, $3, $4, $5, 'ready', $6, $7)",
        )
        .bind(&key)
        .bind(&county)
        .bind(count)
        .bind(sum)
        .bind(body)
        .bind(to_chrono(rt.wall()))
        .bind(to_chrono(rt.now()))
        .execute(&mut *tx)
        .await?;
        for one in own {
            self.mark(&mut tx, one, &key).await?;
        }
        tx.commit().await?;
        tracing::info!(batch = key, lines = count, "a batch of payments is ready");
        Ok(true)
    }

    fn line(&self, one: &Waiting) -> Result<Value, PaymentError> {
        let account: Destination = self.runtime.open("payee", &one.case_number, &one.body)?;
        Ok(json!({
            "line_id": one.id, "account": account.account, "name": account.holder,
            "amount_fen": one.fen,
        }))
    }

    async fn mark(
        &self,
        conn: &mut PgConnection,
        one: Waiting,
        key: &str,
    ) -> Result<(), PaymentError> {
        let rt = &self.runtime;
        let account: Destination = rt.open("payee", &one.case_number, &one.body)?;
        let name = rt.seal("payment", &one.id.to_string(), &account.holder)?;
        sqlx::query(
            "update child.payment
                set state = 'sent', batch = $2, payee_kind = $3, payee_person = $4,
                    payee_version = $5, payee_name = $6, sent_at = $7, reason = ''
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

/// Nobody stopped payment `p`, and its payee `y` may receive it: for an allowance who is not barred
/// from it, for a fee who is under no suspicion (rules B5.12).
const MAY_LEAVE: &str = "not exists (select 1 from child.allowance a
                             where a.case_number = p.allowance and a.held)
            and not exists (select 1 from child.barred_payee b
                             where b.case_number = p.case_number and b.lifted_at is null
                               and b.person = y.person)
            and not (p.part = 'fee' and exists (
                     select 1 from child.suspect s join child.protection g using (case_number)
                      where s.person_key = y.person
                        and g.state not in ('closed', 'merged', 'transferred')))";

/// What may leave is ready.
async fn release(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "update child.payment p set state = 'ready', reason = ''
           from child.payee y
          where p.state = 'held' and y.case_number = p.case_number and {MAY_LEAVE}"
    )))
    .execute(conn)
    .await?;
    Ok(())
}

async fn waiting(conn: &mut PgConnection) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select p.id, p.case_number, p.county, p.kind as item, p.run_month, p.fen, y.kind,
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
