//! `yiwang bench`: the budgets of the design, measured in one run on this machine.

mod archive;
mod baseline;
mod deaths;
mod hidden;
mod kin;
mod load;
mod product;
mod slots;
mod times;
mod writes;

use std::{fs, time::Duration};

use crate::rest::Rest;

use product::Product;

/// Measure this machine
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Submitted cases a second against pgbench running the same inserts, start time, idle memory
    Submit {
        /// Clients at once
        #[arg(long, default_value_t = 32)]
        clients: u32,
        /// Seconds of each measurement
        #[arg(long, default_value_t = 15)]
        seconds: u64,
    },
    /// A popular day: many book the few places of one time at once; fails unless exactly the places
    /// are booked and everybody else is told that it is full
    Slots {
        /// People at once
        #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=4000))]
        people: u32,
        /// Places
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=100))]
        places: u32,
    },
    /// Historical records: rows a second of reading, comparing and publishing a file with
    /// planted errors, memory; fails unless each error is named and no row is lost
    Archive {
        /// Rows of the file
        #[arg(long, default_value_t = 100_000)]
        rows: u32,
        /// Of the file
        #[arg(long, value_enum, default_value_t)]
        format: archive::Format,
    },
    Kin(kin::Args),
    /// From the commit of a death to its last reaction in all services; fails when the p99 is over a
    /// second
    Deaths {
        /// Deaths a second
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=500))]
        rate: u32,
        /// Seconds
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=600))]
        seconds: u32,
    },
    /// A child's case that is hidden from the caller against one that does not exist; fails when the
    /// time of the answer tells them apart
    Hidden {
        /// Questions of each kind, by each caller, at each door
        #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(50..))]
        rounds: u32,
    },
    Writes(writes::Args),
}

/// Runs a benchmark, all but `writes` on a fresh, private installation.
pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    let dir = std::env::temp_dir().join(format!("yiwang-bench-{}", std::process::id()));
    let result = match command {
        Command::Submit { clients, seconds } => {
            submit(&dir, clients, Duration::from_secs(seconds)).await
        }
        Command::Slots { people, places } => {
            println!("machine            {}", machine());
            slots::run(&dir, people, places).await
        }
        Command::Archive { rows, format } => {
            println!("machine            {}", machine());
            archive::run(&dir, rows, format).await
        }
        Command::Kin(args) => {
            println!("machine            {}", machine());
            kin::run(&dir, args).await
        }
        Command::Deaths { rate, seconds } => {
            println!("machine            {}", machine());
            deaths::run(&dir, rate, seconds).await
        }
        Command::Hidden { rounds } => {
            println!("machine            {}", machine());
            hidden::run(&dir, rounds).await
        }
        Command::Writes(args) => writes::run(args).await,
    };
    drop(fs::remove_dir_all(&dir));
    result
}

async fn submit(dir: &std::path::Path, clients: u32, time: Duration) -> anyhow::Result<()> {
    println!("machine            {}", machine());
    let product = Product::start(dir).await?;
    println!(
        "first start        {:.1} s (makes the database cluster)",
        product.ready_after()
    );
    product.stop().await?;
    let product = Product::start(dir).await?;
    println!(
        "start to ready     {:.1} s (PostgreSQL and NATS started too)",
        product.ready_after()
    );
    tokio::time::sleep(Duration::from_secs(5)).await;
    println!(
        "idle memory        {} MB (all services in one process)",
        product.resident_mb()?
    );

    let clerk = Rest::new(product.url())?.demo_account("clerk").await?;
    load::run(&clerk, clients, Duration::from_secs(3)).await?;
    let database = product.database("assistance")?;
    let before = baseline::rows(&database).await?;
    let (product_before, servers_before) = product.processor()?;
    let ours = load::run(&clerk, clients, time).await?;
    let (product_after, servers_after) = product.processor()?;
    println!("submit             {ours}");
    let per_case = |before: f64, after: f64| (after - before) * 1000.0 / ours.done as f64;
    println!(
        "processor per case {:.1} ms in yiwang, {:.1} ms in PostgreSQL and NATS",
        per_case(product_before, product_after),
        per_case(servers_before, servers_after),
    );
    println!("memory under load  {} MB", product.resident_mb()?);
    let script = baseline::script(&database, &before, ours.done).await?;
    println!("inserts per case   {}", script.summary);
    let theirs = baseline::pgbench(&database, dir, &script, clients, time).await?;
    println!("pgbench            {theirs:.0} transactions/s, the same inserts");
    println!(
        "ratio              {:.0} % (budget 50 %)",
        100.0 * ours.rate() / theirs
    );
    product.stop().await
}

/// Processor, cores and memory.
fn machine() -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = read("/proc/meminfo");
    let kb = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.split(' ').rev().nth(1));
    let gb = kb.and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1_048_576.0;
    format!("{cores} × {model}, {gb:.0} GB")
}
