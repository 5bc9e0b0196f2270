//! The yearly report 年度报告: drawn up from the records, kept as it was on its day.

use jiff::civil::Date;
use serde_json::json;
use sqlx::{PgConnection, Row as _};
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono_date,
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1 as pb;

use super::{
    county, coverage, planner,
    plans::{self, Plan},
    plans_for,
};
use crate::{
    domain::plan::{Numbers, report},
    figures::{self, Asked},
};

pub(super) async fn make(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ReportYearRequest,
) -> Result<pb::Plan, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "plan.report", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(plan) => return Ok(plan),
    };
    let county = county(&request.county, "/county")?.code;
    plans_for(caller, county)?;
    let Some(mut plan) = plans::lock(&mut tx, county, request.year).await? else {
        let message = "这一年度还没有规划，请先填写规划总数和当年新建数。";
        return Err(Fault::new(Code::NotFound, "PLAN_MISSING", message));
    };
    if plan.reported_on.is_some() {
        return Err(plans::reported());
    }
    let today = time::beijing_date(rt.now());
    let year = i16::try_from(request.year).unwrap_or(i16::MAX);
    if year >= today.year() {
        let message = "年度结束以后才能生成年度报告。";
        return Err(Fault::precondition("YEAR_RUNS", message));
    }
    let numbers = numbers(&mut tx, &plan, year, today).await?;
    plan.report = report(&numbers);
    plan.reported_on = Some(today);
    sqlx::query(
        "update burial.plan set built = $3, report = $4, reported_on = $5, reported_by = $6
          where county = $1 and year = $2",
    )
    .bind(county)
    .bind(request.year)
    .bind(plan.built)
    .bind(json!({ "numbers": numbers, "text": plan.report }))
    .bind(to_chrono_date(today))
    .bind(&caller.name)
    .execute(&mut *tx)
    .await?;
    plan.tell(rt, &mut tx, caller, "reported").await?;
    claim.finish(rt, tx, plan.shown()).await
}

/// Everything the report says, as known today.
async fn numbers(
    conn: &mut PgConnection,
    plan: &Plan,
    year: i16,
    today: Date,
) -> Result<Numbers, Fault> {
    let day = |month, day| Date::new(year, month, day).map_err(Fault::internal);
    let (first, last) = (day(1, 1)?, day(12, 31)?);
    let county = plan.county.as_str();
    let covered = coverage::of(conn, county, last).await?;
    let asked = Asked {
        scope: county,
        from: first,
        to: last,
        as_of: today,
    };
    let sums = figures::sums(conn, &asked).await?;
    let row = sqlx::query(
        "select count(*) as facilities, coalesce(sum(land_m2), 0)::bigint as land,
                coalesce(sum(green_m2), 0)::bigint as green,
                (select count(*) from burial.illegal_grave g
                  where starts_with(g.division, $1) and g.closed_on between $2 and $3) as graves,
                (select count(*) from burial.draw d
                  where d.county = $1 and (d.drawn_at at time zone 'Asia/Shanghai')::date
                        between $2 and $3) as draws
           from burial.facility where active and county = $1 and opened_on <= $3",
    )
    .bind(county)
    .bind(to_chrono_date(first))
    .bind(to_chrono_date(last))
    .fetch_one(&mut *conn)
    .await?;
    let facilities: i64 = row.try_get("facilities")?;
    let natural = |n: i32| u32::try_from(n).unwrap_or(0);
    Ok(Numbers {
        county: division::full_name(county).unwrap_or_else(|| county.to_owned()),
        year,
        total: natural(plan.total),
        target_new: natural(plan.target_new),
        built: natural(plan.built),
        facilities: u32::try_from(facilities).unwrap_or(u32::MAX),
        land_m2: row.try_get("land")?,
        green_m2: row.try_get("green")?,
        units: covered.units(),
        covered: covered.covered(),
        coverage: covered.share(),
        uncovered: covered.uncovered.iter().map(coverage::named).collect(),
        deaths: sums.count.deaths,
        cremated: sums.count.cremated,
        rate: sums.count.rate(),
        area_rate: sums.count.area_rate(),
        waivers: sums.waivers,
        waived_fen: sums.waived_fen,
        placed: sums.placed,
        ecological: sums.ecological,
        free: coverage::free(conn, county).await?,
        graves_closed: row.try_get("graves")?,
        draws: row.try_get("draws")?,
        on: today.to_string(),
    })
}
