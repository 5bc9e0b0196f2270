//! Wiring: one visible line for each task of the service.

use std::sync::Arc;

use tokio::net::TcpListener;
use yiwang_casework::{
    department::Client,
    host::{Host, rule_book},
};
use yiwang_chassis::{clock::SharedClock, lifecycle::Lifecycle};

use crate::{
    Config, RULES, api, archive, demo,
    departments::{ID_READER, POPULATION, Partners},
    domain::{
        CertificateReissue, CourtNote, DivorceRegistration, MarriageRegistration, RecordCorrection,
        RecordProof, RegistrationRevocation,
    },
    halls,
    reactions::{Beforehand, Deaths},
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
    let host = Host::open("marriage", config.sections(), &schemas(), clock).await?;
    let departments = &config.departments;
    let client = |name: &str, base: &str| {
        let (callbacks, timeout) = (&departments.callbacks, departments.timeout);
        Client::open(&host.keys.departments, name, base, callbacks, timeout)
    };
    let partners = Arc::new(Partners {
        population: client(POPULATION, &departments.population)?,
    });
    let reader = client(ID_READER, &departments.id_reader)?;
    let rules = rule_book(RULES, &config.rules.file)?;
    let runtime = host
        .runtime(rules, host.sealer()?, partners)?
        .with_ripples(Beforehand)
        .offer::<MarriageRegistration>()?
        .offer::<DivorceRegistration>()?
        .offer::<CertificateReissue>()?
        .offer::<CourtNote>()?
        .offer::<RegistrationRevocation>()?
        .offer::<RecordCorrection>()?
        .offer::<RecordProof>()?;
    let runtime = Arc::new(runtime);
    if config.demo.halls {
        demo::seed(&host.pool).await?;
    }

    host.run(&runtime, lifecycle);
    let deaths = Deaths {
        runtime: runtime.clone(),
    };
    host.consume("burial", Arc::new(deaths), lifecycle);
    lifecycle.spawn(
        "marriage no-shows",
        halls::no_show::run(runtime.clone(), lifecycle.token()),
    );
    lifecycle.spawn(
        "marriage archive",
        archive::work(runtime.clone(), lifecycle.token()),
    );

    let routes = api::routes(&runtime, reader);
    host.serve(config.doors(), routes, lifecycle, listener)
        .await
}
