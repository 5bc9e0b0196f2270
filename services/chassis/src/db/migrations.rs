//! Bringing schemas to the version that this program knows, and refusing others.
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
    /// The database is newer than this program.
    #[error("schema {schema} has migration {version}, which this version does not know")]
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
/// processes may call this at once; one works and the others wait.
///
/// # Errors
/// When a migration fails or the database has versions unknown to this program.
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

/// Refuses a database whose schemas are not exactly at this program's version.
///
/// # Errors
/// The first difference found.
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
    for schema in schemas {
        let migrator = Migrator {
            migrations: Cow::Borrowed(&*schema.migrator.migrations),
            ignore_missing: false,
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

/// Checksum and success of each applied version; none when the table is absent.
type Applied = BTreeMap<i64, (Vec<u8>, bool)>;

async fn applied(conn: &mut PgConnection, schema: &'static str) -> sqlx::Result<Applied> {
    let exists: bool = sqlx::query_scalar("select to_regclass($1) is not null")
        .bind(table(schema))
        .fetch_one(&mut *conn)
        .await?;
    if !exists {
        return Ok(Applied::new());
    }
    let select = format!("select version, checksum, success from {}", table(schema));
    let rows: Vec<(i64, Vec<u8>, bool)> = sqlx::query_as(AssertSqlSafe(select))
        .fetch_all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(version, checksum, success)| (version, (checksum, success)))
        .collect())
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
            Some((_, false)) => {
                return Err(SchemaError::Dirty {
                    schema: name,
                    version,
                });
            }
            Some((checksum, true)) if checksum[..] != migration.checksum[..] => {
                return Err(SchemaError::Changed {
                    schema: name,
                    version,
                });
            }
            Some(_) => {}
        }
    }
    match applied
        .keys()
        .find(|version| !schema.migrator.version_exists(**version))
    {
        Some(&version) => Err(SchemaError::Unknown {
            schema: name,
            version,
        }),
        None => Ok(()),
    }
}
