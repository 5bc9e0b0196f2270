//! The payments of a month, set by set.

use jiff::{Timestamp, civil::Date};
use prost::Message as _;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;
use yiwang_casework::runner::behind;
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono, to_chrono_date},
    ids,
    outbox::{self, NewEvent},
};
use yiwang_civic::time::{self, Month};
use yiwang_proto::assistance::v1::PaymentChanged;

use super::{PaymentError, Payments, aside, held, sums};
use crate::domain::minimum_living::world::BENEFIT;

/// Key of the lock under which a chunk is made, one per database.
pub(super) const LOCK: i64 = 0x5957_5041_5900;

/// A month of a county that is due.
struct Due {
    county: String,
    month: Month,
    done_to: String,
}

impl Payments {
    /// Makes one chunk of the oldest due month; false when none is due.
    pub(super) async fn make_some(&self) -> Result<bool, PaymentError> {
        let now = self.runtime.now();
        let mut tx = self.pool().begin().await?;
        let locked: bool = sqlx::query_scalar("select pg_try_advisory_xact_lock($1)")
            .bind(LOCK)
            .fetch_one(&mut *tx)
            .await?;
        if !locked {
            return Ok(false);
        }
        let Some((county, month)) = self.due(&mut tx, now).await? else {
            return Ok(false);
        };
        let made = match self.open_run(&mut tx, &county, month, now).await {
            Ok(due) => self.chunk(&mut tx, due, now).await,
            Err(error) => Err(error.into()),
        };
        match made {
            Ok(()) => tx.commit().await?,
            Err(error) => {
                tx.rollback().await?;
                self.set_run_aside(&county, month, &error.kind()).await?;
            }
        }
        Ok(true)
    }

    /// The oldest month whose pay day has come and that is not made, of the
    /// first county whose run is not set aside.
    async fn due(
        &self,
        conn: &mut PgConnection,
        now: Timestamp,
    ) -> Result<Option<(String, Month)>, PaymentError> {
        let aside: Vec<(String, chrono::NaiveDate)> = sqlx::query_as(
            "select county, month from assistance.payment_run
              where state = 'open' and next_at > $1",
        )
        .bind(to_chrono(self.runtime.wall()))
        .fetch_all(&mut *conn)
        .await?;
        for (county, next) in unmade(conn).await? {
            if aside.contains(&(county.clone(), to_chrono_date(next.first_day()))) {
                continue;
            }
            let pay_day = match self.pay_day(&county, next) {
                Ok(pay_day) => pay_day,
                Err(error) => {
                    self.set_run_aside(&county, next, &error.kind()).await?;
                    continue;
                }
            };
            if time::beijing_date(now) < pay_day {
                continue;
            }
            // A clock from before may still end support for this month (a demo clock jumps over
            // months).
            if behind(conn, time::start_of_day(pay_day)).await? {
                continue;
            }
            return Ok(Some((county, next)));
        }
        Ok(None)
    }

    /// For the operator: how long the oldest month waits to be made, in seconds of business time,
    /// how many are held because their sums differ, what is set aside, what the bank leaves open.
    pub(super) async fn show_waiting(&self) -> Result<(), PaymentError> {
        let now = self.runtime.now();
        let mut conn = self.pool().acquire().await?;
        let mut longest = 0.0_f64;
        for (county, month) in unmade(&mut conn).await? {
            let Ok(pay_day) = self.pay_day(&county, month) else {
                continue;
            };
            let waits = now.duration_since(time::start_of_day(pay_day));
            longest = longest.max(waits.as_secs_f64());
        }
        metrics::gauge!("yiwang_payment_run_open_seconds", "service" => self.runtime.service)
            .set(longest);
        let broken = held::runs(&mut *conn).await?.len();
        let (aside, unclear) = aside::count(&mut conn).await?;
        let service = self.runtime.service;
        #[expect(clippy::cast_precision_loss, reason = "counts for a picture")]
        {
            metrics::gauge!("yiwang_payment_runs_broken").set(broken as f64);
            metrics::gauge!("yiwang_payments_set_aside", "service" => service).set(aside as f64);
            metrics::gauge!("yiwang_payment_batches_unclear", "service" => service)
                .set(unclear as f64);
        }
        Ok(())
    }

    fn pay_day(&self, county: &str, month: Month) -> Result<Date, PaymentError> {
        let first = month.first_day();
        let day = self
            .runtime
            .rules
            .lookup("minimum_living.pay_day", county, first)?
            .count()?;
        let days = i8::try_from(day.clamp(1, 31))
            .unwrap_or(31)
            .min(first.days_in_month());
        Ok(first.with().day(days).build().unwrap_or(first))
    }

    async fn open_run(
        &self,
        conn: &mut PgConnection,
        county: &str,
        month: Month,
        now: Timestamp,
    ) -> sqlx::Result<Due> {
        let done_to: String = sqlx::query_scalar(
            "insert into assistance.payment_run as run (county, month, state, started_at)
             values ($1, $2, 'open', $3)
             on conflict (county, month) do update set started_at = run.started_at
             returning done_to",
        )
        .bind(county)
        .bind(to_chrono_date(month.first_day()))
        .bind(to_chrono(now))
        .fetch_one(conn)
        .await?;
        Ok(Due {
            county: county.to_owned(),
            month,
            done_to,
        })
    }

