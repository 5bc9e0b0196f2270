//! What people around a child do with the pages, and over REST.

use std::fs;

use anyhow::Context;
use serde_json::Value;
use sqlx::Connection as _;
use thirtyfour::By;
pub(crate) use yiwang_e2e::tasks::*;
use yiwang_e2e::{Api, Browser, Reply, Suite};

/// 城关镇, 竹山县.
pub(crate) const TOWN: &str = "420323100";
/// 虎山村 of it, whose director is `child1`.
pub(crate) const VILLAGE: &str = "420323100202";

/// One text from the database of a service.
pub(crate) async fn text(
    suite: &Suite,
    service: &str,
    sql: &'static str,
) -> anyhow::Result<String> {
    let mut conn = sqlx::PgConnection::connect(&suite.database_url(service)?).await?;
    let found: Option<String> = sqlx::query_scalar(sql).fetch_optional(&mut conn).await?;
    found.with_context(|| format!("nothing found: {sql}"))
}

/// A count from the database of the child service, with one value.
pub(crate) async fn count(suite: &Suite, sql: &'static str, with: &str) -> anyhow::Result<i64> {
    let mut conn = sqlx::PgConnection::connect(&suite.database_url("child")?).await?;
    let found = sqlx::query_scalar(sql)
        .bind(with)
        .fetch_one(&mut conn)
        .await;
    Ok(found?)
}

/// A picture that is no face.
const PICTURE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../gateway/src/demo/letter.png"
);

/// One photograph for the visit whose form is open.
pub(crate) async fn photograph(phone: &Browser) -> anyhow::Result<()> {
    let picture = fs::canonicalize(PICTURE)?;
    let input = phone.web().find(By::Id("photos")).await?;
    input.send_keys(picture.display().to_string()).await?;
    phone.see("不要这张").await
}

/// What tells a case that is there from one that is not, for this caller: nothing, unless status or
/// body differ, with the numbers made equal.
pub(crate) async fn differs(
    who: &Api,
    path: &str,
    real: &str,
    missing: &str,
) -> anyhow::Result<Option<String>> {
    let there = who.get(&path.replace("{number}", real)).await?;
    let none = who.get(&path.replace("{number}", missing)).await?;
    let (there, none) = (said(&there, real), said(&none, missing));
    Ok((there != none).then(|| format!("{path}: {there} and not {none}")))
}

/// Status and body without what differs in every answer.
fn said(reply: &Reply, number: &str) -> Value {
    let text = reply.text().replace(number, "N");
    let mut body: Value = serde_json::from_str(&text).unwrap_or(Value::String(text));
    if let Some(fields) = body.as_object_mut() {
        fields.remove("trace");
        fields.insert("status".to_owned(), reply.status.into());
    }
    body
}

/// A number of the same form that nobody has.
pub(crate) fn missing(number: &str) -> String {
    let (start, end) = number.split_at(number.len() - 3);
    format!("{start}{}", if end == "999" { "998" } else { "999" })
}
