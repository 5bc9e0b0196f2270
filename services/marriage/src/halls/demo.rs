//! Halls of the demonstration, in the places of its stories. Addresses are made up.

use sqlx::PgPool;

/// Code, name, address, grade; competence beyond mainland residents; places at a time.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    i32,
);

/// Mixed marriages go to halls that the province names (条例第二条).
const ABROAD: &[&str] = &["hk_macao", "taiwan", "overseas_chinese", "foreign"];

const HALLS: &[Row] = &[
    (
        "421202001-01",
        "咸安区婚姻登记处",
        "湖北省咸宁市咸安区温泉街道政务服务中心一楼",
        "4A",
        ABROAD,
        3,
    ),
    (
        "421221103-01",
        "嘉鱼县婚姻登记处",
        "湖北省咸宁市嘉鱼县鱼岳镇政务服务中心二楼",
        "3A",
        &[],
        2,
    ),
    (
        "421224100-01",
        "通山县婚姻登记处",
        "湖北省咸宁市通山县通羊镇政务服务中心一楼",
        "3A",
        &[],
        2,
    ),
    (
        "420323100-01",
        "竹山县婚姻登记处",
        "湖北省十堰市竹山县城关镇政务服务中心三楼",
        "3A",
        &[],
        2,
    ),
    (
        "640302106-01",
        "利通区婚姻登记处",
        "宁夏回族自治区吴忠市利通区金星镇政务服务中心一楼",
        "3A",
        &[],
        2,
    ),
    (
        "610902001-01",
        "汉滨区婚姻登记处",
        "陕西省安康市汉滨区老城街道政务服务中心二楼",
        "3A",
        &[],
        2,
    ),
];

/// Adds the halls that are not there yet: half-hour times from 8:30 to 12:00 and from 14:30
/// to 17:30.
///
/// # Errors
/// When the database is away.
pub async fn seed(pool: &PgPool) -> sqlx::Result<()> {
    for (code, name, address, grade, beyond, capacity) in HALLS {
        let competence: Vec<&str> = ["mainland"].iter().chain(*beyond).copied().collect();
        sqlx::query(
            "insert into marriage.hall
                 (code, name, address, phone, division, grade, competence,
                  opens, closes_noon, opens_noon, closes, slot_minutes, slot_capacity)
             values ($1, $2, $3, '12345', $4, $5, $6,
                     '8:30', '12:00', '14:30', '17:30', 30, $7)
             on conflict (code) do nothing",
        )
        .bind(code)
        .bind(name)
        .bind(address)
        .bind(code.get(..9))
        .bind(grade)
        .bind(competence)
        .bind(capacity)
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
    fn every_hall_stands_in_a_township_of_the_table() {
        for (code, name, ..) in HALLS {
            let place = division::find(&code[..9]).unwrap();
            assert_eq!(place.level, Level::Township, "{name}");
            let county = division::find(place.parent.unwrap()).unwrap();
            assert!(name.starts_with(county.name), "{name} in {}", county.name);
        }
    }
}
