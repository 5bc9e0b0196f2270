//! Deaths as the register knew them at the end of a day.

use jiff::civil::Date;
use sqlx::{PgConnection, Row as _};
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};
use yiwang_civic::time;

use super::Asked;

pub use crate::domain::rate::Group;

/// Deaths of a period in a scope, as known at the end of `as_of`, with who of them was cremated
/// by then.
///
/// A cremation counts for the person on the certificate, and where nobody knew who it was, for
/// the certificate that this funeral used. A name that was found later counts from then on.
///
/// # Errors
/// The database does not answer.
pub async fn deaths(
    conn: &mut PgConnection,
    scope: &str,
    (from, to): (Date, Date),
    as_of: Date,
) -> sqlx::Result<Vec<Group>> {
    let rows = sqlx::query(
        "with known as materialized (
             select distinct on (v.number_key)
                    v.number_key, v.person_key, v.state, v.died_on, v.place, v.exempt
               from burial.death_version v
              where v.recorded_at < $4
                and v.number_key in (select number_key from burial.death_version
                                      where died_on between $2 and $3)
              order by v.number_key, v.version desc
         ), died as (
             select *, exists (
                        select 1 from burial.cremation c
                          join burial.body b on b.tag = c.body
                          left join burial.unclaimed u on u.funeral = b.case_number
                         where c.person_key = known.person_key and c.ended_at < $4
                           and (u.identified_at is null or u.identified_at < $4))
                    or exists (
                        select 1 from burial.death_use used
                          join burial.body b on b.case_number = used.case_number
                          join burial.cremation c on c.body = b.tag
                         where used.number_key = known.number_key and used.used_for = 'funeral'
                           and used.used_at < $4 and c.ended_at < $4) as cremated
               from known
              where state <> 'voided' and died_on between $2 and $3 and starts_with(place, $1)
         )
         select place, died_on, exempt, cremated, count(*) as n
           from died group by place, died_on, exempt, cremated
          order by place, died_on, exempt, cremated",
    )
    .bind(scope)
    .bind(to_chrono_date(from))
    .bind(to_chrono_date(to))
    .bind(to_chrono(time::end_of_day(as_of)))
    .fetch_all(conn)
    .await?;
    let groups = rows.iter().map(|row| {
        Ok(Group {
            died_on: from_chrono_date(row.try_get("died_on")?),
            place: row.try_get("place")?,
            exempt: row.try_get("exempt")?,
            cremated: row.try_get("cremated")?,
            count: row.try_get("n")?,
        })
    });
    groups.collect()
}

/// How many certificates counted at the end of `asked.as_of` and not of `before`, and the other
/// way round.
pub(super) async fn changed(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
    before: Date,
) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "with touched as materialized (
             select distinct number_key from burial.death_version where died_on between $2 and $3
         ), both_days as (
             select number_key,
                    exists (select 1 from (
                        select * from burial.death_version v
                         where v.number_key = touched.number_key and v.recorded_at < $5
                         order by v.version desc limit 1) last
                      where state <> 'voided' and died_on between $2 and $3
                        and starts_with(place, $1)) as before,
                    exists (select 1 from (
                        select * from burial.death_version v
                         where v.number_key = touched.number_key and v.recorded_at < $4
                         order by v.version desc limit 1) last
                      where state <> 'voided' and died_on between $2 and $3
                        and starts_with(place, $1)) as now
               from touched
         )
         select count(*) filter (where now and not before),
                count(*) filter (where before and not now)
           from both_days",
    )
    .bind(asked.scope)
    .bind(to_chrono_date(asked.from))
    .bind(to_chrono_date(asked.to))
    .bind(to_chrono(asked.cut()))
    .bind(to_chrono(time::end_of_day(before)))
    .fetch_one(conn)
    .await
}
