//! Care fees of foster families: a month is paid when it is over, on the pay day of the next, by the
//! fee in force there that month.

use sqlx::PgConnection;
use yiwang_casework::{Runtime, runner::behind};
use yiwang_civic::time::{Month, beijing_date, month_of, start_of_day};

use super::{
    PaymentError, Payments,
    line::Line,
    make::{self, day_of, pay_day},
};
use crate::domain::adoption::foster_care::law::last_month;

/// A month of a family that has no payment yet.
#[derive(sqlx::FromRow)]
struct Unpaid {
    case_number: String,
    child: String,
    month: chrono::NaiveDate,
}

impl Payments {
    /// Makes what is due in the first county; false when nothing is.
    pub(super) async fn fee_one(&self) -> Result<bool, PaymentError> {
        let rt = &self.runtime;
        let mut tx = rt.pool.begin().await?;
        let counties: Vec<String> = sqlx::query_scalar(
            "select distinct county from child.foster where fee_from <> '' order by county",
        )
        .fetch_all(&mut *tx)
        .await?;
        for county in counties {
            let Some(last) = last_due(rt, &mut tx, &county).await? else {
                continue;
            };
            let unpaid = unpaid(&mut tx, &county, last).await?;
            if unpaid.is_empty() {
                continue;
            }
            for one in &unpaid {
                pay(rt, &mut tx, &county, one).await?;
            }
            tx.commit().await?;
            tracing::info!(county, payments = unpaid.len(), "care fees are made");
            return Ok(true);
        }
        Ok(false)
    }
}

/// The last month whose pay day has come; none while clocks before it may still change it.
async fn last_due(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
) -> Result<Option<Month>, PaymentError> {
    let today = beijing_date(rt.now());
    let last = last_month(today, pay_day(rt, county, month_of(today))?);
    let day = start_of_day(pay_day(rt, county, last.next())?);
    Ok((!behind(conn, day).await?).then_some(last))
}

async fn unpaid(conn: &mut PgConnection, county: &str, last: Month) -> sqlx::Result<Vec<Unpaid>> {
    sqlx::query_as(
        "select f.case_number, coalesce(f.child_key, '') as child, m::date as month
           from child.foster f
           cross join generate_series(
                (f.fee_from || '-01')::date::timestamp,
                least(case f.fee_to when '' then $2 else (f.fee_to || '-01')::date end, $2)::timestamp,
                interval '1 month') m
          where f.county = $1 and f.fee_from <> ''
            and not exists (select 1 from child.payment p
                             where p.case_number = f.case_number and p.month = m::date
                               and p.part = 'fee' and p.state <> 'cancelled')
          order by m, f.case_number limit 500",
    )
    .bind(county)
    .bind(day_of(last))
    .fetch_all(conn)
    .await
}

async fn pay(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
    one: &Unpaid,
) -> Result<(), PaymentError> {
    let month = make::month_of(one.month);
    let fee = rt
        .rules
        .lookup("child.foster.monthly_fee", county, month.first_day())?;
    let line = Line {
        case_number: &one.case_number,
        kind: "JY",
        person: &one.child,
        division: county,
        month,
        run: month.next(),
        part: "fee",
        period: "",
        fen: fee.fen()?.0,
    };
    line.make(conn, rt.now()).await?;
    Ok(())
}
