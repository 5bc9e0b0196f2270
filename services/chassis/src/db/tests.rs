//! Migrating and refusing, on a real PostgreSQL.

use sqlx::{
    SqlSafeStr as _,
    migrate::{Migration, MigrationType},
};

use super::*;
use crate::testing;

const FIRST: (i64, &str) = (1, "create table shop.item (name text)");
const SECOND: (i64, &str) = (2, "create index concurrently item_name on shop.item (name)");

fn schema(migrations: &[(i64, &'static str)]) -> Schema {
    let named = |&(version, sql): &(i64, &'static str)| (version, "first", sql);
    named_schema(&migrations.iter().map(named).collect::<Vec<_>>())
}

fn named_schema(migrations: &[(i64, &'static str, &'static str)]) -> Schema {
    let migration = |&(version, name, sql): &(i64, &'static str, &'static str)| {
        let no_tx = sql.contains("concurrently");
        let kind = MigrationType::Simple;
        Migration::new(version, name.into(), kind, sql.into_sql_str(), no_tx)
    };
    let migrator = Migrator::with_migrations(migrations.iter().map(migration).collect());
    Schema {
        name: "shop",
        migrator: Box::leak(Box::new(migrator)),
    }
}

#[tokio::test]
async fn several_processes_migrate_at_once_and_again() {
    let db = testing::database(&[]).await;
    let schemas = [schema(&[FIRST, SECOND])];
    let runs = (0..4).map(|_| migrate(&db.pool, &schemas));
    for result in futures::future::join_all(runs).await {
        result.unwrap();
    }
    migrate(&db.pool, &schemas).await.unwrap();
    check(&db.pool, &schemas).await.unwrap();
    let applied: i64 = sqlx::query_scalar("select count(*) from shop._sqlx_migrations")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert_eq!(applied, 2);
}

#[tokio::test]
async fn a_database_of_another_version_is_refused() {
    let db = testing::database(&[]).await;
    let (old, new) = (schema(&[FIRST]), schema(&[FIRST, SECOND]));
    let refusal = check(&db.pool, &[old]).await.unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "schema shop lacks migration 1: run `yiwang migrate`"
    );

    migrate(&db.pool, &[old]).await.unwrap();
    let refusal = check(&db.pool, &[new]).await;
    assert!(matches!(
        refusal,
        Err(SchemaError::Missing { version: 2, .. })
    ));

    migrate(&db.pool, &[new]).await.unwrap();
    let refusal = check(&db.pool, &[old]).await;
    assert!(matches!(
        refusal,
        Err(SchemaError::Unknown { version: 2, .. })
    ));
    assert!(
        migrate(&db.pool, &[old]).await.is_err(),
        "an old program changes nothing"
    );

    let edited = schema(&[(1, "create table shop.item (name text not null)"), SECOND]);
    let refusal = check(&db.pool, &[edited]).await;
    assert!(matches!(
        refusal,
        Err(SchemaError::Changed { version: 1, .. })
    ));
}

#[tokio::test]
async fn a_newer_schema_is_worked_with_when_it_says_so() {
    // The newer version's further migrations, and whether programs of version 1 and 2 can live
    // with them.
    type Further = &'static [(i64, &'static str, &'static str)];
    const COLUMN: &str = "alter table shop.item add column note text";
    const DROP: &str = "alter table shop.item drop column name";
    let cases: [(Further, bool, bool); 5] = [
        (&[(3, "expand note", COLUMN)], true, true),
        (&[(3, "note", COLUMN)], false, false),
        (&[(3, "contract name from 2", DROP)], false, true),
        (
            &[
                (3, "expand note", COLUMN),
                (4, "contract name from 3", DROP),
            ],
            false,
            false,
        ),
        (&[(3, "contract name", DROP)], false, false),
    ];
    let first: Further = &[(1, "first", FIRST.1), (2, "expand nothing", "select 1")];
    for (further, one, two) in cases {
        let db = testing::database(&[]).await;
        let newer = named_schema(&[first, further].concat());
        migrate(&db.pool, &[newer]).await.unwrap();
        for (known, works) in [(1, one), (2, two)] {
            let old = named_schema(&first[..known]);
            let checked = check(&db.pool, &[old]).await;
            assert_eq!(checked.is_ok(), works, "{further:?} for version {known}");
            let migrated = migrate(&db.pool, &[old]).await;
            assert_eq!(migrated.is_ok(), works, "{further:?} for version {known}");
        }
        check(&db.pool, &[newer]).await.unwrap();
    }
}

#[tokio::test]
async fn a_failed_migration_leaves_nothing_and_frees_the_lock() {
    let db = testing::database(&[]).await;
    let broken = schema(&[FIRST, (2, "create table shop.other (n int); select 1 / 0")]);
    assert!(migrate(&db.pool, &[broken]).await.is_err());
    let other: bool = sqlx::query_scalar("select to_regclass('shop.other') is not null")
        .fetch_one(&db.pool)
        .await
        .unwrap();
    assert!(!other);
    migrate(&db.pool, &[schema(&[FIRST, SECOND])])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_statement_of_a_request_cannot_run_for_ever() {
    let db = testing::database(&[]).await;
    let mut config = db.config();
    config.statement_timeout = std::time::Duration::from_millis(50);
    let pool = connect(&config).await.unwrap();
    let error = sqlx::query("select pg_sleep(10)")
        .execute(&pool)
        .await
        .unwrap_err();
    let fault = crate::fault::Fault::from(error);
    assert_eq!(fault.code, crate::fault::Code::DeadlineExceeded);
    let settings: (String, String) = sqlx::query_as(
        "select current_setting('idle_in_transaction_session_timeout'),
                current_setting('application_name')",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(settings, ("30s".to_owned(), "test".to_owned()));
}

#[test]
fn times_and_dates_survive_a_row() {
    let at: Timestamp = "2026-05-12T01:02:03.456789Z".parse().unwrap();
    assert_eq!(from_chrono(to_chrono(at)), at);
    for day in ["2024-02-29", "1949-10-01", "2099-12-31"] {
        let day: civil::Date = day.parse().unwrap();
        assert_eq!(from_chrono_date(to_chrono_date(day)), day);
    }
    assert_eq!(from_chrono(DateTime::<Utc>::MAX_UTC), Timestamp::MAX);
    assert_eq!(from_chrono_date(NaiveDate::MAX), civil::Date::MAX);
}