    async fn chunk(
        &self,
        tx: &mut Transaction<'_, Postgres>,
        due: Due,
        now: Timestamp,
    ) -> Result<(), PaymentError> {
        let month = to_chrono_date(due.month.first_day());
        let last: Option<String> = sqlx::query_scalar(
            "select max(case_number) from (
                 select case_number from assistance.benefit
                  where county = $1 and case_number > $2
                    and from_month <= $3 and (until_month is null or until_month > $3)
                  order by case_number limit $4) chosen",
        )
        .bind(&due.county)
        .bind(&due.done_to)
        .bind(month)
        .bind(self.chunk)
        .fetch_one(&mut **tx)
        .await?;
        let Some(last) = last else {
            return finish(tx, &due, now).await;
        };
        for made in make(tx, &due, &last, now).await? {
            outbox::enqueue(tx, &ordered(&made, due.month, now)).await?;
        }
        sqlx::query(
            "update assistance.payment_run
                set done_to = $3, tries = 0, next_at = null, error = null
              where county = $1 and month = $2",
        )
        .bind(&due.county)
        .bind(month)
        .bind(&last)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }
}

/// A payment that was just made.
struct Made {
    id: Uuid,
    case_number: String,
    amount_fen: i64,
}

/// Payments and lines of the households up to `last`; a second time makes none.
async fn make(
    conn: &mut PgConnection,
    due: &Due,
    last: &str,
    now: Timestamp,
) -> sqlx::Result<Vec<Made>> {
    let rows: Vec<(Uuid, String, i64)> = sqlx::query_as(
        "with shares as (
             select b.case_number, b.benefit, b.county, s.person_key, s.amount_fen
               from assistance.benefit b
               join assistance.benefit_share s using (case_number)
              where b.county = $1 and b.case_number > $2 and b.case_number <= $3
                and b.from_month <= $4 and (b.until_month is null or b.until_month > $4)
                and s.from_month <= $4
                and coalesce(least(s.until_month, s.frozen_from, s.held_from) > $4, true)
                and s.amount_fen > 0
                -- One person, one benefit, one month, whatever the case.
                and not exists (select 1 from assistance.payment_line paid
                                 where paid.person_key = s.person_key
                                   and paid.benefit = b.benefit and paid.month = $4)
                -- A death at this instant: either it is seen here, or it sees this payment.
                for share of s
         ), made as (
             insert into assistance.payment
                 (id, case_number, benefit, county, month, amount_fen, state, made_at)
             -- The bank's line. After a restore the same month of the same case has it again, so
             -- that what was paid already is not paid twice (deploy/sandbox.md).
             select md5(concat_ws(' ', f.id, $4::date, 'regular'))::uuid, s.case_number,
                    min(s.benefit), min(s.county), $4, sum(s.amount_fen)::bigint, 'pending', $5
               from shares s join casework.case_file f on f.number = s.case_number
              group by s.case_number, f.id
             on conflict on constraint one_payment_per_month do nothing
             returning id, case_number, amount_fen
         ), lines as (
             insert into assistance.payment_line
                 (payment_id, person_key, benefit, month, amount_fen)
             select made.id, shares.person_key, shares.benefit, $4, shares.amount_fen
               from made join shares using (case_number)
         )
         select id, case_number, amount_fen from made order by case_number",
    )
    .bind(&due.county)
    .bind(&due.done_to)
    .bind(last)
    .bind(to_chrono_date(due.month.first_day()))
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await?;
    let made = |(id, case_number, amount_fen)| Made {
        id,
        case_number,
        amount_fen,
    };
    Ok(rows.into_iter().map(made).collect())
}

/// Nothing is left to make: the sums must agree.
async fn finish(conn: &mut PgConnection, due: &Due, now: Timestamp) -> Result<(), PaymentError> {
    let sums = sums::of(conn, &due.county, due.month).await?;
    let state = if sums.agree() { "made" } else { "broken" };
    if !sums.agree() {
        tracing::error!(county = due.county, month = %due.month, ?sums, "the sums of a payment run differ; its payments are held");
    }
    sqlx::query(
        "update assistance.payment_run
            set state = $3, made_at = $4, tries = 0, next_at = null, error = null
          where county = $1 and month = $2",
    )
    .bind(&due.county)
    .bind(to_chrono_date(due.month.first_day()))
    .bind(state)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

fn ordered(made: &Made, month: Month, now: Timestamp) -> NewEvent {
    event(
        "ordered",
        made.id,
        &made.case_number,
        month,
        made.amount_fen,
        String::new(),
        now,
    )
}

/// `payment.ordered`, `posted` or `returned`; `reason` is a code.
pub(crate) fn event(
    name: &str,
    payment: Uuid,
    case_number: &str,
    month: Month,
    amount_fen: i64,
    reason: String,
    now: Timestamp,
) -> NewEvent {
    let subject = format!("yiwang.assistance.payment.{name}");
    NewEvent {
        id: ids::new(now),
        aggregate: "payment",
        aggregate_id: payment.to_string(),
        event_type: format!("{subject}.v1"),
        subject,
        occurred_at: now,
        payload: PaymentChanged {
            payment_id: payment.to_string(),
            case_number: case_number.to_owned(),
            benefit: BENEFIT.to_owned(),
            month: month.to_string(),
            amount_fen,
            reason,
        }
        .encode_to_vec(),
    }
}

/// The next month of each county, whether it is due or not.
async fn unmade(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, Month)>> {
    let rows: Vec<(String, chrono::NaiveDate, Option<chrono::NaiveDate>)> = sqlx::query_as(
        "select b.county, min(b.from_month),
                (select max(r.month) from assistance.payment_run r
                  where r.county = b.county and r.state <> 'open')
           from assistance.benefit b
          group by b.county
          order by b.county",
    )
    .fetch_all(conn)
    .await?;
    let next = |(county, first, made): (String, _, Option<_>)| {
        let first = time::month_of(from_chrono_date(first));
        let next = made.map_or(first, |made| time::month_of(from_chrono_date(made)).next());
        (county, next)
    };
    Ok(rows.into_iter().map(next).collect())
}
