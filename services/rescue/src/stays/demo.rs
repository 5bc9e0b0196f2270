//! Stations of the demonstration with rooms, hospitals, vehicles and articles. Addresses and
//! telephones are made up.

use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

/// 咸宁市救助管理站.
pub const XIANNING: &str = "421202001-JZ01";
/// 汉滨区救助管理站.
pub const HANBIN: &str = "610902001-JZ01";
/// 竹山县救助管理站.
pub const ZHUSHAN: &str = "420323100-JZ01";

/// Code, name, address, telephone.
const STATIONS: [[&str; 4]; 5] = [
    [
        XIANNING,
        "咸宁市救助管理站",
        "温泉街道淦河大道88号",
        "0715-8255110",
    ],
    [
        HANBIN,
        "汉滨区救助管理站",
        "老城街道金州路36号",
        "0915-3212110",
    ],
    [
        ZHUSHAN,
        "竹山县救助管理站",
        "城关镇人民路17号",
        "0719-4222110",
    ],
    [
        "421221103-JZ01",
        "嘉鱼县救助管理站",
        "鱼岳镇沙阳大道52号",
        "0715-6322110",
    ],
    [
        "640302106-JZ01",
        "利通区救助管理站",
        "金星镇利红街9号",
        "0953-2022110",
    ],
];

/// Kind, label, side, berths.
const PLACES: [(&str, &str, &str, i32); 9] = [
    ("room", "男宿舍101", "men", 6),
    ("room", "男宿舍102", "men", 6),
    ("room", "女宿舍201", "women", 6),
    ("room", "未成年人居室301", "minors", 4),
    ("room", "隔离观察室", "any", 2),
    ("hospital", "定点医院", "any", 20),
    ("vehicle", "救助车1号", "any", 5),
    ("vehicle", "铁路、客运护送", "any", 20),
    ("foster", "托养机构", "any", 40),
];

/// Kind, name, unit, on hand.
const ARTICLES: [(&str, &str, &str, i32); 9] = [
    ("meal", "餐食", "份", 300),
    ("meal", "瓶装水", "瓶", 240),
    ("clothing", "棉衣", "件", 40),
    ("clothing", "换洗衣服", "套", 60),
    ("bedding", "棉被", "床", 30),
    ("hygiene", "洗漱包", "份", 80),
    ("medicine", "常用药包", "份", 50),
    ("ticket", "乘车凭证", "张", 100),
    ("other", "救助联系卡", "张", 500),
];

/// Adds what is not there yet.
///
/// # Errors
/// When the database is away.
pub async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    for (nth, [code, name, address, phone]) in (1_u128..).zip(STATIONS) {
        sqlx::query(
            "insert into rescue.station (code, name, division, address, phone, changed_at)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        )
        .bind(code)
        .bind(name)
        .bind(code.get(..9))
        .bind(address)
        .bind(phone)
        .bind(to_chrono(jiff::Timestamp::UNIX_EPOCH))
        .execute(pool)
        .await?;
        for (place, (kind, label, side, berths)) in (1_u128..).zip(PLACES) {
            sqlx::query(
                "insert into rescue.place (id, station, kind, label, side, berths)
                 values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            )
            .bind(place_id(nth, place))
            .bind(code)
            .bind(kind)
            .bind(label)
            .bind(side)
            .bind(berths)
            .execute(pool)
            .await?;
        }
        for (article, (kind, name, unit, on_hand)) in (1_u128..).zip(ARTICLES) {
            sqlx::query(
                "insert into rescue.article (id, station, kind, name, unit, on_hand)
                 values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            )
            .bind(article_id(nth, article))
            .bind(code)
            .bind(kind)
            .bind(name)
            .bind(unit)
            .bind(on_hand)
            .execute(pool)
            .await?;
        }
    }
    Ok(())
}

/// The `place`th place of the `nth` station, both from 1.
#[must_use]
pub fn place_id(nth: u128, place: u128) -> Uuid {
    Uuid::from_u128(nth << 64 | place)
}

/// The `article`th article of the `nth` station, both from 1.
#[must_use]
pub fn article_id(nth: u128, article: u128) -> Uuid {
    Uuid::from_u128(nth << 64 | 1 << 32 | article)
}
