//! The yearly plan: so many public cemeteries and columbaria, so many of them new.

use jiff::civil::Date;
use serde_json::json;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{db::from_chrono_date, fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::burial::v1 as pb;

use super::{county, in_force, name_of, planner, plans_for, refused, trail};
use crate::domain::plan::Targets;

/// A plan with how far it is.
pub(super) struct Plan {
    pub(super) county: String,
    pub(super) year: i32,
    pub(super) total: i32,
    pub(super) target_new: i32,
    pub(super) built: i32,
    pub(super) reported_on: Option<Date>,
    pub(super) report: String,
}

impl Plan {
    fn read(row: &PgRow) -> sqlx::Result<Self> {
        let on: Option<chrono::NaiveDate> = row.try_get("reported_on")?;
        Ok(Self {
            county: row.try_get("county")?,
            year: row.try_get("year")?,
            total: row.try_get("total")?,
            target_new: row.try_get("target_new")?,
            built: row.try_get("built")?,
            reported_on: on.map(from_chrono_date),
            report: row
                .try_get::<Option<String>, _>("text")?
                .unwrap_or_default(),
        })
    }

    pub(super) fn shown(&self) -> pb::Plan {
        pb::Plan {
            county: self.county.clone(),
            county_name: name_of(&self.county),
            year: self.year,
            total: self.total,
            target_new: self.target_new,
            built: self.built,
            reached: self.built >= self.target_new,
            reported_on: self
                .reported_on
                .map_or_else(String::new, |day| day.to_string()),
            report: self.report.clone(),
        }
    }

    /// Tells of it.
    pub(super) async fn tell(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        caller: &Caller,
        event: &'static str,
    ) -> sqlx::Result<()> {
        let payload = pb::PlanChanged {
            county: self.county.clone(),
            year: self.year,
            total: self.total,
            target_new: self.target_new,
        };
        let change = trail::Change {
            aggregate: "plan",
            id: format!("{}-{}", self.county, self.year),
            event,
            reason: None,
            detail: json!({ "total": self.total, "target_new": self.target_new,
                            "built": self.built }),
        };
        trail::write(rt, conn, caller, change, &payload).await
    }
}

/// What opened in the year counts, not what somebody says was built; a report keeps its number.
macro_rules! plan_sql {
    ($rest:literal) => {
        concat!(
            "select county, year, total, target_new, reported_on, report ->> 'text' as text,",
            " case when reported_on is not null then built else",
            " (select count(*)::int from burial.facility f where f.county = plan.county",
            " and f.kind in ('columbarium', 'urban_public', 'rural_public')",
            " and extract(year from f.opened_on) = plan.year) end as built",
            " from burial.plan ",
            $rest
        )
    };
}

pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListPlansRequest,
) -> Result<pb::PlanList, Fault> {
    let rows = sqlx::query(plan_sql!(
        "where starts_with(county, $1) order by county, year desc limit 1000"
    ))
    .bind(super::scope(&request.division)?)
    .fetch_all(&rt.pool)
    .await?;
    let plans: Vec<Plan> = rows.iter().map(Plan::read).collect::<sqlx::Result<_>>()?;
    Ok(pb::PlanList {
        plans: plans.iter().map(Plan::shown).collect(),
    })
}

pub(super) async fn lock(
    conn: &mut PgConnection,
    county: &str,
    year: i32,
) -> sqlx::Result<Option<Plan>> {
    let row = sqlx::query(plan_sql!("where county = $1 and year = $2 for update"))
        .bind(county)
        .bind(year)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Plan::read).transpose()
}

pub(super) fn reported() -> Fault {
    let message = "这一年度的报告已经生成，规划和报告不能再改。";
    Fault::precondition("REPORTED", message)
}

/// Saves the plan of this year or the next ones.
pub(super) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SavePlanRequest,
) -> Result<pb::Plan, Fault> {
    planner(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "plan.save", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(plan) => return Ok(plan),
    };
    let county = county(&request.county, "/county")?.code;
    plans_for(caller, county)?;
    let this_year = i32::from(time::beijing_date(rt.now()).year());
    if !(this_year - 1..=this_year + 10).contains(&request.year) {
        let message = "只能填写上一年度到今后十年的规划。";
        return Err(Fault::invalid_field("/year", "OUT_OF_RANGE", message));
    }
    let number = |n: i32, at: &'static str| {
        let wrong = || Fault::invalid_field(at, "OUT_OF_RANGE", "请填写0到10000的整数。");
        u32::try_from(n)
            .ok()
            .filter(|n| *n <= 10_000)
            .ok_or_else(wrong)
    };
    let total = number(request.total, "/total")?;
    let new = number(request.target_new, "/target_new")?;
    let targets = in_force(rt, county, Targets::load)?;
    targets.may_plan(total, new).map_err(refused)?;
    if let Some(old) = lock(&mut tx, county, request.year).await?
        && old.reported_on.is_some()
    {
        return Err(reported());
    }
    sqlx::query(
        "insert into burial.plan (county, year, total, target_new) values ($1, $2, $3, $4)
         on conflict (county, year) do update set total = $3, target_new = $4",
    )
    .bind(county)
    .bind(request.year)
    .bind(request.total)
    .bind(request.target_new)
    .execute(&mut *tx)
    .await?;
    let plan = lock(&mut tx, county, request.year).await?;
    let plan = plan.ok_or_else(|| Fault::internal("a plan that was just saved is gone"))?;
    plan.tell(rt, &mut tx, caller, "saved").await?;
    claim.finish(rt, tx, plan.shown()).await
}
