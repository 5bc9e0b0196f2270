//! The database pool, migrations and the times in rows.
//!
//! One database per service. Within it each library has its own PostgreSQL
//! schema (`chassis`, `casework`, the service's own) with its own migrations
//! table `<schema>._sqlx_migrations`.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil};
use secrecy::ExposeSecret;
use sqlx::{
    PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use tokio_util::sync::CancellationToken;

use crate::{
    config,
    fault::{Code, Fault},
};

mod migrations;

pub use migrations::{SchemaError, check, migrate};

/// A PostgreSQL schema and the migrations that make it.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// Name of the PostgreSQL schema, a plain lower-case word.
    pub name: &'static str,
    /// From `sqlx::migrate!()` in the crate that owns the schema.
    pub migrator: &'static Migrator,
}

/// Opens a pool and checks that the database answers.
///
/// Every connection has a statement time limit and loses a transaction that
/// sits idle for 30 seconds.
///
/// # Errors
/// When the URL is wrong or the database does not answer in time.
pub async fn connect(config: &config::Database) -> sqlx::Result<PgPool> {
    let options = config
        .url
        .expose_secret()
        .parse::<PgConnectOptions>()?
        .application_name(&config.application_name)
        .options([
            (
                "statement_timeout",
                config.statement_timeout.as_millis().to_string(),
            ),
            ("idle_in_transaction_session_timeout", "30000".to_owned()),
            ("timezone", "UTC".to_owned()),
        ]);
    PgPoolOptions::new()
        .max_connections(config.max_connections)
        .acquire_timeout(config.acquire_timeout)
        .connect_with(options)
        .await
}

/// How long a process that starts waits for its database.
const PATIENCE: Duration = Duration::from_secs(30);
const ASK_AGAIN: Duration = Duration::from_millis(200);

/// The pool of a process that starts: a database that is just starting too, or is busy, is waited
/// for.
///
/// # Errors
/// When the database does not answer for half a minute, or has a schema that this program cannot
/// work with.
pub async fn open(config: &config::Database, schemas: &[Schema]) -> anyhow::Result<PgPool> {
    let pool = patiently(|| async { Ok(connect(config).await?) }).await;
    let pool = pool.context("cannot reach the database")?;
    check(&pool, schemas).await?;
    Ok(pool)
}

/// Takes a step of a start again while the database is busy: a process that gave up would only be
/// started again.
///
/// # Errors
/// When the step fails otherwise, or the database does not answer for half a minute.
pub async fn patiently<T, F>(step: impl Fn() -> F) -> Result<T, Fault>
where
    F: Future<Output = Result<T, Fault>>,
{
    let began = Instant::now();
    loop {
        match step().await {
            Err(fault) if fault.code == Code::Unavailable && began.elapsed() < PATIENCE => {
                tracing::warn!(reason = %fault.reason, "the database does not answer yet");
                tokio::time::sleep(ASK_AGAIN).await;
            }
            done => return done,
        }
    }
}

/// How often a pool is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Shows how many connections of a pool are used, idle, and there at most, until stopped.
///
/// # Errors
/// Never; the type fits the life cycle.
pub async fn watch(
    pool: PgPool,
    service: &'static str,
    token: CancellationToken,
) -> anyhow::Result<()> {
    let mut every = tokio::time::interval(LOOK_EVERY);
    while token.run_until_cancelled(every.tick()).await.is_some() {
        let (open, idle) = (
            pool.size(),
            u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
        );
        let most = pool.options().get_max_connections();
        for (state, count) in [
            ("used", open.saturating_sub(idle)),
            ("idle", idle),
            ("max", most),
        ] {
            metrics::gauge!("yiwang_database_connections", "service" => service, "state" => state)
                .set(f64::from(count));
        }
    }
    Ok(())
}

/// The instant as a row stores it, cut to whole microseconds.
pub fn to_chrono(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.as_microsecond()).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// The instant that a row stores; one outside the years -9999 to 9999 is clamped.
pub fn from_chrono(at: DateTime<Utc>) -> Timestamp {
    let clamped = if at < DateTime::UNIX_EPOCH {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    Timestamp::from_microsecond(at.timestamp_micros()).unwrap_or(clamped)
}

/// The date as a row stores it.
pub fn to_chrono_date(day: civil::Date) -> NaiveDate {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    NaiveDate::from_ymd_opt(
        year.into(),
        month.unsigned_abs().into(),
        of_month.unsigned_abs().into(),
    )
    .unwrap_or(NaiveDate::MIN)
}

/// The date that a row stores; one outside the years -9999 to 9999 is clamped.
pub fn from_chrono_date(day: NaiveDate) -> civil::Date {
    use chrono::Datelike as _;
    let clamped = if day.year() < 0 {
        civil::Date::MIN
    } else {
        civil::Date::MAX
    };
    let year = i16::try_from(day.year()).unwrap_or(i16::MAX);
    civil::Date::new(year, day.month() as i8, day.day() as i8).unwrap_or(clamped)
}

#[cfg(test)]
mod tests;
