//! PostgreSQL dies: no acknowledged act is lost, and everything works again by itself.

use std::time::Duration;

use anyhow::ensure;
use serde_json::json;
use tokio::time::Instant;
use yiwang_e2e::{SERVICES, until};

use crate::{
    citizens::{gather, work_until},
    cluster::{Cluster, with_cluster},
    ledger::Ledger,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_database_loses_no_acknowledged_act() -> anyhow::Result<()> {
    with_cluster(dead_database).await
}

async fn dead_database(cluster: &mut Cluster) -> anyhow::Result<()> {
    let mut crowd = gather(cluster).await?;
    for death in 1..=2 {
        let stranger = cluster.stranger()?;
        let end = Instant::now() + Duration::from_secs(8);
        let fault = async {
            cluster.postgres.kill9().await;
            // Whoever asks now is told so, in words and with the right status.
            until("the gateway says that it cannot", async || {
                let body = json!({"account": "nobody", "password": "correct horse battery"});
                let reply = stranger.post("/api/v1/session", &body).await?;
                ensure!(
                    matches!(reply.status, 401 | 503 | 504),
                    "{} {}",
                    reply.status,
                    reply.text()
                );
                if reply.status != 503 {
                    return Ok(None);
                }
                reply.problem().map(Some)
            })
            .await?;
            cluster.postgres.restart().await?;
            let back = Instant::now();
            for service in SERVICES {
                cluster.until_ready(service).await?;
            }
            anyhow::Ok(back)
        };
        let (done, back) = tokio::join!(work_until(&mut crowd, end), fault);
        let back = back?;
        done?;
        cluster.all_run()?;
        let ready = back.elapsed();
        ensure!(
            ready < Duration::from_secs(30),
            "death {death}: worked again only after {ready:?}"
        );
        // A pool of the test died with the database: the books are opened anew.
        Ledger::open(cluster).await?.check(cluster, &crowd).await?;
    }
    Ok(())
}
