//! The month's run of a county.

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    db::from_chrono_date,
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::time::{Month, beijing_date, month_of};
use yiwang_proto::child::v1 as pb;

use super::{
    api::{self, read_entry},
    lists::{COLUMNS, Row},
};
use crate::payment::{PaymentError, make, orders};

/// The run with what needs somebody.
pub(super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    message: &pb::GetPaymentRunRequest,
) -> Result<pb::PaymentRun, Fault> {
    let month = api::month(rt, &message.month)?;
    let county = county(&message.county)?;
    let mut conn = rt.pool.acquire().await?;
    let run = shown(rt, &mut conn, county, month).await?;
    let entry = read_entry(
        rt,
        caller,
        "payment_run",
        format!("county/{county}/{month}"),
    );
    audit::record(&mut conn, &entry).await?;
    Ok(run)
}

fn county(text: &str) -> Result<&str, Fault> {
    let text = text.trim();
    match text.len() {
        6 => Ok(text),
        _ => {
            let message = "请选择县（市、区）。";
            let wrong =
                yiwang_chassis::fault::FieldViolation::new("/county", "WRONG_VALUE", message);
            Err(Fault::invalid(vec![wrong]))
        }
    }
}

async fn shown(
    rt: &Runtime,
    conn: &mut PgConnection,
    county: &str,
    month: Month,
) -> Result<pb::PaymentRun, Fault> {
    let day = make::day_of(month);
    let made: bool = sqlx::query_scalar(
        "select exists (select 1 from child.payment_run where county = $1 and month = $2)",
    )
    .bind(county)
    .bind(day)
    .fetch_one(&mut *conn)
    .await?;
    let rest = format!(
        "select {COLUMNS} where p.county = $1 and p.run_month = $2 and p.state in ('held', 'returned')
          order by p.division, p.id limit 500"
    );
    let rest: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(rest))
        .bind(county)
        .bind(day)
        .fetch_all(&mut *conn)
        .await?;
    let townships: Vec<(String, i64, i64)> = sqlx::query_as(
        "select left(division, 9), count(distinct person), sum(fen)::bigint from child.payment
          where county = $1 and run_month = $2 and state <> 'cancelled'
          group by 1 order by 1",
    )
    .bind(county)
    .bind(day)
    .fetch_all(&mut *conn)
    .await?;
    let townships = townships
        .into_iter()
        .map(|(division, children, fen)| pb::RunTownship {
            division,
            children,
            fen,
        });
    Ok(pb::PaymentRun {
        county: county.to_owned(),
        month: month.to_string(),
        made,
        sums: sums(conn, county, day).await?,
        rest: rest
            .into_iter()
            .map(|row| row.shown(rt))
            .collect::<Result<_, Fault>>()?,
        townships: townships.collect(),
    })
}

#[derive(sqlx::FromRow)]
struct Sum {
    kind: String,
    children: i64,
    fen: i64,
    paid: i64,
    paid_fen: i64,
    returned: i64,
    held: i64,
    sent: i64,
}

async fn sums(
    conn: &mut PgConnection,
    county: &str,
    day: chrono::NaiveDate,
) -> Result<Vec<pb::RunSum>, Fault> {
    let sums: Vec<Sum> = sqlx::query_as(
        "select kind, count(distinct person) as children, sum(fen)::bigint as fen,
                count(distinct person) filter (where state = 'paid') as paid,
                coalesce(sum(fen) filter (where state = 'paid'), 0)::bigint as paid_fen,
                count(*) filter (where state = 'returned') as returned,
                count(*) filter (where state = 'held') as held,
                count(*) filter (where state in ('ready', 'sent')) as sent
           from child.payment
          where county = $1 and run_month = $2 and state <> 'cancelled'
          group by kind order by kind",
    )
    .bind(county)
    .bind(day)
    .fetch_all(conn)
    .await?;
    let shown = sums.into_iter().map(|sum| pb::RunSum {
        kind: sum.kind,
        children: sum.children,
        fen: sum.fen,
        paid: sum.paid,
        paid_fen: sum.paid_fen,
        returned: sum.returned,
        held: sum.held,
        sent: sum.sent,
    });
    Ok(shown.collect())
}

