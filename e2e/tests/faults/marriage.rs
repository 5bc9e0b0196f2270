//! The process of marriage registration dies at any point of a registration: afterwards there is
//! a whole marriage or none, and no certificate number is used twice.

mod couples;
mod registry;

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use futures::future::try_join_all;
use yiwang_chassis::failpoint;
use yiwang_e2e::Api;

pub(crate) use couples::secrets;

use crate::{
    cluster::{Cluster, with_cluster},
    failpoints::deaths,
    random::Dice,
};
use couples::{Couple, Outcome};
use registry::Registry;

const SERVICE: &str = "marriage";
/// Points that the relay reaches with what the registration has raised.
const RELAY: [&str; 3] = [
    "relay.before_publish",
    "relay.after_publish",
    "relay.after_mark",
];

const DEATHS: u16 = 20;
/// Couples that register at the same instant; the last two cases want the same woman.
const AT_ONCE: u16 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_that_dies_at_any_point_is_whole_or_is_not() -> anyhow::Result<()> {
    with_cluster(every_point).await
}

async fn every_point(cluster: &mut Cluster) -> anyhow::Result<()> {
    let registry = Registry::open(cluster).await?;
    let registrar = registry.registrar(cluster).await?;
    let points = [&failpoint::REGISTERING[..], &failpoint::ARCHIVING, &RELAY].concat();
    for (couple, point) in (0..).zip(points) {
        let began = Instant::now();
        let mut couple = Couple::new(couple);
        couple.ready(&registrar).await?;
        registry.check(cluster).await?;
        if point.starts_with("archive") {
            couple.register(&registrar).await?;
            couple.receive(&registrar).await?;
        }
        rearm(cluster, point).await?;
        let case = couple.number().to_owned();
        let act = async {
            if point.starts_with("archive") {
                couple.archive(&registrar).await
            } else {
                couple.register(&registrar).await.map(drop)
            }
        };
        let fault = async {
            cluster.until_aborted(SERVICE).await?;
            let found = registry.of_case(&case).await?;
            cluster.launch(SERVICE, &[])?;
            anyhow::Ok(found)
        };
        let (acted, found) = tokio::join!(act, fault);
        acted.with_context(|| point.to_owned())?;
        let found = found?;
        ensure!(
            deaths(&cluster.said(SERVICE)?, point) == 1,
            "not dead at {point}"
        );
        // Before the commit nothing was there, after it everything; the archive comes later.
        let before = failpoint::REGISTERING.contains(&point) && point != "act.after_commit";
        let expected = (i64::from(!before), 0);
        ensure!(found == expected, "{point}: {found:?} not {expected:?}");
        // The same key, the same answer; the number is the one of the register.
        let number = couple.certificate(&registrar).await?;
        ensure!(
            registry.number_of(&case).await? == Some(number),
            "{point}: another number was answered"
        );
        registry.check(cluster).await?;
        eprintln!("· died at {point}; {:.1?} in all", began.elapsed());
    }
    Ok(())
}

/// Restarts the service, to die at this point.
async fn rearm(cluster: &mut Cluster, point: &str) -> anyhow::Result<()> {
    cluster.stop(SERVICE)?;
    cluster.launch(SERVICE, &[("YIWANG_FAILPOINT", point)])?;
    cluster.until_ready(SERVICE).await
}

#[tokio::test(flavor = "multi_thread")]
async fn random_deaths_leave_whole_marriages_only() -> anyhow::Result<()> {
    with_cluster(random_deaths).await
}

async fn random_deaths(cluster: &mut Cluster) -> anyhow::Result<()> {
    let mut dice = Dice::new();
    let registry = Registry::open(cluster).await?;
    let registrar = registry.registrar(cluster).await?;
    let mut couples: Vec<_> = (0..(DEATHS + 1) * AT_ONCE).map(Couple::new).collect();
    for round in couples.chunks_mut(usize::from(AT_ONCE)) {
        if let [.., rival, last] = round {
            last.wants_the_woman_of(rival);
        }
        try_join_all(round.iter_mut().map(|couple| couple.ready(&registrar))).await?;
    }
    let mut rounds = couples.chunks(usize::from(AT_ONCE));
    // The first round is left in peace: deaths are to come within the time it takes.
    let first = rounds.next().context("no round")?;
    let began = Instant::now();
    let outcomes = register_all(first, &registrar).await?;
    let within = usize::try_from(began.elapsed().as_micros())?;
    registry.agrees(first, &outcomes, &registrar).await?;
    let mut hit = 0;
    for round in rounds {
        let after = Duration::from_micros(dice.below(within) as u64);
        let died = AtomicBool::new(false);
        let fault = async {
            // Not a wait for something: the instant of the fault.
            tokio::time::sleep(after).await;
            cluster.kill9(SERVICE)?;
            died.store(true, Ordering::Relaxed);
            cluster.launch(SERVICE, &[])
        };
        let acts = async {
            let outcomes = register_all(round, &registrar).await;
            (outcomes, died.load(Ordering::Relaxed))
        };
        let ((outcomes, interrupted), fault) = tokio::join!(acts, fault);
        fault?;
        hit += u16::from(interrupted);
        cluster.until_ready(SERVICE).await?;
        registry.agrees(round, &outcomes?, &registrar).await?;
        registry.check(cluster).await?;
    }
    ensure!(hit > 0, "every registration was answered before its death");
    eprintln!("· {DEATHS} deaths within {within} µs, {hit} before everybody was answered");
    Ok(())
}

/// All at once.
async fn register_all(round: &[Couple], registrar: &Api) -> anyhow::Result<Vec<Outcome>> {
    try_join_all(round.iter().map(|couple| couple.register(registrar))).await
}
