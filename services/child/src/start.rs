//! Wiring: one visible line for each area of the service.

use std::sync::Arc;

use tokio::net::TcpListener;
use tonic::service::Routes;
use yiwang_casework::{
    Runtime,
    department::Client,
    host::{Host, rule_book},
    service::{CaseworkServer, CaseworkService},
};
use yiwang_chassis::{clock::SharedClock, lifecycle::Lifecycle};

use crate::{
    Config, RULES, adoption, demo,
    departments::{BANK, Partners, SHARING},
    entitlements, projects, protection, reactions, schemas, tasks, welfare,
};

/// The items of the service; tests open the same.
///
/// # Errors
/// When a form or a data schema is wrong.
pub fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    let runtime = entitlements::offer(runtime.with_ripples(reactions::Beforehand))?;
    let runtime = welfare::offer(runtime)?;
    let runtime = protection::offer(runtime)?;
    let runtime = adoption::offer(runtime)?;
    projects::offer(runtime)
}

/// Everything the service answers.
#[must_use]
pub(crate) fn routes(runtime: &Arc<Runtime>) -> Routes {
    let routes = Routes::new(CaseworkServer::new(CaseworkService::new(runtime.clone())));
    let routes = entitlements::routes(runtime, routes);
    let routes = welfare::routes(runtime, routes);
    let routes = protection::routes(runtime, routes);
    let routes = adoption::routes(runtime, routes);
    let routes = projects::routes(runtime, routes);
    tasks::routes(runtime, routes)
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
    let host = Host::open("child", config.sections(), &schemas(), clock).await?;
    let departments = &config.departments;
    let client = |name: &str, base: &str| {
        let (callbacks, timeout) = (&departments.callbacks, departments.timeout);
        Client::open(&host.keys.departments, name, base, callbacks, timeout)
    };
    let partners = Arc::new(Partners {
        sharing: client(SHARING, &departments.sharing)?,
        bank: client(BANK, &departments.bank)?,
    });
    let rules = rule_book(RULES, &config.rules.file)?;
    let runtime = Arc::new(offer(host.runtime(
        rules,
        host.sealer()?,
        partners.clone(),
    )?)?);

    if config.demo.places {
        demo::places::seed(&runtime).await?;
    }
    if config.demo.past {
        let rules = rule_book(RULES, &config.rules.file)?;
        demo::past(offer(host.runtime(rules, host.sealer()?, partners)?)?).await?;
    }

    host.run(&runtime, lifecycle);
    entitlements::run(&host, &runtime, lifecycle);
    welfare::run(&host, &runtime, lifecycle);
    protection::run(&host, &runtime, lifecycle);
    adoption::run(&host, &runtime, lifecycle);
    projects::run(&host, &runtime, lifecycle);
    reactions::run(&host, &runtime, lifecycle);
    tasks::run(&runtime, lifecycle);
    host.serve(config.doors(), routes(&runtime), lifecycle, listener)
        .await
}
