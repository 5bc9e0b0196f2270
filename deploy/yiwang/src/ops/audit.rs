//! `yiwang ops audit`: has somebody changed, removed or cut off an entry?

use anyhow::bail;
use yiwang_chassis::{
    audit::{Report, verify},
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
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command::Verify { services, which } = command;
    let mut wrong = 0;
    for service in chosen(services) {
        let (settings, pool) = super::open(&which, service).await?;
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
