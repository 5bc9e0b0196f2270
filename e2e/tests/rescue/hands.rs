//! What people of a station do with the pages, and over REST.

use serde_json::{Value, json};
use sqlx::Connection as _;
use yiwang_e2e::Suite;
pub(crate) use yiwang_e2e::tasks::*;

/// 咸宁市救助管理站.
pub(crate) const STATION: &str = "421202001-JZ01";
/// 温泉街道, where it stands.
pub(crate) const TOWN: &str = "421202001";

/// From the door to the eligibility, for somebody who cannot tell.
pub(crate) fn at_the_door(cause: &str) -> Vec<(&'static str, Value)> {
    let admit = match cause {
        "" => json!({ "away": true, "no_means": true, "on_street": true, "place": "" }),
        cause => json!({
            "away": true, "no_means": true, "on_street": true, "cause": cause, "place": "",
        }),
    };
    vec![
        ("screen", json!({ "findings": "神志清楚，能自己行走" })),
        (
            "security",
            json!({ "agreed": true, "checker": "刘春生", "checker_sex": "male",
                    "belongings": [{ "what": "布包", "quantity": "1个" }] }),
        ),
        (
            "register",
            json!({ "cannot_tell": true, "reasons": ["lost"], "help": ["living"] }),
        ),
        ("admit", admit),
    ]
}

/// How many events of this subject the service has published.
pub(crate) async fn events(suite: &Suite, subject: &str) -> anyhow::Result<i64> {
    count(
        suite,
        "select count(*) from chassis.outbox where subject = $1",
        subject,
    )
    .await
}

/// A count in the database of the service.
pub(crate) async fn count(suite: &Suite, sql: &'static str, with: &str) -> anyhow::Result<i64> {
    let mut conn = sqlx::PgConnection::connect(&suite.database_url("rescue")?).await?;
    let found = sqlx::query_scalar(sql)
        .bind(with)
        .fetch_one(&mut conn)
        .await;
    Ok(found?)
}