/// Draws up the month now instead of on its pay day; months are made in order.
pub(super) async fn make(
    rt: &Runtime,
    caller: &Caller,
    mut message: pb::MakePaymentRunRequest,
) -> Result<pb::PaymentRun, Fault> {
    let key = std::mem::take(&mut message.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "make_payment_run", account, &key, &message).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let month = api::month(rt, &message.month)?;
    let county = county(&message.county)?;
    let next = next_month(&mut tx, county).await?;
    if month > month_of(beijing_date(rt.now())) {
        let text = "这个月还没有到，不能提前编制。";
        return Err(Fault::precondition("MONTH_AHEAD", text));
    }
    match next {
        Some(next) if month > next => {
            let text = format!("请先编制{}年{}月的发放。", next.year(), next.month());
            return Err(Fault::precondition("MONTH_BEFORE", text));
        }
        Some(next) if month == next => {
            make::make(rt, &mut tx, county, month)
                .await
                .map_err(fault)?;
        }
        _ => {}
    }
    let run = shown(rt, &mut tx, county, month).await?;
    let mut entry = read_entry(
        rt,
        caller,
        "payment_run",
        format!("county/{county}/{month}"),
    );
    "payment_run.make".clone_into(&mut entry.action);
    audit::record(&mut tx, &entry).await?;
    claim.finish(rt, tx, run).await
}

/// The month that is to be made next; none while nobody is paid.
async fn next_month(conn: &mut PgConnection, county: &str) -> sqlx::Result<Option<Month>> {
    let (first, made): (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>) = sqlx::query_as(
        "select (select min(from_month) from child.allowance where county = $1),
                (select max(month) from child.payment_run where county = $1)",
    )
    .bind(county)
    .fetch_one(conn)
    .await?;
    let month = |day| month_of(from_chrono_date(day));
    Ok(made
        .map(|made| month(made).next())
        .or_else(|| first.map(month)))
}

fn fault(error: PaymentError) -> Fault {
    match error {
        PaymentError::Database(error) => error.into(),
        PaymentError::Case(fault) => fault,
        PaymentError::Rule(_) => {
            let text = "本地标准尚未配置，请联系系统管理员。";
            Fault::new(Code::Unavailable, "RULE_MISSING", text)
        }
        PaymentError::Bank(error) => Fault::unavailable(error),
        PaymentError::Twice => Fault::internal(error),
    }
}

/// A returned payment goes out once more.
pub(super) async fn repeat(
    rt: &Runtime,
    caller: &Caller,
    mut message: pb::RepeatPaymentRequest,
) -> Result<pb::Payment, Fault> {
    let key = std::mem::take(&mut message.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "repeat_payment", account, &key, &message).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let unknown = || {
        Fault::new(
            Code::NotFound,
            "PAYMENT_NOT_FOUND",
            "没有找到这笔发放，请刷新页面。",
        )
    };
    let id: Uuid = message.id.trim().parse().map_err(|_| unknown())?;
    let known: Option<(String, String, String)> =
        sqlx::query_as("select county, state, kind from child.payment where id = $1 for update")
            .bind(id)
            .fetch_optional(&mut *tx)
            .await?;
    let (county, state, kind) = known
        .filter(|(county, ..)| caller.has(Role::ChildCounty, county))
        .ok_or_else(unknown)?;
    if state != "returned" {
        let text = "只有银行退回的才能再发，请刷新页面。";
        return Err(Fault::precondition("NOT_RETURNED", text));
    }
    if matches!(kind.as_str(), "MT" | "ZX") {
        let text = "明天计划、助学工程的退回，请打开办件换账户再发。";
        return Err(Fault::precondition("IN_THE_CASE", text));
    }
    orders::hold(&mut tx, id).await?;
    let sql = format!("select {COLUMNS} where p.id = $1");
    let row: Row = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(id)
        .fetch_one(&mut *tx)
        .await?;
    let mut entry = read_entry(rt, caller, "payment", format!("payment/{id}"));
    "payment.repeat".clone_into(&mut entry.action);
    entry.detail = serde_json::json!({ "county": county });
    audit::record(&mut tx, &entry).await?;
    claim.finish(rt, tx, row.shown(rt)?).await
}
