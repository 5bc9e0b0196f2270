//! `yiwang ops payments`: months of social assistance that are held because their sums differ.

use anyhow::{bail, ensure};
use yiwang_assistance::payment::{
    held::{self, Released},
    sums,
};
use yiwang_chassis::clock::{Clock as _, SystemClock};
use yiwang_civic::time::Month;

use crate::{services::Service, settings::Which};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// List the months that are held, with their sums
    Held {
        #[command(flatten)]
        which: Which,
    },
    /// Let the payments of a held month go to the bank, when its sums agree by now
    Release {
        /// Division code of the county
        county: String,
        /// The month, e.g. 2026-05
        month: Month,
        /// Release it although the sums differ; why, and who decided it, for the audit log
        #[arg(long, value_name = "REASON")]
        accept_difference: Option<String>,
        /// Only say whether it could be released
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let service = Service::parse("assistance").map_err(anyhow::Error::msg)?;
    match command {
        Command::Held { which } => {
            let (_, pool) = super::open(&which, service).await?;
            let runs = held::runs(&pool).await?;
            println!("{} months are held", runs.len());
            for (county, month) in runs {
                println!("{county} {month}: {:?}", sums(&pool, &county, month).await?);
            }
            Ok(())
        }
        Command::Release {
            county,
            month,
            accept_difference,
            dry_run,
            which,
        } => {
            let (_, pool) = super::open(&which, service).await?;
            let reason = accept_difference.as_deref().map(str::trim);
            ensure!(reason != Some(""), "say why");
            if dry_run {
                let runs = held::runs(&pool).await?;
                let is_held = runs.contains(&(county.clone(), month));
                let sums = sums(&pool, &county, month).await?;
                println!("held: {is_held}; sums agree: {}; {sums:?}", sums.agree());
                return Ok(());
            }
            match held::release(&pool, &county, month, reason, SystemClock.now()).await? {
                Released::Done => println!("{county} {month} goes to the bank"),
                Released::NotHeld => println!("{county} {month} is not held"),
                Released::StillDiffers(sums) => bail!("the sums still differ: {sums:?}"),
            }
            Ok(())
        }
    }
}
