//! `yiwang ops outbox`: what waits, and publishing again.

use jiff::Timestamp;
use sqlx::PgPool;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    db, outbox,
};

use crate::{check_config::chosen, services::Service, settings::Which};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Count what waits to be published
    Status {
        /// Of which services; all when none is named
        #[arg(value_parser = Service::parse)]
        services: Vec<&'static Service>,
        #[command(flatten)]
        which: Which,
    },
    /// Publish again what was published since an instant; consumers apply nothing twice
    Republish {
        /// Whose
        #[arg(value_parser = Service::parse)]
        service: &'static Service,
        /// Since when, e.g. 2026-05-12T09:00:00+08:00
        #[arg(long)]
        since: Timestamp,
        /// Only count
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Status { services, which } => {
            for service in chosen(services) {
                let (_, pool) = super::open(&which, service).await?;
                let (waiting, age) = waiting(&pool).await?;
                println!(
                    "{}: {waiting} events wait, the oldest for {age:.0} s",
                    service.name
                );
            }
        }
        Command::Republish {
            service,
            since,
            dry_run,
            which,
        } => {
            let (_, pool) = super::open(&which, service).await?;
            if dry_run {
                println!(
                    "{} events would be published again",
                    published(&pool, since).await?
                );
            } else {
                let events = outbox::republish(&pool, since, SystemClock.now()).await?;
                println!("{events} events are published again");
            }
        }
    }
    Ok(())
}

async fn waiting(pool: &PgPool) -> sqlx::Result<(i64, f64)> {
    sqlx::query_as(
        "select count(*), coalesce(extract(epoch from now() - min(enqueued_at)), 0)::float8
         from chassis.outbox where published_at is null",
    )
    .fetch_one(pool)
    .await
}

async fn published(pool: &PgPool, since: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar("select count(*) from chassis.outbox where published_at >= $1")
        .bind(db::to_chrono(since))
        .fetch_one(pool)
        .await
}
