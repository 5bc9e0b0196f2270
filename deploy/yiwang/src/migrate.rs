//! `yiwang migrate`: brings databases to the version of this program.

use anyhow::{Context, ensure};
use yiwang_chassis::db;

use crate::{
    check_config::chosen,
    services::Service,
    settings::{Settings, Which},
};

/// Apply missing database migrations; safe to repeat and to run twice at once
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which services; all when none is named
    #[arg(value_parser = Service::parse)]
    services: Vec<&'static Service>,
    /// Only say what is missing; exits 1 when something is
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    which: Which,
}

/// Migrates, or says what would be.
pub(crate) async fn run(args: Args) -> anyhow::Result<()> {
    let mut missing = false;
    for service in chosen(args.services) {
        let settings: Settings = args.which.source(service).load()?;
        let pool = db::connect(&settings.database)
            .await
            .with_context(|| format!("{}: the database does not answer", service.name))?;
        let schemas = (service.schemas)();
        match db::check(&pool, &schemas).await {
            Ok(()) => println!("{}: up to date", service.name),
            Err(difference) if args.dry_run => {
                println!("{}: {difference}", service.name);
                missing = true;
            }
            Err(_) => {
                db::migrate(&pool, &schemas).await?;
                println!("{}: migrated", service.name);
            }
        }
    }
    ensure!(!missing, "not every database is up to date");
    Ok(())
}
