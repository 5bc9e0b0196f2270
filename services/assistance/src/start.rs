//! Wiring: one visible line for each task of the service.

use std::sync::Arc;

use tokio::{net::TcpListener, sync::Notify};
use tonic::service::Routes;
use yiwang_casework::{
    department::Client,
    host::{Host, rule_book},
    service::{CaseworkServer, CaseworkService},
};
use yiwang_chassis::{clock::SharedClock, lifecycle::Lifecycle};

use crate::{
    Config, RULES,
    departments::Partners,
    domain::MinimumLiving,
    elsewhere::Elsewhere,
    payment::Payments,
    reactions::{Beforehand, Deaths, Marriages, Returns},
    schemas,
};

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
    let host = Host::open("assistance", config.sections(), &schemas(), clock).await?;
    let departments = &config.departments;
    let client = |name: &str, base: &str| {
        let (callbacks, timeout) = (&departments.callbacks, departments.timeout);
        Client::open(&host.keys.departments, name, base, callbacks, timeout)
    };
    let bank = client("bank", &departments.bank)?;
    let bank_called = Arc::new(Notify::new());
    let sealer = host.sealer()?;
    let partners = Arc::new(Partners {
        check_centre: client("check-centre", &departments.check_centre)?,
        bank: bank.clone(),
        pool: host.pool.clone(),
        sealer: sealer.clone(),
        bank_called: bank_called.clone(),
    });
    let rules = rule_book(RULES, &config.rules.file)?;
    let runtime = host.runtime(rules, sealer, partners)?;
    let runtime = Arc::new(runtime.with_ripples(Beforehand).offer::<MinimumLiving>()?);

    host.run(&runtime, lifecycle);
    let deaths = Deaths {
        runtime: runtime.clone(),
    };
    host.consume("burial", Arc::new(deaths), lifecycle);
    let marriages = Marriages {
        runtime: runtime.clone(),
    };
    host.consume("marriage", Arc::new(marriages), lifecycle);
    let returns = Returns {
        runtime: runtime.clone(),
    };
    host.consume("rescue", Arc::new(returns), lifecycle);
    let elsewhere = Elsewhere {
        runtime: runtime.clone(),
    };
    host.consume("child", Arc::new(elsewhere), lifecycle);
    let payments = Payments {
        runtime: runtime.clone(),
        bank,
        bank_called,
        batch_lines: i64::from(config.payments.batch_lines),
        chunk: i64::from(config.payments.chunk),
    };
    lifecycle.spawn("assistance payments", payments.run(lifecycle.token()));

    let routes = Routes::new(CaseworkServer::new(CaseworkService::new(runtime)));
    host.serve(config.doors(), routes, lifecycle, listener)
        .await
}
