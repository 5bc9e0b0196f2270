//! Cemeteries of the demonstration: a columbarium and a public cemetery with trees in 通山县, a
//! village cemetery in 竹山县. Addresses are made up.

use sqlx::PgPool;

use crate::domain::ledger::SpotKind;

/// Columbarium of 通山县.
pub const COLUMBARIUM: &str = "421224100-GT01";
/// Public cemetery of 通山县, with tree burial.
pub const CEMETERY: &str = "421224100-GM01";
/// Public cemetery of 竹山县.
pub const ZHUSHAN: &str = "420323100-GM01";

/// Facility, area, kind, rows, places, width and depth in centimetres, capacity, price.
pub(crate) type Area = (
    &'static str,
    &'static str,
    SpotKind,
    (i32, i32),
    (i32, i32),
    i32,
    &'static str,
);

const AREAS: &[Area] = &[
    (
        COLUMBARIUM,
        "永思厅",
        SpotKind::Niche,
        (6, 20),
        (30, 30),
        1,
        "niche",
    ),
    (
        COLUMBARIUM,
        "同心厅",
        SpotKind::Niche,
        (5, 12),
        (40, 35),
        2,
        "niche_joint",
    ),
    (
        CEMETERY,
        "松鹤区",
        SpotKind::AshSingle,
        (8, 15),
        (60, 80),
        1,
        "plot_single",
    ),
    (
        CEMETERY,
        "柏园区",
        SpotKind::AshJoint,
        (6, 12),
        (80, 100),
        2,
        "plot_joint",
    ),
    (
        CEMETERY,
        "香樟树葬区",
        SpotKind::Tree,
        (4, 6),
        (120, 120),
        6,
        "tree",
    ),
    (
        CEMETERY,
        "芳草区",
        SpotKind::Lawn,
        (5, 8),
        (50, 60),
        1,
        "lawn",
    ),
    (
        ZHUSHAN,
        "南坡区",
        SpotKind::AshSingle,
        (6, 12),
        (60, 80),
        1,
        "plot_single",
    ),
    (
        ZHUSHAN,
        "合葬区",
        SpotKind::AshJoint,
        (4, 10),
        (80, 100),
        2,
        "plot_joint",
    ),
    (
        ZHUSHAN,
        "银杏树葬区",
        SpotKind::Tree,
        (3, 5),
        (120, 120),
        6,
        "tree",
    ),
];

/// Adds what is not there yet. Facilities that somebody else seeded stay as they are.
///
/// # Errors
/// When the database is away.
pub async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    crate::planning::demo::facilities(pool).await?;
    lay_out(pool, AREAS).await
}

/// Lays areas out, as far as they are not there yet.
pub(crate) async fn lay_out(pool: &PgPool, areas: &[Area]) -> sqlx::Result<()> {
    for (facility, area, kind, (rows, places), (width, depth), capacity, price) in areas {
        sqlx::query(
            "insert into burial.spot
                 (id, facility, area, line, place, kind, width_cm, depth_cm, capacity, state, price)
             select gen_random_uuid(), $1, $2, line, place, $3, $4, $5, $6, 'available', $7
               from generate_series(1, $8) line, generate_series(1, $9) place
             on conflict (facility, area, line, place) do nothing",
        )
        .bind(facility)
        .bind(area)
        .bind(kind.code())
        .bind(width)
        .bind(depth)
        .bind(capacity)
        .bind(price)
        .bind(rows)
        .bind(places)
        .execute(pool)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use yiwang_casework::{Actor, Context};
    use yiwang_civic::{calendar::WorkCalendar, params::RuleBook, time};

    use super::*;
    use crate::domain::ledger::size::{Limits, Size};

    /// The demonstration keeps the law that it shows.
    #[test]
    fn every_place_is_as_large_as_it_may_be() {
        let rules = RuleBook::parse(crate::RULES).unwrap();
        let actor = Actor::System(String::new());
        for (facility, area, kind, _, (width, depth), capacity, _) in
            AREAS.iter().chain(crate::demo::AREAS)
        {
            let cx = Context {
                now: time::start_of_day(date(2026, 5, 12)),
                actor: &actor,
                calendar: WorkCalendar::embedded(),
                rules: &rules,
                division: &facility[..9],
                county: &facility[..6],
            };
            let limits = Limits::load(*kind, &cx).unwrap();
            let size = Size {
                width_cm: u32::try_from(*width).unwrap(),
                depth_cm: u32::try_from(*depth).unwrap(),
                capacity: u16::try_from(*capacity).unwrap(),
            };
            assert_eq!(limits.check(*kind, size), Ok(()), "{area}");
        }
    }
}
