//! pgbench with the inserts of one submitted case, on the same server.
//!
//! Which tables a submission fills, how often and with rows of which size is
//! read from the database after our own run. The rows go into copies of those
//! tables with the same indexes, one statement per row, one transaction per case.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, ensure};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::process::Command;

/// Columns that relay and chainer fill in after the commit.
const LATER: [&str; 6] = [
    "position",
    "previous",
    "hash",
    "published_at",
    "published_stream",
    "published_seq",
];

/// Rows inserted so far, by `schema.table`.
pub(super) type Rows = BTreeMap<String, i64>;

/// The transaction that pgbench repeats.
pub(super) struct Script {
    /// Tables with rows per case.
    pub(super) summary: String,
    text: String,
}

/// Counts the rows of every table.
pub(super) async fn rows(database: &str) -> anyhow::Result<Rows> {
    let mut conn = PgConnection::connect(database).await?;
    let tables: Vec<String> = sqlx::query_scalar(
        "select schemaname || '.' || relname from pg_stat_user_tables
         where schemaname in ('chassis', 'casework', 'assistance', 'marriage') and relname !~ '^_'",
    )
    .fetch_all(&mut conn)
    .await?;
    let mut rows = Rows::new();
    for table in tables {
        let count = AssertSqlSafe(format!("select count(*) from {table}"));
        let count = sqlx::query_scalar(count).fetch_one(&mut conn).await?;
        rows.insert(table, count);
    }
    Ok(rows)
}

/// Makes the copies and the script from what `cases` submissions have inserted.
pub(super) async fn script(database: &str, before: &Rows, cases: u64) -> anyhow::Result<Script> {
    let after = rows(database).await?;
    let mut conn = PgConnection::connect(database).await?;
    sqlx::raw_sql("create schema bench")
        .execute(&mut conn)
        .await?;
    let (mut text, mut summary) = ("begin;\n".to_owned(), Vec::new());
    for (table, count) in &after {
        let inserted = count - before.get(table).copied().unwrap_or_default();
        let per_case = (inserted as f64 / cases as f64).round() as usize;
        if per_case == 0 {
            continue;
        }
        let insert = insert(&mut conn, table)
            .await
            .with_context(|| table.clone())?;
        (0..per_case).try_for_each(|_| writeln!(text, "{insert};"))?;
        summary.push(format!("{per_case} {table}"));
    }
    ensure!(!summary.is_empty(), "no table grew");
    text.push_str("commit;\n");
    Ok(Script {
        summary: summary.join(", "),
        text,
    })
}

/// An insert of a row like the last one, into a copy of the table.
async fn insert(conn: &mut PgConnection, table: &str) -> anyhow::Result<String> {
    let copy = format!("bench.{}", table.replace('.', "_"));
    // Without checks and references: that only makes the comparison harder for us.
    let create = format!(
        "create table {copy} (like {table} including defaults including generated
         including identity including storage including indexes)"
    );
    sqlx::raw_sql(AssertSqlSafe(create))
        .execute(&mut *conn)
        .await?;
    let columns: Vec<(String, String, bool, bool)> = sqlx::query_as(
        "select a.attname::text, format_type(a.atttypid, null),
                exists (select from pg_index i
                        where i.indrelid = a.attrelid and i.indisunique and a.attnum = any(i.indkey)),
                pg_get_serial_sequence($1, a.attname) is not null
         from pg_attribute a
         where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
           and a.attgenerated = ''",
    )
    .bind(table)
    .fetch_all(&mut *conn)
    .await?;
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, kind, unique, serial) in columns {
        if serial || LATER.contains(&name.as_str()) {
            continue;
        }
        let sample =
            format!("select quote_nullable({name}::text) from {table} order by ctid desc limit 1");
        let sample: String = sqlx::query_scalar(AssertSqlSafe(sample))
            .fetch_one(&mut *conn)
            .await?;
        values.push(value(&kind, unique, &sample));
        names.push(name);
    }
    Ok(format!(
        "insert into {copy} ({}) values ({})",
        names.join(", "),
        values.join(", ")
    ))
}

/// A value like the sample; one that must be unique is new each time.
fn value(kind: &str, unique: bool, sample: &str) -> String {
    let length = sample.len().saturating_sub(2).clamp(16, 64);
    match kind {
        _ if sample == "NULL" => "null".to_owned(),
        "uuid" => "gen_random_uuid()".to_owned(),
        "text" if unique => {
            format!("substr(md5(random()::text) || md5(random()::text), 1, {length})")
        }
        "bytea" if unique => "sha256(gen_random_uuid()::text::bytea)".to_owned(),
        _ => format!("{}::{kind}", escaped(sample)),
    }
}

/// The literal without colons: pgbench takes one before a letter for a variable.
fn escaped(literal: &str) -> String {
    match literal.trim_start().strip_prefix('E') {
        _ if !literal.contains(':') => literal.to_owned(),
        Some(body) => format!("E{}", body.replace(':', "\\x3a")),
        None => format!("E{}", literal.replace(':', "\\x3a")),
    }
}

/// Transactions a second of pgbench with the script.
pub(super) async fn pgbench(
    database: &str,
    dir: &Path,
    script: &Script,
    clients: u32,
    time: Duration,
) -> anyhow::Result<f64> {
    let file = dir.join("submit.sql");
    fs::write(&file, &script.text)?;
    let output = Command::new(program()?)
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={clients}"))
        .arg(format!("--time={}", time.as_secs()))
        .arg("--file")
        .arg(&file)
        .arg(database)
        .stdin(Stdio::null())
        .output()
        .await?;
    let (text, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    let first = errors.lines().next().unwrap_or_default();
    ensure!(output.status.success(), "pgbench failed: {first}");
    let tps = text
        .lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next());
    tps.with_context(|| format!("no result: {text}{errors}"))?
        .parse()
        .context("tps")
}

fn program() -> anyhow::Result<std::path::PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    std::env::split_paths(&path)
        .chain(debian.map(|version| version.path().join("bin")))
        .map(|dir| dir.join("pgbench"))
        .find(|file| file.is_file())
        .context("pgbench is not installed (Debian package postgresql)")
}
