//! Wiring: one visible line for each task of the service.

use std::sync::Arc;

use tokio::net::TcpListener;
use yiwang_casework::{
    Runtime,
    department::Client,
    host::{Host, rule_book},
};
use yiwang_chassis::{clock::SharedClock, lifecycle::Lifecycle};

use crate::{
    Config, RULES, api,
    deaths::{
        feed::{self, Feed},
        reactions::Stays,
    },
    demo,
    departments::{BANK, HEALTH, Partners},
    domain::{
        AshesDeposit, BurialEnforcement, CremationRefund, DeathCertificate, DeathDeclaration,
        EcoSubsidy, Funeral, Grave, GraveRemediation, PriceComplaint, UnclaimedBody,
    },
    schemas,
    visits::no_show,
};

/// The items of the service, one line each; tests open the same.
///
/// # Errors
/// When a form or a data schema is wrong.
pub fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    // Deaths
    let runtime = runtime
        .offer::<DeathCertificate>()?
        .offer::<DeathDeclaration>()?;
    // The body's chain
    let runtime = runtime.offer::<Funeral>()?.offer::<UnclaimedBody>()?;
    // Ashes and places
    let runtime = runtime.offer::<Grave>()?.offer::<AshesDeposit>()?;
    // Money
    let runtime = runtime.offer::<EcoSubsidy>()?;
    let runtime = runtime
        .offer::<CremationRefund>()?
        .offer::<PriceComplaint>()?;
    // Order
    let runtime = runtime
        .offer::<GraveRemediation>()?
        .offer::<BurialEnforcement>()?;
    Ok(runtime)
}

/// Starts the service on `listener` and returns when it is ready.
///
/// # Errors
/// When keys, database, broker, rules or configuration cannot be used.
pub async fn start(
    config: Config,
    clock: SharedClock,
    lifecycle: &Lifecycle,
    listener: TcpListener,
) -> anyhow::Result<()> {
    let host = Host::open("burial", config.sections(), &schemas(), clock).await?;
    let departments = &config.departments;
    let client = |name: &str, base: &str| {
        let (callbacks, timeout) = (&departments.callbacks, departments.timeout);
        Client::open(&host.keys.departments, name, base, callbacks, timeout)
    };
    let partners = Arc::new(Partners {
        bank: client(BANK, &departments.bank)?,
    });
    let rules = rule_book(RULES, &config.rules.file)?;
    let runtime = offer(host.runtime(rules, host.sealer()?, partners)?)?;
    let runtime = Arc::new(runtime);
    if config.demo.facilities {
        demo::seed(&runtime).await?;
    }

    host.run(&runtime, lifecycle);
    let deaths = Feed {
        runtime: runtime.clone(),
        health: client(HEALTH, &departments.health)?,
    };
    lifecycle.spawn("burial death feed", feed::run(deaths, lifecycle.token()));
    let stays = Stays {
        runtime: runtime.clone(),
    };
    host.consume("rescue", Arc::new(stays), lifecycle);
    let missed = no_show::run(runtime.clone(), lifecycle.token());
    lifecycle.spawn("missed visits", missed);
    let routes = api::routes(&runtime);
    host.serve(config.doors(), routes, lifecycle, listener)
        .await
}
