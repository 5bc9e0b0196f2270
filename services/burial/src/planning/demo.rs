//! Facilities, zones and plans of 通山县 and 竹山县 for the demonstration. Names of places are
//! true, everything else is made up.

use chrono::NaiveDate;
use sqlx::PgPool;
use uuid::Uuid;

use crate::{chain, domain::facility::Kind, places};

/// Public cemetery of 宝丰镇, for a part of its villages.
pub const BAOFENG: &str = "420323103-GM01";

/// A facility.
pub(crate) struct Row {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) address: &'static str,
    pub(crate) phone: &'static str,
    pub(crate) approval: &'static str,
    /// Year of the approval; it opened the year after.
    pub(crate) approved: i32,
    pub(crate) land_m2: i32,
    pub(crate) green_m2: i32,
    pub(crate) serves: &'static [&'static str],
    pub(crate) equipment: &'static [(&'static str, i32)],
}

const ROWS: [Row; 6] = [
    Row {
        code: chain::demo::TONGSHAN,
        name: "通山县殡仪馆",
        kind: Kind::FuneralHome,
        address: "湖北省咸宁市通山县通羊镇城南路88号",
        phone: "0715-2360110",
        approval: "通民复〔2012〕1号",
        approved: 2012,
        land_m2: 12_000,
        green_m2: 4_200,
        serves: &[],
        equipment: &[("火化炉", 3), ("接运车", 2), ("冷藏柜", 6), ("告别厅", 2)],
    },
    Row {
        code: chain::demo::ZHUSHAN,
        name: "竹山县殡仪馆",
        kind: Kind::FuneralHome,
        address: "湖北省十堰市竹山县城关镇北坝路16号",
        phone: "0719-4220110",
        approval: "竹民复〔2012〕3号",
        approved: 2012,
        land_m2: 12_000,
        green_m2: 3_800,
        serves: &[],
        equipment: &[("火化炉", 3), ("接运车", 2), ("冷藏柜", 6), ("告别厅", 2)],
    },
    Row {
        code: places::demo::COLUMBARIUM,
        name: "通山县永思骨灰堂",
        kind: Kind::Columbarium,
        address: "湖北省咸宁市通山县通羊镇永思路2号",
        phone: "12345",
        approval: "通民复〔2020〕6号",
        approved: 2020,
        land_m2: 6_000,
        green_m2: 2_400,
        serves: &[],
        equipment: &[("消防栓", 8), ("监控摄像头", 24)],
    },
    Row {
        code: places::demo::CEMETERY,
        name: "通山县青松公益性公墓",
        kind: Kind::UrbanPublic,
        address: "湖北省咸宁市通山县通羊镇青松岭",
        phone: "12345",
        approval: "通民复〔2020〕6号",
        approved: 2020,
        land_m2: 42_000,
        green_m2: 25_000,
        serves: &[],
        equipment: &[("灭火水车", 1)],
    },
    Row {
        code: places::demo::ZHUSHAN,
        name: "竹山县城关镇公益性公墓",
        kind: Kind::RuralPublic,
        address: "湖北省十堰市竹山县城关镇南坡",
        phone: "12345",
        approval: "竹民复〔2020〕6号",
        approved: 2020,
        land_m2: 18_000,
        green_m2: 11_000,
        serves: &["420323100", "420323200"],
        equipment: &[],
    },
    Row {
        code: BAOFENG,
        name: "竹山县宝丰镇公益性公墓",
        kind: Kind::RuralPublic,
        address: "湖北省十堰市竹山县宝丰镇龙井村",
        phone: "12345",
        approval: "竹民复〔2025〕2号",
        approved: 2025,
        land_m2: 9_000,
        green_m2: 5_500,
        serves: &[
            "420323103001",
            "420323103200",
            "420323103209",
            "420323103211",
        ],
        equipment: &[],
    },
];

/// Division, kind, document, approval, announced, valid from.
pub(crate) type ZoneRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    (i32, u32, u32),
);

/// The mountain townships are burial reform areas within the cremation area around them.
pub(crate) const ZONES: [ZoneRow; 4] = [
    (
        "421224",
        "cremation",
        "通政告〔2017〕3号（演示）",
        "鄂政函〔2017〕21号（演示）",
        (2017, 6, 1),
    ),
    (
        "421224104",
        "burial_reform",
        "通政告〔2017〕3号（演示）",
        "鄂政函〔2017〕21号（演示）",
        (2017, 6, 1),
    ),
    (
        "420323",
        "burial_reform",
        "竹政告〔2018〕5号（演示）",
        "鄂政函〔2018〕9号（演示）",
        (2018, 3, 1),
    ),
    (
        "420323100",
        "cremation",
        "竹政告〔2018〕5号（演示）",
        "鄂政函〔2018〕9号（演示）",
        (2018, 3, 1),
    ),
];

