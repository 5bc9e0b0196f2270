//! The payments of a month, county by county: one transaction each.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{Runtime, runner::behind};
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};
use yiwang_civic::{
    money::Fen,
    params::ParamError,
    time::{self, Month},
};

use super::{
    PaymentError, Payments,
    book::{self, Book},
    line::Line,
};
use crate::domain::entitlements::{
    law::{
        Upbringing,
        amount::Draws,
        ledger::{self, Correction},
        month::is_paid,
    },
    procedure::{facts::draws_in, standards},
};

/// Key of the lock under which a month is made, one per database.
const LOCK: i64 = 0x5957_4348_0001;

/// How far back a change reaches.
pub(super) const MONTHS_BACK: i32 = 36;

pub(super) fn month_of(day: chrono::NaiveDate) -> Month {
    time::month_of(from_chrono_date(day))
}

pub(crate) fn day_of(month: Month) -> chrono::NaiveDate {
    to_chrono_date(month.first_day())
}

impl Payments {
    /// Makes the oldest due month of the first county; false when none is due.
    pub(super) async fn make_one(&self) -> Result<bool, PaymentError> {
        let rt = &self.runtime;
        let now = rt.now();
        let mut tx = rt.pool.begin().await?;
        let Some((county, month)) = due(rt, &mut tx, now).await? else {
            return Ok(false);
        };
        make(rt, &mut tx, &county, month).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// The oldest month that is not made and whose pay day has come.
async fn due(
    rt: &Runtime,
    conn: &mut PgConnection,
    now: Timestamp,
) -> Result<Option<(String, Month)>, PaymentError> {
    for (county, next) in unmade(conn).await? {
        let pay_day = pay_day(rt, &county, next)?;
        let reached = time::beijing_date(now) >= pay_day;
        // A clock from before may still change the month (a demo clock jumps over months).
        if reached && !behind(conn, time::start_of_day(pay_day)).await? {
            return Ok(Some((county, next)));
        }
    }
    Ok(None)
}

/// The next month of each county, whether it is due or not.
async fn unmade(conn: &mut PgConnection) -> sqlx::Result<Vec<(String, Month)>> {
    let rows: Vec<(String, chrono::NaiveDate, Option<chrono::NaiveDate>)> = sqlx::query_as(
        "select a.county, min(a.from_month),
                (select max(r.month) from child.payment_run r where r.county = a.county)
           from child.allowance a group by a.county order by a.county",
    )
    .fetch_all(conn)
    .await?;
    let next = |(county, first, made): (String, _, Option<_>)| {
        let next = made.map_or_else(|| month_of(first), |made| month_of(made).next());
        (county, next)
    };
    Ok(rows.into_iter().map(next).collect())
}

/// For the operator: how long the oldest month waits to be made, in seconds of business time, what
/// is set aside, what the bank leaves open.
pub(super) async fn show_waiting(rt: &Runtime) -> Result<(), PaymentError> {
    let now = rt.now();
    let mut conn = rt.pool.acquire().await?;
    let mut longest = 0.0_f64;
    for (county, month) in unmade(&mut conn).await? {
        let Ok(pay_day) = pay_day(rt, &county, month) else {
            continue;
        };
        let waits = now.duration_since(time::start_of_day(pay_day));
        longest = longest.max(waits.as_secs_f64());
    }
    metrics::gauge!("yiwang_payment_run_open_seconds", "service" => rt.service).set(longest);
    let (aside, unclear): (i64, i64) = sqlx::query_as(
        "select (select count(*) from child.payment where state = 'held' and tries > 0),
                (select count(*) from child.payment_batch where state <> 'settled' and error is not null)",
    )
    .fetch_one(&mut *conn)
    .await?;
    #[expect(clippy::cast_precision_loss, reason = "counts for a picture")]
    let [aside, unclear] = [aside, unclear].map(|count| count as f64);
    metrics::gauge!("yiwang_payments_set_aside", "service" => rt.service).set(aside);
    metrics::gauge!("yiwang_payment_batches_unclear", "service" => rt.service).set(unclear);
    Ok(())
}

/// The day of a month on which it is paid.
pub(crate) fn pay_day(
    rt: &Runtime,
    county: &str,
    month: Month,
) -> Result<jiff::civil::Date, ParamError> {
    let first = month.first_day();
    let day = rt
        .rules
        .lookup("entitlements.pay_day", county, first)?
        .count()?;
    let day = i8::try_from(day.clamp(1, 31))
        .unwrap_or(31)
        .min(first.days_in_month());
    Ok(first.with().day(day).build().unwrap_or(first))
}

/// Makes a month of a county; once more, nothing.
pub(crate) async fn make(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
    month: Month,
) -> Result<bool, PaymentError> {
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(LOCK)
        .execute(&mut *conn)
        .await?;
    let opened = sqlx::query(
        "insert into child.payment_run (county, month, made_at) values ($1, $2, $3)
         on conflict (county, month) do nothing",
    )
    .bind(county)
    .bind(day_of(month))
    .bind(to_chrono(rt.now()))
    .execute(&mut *conn)
    .await?;
    if opened.rows_affected() == 0 {
        return Ok(false);
    }
    let books = book::read(conn, county, month).await?;
    let children = books.len();
    for book in books {
        correct(rt, conn, &book, month).await?;
    }
    tracing::info!(county, %month, children, "a month of children's allowances is made");
    Ok(true)
}

async fn correct(
    rt: &Runtime,
    conn: &mut PgConnection,
    book: &Book,
    run: Month,
) -> Result<(), PaymentError> {
    let mut month = book.from.max(run.plus(-MONTHS_BACK));
    while month <= run {
        let known = book.months.get(&month).copied().unwrap_or_default();
        let state = ledger::Month {
            due: due_in(rt, book, month)?,
            ..known
        };
        let correction = state.correct();
        if !correction.is_nothing() {
            apply(rt, conn, book, (month, run), correction).await?;
        }
        month = month.next();
    }
    let extra = standards::supplement(&rt.rules, &book.allowance.division, run)?;
    let paid = is_paid(run, book.from, book.until);
    if paid && extra.0 > 0 && !book.supplemented {
        pay(rt, conn, book, (run, run), "supplement", extra).await?;
    }
    Ok(())
}

/// What the law gives for a month.
fn due_in(rt: &Runtime, book: &Book, month: Month) -> Result<Fen, ParamError> {
    if !is_paid(month, book.from, book.until) {
        return Ok(Fen(0));
    }
    let terms = book.terms.iter().rfind(|(from, _)| *from <= month);
    let upbringing = terms.map_or(Upbringing::Family, |(_, upbringing)| *upbringing);
    let draws: Vec<Draws> = draws_in(&book.draws, month);
    let division = &book.allowance.division;
    let monthly = standards::monthly(&rt.rules, division, month, (book.kind, upbringing), &draws)?;
    Ok(monthly.fen())
}

async fn apply(
    rt: &Runtime,
    conn: &mut PgConnection,
    book: &Book,
    (month, run): (Month, Month),
    correction: Correction,
) -> Result<(), PaymentError> {
    let number = &book.allowance.case_number;
    if correction.cancel {
        sqlx::query(
            "update child.payment set state = 'cancelled', reason = '金额改变，重新计算', batch = null
              where case_number = $1 and month = $2 and part <> 'supplement'
                and state in ('held', 'ready', 'returned')",
        )
        .bind(number)
        .bind(day_of(month))
        .execute(&mut *conn)
        .await?;
    }
    if correction.pay.0 > 0 {
        let regular = month == run && (correction.cancel || !book.monthly.contains(&month));
        let part = if regular { "monthly" } else { "back_pay" };
        pay(rt, conn, book, (month, run), part, correction.pay).await?;
    }
    let owe = correction.owe.0 - correction.forgive.0;
    if owe != 0 {
        sqlx::query(
            "insert into child.overpayment as kept (case_number, month, fen, reason, found_at)
             values ($1, $2, $3, '终止或者待遇变化后重新计算', $4)
             on conflict (case_number, month) do update set fen = kept.fen + excluded.fen",
        )
        .bind(number)
        .bind(day_of(month))
        .bind(owe)
        .bind(to_chrono(rt.now()))
        .execute(conn)
        .await?;
    }
    Ok(())
}

async fn pay(
    rt: &Runtime,
    conn: &mut PgConnection,
    book: &Book,
    (month, run): (Month, Month),
    part: &str,
    fen: Fen,
) -> Result<(), PaymentError> {
    let allowance = &book.allowance;
    let line = Line {
        case_number: &allowance.case_number,
        kind: &allowance.kind,
        person: &allowance.person,
        division: &allowance.division,
        month,
        run,
        part,
        period: "",
        fen: fen.0,
    };
    match line.make(conn, rt.now()).await? {
        true => Ok(()),
        false => Err(PaymentError::Twice),
    }
}
