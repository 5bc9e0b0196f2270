//! What `yiwang up` keeps on disk, and the servers beside it.
//!
//! | under the data folder | holds |
//! |---|---|
//! | `keys/` | the secrets, made once |
//! | `postgres/`, `nats/` | the private servers' data |
//! | `config/` | what each service was started with, written anew at each start |
//! | `files/`, `audit/` | uploads, signed heads of the audit logs |
//! | `demo-clock`, `sandbox.jsonl` | demo time, what the departments took |

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use reqwest::Url;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use yiwang_chassis::{
    keys::Keys,
    servers::{Nats, NatsOptions, Postgres, PostgresOptions},
};

use crate::{
    sandbox::Department,
    services::{ALL, Service},
};

/// The data folder, locked for this process.
pub(super) struct Local {
    dir: PathBuf,
    _lock: File,
}

impl Local {
    /// Makes and locks the folder, and makes the keys that are missing.
    pub(super) fn open(dir: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
        let dir = fs::canonicalize(dir)?;
        let lock = File::create(dir.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another `yiwang up` uses {}: stop it, or choose --data",
                    dir.display()
                )
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Keys::generate(&dir.join("keys"), &Department::ALL.map(Department::name))?;
        Ok(Self { dir, _lock: lock })
    }

    /// The folder, absolute.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// A file or folder in it.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// PostgreSQL and NATS: given by DATABASE_URL and NATS_URL, or private.
pub(super) struct Servers {
    postgres: Option<Postgres>,
    nats: Option<Nats>,
    urls: Urls,
}

/// Where the servers are.
#[derive(Clone)]
pub(super) struct Urls {
    /// One database per service, in the order of the table.
    pub(super) databases: Vec<String>,
    /// JetStream.
    pub(super) nats: String,
}

impl Servers {
    /// Starts or finds both, and makes the databases that are missing.
    pub(super) async fn start(local: &Local) -> anyhow::Result<Self> {
        let ((postgres, databases), (nats, nats_url)) =
            tokio::try_join!(databases(local), broker(local))?;
        Ok(Self {
            postgres,
            nats,
            urls: Urls {
                databases,
                nats: nats_url,
            },
        })
    }

    /// Where they are.
    pub(super) fn urls(&self) -> Urls {
        self.urls.clone()
    }

    /// Starts those again, on the same ports, that have ended by themselves.
    pub(super) async fn mend(&mut self) -> anyhow::Result<()> {
        if let Some(postgres) = self.postgres.as_mut().filter(|server| server.has_ended()) {
            tracing::error!("PostgreSQL has ended: starting it again");
            postgres.restart().await?;
        }
        if let Some(nats) = self.nats.as_mut().filter(|server| server.has_ended()) {
            tracing::error!("NATS has ended: starting it again");
            nats.restart().await?;
        }
        Ok(())
    }

    /// Stops those that were started here.
    pub(super) async fn stop(self) {
        tokio::join!(
            async {
                if let Some(nats) = self.nats {
                    nats.stop().await
                }
            },
            async {
                if let Some(postgres) = self.postgres {
                    postgres.stop().await
                }
            },
        );
    }
}

async fn databases(local: &Local) -> anyhow::Result<(Option<Postgres>, Vec<String>)> {
    let mut urls = Vec::new();
    if let Some(server) = given("DATABASE_URL") {
        for service in &ALL {
            urls.push(
                database_on(&server, service)
                    .await
                    .context("DATABASE_URL")?,
            );
        }
        return Ok((None, urls));
    }
    let postgres = Postgres::start(PostgresOptions::new(local.path("postgres"))).await?;
    for service in &ALL {
        urls.push(postgres.ensure_database(&service.database()).await?);
    }
    Ok((Some(postgres), urls))
}

/// Makes the service's database on a given server unless it is there.
async fn database_on(server: &str, service: &Service) -> anyhow::Result<String> {
    let mut url = Url::parse(server).context("not a URL")?;
    let mut conn = PgConnection::connect(server).await?;
    let name = service.database();
    let there: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(&name)
            .fetch_one(&mut conn)
            .await?;
    if !there {
        // The name comes from the table of services, never from outside.
        let create = AssertSqlSafe(format!("create database {name}"));
        sqlx::raw_sql(create).execute(&mut conn).await?;
    }
    conn.close().await?;
    url.set_path(&name);
    Ok(url.into())
}

async fn broker(local: &Local) -> anyhow::Result<(Option<Nats>, String)> {
    if let Some(url) = given("NATS_URL") {
        return Ok((None, url));
    }
    let nats = Nats::start(NatsOptions::new(local.path("nats"))).await?;
    let url = nats.url();
    Ok((Some(nats), url))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the two names that every tool of the trade reads"
)]
fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
