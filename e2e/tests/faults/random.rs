//! kill -9 of a random process every two seconds.

use std::time::Duration;

use tokio::time::Instant;

use yiwang_e2e::SERVICES;

use crate::{
    citizens::{gather, work_until},
    cluster::{Cluster, with_cluster},
    ledger::Ledger,
};

const EVERY: Duration = Duration::from_secs(2);
const FOR: Duration = Duration::from_secs(20);

/// A small generator (SplitMix64), so that a printed seed repeats a run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        let given = std::env::var("YIWANG_E2E_SEED").ok();
        let seed = given.and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or_else(|| uuid::Uuid::new_v4().as_u64_pair().0);
        eprintln!("· YIWANG_E2E_SEED={seed}");
        Self(seed)
    }

    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn random_deaths_lose_and_double_nothing() -> anyhow::Result<()> {
    with_cluster(random_deaths).await
}

async fn random_deaths(cluster: &mut Cluster) -> anyhow::Result<()> {
    let mut dice = Dice::new();
    let ledger = Ledger::open(cluster).await?;
    let mut crowd = gather(cluster).await?;
    let end = Instant::now() + FOR;
    let faults = async {
        let mut deaths = Vec::new();
        let mut next = Instant::now() + EVERY;
        while next < end {
            // Not a wait for something: the rhythm of the faults.
            tokio::time::sleep_until(next).await;
            next += EVERY;
            let victims = [SERVICES.as_slice(), &["broker"]].concat();
            let victim = victims[dice.below(victims.len())];
            match victim {
                "broker" => {
                    cluster.nats.kill9().await;
                    cluster.nats.restart().await?;
                }
                service => {
                    cluster.kill9(service)?;
                    cluster.launch(service, &[])?;
                }
            }
            deaths.push(victim);
        }
        anyhow::Ok(deaths)
    };
    let (work, deaths) = tokio::join!(work_until(&mut crowd, end), faults);
    eprintln!("· died: {:?}", deaths?);
    work?;
    for service in SERVICES {
        cluster.until_ready(service).await?;
    }
    ledger.check(cluster, &crowd).await
}
