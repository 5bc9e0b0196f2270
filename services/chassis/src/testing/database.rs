//! A database per test, copied from a migrated template.

use std::{thread, time::Duration};

use sha2::{Digest as _, Sha256};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::OnceCell;

use crate::{
    clock::{Clock as _, SystemClock},
    config,
    db::{self, Schema},
    ids, servers,
};

/// Databases of killed tests are dropped after this many seconds.
const LEFTOVER_AFTER: i64 = 3600;

/// A fresh database; dropped with this value.
#[derive(Debug)]
pub struct TestDb {
    /// A small pool on it.
    pub pool: PgPool,
    /// Its URL.
    pub url: String,
    name: String,
    server: String,
}

/// A fresh database with `schemas`.
///
/// # Panics
/// When no server can be reached or started, or a migration fails.
pub async fn database(schemas: &[Schema]) -> TestDb {
    let server = server().await;
    let mut admin = PgConnection::connect(&server)
        .await
        .expect("cannot reach the test server");
    let template = template(&mut admin, &server, schemas).await;
    let now = SystemClock.now();
    let name = format!("yt_{}_{}", now.as_second(), ids::new(now).simple());
    execute(
        &mut admin,
        format!("create database {name} template {template}"),
    )
    .await;
    drop_leftovers(&mut admin, now.as_second()).await;
    admin.close().await.expect("cannot leave the test server");

    let url = url_of(&server, &name);
    let pool = PgPoolOptions::new()
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(10))
        .connect(&url)
        .await
        .expect("cannot connect to the test database");
    TestDb {
        pool,
        url,
        name,
        server,
    }
}

impl TestDb {
    /// A `[database]` section for this database.
    pub fn config(&self) -> config::Database {
        config::Database {
            url: self.url.clone().into(),
            max_connections: 8,
            acquire_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_secs(10),
            application_name: "test".into(),
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread of its own: this may run inside any runtime, or after it.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                if let Ok(mut admin) = PgConnection::connect(&server).await {
                    let drop = format!("drop database if exists {name} with (force)");
                    let _ = sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut admin).await;
                }
            });
        });
        let _ = dropping.join();
    }
}

/// URL of the maintenance database of the test server.
async fn server() -> String {
    static SERVER: OnceCell<String> = OnceCell::const_new();
    let find = || async {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
        let given = std::env::var("YIWANG_TEST_DATABASE_URL");
        match given {
            Ok(url) => url,
            Err(_) => servers::start_shared(super::servers_dir().join("postgres"))
                .await
                .expect("cannot start a test server"),
        }
    };
    SERVER.get_or_init(find).await.clone()
}

/// The name of a database that holds `schemas`, made once per version of them.
async fn template(admin: &mut PgConnection, server: &str, schemas: &[Schema]) -> String {
    let mut hash = Sha256::new();
    for schema in schemas {
        hash.update(schema.name);
        for migration in schema.migrator.iter() {
            hash.update(migration.version.to_be_bytes());
            hash.update(&migration.checksum);
        }
    }
    let digest = hash.finalize();
    let name = format!("ytt_{}", hex::encode(&digest[..8]));
    if exists(admin, &name).await {
        return name;
    }
    let lock = i64::from_be_bytes(digest[..8].try_into().unwrap_or_default());
    sqlx::query("select pg_advisory_lock($1)")
        .bind(lock)
        .execute(&mut *admin)
        .await
        .expect("cannot lock the template");
    if !exists(admin, &name).await {
        let draft = format!("{name}_draft");
        execute(
            admin,
            format!("drop database if exists {draft} with (force)"),
        )
        .await;
        execute(admin, format!("create database {draft}")).await;
        let pool = PgPool::connect(&url_of(server, &draft))
            .await
            .expect("cannot reach a draft");
        db::migrate(&pool, schemas).await.expect("cannot migrate");
        pool.close().await;
        execute(admin, format!("alter database {draft} rename to {name}")).await;
    }
    sqlx::query("select pg_advisory_unlock($1)")
        .bind(lock)
        .execute(&mut *admin)
        .await
        .expect("cannot unlock the template");
    name
}

async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(name)
        .fetch_one(admin)
        .await
        .expect("cannot list the databases")
}

async fn drop_leftovers(admin: &mut PgConnection, now: i64) {
    let names: Vec<String> =
        sqlx::query_scalar(r"select datname::text from pg_database where datname like 'yt\_%'")
            .fetch_all(&mut *admin)
            .await
            .expect("cannot list the databases");
    for name in names {
        let made_at = name
            .split('_')
            .nth(1)
            .and_then(|secs| secs.parse::<i64>().ok());
        if made_at.is_some_and(|made_at| made_at + LEFTOVER_AFTER < now) {
            // Another test may drop it at the same time.
            let drop = format!("drop database if exists {name} with (force)");
            let _ = sqlx::raw_sql(AssertSqlSafe(drop))
                .execute(&mut *admin)
                .await;
        }
    }
}

async fn execute(admin: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(admin)
        .await
        .expect("the test server refused");
}

fn url_of(server: &str, database: &str) -> String {
    let options: PgConnectOptions = server.parse().expect("not a database URL");
    options.database(database).to_url_lossy().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_database_is_its_own_and_gone_afterwards() {
        let (first, second) = (database(&[]).await, database(&[]).await);
        sqlx::raw_sql("create table note (n int)")
            .execute(&first.pool)
            .await
            .unwrap();
        let seen: bool = sqlx::query_scalar("select to_regclass('note') is not null")
            .fetch_one(&second.pool)
            .await
            .unwrap();
        assert!(!seen);
        let (server, name) = (first.server.clone(), first.name.clone());
        drop(first);
        let mut admin = PgConnection::connect(&server).await.unwrap();
        assert!(!exists(&mut admin, &name).await);
    }
}
