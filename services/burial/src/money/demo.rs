//! Price lists of the demonstration in 通山县 and 竹山县. Amounts of 通山 that the waivers name
//! are the county's (rules B3.6); all others, and all documents, are made up.

use sqlx::PgPool;

/// The lists.
const LISTS: [(&str, &str); 2] = [
    ("421224", "通发改价〔2024〕15号（演示）"),
    ("420323", "竹发改价〔2024〕9号（演示）"),
];

/// Code, name, class, unit, fen in 通山 and 竹山, most of its range, pricing.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    [i64; 2],
    Option<i64>,
    &'static str,
);

const ROWS: &[Row] = &[
    (
        "transport",
        "遗体接运（城区）",
        "basic",
        "次",
        [30_000, 28_000],
        None,
        "guided",
    ),
    (
        "transport.township",
        "遗体接运（乡镇）",
        "basic",
        "次",
        [40_000, 40_000],
        None,
        "guided",
    ),
    (
        "storage",
        "遗体存放（冷藏）",
        "basic",
        "小时",
        [1_500, 1_000],
        None,
        "guided",
    ),
    (
        "farewell.small",
        "遗体告别（小厅）",
        "basic",
        "次",
        [30_000, 24_000],
        None,
        "guided",
    ),
    (
        "farewell.middle",
        "遗体告别（中厅）",
        "basic",
        "次",
        [45_000, 40_000],
        None,
        "guided",
    ),
    (
        "farewell.large",
        "遗体告别（大厅）",
        "basic",
        "次",
        [60_000, 52_000],
        None,
        "guided",
    ),
    (
        "cremation.flat",
        "火化（平板炉）",
        "basic",
        "具",
        [50_000, 45_000],
        None,
        "guided",
    ),
    (
        "cremation.collect",
        "火化（捡灰炉）",
        "basic",
        "具",
        [100_000, 90_000],
        None,
        "guided",
    ),
    (
        "cremation.eco",
        "火化（环保炉）",
        "basic",
        "具",
        [80_000, 75_000],
        None,
        "guided",
    ),
    (
        "ashes.deposit",
        "骨灰寄存",
        "basic",
        "月",
        [2_000, 1_000],
        None,
        "guided",
    ),
    (
        "disinfection",
        "遗体消毒",
        "other",
        "次",
        [8_000, 6_000],
        None,
        "market",
    ),
    (
        "makeup",
        "遗体整容（普通）",
        "other",
        "次",
        [20_000, 15_000],
        None,
        "market",
    ),
    (
        "urn",
        "骨灰盒",
        "other",
        "个",
        [10_000, 10_000],
        Some(300_000),
        "market",
    ),
    (
        "wreath",
        "花圈",
        "other",
        "个",
        [3_000, 3_000],
        Some(20_000),
        "market",
    ),
    (
        "niche",
        "骨灰格位使用费（单格）",
        "place",
        "20年",
        [60_000, 50_000],
        None,
        "guided",
    ),
    (
        "niche_joint",
        "骨灰格位使用费（双格）",
        "place",
        "20年",
        [100_000, 90_000],
        None,
        "guided",
    ),
    (
        "plot_single",
        "骨灰墓位使用费（单穴）",
        "place",
        "20年",
        [280_000, 200_000],
        None,
        "guided",
    ),
    (
        "plot_joint",
        "骨灰墓位使用费（双穴）",
        "place",
        "20年",
        [420_000, 320_000],
        None,
        "guided",
    ),
    (
        "tree",
        "树葬",
        "place",
        "位",
        [30_000, 20_000],
        None,
        "guided",
    ),
    (
        "flower",
        "花坛葬",
        "place",
        "位",
        [20_000, 20_000],
        None,
        "guided",
    ),
    (
        "lawn",
        "草坪葬",
        "place",
        "位",
        [20_000, 20_000],
        None,
        "guided",
    ),
    (
        "wall",
        "壁葬",
        "place",
        "位",
        [40_000, 30_000],
        None,
        "guided",
    ),
    (
        "maintenance",
        "维护管理费",
        "place",
        "年",
        [2_000, 1_500],
        None,
        "guided",
    ),
];

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    for (nth, (division, document)) in LISTS.into_iter().enumerate() {
        for (code, title, class, unit, fen, fen_to, pricing) in ROWS {
            sqlx::query(
                "insert into burial.price
                     (code, division, title, class, unit, fen, fen_to, document, valid_from,
                      pricing)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, '2024-01-01', $9)
                 on conflict do nothing",
            )
            .bind(code)
            .bind(division)
            .bind(title)
            .bind(class)
            .bind(unit)
            .bind(fen[nth])
            .bind(fen_to)
            .bind(document)
            .bind(pricing)
            .execute(pool)
            .await?;
        }
    }
    Ok(())
}
