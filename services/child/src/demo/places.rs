//! Directors, supervisors, stations and children's homes of the demonstration: 竹山县. Made up.

use jiff::ToSpan as _;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::to_chrono_date, fault::Fault, ids};
use yiwang_civic::{
    citizen_id::{CitizenId, completed},
    time::beijing_date,
};

use crate::welfare::roster;

/// Names of made-up directors, in the order of the villages.
const NAMES: [&str; 17] = [
    "柯玉梅",
    "周桂兰",
    "明德芳",
    "何秀云",
    "邹春燕",
    "陈小红",
    "袁世菊",
    "王金凤",
    "刘启珍",
    "李大翠",
    "吴成香",
    "张维兰",
    "杨家秀",
    "徐光琴",
    "黄世英",
    "彭远会",
    "邓明凤",
];
/// 城关镇, 溢水镇.
const TOWNSHIPS: [(&str, &str, &str); 2] = [
    ("420323100", "childs", "赵海燕"),
    ("420323101", "", "华正芬"),
];
/// Directors with an account of the demonstration: 窑沟村, 虎山村.
const ACCOUNTS: [(&str, (&str, &str)); 2] = [
    ("420323100201", ("王桂芳", "child1b")),
    ("420323100202", ("李秀英", "child1")),
];
/// Kind, division, name, address, telephone, hours, staff.
const PLACES: [(&str, &str, &str, &str, &str, &str, i32); 10] = [
    (
        "centre",
        "420323",
        "竹山县未成年人救助保护中心",
        "城关镇人民路19号",
        "0719-4220110",
        "24小时",
        9,
    ),
    (
        "welfare_home",
        "420323",
        "竹山县儿童福利院",
        "城关镇莲花路6号",
        "0719-4220120",
        "24小时",
        14,
    ),
    (
        "station",
        "420323100",
        "城关镇未成年人保护工作站",
        "城关镇政府一楼",
        "0719-4220130",
        "工作日8:30至17:30",
        3,
    ),
    (
        "station",
        "420323101",
        "溢水镇未成年人保护工作站",
        "溢水镇政府一楼",
        "0719-4220131",
        "工作日8:30至17:30",
        2,
    ),
    (
        "home",
        "420323100001",
        "北大街社区儿童之家",
        "北大街社区二楼",
        "",
        "放学后、周末",
        1,
    ),
    (
        "home",
        "420323100007",
        "莲花社区儿童之家",
        "莲花社区服务中心",
        "",
        "放学后、周末",
        2,
    ),
    (
        "home",
        "420323100201",
        "窑沟村儿童之家",
        "窑沟村委会",
        "",
        "周末、寒暑假",
        1,
    ),
    (
        "home",
        "420323100202",
        "虎山村儿童之家",
        "虎山村委会",
        "",
        "周末、寒暑假",
        1,
    ),
    (
        "companion",
        "420323100202",
        "虎山村“童伴妈妈”项目点",
        "虎山村委会",
        "",
        "每天下午",
        1,
    ),
    (
        "companion",
        "420323101201",
        "朱家湾村“童伴妈妈”项目点",
        "朱家湾村委会",
        "",
        "每天下午",
        1,
    ),
];

/// Adds what is not there yet. The last village of 城关镇 has no director: coverage shows it.
///
/// # Errors
/// When the database is away.
pub(crate) async fn seed(rt: &Runtime) -> anyhow::Result<()> {
    let mut tx = rt.pool.begin().await?;
    let known: bool = sqlx::query_scalar("select exists (select 1 from child.place)")
        .fetch_one(&mut *tx)
        .await?;
    if known {
        return Ok(());
    }
    for (kind, division, name, address, phone, hours, staff) in PLACES {
        sqlx::query(
            "insert into child.place (id, kind, division, name, address, phone, hours, staff)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(ids::new(rt.now()))
        .bind(kind)
        .bind(division)
        .bind(name)
        .bind(address)
        .bind(phone)
        .bind(hours)
        .bind(staff)
        .execute(&mut *tx)
        .await?;
    }
    for (at, (division, account, name)) in TOWNSHIPS.into_iter().enumerate() {
        add(
            rt,
            &mut tx,
            "supervisor",
            division,
            (name, account),
            900 + at,
        )
        .await?;
    }
    let villages = roster::villages_of("420323100");
    let without = villages.len().saturating_sub(1);
    for (at, village) in villages.into_iter().take(without).enumerate() {
        let made_up = (NAMES[at % NAMES.len()], "");
        let known = ACCOUNTS.iter().find(|(code, _)| *code == village.code);
        let who = known.map_or(made_up, |(_, who)| *who);
        add(rt, &mut tx, "director", village.code, who, at).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn add(
    rt: &Runtime,
    conn: &mut sqlx::PgConnection,
    post: &str,
    division: &str,
    (name, account): (&str, &str),
    nth: usize,
) -> anyhow::Result<()> {
    let id = ids::new(rt.now());
    let number = number(nth);
    let key = number.parse::<CitizenId>()?;
    let phone = format!("138{:08}", 7_190_000 + nth);
    let sealed = roster::sealed(rt, id, name, &number, &phone).map_err(Fault::internal)?;
    let today = beijing_date(rt.now());
    sqlx::query(
        "insert into child.director
             (id, post, division, person_key, committee, account, since, record_checked_on,
              record_result, record_paper, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'clean', $9, $10)",
    )
    .bind(id)
    .bind(post)
    .bind(division)
    .bind(rt.keyer.key(&key).as_str())
    .bind(post == "director" && nth % 3 != 2)
    .bind(account)
    .bind(to_chrono_date(today.saturating_sub(3.years())))
    .bind(to_chrono_date(today.saturating_sub(5.months())))
    .bind(format!("竹公查〔2026〕{}号", 100 + nth))
    .bind(sealed)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "insert into child.training (id, director, held_on, hours, title)
         values ($1, $2, $3, $4, '儿童主任培训：走访、强制报告、家庭监护')",
    )
    .bind(ids::new(rt.now()))
    .bind(id)
    .bind(to_chrono_date(today.saturating_sub(1.month())))
    .bind(if nth.is_multiple_of(4) { 4 } else { 12 })
    .execute(conn)
    .await?;
    Ok(())
}

/// A right number of a woman born in 1985.
fn number(nth: usize) -> String {
    let body = format!("42032319850{}15{:03}", 1 + nth / 500, (2 * nth) % 1000);
    completed(&body).unwrap_or_default()
}
