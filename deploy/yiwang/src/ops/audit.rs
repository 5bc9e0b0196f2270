//! `yiwang ops audit`: has somebody changed, removed or cut off an entry?

use anyhow::{bail, ensure};
use yiwang_chassis::{
    audit::{Lost, Report, restored, verify},
    clock::{Clock as _, SystemClock},
    keys::Keys,
};

use crate::{check_config::chosen, services::Service, settings::Which};

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Recompute the chain and compare it with the signed heads; exits 1 when something is wrong
    Verify {
        /// Of which services; all when none is named
        #[arg(value_parser = Service::parse)]
        services: Vec<&'static Service>,
        #[command(flatten)]
        which: Which,
    },
    /// After a restore, before the services start: set aside what the heads know of the lost entries,
    /// as its proof, so that `verify` holds for what is there. Refuses when anything else is wrong
    Restored {
        /// Of which services; all when none is named
        #[arg(value_parser = Service::parse)]
        services: Vec<&'static Service>,
        /// What was restored, to which moment and why; kept in the audit log, without names
        #[arg(long)]
        reason: String,
        /// Only say what is lost
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Verify { services, which } => verify_all(services, &which).await,
        Command::Restored {
            services,
            reason,
            dry_run,
            which,
        } => restored_all(services, &reason, dry_run, &which).await,
    }
}

async fn verify_all(services: Vec<&'static Service>, which: &Which) -> anyhow::Result<()> {
    let mut wrong = 0;
    for service in chosen(services) {
        let (settings, pool) = super::open(which, service).await?;
        let key = Keys::load(&settings.keys.dir)?.audit.verifying_key();
        let heads = &settings.audit.heads_dir;
        let report = verify(&pool, service.name, heads, &[key]).await?;
        print(service.name, &report);
        wrong += report.findings.len();
    }
    if wrong > 0 {
        bail!("the audit log is not as it was written: {wrong} findings");
    }
    Ok(())
}

/// One log that refuses does not keep the others from going on.
async fn restored_all(
    services: Vec<&'static Service>,
    reason: &str,
    dry_run: bool,
    which: &Which,
) -> anyhow::Result<()> {
    let reason = reason.trim();
    ensure!(!reason.is_empty(), "say why");
    let mut refused = 0;
    for service in chosen(services) {
        let (settings, pool) = super::open(which, service).await?;
        let key = Keys::load(&settings.keys.dir)?.audit.verifying_key();
        let (heads, now) = (&settings.audit.heads_dir, SystemClock.now());
        match restored(&pool, service.name, heads, &[key], now, reason, dry_run).await {
            Ok(None) => println!("{}: nothing is lost", service.name),
            Ok(Some(lost)) => println!("{}: {}", service.name, described(&lost, dry_run)),
            Err(error) => {
                println!("{}: {:#}", service.name, anyhow::Error::from(error));
                refused += 1;
            }
        }
    }
    if refused > 0 {
        bail!("{refused} logs are not mended");
    }
    Ok(())
}

fn described(lost: &Lost, dry_run: bool) -> String {
    let (first, last, heads) = (lost.first, lost.last, lost.heads);
    let words = if dry_run { "would be" } else { "are" };
    let kept_in = lost.kept_in.display();
    format!(
        "entries {first} to {last} are lost; heads that name them: {heads}, they {words} in {kept_in}"
    )
}

fn print(service: &str, report: &Report) {
    let verdict = if report.is_clean() {
        "good"
    } else {
        "NOT AS IT WAS WRITTEN"
    };
    println!(
        "{service}: {verdict}; {} entries, {} signed heads",
        report.entries, report.heads
    );
    report
        .findings
        .iter()
        .for_each(|finding| println!("  {finding}"));
    if let Some(at) = report.last_signed_at {
        println!(
            "  {} entries after the head of {at} are not signed yet",
            report.unsigned
        );
    }
    if report.unchained > 0 {
        println!("  {} entries are not chained yet", report.unchained);
    }
}
