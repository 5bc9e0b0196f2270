//! `yiwang ops facts`: what one-things know of persons, from the outboxes of the services.

use crate::{
    check_config::chosen,
    services::{GATEWAY, Service},
    settings::Which,
};

#[derive(clap::Args)]
pub(crate) struct Command {
    /// Whose events; all when none is named
    #[arg(value_parser = Service::parse)]
    services: Vec<&'static Service>,
    /// Only count
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    which: Which,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    let Command {
        services,
        dry_run,
        which,
    } = command;
    let gateway = Service::parse(GATEWAY).map_err(anyhow::Error::msg)?;
    let (_, pool) = super::open(&which, gateway).await?;
    for service in chosen(services) {
        if service.name == GATEWAY {
            continue;
        }
        let (_, source) = super::open(&which, service).await?;
        let events = yiwang_gateway::facts_from(&pool, &source, dry_run).await?;
        let words = if dry_run { "would be" } else { "are" };
        println!(
            "{}: the facts of {events} events {words} kept",
            service.name
        );
    }
    Ok(())
}
