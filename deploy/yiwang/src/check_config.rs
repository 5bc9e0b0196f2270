//! `yiwang config`: says what is wrong before a port binds.

use crate::{
    services::{ALL, Service},
    settings::Which,
};

/// Look at configurations
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Load and validate configurations; exits 64 on the first bad one
    Check {
        /// Which services; all when none is named
        #[arg(value_parser = Service::parse)]
        services: Vec<&'static Service>,
        #[command(flatten)]
        which: Which,
    },
    /// Print the commented defaults of a service
    Defaults {
        /// Which one
        #[arg(value_parser = Service::parse)]
        service: &'static Service,
    },
}

/// Checks or prints.
pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Check { services, which } => {
            for service in chosen(services) {
                (service.check)(&which.source(service))?;
                println!("{}: good", service.name);
            }
        }
        Command::Defaults { service } => print!("{}", service.defaults),
    }
    Ok(())
}

/// The named services, or all.
pub(crate) fn chosen(named: Vec<&'static Service>) -> Vec<&'static Service> {
    if named.is_empty() {
        ALL.iter().collect()
    } else {
        named
    }
}
