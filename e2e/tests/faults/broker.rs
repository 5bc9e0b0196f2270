//! The broker dies, and loses everything: healed from the outbox, by itself.

use std::{fs, io::ErrorKind, time::Duration};

use anyhow::ensure;
use tokio::time::Instant;
use yiwang_chassis::{
    broker::{Broker, STREAM},
    config,
};
use yiwang_e2e::{until, until_within};

use crate::{
    citizens::{gather, work, work_until},
    cluster::{Cluster, with_cluster},
    ledger::Ledger,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_broker_and_a_lost_store_lose_nothing() -> anyhow::Result<()> {
    with_cluster(dead_and_lost).await
}

async fn dead_and_lost(cluster: &mut Cluster) -> anyhow::Result<()> {
    let ledger = Ledger::open(cluster).await?;
    let mut crowd = gather(cluster).await?;

    // Dead for a while: people work on, events wait in the outbox.
    let fault = async {
        cluster.nats.kill9().await;
        until("events wait in the outbox", async || {
            Ok((ledger.unpublished().await? >= 20).then_some(()))
        })
        .await?;
        cluster.nats.restart().await?;
        anyhow::Ok(())
    };
    let (done, fault) = tokio::join!(work(&mut crowd, 1), fault);
    fault?;
    done?;
    ledger.check(cluster, &crowd).await?;

    // Its store is deleted below it while people work, then it dies.
    let end = Instant::now() + Duration::from_secs(8);
    let fault = async {
        let before = ledger.events().await?;
        let store = cluster.nats.store();
        // Again when NATS has written into it meanwhile.
        until("the store is gone", async || {
            match fs::remove_dir_all(&store) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    Err(anyhow::Error::from(error))
                }
                _ => Ok(Some(())),
            }
        })
        .await?;
        until("people work on", async || {
            Ok((ledger.events().await? > before + 20).then_some(()))
        })
        .await?;
        cluster.nats.kill9().await;
        cluster.nats.restart().await?;
        anyhow::Ok(())
    };
    let (done, fault) = tokio::join!(work_until(&mut crowd, end), fault);
    fault?;
    done?;
    cluster.all_run()?;
    ledger.check(cluster, &crowd).await?;
    stream_is_whole(cluster, &ledger).await?;

    // At rest too: nobody publishes, and the stream comes back all the same.
    cluster.nats.wipe().await?;
    stream_is_whole(cluster, &ledger).await?;
    ledger.check(cluster, &crowd).await
}

/// Beside the product, with its rights.
pub(crate) async fn connect(cluster: &Cluster) -> anyhow::Result<Broker> {
    let settings = config::Nats {
        url: cluster.nats.url().into(),
        credentials: "".into(),
        replicas: 1,
        max_bytes: 1 << 30,
        max_age: Duration::from_secs(3600),
    };
    Ok(Broker::connect(&settings).await?)
}

/// The stream holds every event again (reliability F4: within five minutes; here one).
async fn stream_is_whole(cluster: &Cluster, ledger: &Ledger) -> anyhow::Result<()> {
    let broker = connect(cluster).await?;
    let began = Instant::now();
    let mut seen = String::new();
    let whole = until_within(Duration::from_secs(60), "the stream is whole", async || {
        let mut stream = broker.context().get_stream(STREAM).await?;
        let held = stream.info().await?.state.messages;
        let events = u64::try_from(ledger.events().await?)?;
        seen = format!("{held} of {events} events");
        ensure!(held <= 2 * events, "{seen}: published again and again");
        Ok((held >= events).then_some(()))
    });
    whole.await.map_err(|error| error.context(seen.clone()))?;
    eprintln!(
        "· the stream holds {seen} again after {:.1?}",
        began.elapsed()
    );
    Ok(())
}