/// County, year, total, new.
const PLANS: [(&str, i32, i32, i32); 4] = [
    ("421224", 2025, 6, 2),
    ("421224", 2026, 6, 2),
    ("420323", 2025, 12, 3),
    ("420323", 2026, 12, 3),
];

/// Adds the facilities that are not there yet.
///
/// # Errors
/// When the database is away, as for the next.
pub async fn facilities(pool: &PgPool) -> sqlx::Result<()> {
    add_facilities(pool, &ROWS).await
}

/// The same for other rows.
pub(crate) async fn add_facilities(pool: &PgPool, rows: &[Row]) -> sqlx::Result<()> {
    for row in rows {
        let equipment: serde_json::Value = row
            .equipment
            .iter()
            .map(|(name, count)| ((*name).to_owned(), *count))
            .collect();
        sqlx::query(
            "insert into burial.facility
                 (code, name, kind, division, address, phone, approval, approved_on, land_m2,
                  green_m2, serves, equipment, opened_on, changed_at)
             values ($1, $2, $3, left($1, 9), $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
             on conflict (code) do nothing",
        )
        .bind(row.code)
        .bind(row.name)
        .bind(row.kind.code())
        .bind(row.address)
        .bind(row.phone)
        .bind(row.approval)
        .bind(NaiveDate::from_ymd_opt(row.approved, 6, 1))
        .bind(row.land_m2)
        .bind(row.green_m2)
        .bind(row.serves)
        .bind(equipment)
        .bind(NaiveDate::from_ymd_opt(row.approved + 1, 4, 1))
        .execute(pool)
        .await?;
        first_version(pool, row.code).await?;
    }
    Ok(())
}

/// Figures of past days are read from the versions.
async fn first_version(pool: &PgPool, code: &str) -> sqlx::Result<()> {
    sqlx::query(
        "insert into burial.facility_version (code, version, recorded_at, changed_by, reason, body)
         select code, version, changed_at, '演示', '登记',
                jsonb_build_object('name', name, 'kind', kind, 'address', address,
                    'phone', phone, 'approval', approval, 'approved_on', approved_on,
                    'land_m2', land_m2, 'green_m2', green_m2, 'serves', serves,
                    'equipment', equipment, 'opened_on', opened_on, 'active', active)
           from burial.facility where code = $1 and version = 1
         on conflict do nothing",
    )
    .bind(code)
    .execute(pool)
    .await?;
    Ok(())
}

/// Adds facilities, zones and plans that are not there yet.
///
/// # Errors
/// When the database is away.
pub async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    facilities(pool).await?;
    add_zones(pool, 1, &ZONES).await?;
    add_plans(pool, &PLANS).await
}

/// Adds zones whose ids begin with the `first`.
pub(crate) async fn add_zones(pool: &PgPool, first: u128, zones: &[ZoneRow]) -> sqlx::Result<()> {
    for (nth, (division, kind, document, approval, on)) in (first..).zip(zones) {
        sqlx::query(
            "insert into burial.zone
                 (id, division, kind, state, document, approval, announced_on, announced_at,
                  valid_from, drafted_by)
             values ($1, $2, $3, 'announced', $4, $5, $6, $6, $6, '演示')
             on conflict do nothing",
        )
        .bind(Uuid::from_u128(0x20_0E << 64 | nth))
        .bind(division)
        .bind(kind)
        .bind(document)
        .bind(approval)
        .bind(NaiveDate::from_ymd_opt(on.0, on.1, on.2))
        .execute(pool)
        .await?;
    }
    Ok(())
}

/// County, year, total, new.
pub(crate) async fn add_plans(pool: &PgPool, plans: &[(&str, i32, i32, i32)]) -> sqlx::Result<()> {
    for (county, year, total, new) in plans {
        sqlx::query(
            "insert into burial.plan (county, year, total, target_new) values ($1, $2, $3, $4)
             on conflict do nothing",
        )
        .bind(county)
        .bind(year)
        .bind(total)
        .bind(new)
        .execute(pool)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use yiwang_civic::division::{self, Level};

    use super::*;

    #[test]
    fn every_facility_stands_in_a_township_of_the_table_and_serves_places_of_it() {
        for row in &ROWS {
            let place = division::find(&row.code[..9]).unwrap();
            assert_eq!(place.level, Level::Township, "{}", row.name);
            assert!(row.code[9..].starts_with(&format!("-{}", row.kind.letters())));
            for code in row.serves {
                assert!(division::find(code).is_some(), "{code}");
            }
        }
    }
}
