//! A funeral home of 咸安区 for five counties, and a public cemetery in each.

use sqlx::PgPool;

use crate::{
    chain,
    domain::{facility::Kind, ledger::SpotKind},
    places::{self, demo::Area},
    planning::demo::{self as planned, Row},
};

/// 咸宁市殡仪馆, in 咸安区.
pub(super) const XIANNING: &str = "421202102-BY01";

const fn cemetery(
    code: &'static str,
    name: &'static str,
    address: &'static str,
    serves: &'static [&'static str],
) -> Row {
    Row {
        code,
        name,
        kind: Kind::RuralPublic,
        address,
        phone: "12345",
        approval: "咸民复〔2021〕8号（演示）",
        approved: 2021,
        land_m2: 16_000,
        green_m2: 9_600,
        serves,
        equipment: &[("消防栓", 4)],
    }
}

const FACILITIES: [Row; 7] = [
    Row {
        code: XIANNING,
        name: "咸宁市殡仪馆",
        kind: Kind::FuneralHome,
        address: "湖北省咸宁市咸安区官埠桥镇河背路12号",
        phone: "0715-8310110",
        approval: "咸民复〔2012〕2号（演示）",
        approved: 2012,
        land_m2: 26_000,
        green_m2: 9_000,
        serves: &[],
        equipment: &[("火化炉", 3), ("接运车", 2), ("冷藏柜", 6), ("告别厅", 2)],
    },
    cemetery(
        "421202001-GM01",
        "咸安区温泉公益性公墓",
        "湖北省咸宁市咸安区温泉街道潜山北麓",
        &[
            "421202001",
            "421202002",
            "421202003",
            "421202100",
            "421202101",
            "421202102",
            "421202103",
            "421202104",
            "421202105",
            "421202106",
            "421202571",
            "421202570",
        ],
    ),
    cemetery(
        "421221103-GM01",
        "嘉鱼县鱼岳镇公益性公墓",
        "湖北省咸宁市嘉鱼县鱼岳镇铁坡岭",
        &[
            "421221100",
            "421221101",
            "421221102",
            "421221103",
            "421221104",
            "421221106",
            "421221570",
        ],
    ),
    cemetery(
        "421222100-GM01",
        "通城县隽水镇公益性公墓",
        "湖北省咸宁市通城县隽水镇白沙岭",
        &[
            "421222100",
            "421222104",
            "421222105",
            "421222106",
            "421222107",
        ],
    ),
    cemetery(
        "421223100-GM01",
        "崇阳县天城镇公益性公墓",
        "湖北省咸宁市崇阳县天城镇鹿门山",
        &[
            "421223100",
            "421223102",
            "421223103",
            "421223104",
            "421223107",
            "421223200",
            "421223570",
        ],
    ),
    cemetery(
        "421281001-GM01",
        "赤壁市蒲圻街道公益性公墓",
        "湖北省咸宁市赤壁市蒲圻街道金鸡山",
        &[
            "421281001",
            "421281002",
            "421281003",
            "421281100",
            "421281101",
            "421281102",
            "421281103",
            "421281104",
            "421281106",
            "421281107",
            "421281108",
            "421281400",
            "421281404",
        ],
    ),
    Row {
        approval: "竹民复〔2024〕6号（演示）",
        approved: 2024,
        ..cemetery(
            "420323108-GM01",
            "竹山县官渡镇公益性公墓",
            "湖北省十堰市竹山县官渡镇桃园",
            &["420323106", "420323107", "420323108", "420323207"],
        )
    },
];

const fn plots(code: &'static str) -> Area {
    (
        code,
        "节地一区",
        SpotKind::AshSingle,
        (12, 20),
        (60, 80),
        1,
        "plot_single",
    )
}

const fn trees(code: &'static str) -> Area {
    (
        code,
        "树葬区",
        SpotKind::Tree,
        (4, 5),
        (120, 120),
        6,
        "tree",
    )
}

/// Areas of these cemeteries.
pub(crate) const AREAS: &[Area] = &[
    plots("421202001-GM01"),
    trees("421202001-GM01"),
    (
        "421202001-GM01",
        "花坛葬区",
        SpotKind::Flower,
        (4, 5),
        (100, 100),
        6,
        "flower",
    ),
    plots("421221103-GM01"),
    trees("421221103-GM01"),
    plots("421222100-GM01"),
    trees("421222100-GM01"),
    plots("421223100-GM01"),
    trees("421223100-GM01"),
    plots("421281001-GM01"),
    trees("421281001-GM01"),
    (
        planned::BAOFENG,
        "遗体安葬区",
        SpotKind::BodySingle,
        (8, 10),
        (150, 260),
        1,
        "",
    ),
];

/// Adds what is not there yet.
pub(super) async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    planned::add_facilities(pool, &FACILITIES).await?;
    chain::demo::equip(pool, 3, XIANNING).await?;
    places::demo::lay_out(pool, AREAS).await?;
    // Its list is that of 通山县 under a number of its own.
    sqlx::query(
        "insert into burial.price (code, division, title, class, unit, fen, fen_to, document,
                                   valid_from, pricing)
         select code, '421202', title, class, unit, fen, fen_to, '咸发改价〔2024〕11号（演示）',
                valid_from, pricing
           from burial.price
          where division = '421224' and facility is null and valid_from = '2024-01-01'
         on conflict do nothing",
    )
    .execute(pool)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use yiwang_civic::division;

    use super::*;
    use crate::domain::plan::{Public, coverage};

    #[test]
    fn every_cemetery_serves_places_of_its_county_but_not_all_of_them() {
        for row in FACILITIES.iter().filter(|row| !row.serves.is_empty()) {
            for code in row.serves {
                assert!(division::find(code).is_some(), "{code}");
                assert_eq!(code[..6], row.code[..6], "{}", row.name);
            }
            let public = Public {
                division: row.code[..9].to_owned(),
                serves: row.serves.iter().map(|code| (*code).to_owned()).collect(),
            };
            let found = coverage(&row.code[..6], &[public]).share();
            assert!((1..10_000).contains(&found), "{}: {found}", row.name);
        }
    }
}
