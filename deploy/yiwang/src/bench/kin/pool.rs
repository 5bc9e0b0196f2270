//! Reports and stranded persons in a PostgreSQL that is thrown away.

use std::{collections::HashMap, fs, path::Path, sync::Arc, time::Instant};

use anyhow::Context;
use sqlx::postgres::PgPoolOptions;
use tokio::task::JoinSet;
use yiwang_chassis::{
    clock::SystemClock,
    servers::{Postgres, PostgresOptions},
};
use yiwang_rescue::{
    domain::kin::{clues::Clues, report::Report},
    kin::{measure::Scratch, reports},
};

use super::{files, generate::Generator};

/// Reports of one transaction.
const BATCH: usize = 500;
/// Transactions at once.
const AT_ONCE: usize = 3;
/// Kept to recombine, when reports are made up.
const BASE: usize = 20_000;

/// What is searched.
pub(super) struct Pool {
    pub(super) scratch: Scratch,
    /// Numbers of the reports of the file, by their ids there.
    numbers: HashMap<String, String>,
    server: Postgres,
}

impl Pool {
    /// Imports the reports of a file and made-up ones up to `grow`, tells the clues, and reads
    /// everything into memory as a start does.
    pub(super) async fn load(
        dir: &Path,
        file: &Path,
        grow: usize,
        told: &[Clues],
    ) -> anyhow::Result<Self> {
        let server = Postgres::start(PostgresOptions::throwaway(dir.join("postgres"))).await?;
        let url = server.ensure_database("kin").await?;
        let pool = PgPoolOptions::new()
            .max_connections(8)
            .connect(&url)
            .await?;
        let scratch = Scratch::open(pool, Arc::new(SystemClock)).await?;
        let began = Instant::now();
        let mut numbers = HashMap::new();
        let mut base = Vec::new();
        let mut imports = Imports::new(scratch.clone());
        for report in files::lines::<Report>(file)? {
            let report = report?;
            let number = reports::number(report.source, &report.report_id);
            numbers.insert(report.report_id.clone(), number);
            if grow > 0 && base.len() < BASE {
                base.push(report.clone());
            }
            imports.add(report).await?;
        }
        if grow > numbers.len() {
            let mut generator = Generator::new(base, 11);
            for n in numbers.len()..grow {
                imports.add(generator.report(n)).await?;
            }
        }
        let count = imports.finish().await?;
        let seconds = began.elapsed().as_secs_f64();
        let rate = count as f64 / seconds;
        println!("import             {count} reports in {seconds:.1} s, {rate:.0} a second");
        scratch.tell(told).await?;
        let began = Instant::now();
        scratch.load().await?;
        let (reports, stays, bytes) = scratch.size();
        println!(
            "load into memory   {reports} reports, {stays} stranded persons in {:.1} s, index {} MiB",
            began.elapsed().as_secs_f64(),
            bytes >> 20
        );
        Ok(Self {
            scratch,
            numbers,
            server,
        })
    }

    /// More stranded persons.
    pub(super) async fn tell(&self, told: &[Clues]) -> anyhow::Result<()> {
        self.scratch.tell(told).await
    }

    /// The number of a report of the file.
    pub(super) fn number<'a>(&'a self, id: &'a str) -> &'a str {
        self.numbers.get(id).map_or(id, String::as_str)
    }

    /// All ids of the file, in order.
    pub(super) fn report_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.numbers.keys().cloned().collect();
        ids.sort_unstable();
        ids
    }

    /// Stops the server.
    pub(super) async fn stop(self) {
        self.server.stop().await;
    }
}

/// Batches on their way.
struct Imports {
    scratch: Scratch,
    batch: Vec<Report>,
    running: JoinSet<anyhow::Result<u64>>,
    added: u64,
}

impl Imports {
    fn new(scratch: Scratch) -> Self {
        Self {
            scratch,
            batch: Vec::new(),
            running: JoinSet::new(),
            added: 0,
        }
    }

    async fn add(&mut self, report: Report) -> anyhow::Result<()> {
        self.batch.push(report);
        if self.batch.len() == BATCH {
            self.send().await?;
        }
        Ok(())
    }

    async fn send(&mut self) -> anyhow::Result<()> {
        while self.running.len() >= AT_ONCE {
            self.wait().await?;
        }
        let (scratch, batch) = (self.scratch.clone(), std::mem::take(&mut self.batch));
        self.running
            .spawn(async move { Ok(scratch.import(&batch).await?.added) });
        Ok(())
    }

    async fn wait(&mut self) -> anyhow::Result<()> {
        let done = self.running.join_next().await.context("nothing runs")?;
        self.added += done??;
        Ok(())
    }

    async fn finish(mut self) -> anyhow::Result<u64> {
        self.send().await?;
        while !self.running.is_empty() {
            self.wait().await?;
        }
        Ok(self.added)
    }
}

/// Resident memory of this process now and at most.
pub(super) fn memory() -> anyhow::Result<String> {
    let status = fs::read_to_string("/proc/self/status")?;
    let mib = |which: &str| {
        let line = status.lines().find(|line| line.starts_with(which));
        let kb = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kb.unwrap_or_default() / 1024
    };
    Ok(format!(
        "{} MiB, at most {} MiB (one process, without PostgreSQL)",
        mib("VmRSS:"),
        mib("VmHWM:")
    ))
}
