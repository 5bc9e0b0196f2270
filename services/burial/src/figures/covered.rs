//! How many villages of each county a public cemetery or columbarium serves, as on record on the
//! day of the question: read from the versions of the facilities.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{FromRow, PgConnection};
use yiwang_chassis::db::{to_chrono, to_chrono_date};
use yiwang_proto::burial::v1 as pb;

use super::Asked;
use crate::{
    domain::plan::{self, Public},
    planning::name_of,
};

/// A facility that was open.
#[derive(FromRow)]
struct Open {
    division: String,
    serves: Vec<String>,
}

/// The counties that have one, and those of `others`; none for a township, whose figures are its
/// county's.
pub(super) async fn counties(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
    others: BTreeSet<String>,
) -> sqlx::Result<Vec<pb::CountyCoverage>> {
    if asked.scope.len() > 6 {
        return Ok(Vec::new());
    }
    let open: Vec<Open> = sqlx::query_as(
        "with known as (
             select distinct on (code) code, body from burial.facility_version
              where recorded_at < $2 and starts_with(code, $1)
              order by code, version desc
         )
         select left(code, 9) as division,
                array(select jsonb_array_elements_text(body -> 'serves')) as serves
           from known
          where (body ->> 'active')::boolean and (body ->> 'opened_on')::date <= $3
            and body ->> 'kind' in ('columbarium', 'urban_public', 'rural_public')",
    )
    .bind(asked.scope)
    .bind(to_chrono(asked.cut()))
    .bind(to_chrono_date(asked.as_of))
    .fetch_all(conn)
    .await?;
    let mut by_county: BTreeMap<String, Vec<Public>> = BTreeMap::new();
    // A county code has six digits; a death may be on record with less exact a place.
    for county in others.into_iter().filter(|code| code.len() == 6) {
        by_county.entry(county).or_default();
    }
    for Open { division, serves } in open {
        let county = division.get(..6).unwrap_or_default().to_owned();
        let public = Public { division, serves };
        by_county.entry(county).or_default().push(public);
    }
    let rows = by_county.iter().map(|(county, public)| {
        let found = plan::coverage(county, public);
        let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        pb::CountyCoverage {
            county: county.clone(),
            county_name: name_of(county),
            units: count(found.units()),
            covered: count(found.covered()),
            percent: found.share(),
        }
    });
    Ok(rows.filter(|row| row.units > 0).collect())
}
