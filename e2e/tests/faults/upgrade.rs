//! Upgrade, rollback and upgrade again while people work: two versions run side by side on one
//! schema, and an older program is started on a newer one. Nothing is lost, nothing done twice.
//!
//! `YIWANG_E2E_BEFORE` is the executable of an older version. Without it one program plays both
//! parts, and the newer schema is one where every table has a further column.

use std::{env, path::PathBuf, process::Command};

use anyhow::{Context, ensure};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio::{sync::watch, time::Instant};
use yiwang_e2e::{Program, SERVICES, binary};

use crate::{
    citizens::{Citizen, gather, work},
    cluster::{Cluster, with_cluster_of},
    ledger::Ledger,
};

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_work_on_one_schema() -> anyhow::Result<()> {
    let before = env::var_os("YIWANG_E2E_BEFORE").map(PathBuf::from);
    let older = before.clone().map_or_else(binary, Ok)?;
    with_cluster_of(older.clone(), async |cluster| {
        there_and_back(cluster, older, before.is_some()).await
    })
    .await
}

async fn there_and_back(
    cluster: &mut Cluster,
    older: PathBuf,
    two_programs: bool,
) -> anyhow::Result<()> {
    let ledger = Ledger::open(cluster).await?;
    let mut crowd = gather(cluster).await?;
    let (stop, stopped) = watch::channel(false);
    let upgrades = async {
        let done = upgrades(cluster, older, two_programs).await;
        stop.send_replace(true);
        done
    };
    let (worked, upgraded) = tokio::join!(work_until_told(&mut crowd, stopped), upgrades);
    upgraded?;
    worked?;
    ledger.check(cluster, &crowd).await?;
    refused(cluster).await
}

/// Forward, back, and forward again.
async fn upgrades(cluster: &mut Cluster, older: PathBuf, two_programs: bool) -> anyhow::Result<()> {
    match two_programs {
        true => migrate(cluster)?,
        false => expand(cluster).await?,
    }
    let newer = binary()?;
    let way = [
        ("forward", newer.clone()),
        ("back", older),
        ("forward", newer),
    ];
    for (name, program) in way {
        let began = Instant::now();
        cluster.choose(program);
        replace(cluster).await?;
        let took = began.elapsed();
        eprintln!("· {name}: every service replaced in {took:.1?}");
    }
    Ok(())
}

/// Everybody does round after round until told to stop.
async fn work_until_told(crowd: &mut [Citizen], told: watch::Receiver<bool>) -> anyhow::Result<()> {
    while !*told.borrow() {
        work(crowd, 1).await?;
    }
    Ok(())
}

/// Every service gets a second process of the chosen program; then the first one goes and is
/// replaced by the chosen one.
async fn replace(cluster: &mut Cluster) -> anyhow::Result<()> {
    let mut beside: Vec<Program> = Vec::new();
    for service in SERVICES {
        beside.push(cluster.launch_beside(service).await?);
    }
    for service in SERVICES {
        cluster.stop(service)?;
        cluster.launch(service, &[])?;
    }
    for service in SERVICES {
        cluster.until_ready(service).await?;
    }
    Ok(())
}

/// What `helm upgrade` does first.
fn migrate(cluster: &Cluster) -> anyhow::Result<()> {
    let data = cluster.data();
    let output = Command::new(binary()?)
        .arg("migrate")
        .arg("--data")
        .arg(data)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success() && said.contains("migrated"),
        "{said}"
    );
    Ok(())
}

/// The schema of a version to come: every table has a further column.
async fn expand(cluster: &Cluster) -> anyhow::Result<()> {
    for service in SERVICES {
        let mut conn = connect(cluster, service).await?;
        for (schema, newest) in schemas(&mut conn).await? {
            let tables: Vec<String> = sqlx::query_scalar(
                "select format('%I.%I', schemaname, tablename) from pg_tables
                  where schemaname = $1 and tablename <> '_sqlx_migrations'",
            )
            .bind(&schema)
            .fetch_all(&mut conn)
            .await?;
            ensure!(!tables.is_empty(), "{service}: {schema} has no tables");
            for table in tables {
                run(
                    &mut conn,
                    format!("alter table {table} add column of_version_to_come text"),
                )
                .await?;
            }
            record(&mut conn, &schema, newest + 1, "expand everything").await?;
        }
    }
    Ok(())
}

/// What takes something away that this program uses is not worked with.
async fn refused(cluster: &mut Cluster) -> anyhow::Result<()> {
    let mut conn = connect(cluster, "burial").await?;
    let schemas = schemas(&mut conn).await?;
    let (schema, newest) = schemas
        .iter()
        .find(|(name, _)| name == "burial")
        .context("no schema")?;
    let name = format!("contract something from {}", newest + 1);
    record(&mut conn, schema, newest + 1, &name).await?;
    cluster.stop("burial")?;
    cluster.launch("burial", &[])?;
    let (status, words) = cluster.until_ended("burial").await?;
    ensure!(
        !status.success() && words.contains("cannot work with"),
        "{status}: {words}"
    );
    let taken_back = format!("delete from {schema}._sqlx_migrations where version > {newest}");
    run(&mut conn, taken_back).await?;
    cluster.launch("burial", &[])?;
    cluster.until_ready("burial").await
}

async fn connect(cluster: &Cluster, service: &str) -> anyhow::Result<PgConnection> {
    let url = cluster.postgres.database_url(&format!("yiwang_{service}"));
    Ok(PgConnection::connect(&url).await?)
}

/// The schemas of a database, each with its newest migration.
async fn schemas(conn: &mut PgConnection) -> anyhow::Result<Vec<(String, i64)>> {
    let names: Vec<String> =
        sqlx::query_scalar("select schemaname from pg_tables where tablename = '_sqlx_migrations'")
            .fetch_all(&mut *conn)
            .await?;
    let mut found = Vec::new();
    for name in names {
        let newest = format!("select max(version) from {name}._sqlx_migrations");
        let newest = sqlx::query_scalar(AssertSqlSafe(newest))
            .fetch_one(&mut *conn)
            .await?;
        found.push((name, newest));
    }
    Ok(found)
}

/// Writes down that a migration of a version to come was applied.
async fn record(
    conn: &mut PgConnection,
    schema: &str,
    version: i64,
    name: &str,
) -> anyhow::Result<()> {
    let row = format!(
        "insert into {schema}._sqlx_migrations (version, description, success, checksum, execution_time)
         values ({version}, '{name}', true, '', 0)"
    );
    run(conn, row).await
}

async fn run(conn: &mut PgConnection, sql: String) -> anyhow::Result<()> {
    sqlx::query(AssertSqlSafe(sql)).execute(conn).await?;
    Ok(())
}
