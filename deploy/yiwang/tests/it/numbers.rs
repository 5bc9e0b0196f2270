//! `yiwang ops numbers raise`: no number of the lost time comes again.

use std::process::Command;

use yiwang_chassis::testing;

fn raise(url: &str, more: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_yiwang"))
        .args(["ops", "numbers", "raise", "burial", "--by", "10"])
        .args(more)
        .env("YIWANG_BURIAL__DATABASE__URL", url)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("burial.body_serial"), "{said}");
}

#[tokio::test]
async fn a_counter_that_began_in_the_lost_time_begins_further_up() {
    let db = testing::database(&yiwang_burial::schemas()).await;
    let old = "insert into burial.body_serial values ('BYG421224', 2025, 7)";
    sqlx::query(old).execute(&db.pool).await.unwrap();
    let counters = async || -> Vec<(String, i32)> {
        let rows = "select case year when 2025 then 'old' when extract(year from now() at time zone 'Asia/Shanghai') then 'now' end,
                           last from burial.body_serial order by year";
        sqlx::query_as(rows).fetch_all(&db.pool).await.unwrap()
    };
    raise(&db.url, &["--dry-run"]);
    assert_eq!(counters().await, [("old".to_owned(), 7)]);
    raise(&db.url, &[]);
    let once = [("old".to_owned(), 17), ("now".to_owned(), 10)];
    assert_eq!(counters().await, once);
    raise(&db.url, &[]);
    let twice = [("old".to_owned(), 27), ("now".to_owned(), 20)];
    assert_eq!(counters().await, twice);
}
