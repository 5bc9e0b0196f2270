//! Urns laid to rest, and waivers granted, by county and month.

use sqlx::{FromRow, PgConnection};
use yiwang_chassis::db::to_chrono;
use yiwang_civic::time;

use super::Asked;
use crate::domain::ledger::SpotKind;

/// Urns of a month.
#[derive(Debug, FromRow)]
pub(super) struct Placed {
    pub(super) county: String,
    pub(super) month: String,
    pub(super) placed: i64,
    pub(super) ecological: i64,
}

/// First placements: who was laid to rest once and is moved, even by way of the hall, is not laid
/// to rest again. A scattered urn counts for the county of its case.
pub(super) async fn placed(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
) -> sqlx::Result<Vec<Placed>> {
    let kinds = SpotKind::ALL.iter().filter(|kind| kind.ecological());
    let kinds: Vec<&str> = kinds.map(|kind| kind.code()).collect();
    sqlx::query_as(
        "select county, month, count(*) as placed,
                count(*) filter (where ecological) as ecological
           from (select coalesce(left(m.facility, 6), substring(m.case_number from 3 for 6))
                            as county,
                        to_char(m.at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                        m.to_disposition = 'scattered' or s.kind = any($5) as ecological
                   from burial.urn_move m left join burial.spot s on s.id = m.spot
                  where m.to_disposition in ('in_plot', 'scattered')
                    and not exists (select from burial.urn_move first
                                     where first.urn = m.urn and first.version < m.version
                                       and first.to_disposition in ('in_plot', 'scattered'))
                    and m.at >= $2 and m.at < $3 and m.at < $4) moves
          where starts_with(county, $1) group by county, month",
    )
    .bind(asked.scope)
    .bind(to_chrono(time::start_of_day(asked.from)))
    .bind(to_chrono(time::end_of_day(asked.to)))
    .bind(to_chrono(asked.cut()))
    .bind(kinds)
    .fetch_all(conn)
    .await
}

/// Waivers of a month.
#[derive(Debug, FromRow)]
pub(super) struct Waived {
    pub(super) county: String,
    pub(super) month: String,
    pub(super) waivers: i64,
    pub(super) fen: i64,
}

/// What reached families in the period and was not recovered by the day of the question. One that
/// is granted but not paid may still be released, and then no past day may have known of it.
pub(super) async fn waived(
    conn: &mut PgConnection,
    asked: &Asked<'_>,
) -> sqlx::Result<Vec<Waived>> {
    sqlx::query_as(
        "select left(division, 6) as county,
                to_char(paid_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
                count(*) as waivers, coalesce(sum(fen), 0)::bigint as fen
           from burial.benefit
          where kind = 'waiver' and starts_with(division, $1)
            and paid_at >= $2 and paid_at < $3 and paid_at < $4
            and (recovered_at is null or recovered_at >= $4)
          group by 1, 2",
    )
    .bind(asked.scope)
    .bind(to_chrono(time::start_of_day(asked.from)))
    .bind(to_chrono(time::end_of_day(asked.to)))
    .bind(to_chrono(asked.cut()))
    .fetch_all(conn)
    .await
}
