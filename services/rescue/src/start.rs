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
    Config, RULES, api, demo,
    departments::{DNA, Partners, WEATHER},
    domain::{
        EasilyLost, EscortedReturn, FosterPlacement, KinMatch, MissingPerson, ReturnSupport,
        Settlement, StationStay,
    },
    home, kin,
    leaving::reactions::Benefits,
    patrol::weather::{self, Feed},
    schemas,
    stays::reactions::Deaths,
};

/// The items of the service, one line each; tests open the same.
///
/// # Errors
/// When a form or a data schema is wrong.
pub fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    // People in a station
    let runtime = runtime.offer::<StationStay>()?;
    // The relative search
    let runtime = runtime.offer::<MissingPerson>()?;
    let runtime = runtime.offer::<KinMatch>()?;
    // Leaving
    let runtime = runtime.offer::<EscortedReturn>()?;
    let runtime = runtime.offer::<FosterPlacement>()?;
    let runtime = runtime.offer::<Settlement>()?;
    // At home
    let runtime = runtime.offer::<EasilyLost>()?;
    let runtime = runtime.offer::<ReturnSupport>()?;
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
    let host = Host::open("rescue", config.sections(), &schemas(), clock).await?;
    let departments = &config.departments;
    let client = |name: &str, base: &str| {
        let (callbacks, timeout) = (&departments.callbacks, departments.timeout);
        Client::open(&host.keys.departments, name, base, callbacks, timeout)
    };
    let partners = Arc::new(Partners {
        dna: client(DNA, &departments.dna)?,
    });
    let rules = rule_book(RULES, &config.rules.file)?;
    let runtime = offer(host.runtime(rules, host.sealer()?, partners.clone())?)?;
    let runtime = Arc::new(runtime);
    if config.demo.stations {
        demo::seed(&host.pool).await?;
    }
    if config.demo.past {
        let rules = rule_book(RULES, &config.rules.file)?;
        let past = host.runtime(rules, host.sealer()?, partners)?;
        demo::past(offer(past)?).await?;
    }

    host.run(&runtime, lifecycle);
    let deaths = Deaths {
        runtime: runtime.clone(),
    };
    host.consume("burial", Arc::new(deaths), lifecycle);
    let register = home::reactions::Deaths {
        runtime: runtime.clone(),
    };
    host.consume("burial", Arc::new(register), lifecycle);
    let benefits = Benefits {
        runtime: runtime.clone(),
    };
    host.consume("assistance", Arc::new(benefits), lifecycle);
    let search = kin::Search::new(runtime.clone());
    let watch = kin::watch::run(search.clone(), lifecycle.token());
    lifecycle.spawn("rescue relative search", watch);
    let alerts = Feed {
        runtime: runtime.clone(),
        weather: client(WEATHER, &departments.weather)?,
    };
    lifecycle.spawn(
        "rescue weather alerts",
        weather::run(alerts, lifecycle.token()),
    );
    let routes = api::routes(&runtime, search);
    host.serve(config.doors(), routes, lifecycle, listener)
        .await
}
