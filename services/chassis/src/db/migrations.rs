//! Bringing schemas to the version that this program knows, and refusing those it cannot work with.
//!
//! While pods are replaced, and after a rollback, a program meets a schema that is newer than
//! itself. The name of a migration says who can live with it:
//!
//! - `0007_expand_reasons.sql` only adds: every older program can;
//! - `0009_contract_reasons_from_7.sql` takes away what no program uses that knows migration 7;
//! - under any other name: nobody who does not know it.
//!
//! The lock is TRIED in a loop: a second session that merely waits for it would
//! hold a snapshot and keep the holder's `CREATE INDEX CONCURRENTLY` from
//! finishing.

use std::{borrow::Cow, collections::BTreeMap, time::Duration};

use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, PgPool,
    migrate::{MigrateError, Migrator},
};

use super::Schema;

/// "yiwang" in ASCII; advisory locks are per database, so services do not meet.
const LOCK: i64 = 0x7969_7761_6e67;

/// Why the database does not fit this program.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// A migration of this program has not been applied: run `yiwang migrate`.
    #[error("schema {schema} lacks migration {version}: run `yiwang migrate`")]
    Missing {
        /// The PostgreSQL schema.
        schema: &'static str,
        /// Version of the migration.
        version: i64,
    },
    /// The database has a migration that this program does not know and cannot live with.
    #[error("schema {schema} has migration {version}, which this version cannot work with")]
    Unknown {
        /// The PostgreSQL schema.
        schema: &'static str,
        /// Version of the migration.
        version: i64,
    },
    /// An applied migration was edited afterwards.
    #[error("schema {schema}: migration {version} differs from the applied one")]
    Changed {
        /// The PostgreSQL schema.
        schema: &'static str,
        /// Version of the migration.
        version: i64,
    },
    /// A migration stopped half way.
    #[error("schema {schema}: migration {version} was only partly applied")]
    Dirty {
        /// The PostgreSQL schema.
        schema: &'static str,
        /// Version of the migration.
        version: i64,
    },
    /// A migration failed.
    #[error("cannot migrate schema {schema}")]
    Migration {
        /// The PostgreSQL schema.
        schema: &'static str,
        /// What went wrong.
        source: Box<MigrateError>,
    },
    /// The database failed.
    #[error("cannot read the schema version")]
    Database(#[from] sqlx::Error),
}

/// Applies what is missing in each schema, in the given order. Several
/// processes may call this at once; one works and the others wait. A newer
/// schema that this program can work with is left alone.
///
/// # Errors
/// When a migration fails or the database has one that this program cannot work with.
pub async fn migrate(pool: &PgPool, schemas: &[Schema]) -> Result<(), SchemaError> {
    let mut conn = pool.connect_options().as_ref().clone().connect().await?;
    sqlx::query("set statement_timeout = 0")
        .execute(&mut conn)
        .await?;
    while !try_lock(&mut conn).await? {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let result = migrate_locked(&mut conn, schemas).await;
    // Closing the session releases the lock, also after a failure.
    conn.close().await?;
    result
}

/// Refuses a database that lacks a migration of this program, or has one that it cannot work with.
///
/// # Errors
/// The first of them.
pub async fn check(pool: &PgPool, schemas: &[Schema]) -> Result<(), SchemaError> {
    let mut conn = pool.acquire().await?;
    for &schema in schemas {
        compare(schema, &applied(&mut conn, schema.name).await?)?;
    }
    Ok(())
}

async fn try_lock(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar("select pg_try_advisory_lock($1)")
        .bind(LOCK)
        .fetch_one(conn)
        .await
}

async fn migrate_locked(conn: &mut PgConnection, schemas: &[Schema]) -> Result<(), SchemaError> {
    for &schema in schemas {
        refuse_newer(schema, &applied(conn, schema.name).await?)?;
        let migrator = Migrator {
            migrations: Cow::Borrowed(&*schema.migrator.migrations),
            // What is still unknown is one that we can work with.
            ignore_missing: true,
            locking: false,
            no_tx: schema.migrator.no_tx,
            table_name: Cow::Owned(table(schema.name)),
            create_schemas: Cow::Owned(vec![Cow::Borrowed(schema.name)]),
        };
        migrator
            .run_direct(None, conn, false)
            .await
            .map_err(|source| SchemaError::Migration {
                schema: schema.name,
                source: Box::new(source),
            })?;
    }
    Ok(())
}

fn table(schema: &str) -> String {
    format!("{schema}._sqlx_migrations")
}

/// An applied migration.
#[derive(sqlx::FromRow)]
struct Row {
    version: i64,
    description: String,
    checksum: Vec<u8>,
    success: bool,
}

/// By version; none when the table is absent.
type Applied = BTreeMap<i64, Row>;

async fn applied(conn: &mut PgConnection, schema: &'static str) -> sqlx::Result<Applied> {
    let exists: bool = sqlx::query_scalar("select to_regclass($1) is not null")
        .bind(table(schema))
        .fetch_one(&mut *conn)
        .await?;
    if !exists {
        return Ok(Applied::new());
    }
    let select = format!(
        "select version, description, checksum, success from {}",
        table(schema)
    );
    let rows: Vec<Row> = sqlx::query_as(AssertSqlSafe(select))
        .fetch_all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.version, row)).collect())
}

fn compare(schema: Schema, applied: &Applied) -> Result<(), SchemaError> {
    let name = schema.name;
    let known = schema
        .migrator
        .iter()
        .filter(|m| !m.migration_type.is_down_migration());
    for migration in known {
        let version = migration.version;
        match applied.get(&version) {
            None => {
                return Err(SchemaError::Missing {
                    schema: name,
                    version,
                });
            }
            Some(row) if !row.success => {
                return Err(SchemaError::Dirty {
                    schema: name,
                    version,
                });
            }
            Some(row) if row.checksum[..] != migration.checksum[..] => {
                return Err(SchemaError::Changed {
                    schema: name,
                    version,
                });
            }
            Some(_) => {}
        }
    }
    refuse_newer(schema, applied)
}

/// Refuses a migration that this program does not know and cannot work with.
fn refuse_newer(schema: Schema, applied: &Applied) -> Result<(), SchemaError> {
    let newest = schema.migrator.iter().map(|known| known.version).max();
    let unknown = applied
        .values()
        .filter(|row| !schema.migrator.version_exists(row.version));
    for row in unknown {
        if !(row.success && works_with(newest.unwrap_or(0), &row.description)) {
            return Err(SchemaError::Unknown {
                schema: schema.name,
                version: row.version,
            });
        }
    }
    Ok(())
}

/// Whether a program whose newest migration is `newest` can work after one with this description:
/// the words of its file's name.
fn works_with(newest: i64, description: &str) -> bool {
    let words: Vec<&str> = description.split_whitespace().collect();
    match words.as_slice() {
        ["expand", ..] => true,
        ["contract", .., "from", oldest] => oldest.parse().is_ok_and(|oldest| newest >= oldest),
        _ => false,
    }
}
