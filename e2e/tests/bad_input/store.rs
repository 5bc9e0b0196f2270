//! What is really in the databases: rows counted before and after.

use std::collections::BTreeMap;

use sqlx::{Connection, PgConnection};
use yiwang_e2e::Suite;

/// Rows of every table of a service that an application could leave something in.
pub(crate) async fn rows(suite: &Suite, service: &str) -> anyhow::Result<BTreeMap<String, i64>> {
    let mut db = PgConnection::connect(&suite.database_url(service)?).await?;
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select schemaname::text, tablename::text from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2",
    )
    .fetch_all(&mut db)
    .await?;
    let mut rows = BTreeMap::new();
    for (schema, table) in tables {
        // What is refused is audited and limited: those tables may grow.
        if matches!(schema.as_str(), "chassis" if table.starts_with("audit")) {
            continue;
        }
        let count = format!("select count(*) from {schema}.{table}");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
            .fetch_one(&mut db)
            .await?;
        rows.insert(format!("{schema}.{table}"), count);
    }
    db.close().await?;
    Ok(rows)
}
