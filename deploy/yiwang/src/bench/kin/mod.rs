//! The relative search on the files of the public set: reports through the service's own
//! import into a PostgreSQL that is thrown away, queries through its own search.

mod files;
mod generate;
mod measures;
mod pool;
mod runs;
mod train;

use std::{fs, path::PathBuf};

use anyhow::Context;
use yiwang_rescue::domain::kin::clues::Clues;

use measures::Truths;
use pool::Pool;
use runs::Direction;

/// The relative search: load time, time per query, memory; with a truth file also recall, MRR
/// and what could be answered automatically
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Reports, JSON lines, gzipped or not
    #[arg(long, required_unless_present = "public")]
    reports: Option<PathBuf>,
    /// Stranded persons to search reports for
    #[arg(long)]
    queries: Option<PathBuf>,
    /// The other direction: stranded persons as the pool; the reports of --truth, or else all
    /// of --reports, are searched for among them
    #[arg(long, conflicts_with = "queries")]
    stranded: Option<PathBuf>,
    /// Where the ranked candidates go, as CSV
    #[arg(long)]
    out: Option<PathBuf>,
    /// What is true, to measure
    #[arg(long)]
    truth: Option<PathBuf>,
    /// As if nobody had a face
    #[arg(long)]
    no_face: bool,
    /// Adds made-up reports up to this number
    #[arg(long, default_value_t = 0)]
    grow: usize,
    /// Directory of the public set: all four runs and the table of the README
    #[arg(long, conflicts_with_all = ["reports", "queries", "stranded", "truth"])]
    public: Option<PathBuf>,
    /// Instead: learns the weights from the public set and one grown to --grow, and writes them
    #[arg(long, requires = "public")]
    train: Option<PathBuf>,
}

/// Runs it.
pub(super) async fn run(dir: &std::path::Path, args: Args) -> anyhow::Result<()> {
    if let (Some(set), Some(out)) = (&args.public, &args.train) {
        return train::run(set, args.grow, out);
    }
    if let Some(set) = &args.public {
        return public(dir, set, &args).await;
    }
    let reports = args.reports.as_ref().context("--reports FILE is missing")?;
    let (file, direction) = match (&args.queries, &args.stranded) {
        (Some(file), None) => (file, Direction::Reports),
        (None, Some(file)) => (file, Direction::Stranded),
        _ => anyhow::bail!("either --queries FILE or --stranded FILE"),
    };
    let told: Vec<Clues> = files::lines(file)?.collect::<anyhow::Result<_>>()?;
    let truths = args.truth.as_ref().map(|file| Truths::read(file));
    let truths = truths.transpose()?;
    let pool = Pool::load(dir, reports, args.grow, &told).await?;
    let asked = match direction {
        Direction::Reports => told.into_iter().map(|one| one.query_id).collect(),
        Direction::Stranded => match &truths {
            Some(truths) => truths.queries(),
            None => pool.report_ids(),
        },
    };
    let ranked = runs::run(&pool, direction, &asked, !args.no_face).await?;
    println!("query              {}", ranked.times);
    println!("memory             {}", pool::memory()?);
    if let Some(out) = &args.out {
        fs::write(out, ranked.csv()).with_context(|| out.display().to_string())?;
    }
    if let Some(truths) = truths {
        let measured = measures::measure(&truths, &ranked);
        println!("{measured}");
        print!("{}", measured.strata());
    }
    pool.stop().await;
    Ok(())
}

/// Both directions, with and without faces, on one load.
async fn public(dir: &std::path::Path, set: &std::path::Path, args: &Args) -> anyhow::Result<()> {
    let file = |name: &str| set.join(format!("{name}.jsonl.gz"));
    let told: Vec<Clues> = files::lines(&file("stranded"))?.collect::<anyhow::Result<_>>()?;
    let queries: Vec<Clues> = files::lines(&file("queries"))?.collect::<anyhow::Result<_>>()?;
    // The queries are stranded persons too, some under other ids.
    let known: std::collections::HashSet<&str> =
        told.iter().map(|one| one.query_id.as_str()).collect();
    let others: Vec<Clues> = queries
        .iter()
        .filter(|one| !known.contains(one.query_id.as_str()))
        .cloned()
        .collect();
    let pool = Pool::load(dir, &file("reports"), args.grow, &told).await?;
    let truth = Truths::read(&file("truth"))?;
    let reverse = Truths::read(&file("reverse_truth"))?;
    println!(
        "\n| direction | faces | R@1 | R@5 | R@20 | MRR | auto at 95 % | false alarms | p50 / p99 ms |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let mut strata = String::new();
    for direction in [Direction::Stranded, Direction::Reports] {
        if direction == Direction::Reports {
            // After the other direction, where a person twice would be a rival of itself.
            pool.tell(&others).await?;
        }
        for faces in [true, false] {
            let (asked, truths) = match direction {
                Direction::Reports => (truth.queries(), &truth),
                Direction::Stranded => (reverse.queries(), &reverse),
            };
            let ranked = runs::run(&pool, direction, &asked, faces).await?;
            let measured = measures::measure(truths, &ranked);
            let with = if faces { "with" } else { "without" };
            println!(
                "| {} | {with} | {} | {} |",
                direction.label(),
                measured.row(),
                ranked.times.both()
            );
            if direction == Direction::Reports && !faces {
                strata = measured.strata();
            }
        }
    }
    println!("\nreports for a stranded person, without faces, by stratum:\n{strata}");
    println!("memory             {}", pool::memory()?);
    pool.stop().await;
    Ok(())
}
