//! Whether every error was named and every row arrived.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use super::{Officer, file::File};

type Named = BTreeSet<(i64, String, String)>;

/// Fails unless the list of problems holds exactly the planted errors; those that show at
/// publishing only once it has happened.
pub(super) async fn named(
    officer: &mut Officer,
    batch: &str,
    file: &File,
    after_publishing: bool,
) -> anyhow::Result<()> {
    let shows = file
        .planted
        .iter()
        .filter(|planted| planted.choice.is_some() || after_publishing);
    let expected: Named = shows
        .map(|planted| {
            (
                planted.row,
                planted.field.to_owned(),
                planted.code.to_owned(),
            )
        })
        .collect();
    let found = all(officer, batch).await?;
    let missing: Vec<_> = expected.difference(&found).take(5).collect();
    let strange: Vec<_> = found.difference(&expected).take(5).collect();
    ensure!(
        missing.is_empty() && strange.is_empty(),
        "{} errors named of {} planted; not named: {missing:?}; not planted: {strange:?}",
        found.len(),
        expected.len()
    );
    Ok(())
}

async fn all(officer: &mut Officer, batch: &str) -> anyhow::Result<Named> {
    let mut found = Named::new();
    let mut cursor = String::new();
    loop {
        let path = format!("{batch}/problems?limit=100&cursor={cursor}");
        let page = officer.get(&path).await?;
        for problem in page["problems"].as_array().context("no problems")? {
            let text = |key: &str| problem[key].as_str().map(str::to_owned).context("no text");
            let row = problem["row"].as_i64().context("no row")?;
            found.insert((row, text("field")?, text("code")?));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return Ok(found),
        }
    }
}

/// Fails unless every row that was not dropped is a record, once, and every person with two
/// valid marriages is frozen.
pub(super) async fn published(
    database: &str,
    officer: &mut Officer,
    batch: &str,
    file: &File,
) -> anyhow::Result<()> {
    let expected = i64::from(file.rows - file.dropped());
    let told = officer.get(batch).await?;
    ensure!(
        told["published"] == expected,
        "{expected} rows are not published: {told}"
    );
    let id: Uuid = batch.rsplit('/').next().context("no id")?.parse()?;
    let mut conn = PgConnection::connect(database).await?;
    let (rows, records): (i64, i64) = sqlx::query_as(
        "select count(*), count(distinct record) from marriage.batch_published where batch = $1",
    )
    .bind(id)
    .fetch_one(&mut conn)
    .await?;
    ensure!(
        (rows, records) == (expected, expected),
        "{rows} rows became {records} records, not {expected}"
    );
    let clashes = file
        .planted
        .iter()
        .filter(|planted| planted.choice.is_none());
    let clashes = i64::try_from(clashes.count())?;
    let frozen: i64 = sqlx::query_scalar(
        "select count(*) from marriage.conflict join marriage.person using (person_key)
          where settled_at is null and frozen is not null",
    )
    .fetch_one(&mut conn)
    .await?;
    ensure!(
        frozen == clashes,
        "{frozen} persons are frozen, not {clashes}"
    );
    Ok(())
}
