//! `yiwang ops one-things`: steps that are stuck, and asking for them once more. To skip one or to end
//! the whole is an officer's (`/one-things/desk`).

use anyhow::ensure;
use yiwang_chassis::clock::{Clock as _, SystemClock};
use yiwang_gateway::{Config, Stuck, StuckSteps, stuck_steps};

use crate::{
    services::{GATEWAY, Service},
    settings::Which,
};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// List them, oldest first
    List {
        #[command(flatten)]
        which: Which,
    },
    /// Have them asked for once more, e.g. when a department is back or a form of call was mended
    Retry {
        /// Numbers of one-things; all their stuck steps
        numbers: Vec<String>,
        /// Only this step, e.g. `pension`
        #[arg(long)]
        step: Option<String>,
        /// Of all one-things
        #[arg(long, conflicts_with = "numbers")]
        all: bool,
        /// Only say which
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { which } => {
            let stuck = open(&which).await?.list().await?;
            println!("{} steps are stuck", stuck.len());
            stuck.iter().for_each(print);
        }
        Command::Retry {
            numbers,
            step,
            all,
            dry_run,
            which,
        } => {
            ensure!(all || !numbers.is_empty(), "name one-things, or say --all");
            let steps = open(&which).await?;
            let named = |one: &Stuck| {
                (all || numbers.contains(&one.number))
                    && step.as_ref().is_none_or(|step| *step == one.step)
            };
            for one in steps.list().await?.iter().filter(|one| named(one)) {
                if dry_run {
                    print(one);
                } else if steps.retry(one, SystemClock.now()).await? {
                    println!("asked for once more: {} {}", one.number, one.step);
                } else {
                    println!("is being asked for: {} {}", one.number, one.step);
                }
            }
        }
    }
    Ok(())
}

async fn open(which: &Which) -> anyhow::Result<StuckSteps> {
    let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
    let config: Config = which.source(gateway).load()?;
    stuck_steps(&config).await
}

fn print(one: &Stuck) {
    println!(
        "{}  {} {}  since {}  {} {}",
        one.number,
        one.code,
        one.step,
        one.since.to_rfc3339(),
        one.class.as_deref().unwrap_or("-"),
        one.reason.as_deref().unwrap_or("-"),
    );
}
