//! Funeral homes of the demonstration with vehicles, cells, halls and furnaces. Addresses are
//! made up.

use chrono::NaiveTime;
use sqlx::PgPool;
use uuid::Uuid;

/// 通山县殡仪馆.
pub const TONGSHAN: &str = "421224100-BY01";
/// 竹山县殡仪馆.
pub const ZHUSHAN: &str = "420323100-BY01";

const HOMES: [&str; 2] = [TONGSHAN, ZHUSHAN];

/// Kind, label, class, minutes of one turn, opens, closes.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    i32,
    (u32, u32),
    (u32, u32),
);

const RESOURCES: [Row; 13] = [
    ("vehicle", "鄂L·殡001", "", 180, (0, 0), (23, 59)),
    ("vehicle", "鄂L·殡002", "", 180, (0, 0), (23, 59)),
    ("cell", "冷藏01", "", 1440, (0, 0), (23, 59)),
    ("cell", "冷藏02", "", 1440, (0, 0), (23, 59)),
    ("cell", "冷藏03", "", 1440, (0, 0), (23, 59)),
    ("cell", "冷藏04", "", 1440, (0, 0), (23, 59)),
    ("cell", "冷藏05", "", 1440, (0, 0), (23, 59)),
    ("cell", "冷藏06", "", 1440, (0, 0), (23, 59)),
    ("hall", "松鹤厅", "small", 60, (6, 0), (17, 0)),
    ("hall", "怀远厅", "large", 90, (6, 0), (16, 30)),
    ("furnace", "一号平板炉", "flat", 60, (7, 0), (17, 0)),
    ("furnace", "二号平板炉", "flat", 60, (7, 0), (17, 0)),
    ("furnace", "三号捡灰炉", "collect", 90, (7, 0), (17, 30)),
];

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    crate::planning::demo::facilities(pool).await?;
    for (nth, code) in (1_u128..).zip(HOMES) {
        equip(pool, nth, code).await?;
    }
    Ok(())
}

/// Equips the `nth` home.
pub(crate) async fn equip(pool: &PgPool, nth: u128, code: &str) -> sqlx::Result<()> {
    for (place, (kind, label, class, minutes, opens, closes)) in (1_u128..).zip(RESOURCES) {
        sqlx::query(
            "insert into burial.resource
                 (id, facility, kind, label, class, slot_minutes, opens, closes)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict do nothing",
        )
        .bind(Uuid::from_u128(nth << 64 | place))
        .bind(code)
        .bind(kind)
        .bind(label)
        .bind(class)
        .bind(minutes)
        .bind(NaiveTime::from_hms_opt(opens.0, opens.1, 0))
        .bind(NaiveTime::from_hms_opt(closes.0, closes.1, 0))
        .execute(pool)
        .await?;
    }
    Ok(())
}
