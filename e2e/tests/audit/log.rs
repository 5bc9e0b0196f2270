//! The audit log as an operator and as an attacker with the database's password have it.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, ensure};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use yiwang_chassis::servers::{Postgres, PostgresOptions};
use yiwang_e2e::{SERVICES, Suite, binary};

/// The service whose log is tampered with.
pub(crate) const SERVICE: &str = "assistance";

/// What `yiwang ops audit verify` said.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// Whether it exited with 0.
    pub(crate) good: bool,
    /// Everything it said.
    pub(crate) said: String,
}

/// Runs `yiwang ops audit verify` on the data of a suite.
pub(crate) fn verify(suite: &Suite, environment: &[(String, String)]) -> anyhow::Result<Verdict> {
    let output = Command::new(binary()?)
        .args(["ops", "audit", "verify", "--data"])
        .arg(suite.data())
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .output()?;
    let text = [output.stdout, output.stderr].concat();
    Ok(Verdict {
        good: output.status.success(),
        said: String::from_utf8_lossy(&text).into_owned(),
    })
}

/// The databases of a stopped suite, opened behind its back.
pub(crate) struct Ledger {
    pub(crate) db: PgConnection,
    environment: Vec<(String, String)>,
    heads: PathBuf,
    untouched_heads: Vec<u8>,
    // Dropped last: the server after its connection.
    _postgres: Postgres,
}

impl Ledger {
    /// Starts the suite's PostgreSQL and keeps a copy of the log.
    pub(crate) async fn open(suite: &Suite) -> anyhow::Result<Self> {
        let mut log = Self::reopen(suite).await?;
        let copy = "create table public.untouched as table chassis.audit_entry";
        run(&mut log.db, copy).await?;
        Ok(log)
    }

    /// Starts the suite's PostgreSQL.
    pub(crate) async fn reopen(suite: &Suite) -> anyhow::Result<Self> {
        let postgres = Postgres::start(PostgresOptions::new(suite.data().join("postgres"))).await?;
        let url = |service| postgres.database_url(&format!("yiwang_{service}"));
        let environment = SERVICES.map(|service| {
            let name = format!("YIWANG_{}__DATABASE__URL", service.to_uppercase());
            (name, url(service))
        });
        let db = PgConnection::connect(&url(SERVICE)).await?;
        let heads = suite.data().join(format!("audit/{SERVICE}.jsonl"));
        let untouched_heads = fs::read(&heads).with_context(|| heads.display().to_string())?;
        Ok(Self {
            db,
            environment: environment.to_vec(),
            heads,
            untouched_heads,
            _postgres: postgres,
        })
    }

    /// Entries in the log.
    pub(crate) async fn entries(&mut self) -> anyhow::Result<i64> {
        let count = sqlx::query_scalar("select count(*) from chassis.audit_entry");
        Ok(count.fetch_one(&mut self.db).await?)
    }

    /// Runs statements as somebody who goes around the triggers.
    pub(crate) async fn tamper(&mut self, sql: &str) -> anyhow::Result<()> {
        let around = format!("begin; set local session_replication_role = replica; {sql}; commit");
        run(&mut self.db, &around)
            .await
            .with_context(|| sql.to_owned())
    }

    /// Lines of the heads file.
    pub(crate) fn head_lines(&self) -> anyhow::Result<Vec<String>> {
        let text = fs::read_to_string(&self.heads)?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// Writes the heads file anew; without lines it is deleted.
    pub(crate) fn set_head_lines(&self, lines: &[String]) -> anyhow::Result<()> {
        if lines.is_empty() {
            return Ok(fs::remove_file(&self.heads)?);
        }
        Ok(fs::write(&self.heads, lines.join("\n") + "\n")?)
    }

    /// Verifies: it must fail and name every one of `places`.
    pub(crate) fn must_find(
        &self,
        suite: &Suite,
        what: &str,
        places: &[String],
    ) -> anyhow::Result<()> {
        let verdict = verify(suite, &self.environment)?;
        ensure!(!verdict.good, "{what} was not found:\n{}", verdict.said);
        for place in places {
            ensure!(
                verdict.said.contains(place),
                "{what}: no {place:?} in\n{}",
                verdict.said
            );
        }
        // What the verifier says must be short enough to be read by a person.
        ensure!(
            verdict.said.lines().count() < 40,
            "{what}: {}",
            verdict.said
        );
        eprintln!("· found: {what}");
        Ok(())
    }

    /// Verifies: it must be good.
    pub(crate) fn must_be_good(&self, suite: &Suite) -> anyhow::Result<()> {
        let verdict = verify(suite, &self.environment)?;
        ensure!(verdict.good, "{}", verdict.said);
        for service in ["assistance: good", "gateway: good"] {
            ensure!(verdict.said.contains(service), "{}", verdict.said);
        }
        Ok(())
    }

    /// Puts log and heads back as they were.
    pub(crate) async fn restore(&mut self) -> anyhow::Result<()> {
        self.tamper(
            "truncate chassis.audit_entry;
             insert into chassis.audit_entry select * from public.untouched",
        )
        .await?;
        Ok(fs::write(&self.heads, &self.untouched_heads)?)
    }
}

async fn run(db: &mut PgConnection, sql: &str) -> anyhow::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(db)
        .await?;
    Ok(())
}
