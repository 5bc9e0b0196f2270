//! kill -9 at every point between commit, publish, mark, effect and ack.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::ensure;
use yiwang_chassis::failpoint;

use crate::{
    citizens::{Citizen, gather, work},
    cluster::{Cluster, with_cluster},
    ledger::Ledger,
};

/// The process that reaches a point; none for one that this test does not know.
fn whose(point: &str) -> Option<&'static str> {
    match point.split_once('.')?.0 {
        "relay" | "reconcile" => Some("assistance"),
        "inbox" => Some("gateway"),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_at_any_point_loses_and_doubles_nothing() -> anyhow::Result<()> {
    with_cluster(every_point).await
}

async fn every_point(cluster: &mut Cluster) -> anyhow::Result<()> {
    let ledger = Ledger::open(cluster).await?;
    let mut crowd = gather(cluster).await?;
    work(&mut crowd, 1).await?;
    ledger.check(cluster, &crowd).await?;
    let mut reached = Vec::new();
    for point in failpoint::ALL {
        let service =
            whose(point).unwrap_or_else(|| panic!("nobody reaches {point}: extend this test"));
        die_at(cluster, &mut crowd, point, service).await?;
        ledger.check(cluster, &crowd).await?;
        reached.push(point);
    }
    assert_eq!(reached, failpoint::ALL);
    Ok(())
}

/// Rounds of everybody until `service` has died at `point` and come back: on a busy machine one round
/// may pass the point only once.
async fn die_at(
    cluster: &mut Cluster,
    crowd: &mut [Citizen],
    point: &str,
    service: &str,
) -> anyhow::Result<()> {
    let began = Instant::now();
    cluster.stop(service)?;
    let before = deaths(&cluster.said(service)?, point);
    // Not at the first visit: something must have gone well in this life.
    let armed = if point.starts_with("reconcile") {
        point.to_owned()
    } else {
        format!("{point}@2")
    };
    cluster.launch(service, &[("YIWANG_FAILPOINT", &armed)])?;
    cluster.until_ready(service).await?;
    let dead = AtomicBool::new(false);
    let fault = async {
        if point.starts_with("reconcile") {
            // It only heals when something is lost.
            cluster.nats.wipe().await?;
        }
        cluster.until_aborted(service).await?;
        dead.store(true, Ordering::Relaxed);
        let died = Instant::now();
        cluster.launch(service, &[])?;
        cluster.until_ready(service).await?;
        anyhow::Ok(died.elapsed())
    };
    let rounds = async {
        loop {
            work(crowd, 1).await?;
            if dead.load(Ordering::Relaxed) {
                return anyhow::Ok(());
            }
        }
    };
    let (_, ready) = tokio::try_join!(rounds, fault)?;
    let said = cluster.said(service)?;
    ensure!(
        deaths(&said, point) > before,
        "{service} did not die at {point}"
    );
    ensure!(
        ready < Duration::from_secs(10),
        "ready again only after {ready:?}"
    );
    eprintln!(
        "· {service} died at {point}, ready again after {ready:.1?}; {:.1?} in all",
        began.elapsed()
    );
    Ok(())
}

/// How often a service died at a point, as its log says.
pub(crate) fn deaths(said: &str, point: &str) -> usize {
    let point = format!("\"{point}\"");
    said.lines()
        .filter(|line| line.contains("failpoint reached") && line.contains(&point))
        .count()
}
