//! `yiwang ops reconcile`: do the services agree with each other? Run it every night: what each
//! service does on the others' events must leave nothing here. It reads and changes nothing, and
//! names cases by number, never a person.

mod dead;
mod nightly;
mod rules;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use nightly::nightly;

use anyhow::bail;
use sqlx::{PgConnection, Postgres, pool::PoolConnection};

use crate::{services::Service, settings::Which};

/// Minutes after which what one service did has long reached the others.
const SETTLED_FOR: u32 = 15;

#[derive(clap::Args)]
pub(crate) struct Command {
    /// What is younger may still be on its way between the services
    #[arg(long, value_name = "MINUTES", default_value_t = SETTLED_FOR)]
    settled_for: u32,
    #[command(flatten)]
    which: Which,
}

/// Two services that do not agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    rule: &'static str,
    /// `service number`; `-` where no case stands behind it.
    cases: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.cases.join(", "))
    }
}

/// The services' databases, read only. Persons have one key in all of them.
struct Databases {
    assistance: PoolConnection<Postgres>,
    marriage: PoolConnection<Postgres>,
    burial: PoolConnection<Postgres>,
    rescue: PoolConnection<Postgres>,
    child: PoolConnection<Postgres>,
    settled_for: f64,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let found = found(&command.which, command.settled_for).await?;
    found.iter().for_each(|violation| println!("{violation}"));
    if !found.is_empty() {
        bail!("the services do not agree: {} violations", found.len());
    }
    println!("the services agree");
    Ok(())
}

/// What does not agree now, leaving out what is younger than so many minutes.
async fn found(which: &Which, settled_for: u32) -> anyhow::Result<Vec<Violation>> {
    let mut databases = Databases {
        assistance: open(which, "assistance").await?,
        marriage: open(which, "marriage").await?,
        burial: open(which, "burial").await?,
        rescue: open(which, "rescue").await?,
        child: open(which, "child").await?,
        settled_for: f64::from(settled_for) * 60.0,
    };
    Ok(rules::all(&mut databases).await?)
}

async fn open(which: &Which, service: &str) -> anyhow::Result<PoolConnection<Postgres>> {
    let service = Service::parse(service).map_err(anyhow::Error::msg)?;
    let (_, pool) = super::open(which, service).await?;
    let mut conn = pool.acquire().await?;
    read_only(&mut conn).await?;
    Ok(conn)
}

async fn read_only(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("set session characteristics as transaction read only")
        .execute(conn)
        .await?;
    Ok(())
}
