//! Which villages a public cemetery or columbarium serves, and for how many years there is room.

use jiff::{ToSpan as _, civil::Date};
use sqlx::{PgConnection, Row as _};
use yiwang_casework::Runtime;
use yiwang_chassis::{db::to_chrono_date, fault::Fault};
use yiwang_civic::{division, time};
use yiwang_proto::burial::v1 as pb;

use super::{county, in_force, name_of};
use crate::{
    domain::plan::{self, Coverage, Public, Targets},
    figures,
};

/// Of a county on a day.
pub(super) async fn of(conn: &mut PgConnection, county: &str, on: Date) -> sqlx::Result<Coverage> {
    let rows = sqlx::query(
        "select division, serves from burial.facility
          where active and county = $1 and opened_on <= $2
            and kind in ('columbarium', 'urban_public', 'rural_public')",
    )
    .bind(county)
    .bind(to_chrono_date(on))
    .fetch_all(conn)
    .await?;
    let public = rows.iter().map(|row| {
        Ok(Public {
            division: row.try_get("division")?,
            serves: row.try_get("serves")?,
        })
    });
    let public: Vec<Public> = public.collect::<sqlx::Result<_>>()?;
    Ok(plan::coverage(county, &public))
}

/// Places with room in a county.
pub(super) async fn free(conn: &mut PgConnection, county: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select coalesce(sum(s.capacity - s.used), 0)::bigint
           from burial.spot s join burial.facility f on f.code = s.facility
          where f.active and f.county = $1 and s.state in ('planned', 'available', 'held')",
    )
    .bind(county)
    .fetch_one(conn)
    .await
}

/// Village with its township, as people know it.
pub(super) fn named(unit: &division::Division) -> String {
    match unit.parent {
        Some(above) if unit.code.len() == 12 => format!("{}{}", name_of(above), unit.name),
        _ => unit.name.to_owned(),
    }
}

pub(super) async fn get(
    rt: &Runtime,
    request: pb::GetCoverageRequest,
) -> Result<pb::Coverage, Fault> {
    let county = county(&request.division, "/division")?.code;
    let today = time::beijing_date(rt.now());
    let mut conn = rt.pool.acquire().await?;
    let found = of(&mut conn, county, today).await?;
    let targets = in_force(rt, county, Targets::load)?;
    let year_ago = today.saturating_sub(364.days());
    let deaths = figures::deaths(&mut conn, county, (year_ago, today), today).await?;
    let free = free(&mut conn, county).await?;
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let townships = found.townships.iter().map(|one| pb::CoveredTownship {
        code: one.place.code.to_owned(),
        name: one.place.name.to_owned(),
        units: count(one.units),
        covered: count(one.covered),
    });
    let uncovered = found.uncovered.iter().map(|unit| pb::UncoveredUnit {
        code: unit.code.to_owned(),
        name: named(unit),
    });
    Ok(pb::Coverage {
        division: county.to_owned(),
        units: count(found.units()),
        covered: count(found.covered()),
        percent: found.share(),
        townships: townships.collect(),
        uncovered: uncovered.collect(),
        capacity_years: count(plan::years_of_room(
            free,
            deaths.iter().map(|one| one.count).sum(),
        )),
        wanted_years: count(targets.capacity_years),
    })
}
