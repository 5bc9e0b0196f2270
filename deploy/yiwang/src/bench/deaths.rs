//! From the commit of a death to the commit of its last reaction (rules D7): deaths come in through
//! the health department's feed while families wait for their 低保.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use serde_json::json;
use sqlx::{Connection, PgConnection};
use tokio::task::JoinSet;
use uuid::Uuid;
use yiwang_chassis::clock::{Clock as _, SystemClock};
use yiwang_civic::time;

use super::{product::Product, times::Times};
use crate::{demo::families, rest::Rest};

/// Services that react to a death, or remember it for whoever asks.
const REACTING: [&str; 5] = ["assistance", "marriage", "rescue", "child", "gateway"];
const RECORDED: &str = "yiwang.burial.death.recorded.v1";
/// Applications handed in at the same time.
const CLIENTS: u32 = 16;
/// Everything has come to rest so long after the last death.
const PATIENCE: Duration = Duration::from_secs(120);
/// The budget of the design.
const BUDGET_MS: f64 = 1000.0;

/// Measures a fresh installation.
pub(super) async fn run(dir: &Path, rate: u32, seconds: u32) -> anyhow::Result<()> {
    let product = Product::start(dir).await?;
    let dead = families(&product, rate * seconds).await?;
    println!(
        "families           {}, each with an open application",
        dead.len()
    );
    let began = Instant::now();
    announce(&product, &dead, rate).await?;
    println!(
        "deaths             {} announced in {:.1} s",
        dead.len(),
        began.elapsed().as_secs_f64()
    );
    let all = Deaths::committed(&product, dead.len()).await?;
    println!("recorded           {:.0} deaths/s", all.rate());
    let mut reactions = 0;
    let mut last = vec![0.0_f64; all.ids.len()];
    for service in REACTING {
        let (times, settled) = all.reactions(&product, service).await?;
        reactions += settled;
        for (last, at) in last.iter_mut().zip(&times) {
            *last = last.max(*at);
        }
        println!("{service:<18} {}", told(&times));
    }
    println!("last reaction      {} ({reactions} reactions)", told(&last));
    ensure!(
        percentile(&last, 99) < BUDGET_MS,
        "the budget is a p99 of {BUDGET_MS} ms"
    );
    product.stop().await
}

fn told(seconds: &[f64]) -> Times {
    let mut times = Times::default();
    for one in seconds {
        times.add(Duration::from_secs_f64(one.max(0.0)));
    }
    times
}

fn percentile(seconds: &[f64], percent: usize) -> f64 {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(0.0, |one| one * 1000.0)
}

/// One family more, as often as it takes: a service that has just started may not answer yet.
async fn warm(clerk: &Rest, number: u32) -> anyhow::Result<()> {
    let end = Instant::now() + Duration::from_secs(30);
    let form = families::numbered(number);
    loop {
        let answer = clerk.submit("minimum-living", families::TOWNSHIP, &form);
        match answer.await {
            Ok(_) => return Ok(()),
            Err(error) if Instant::now() > end => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(500)).await,
        }
    }
}

/// As many families with an open application; gives the applicants' ID numbers.
async fn families(product: &Product, count: u32) -> anyhow::Result<Vec<String>> {
    let clerk = Rest::new(product.url())?.demo_account("clerk").await?;
    warm(&clerk, count).await?;
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let clerk = clerk.clone();
        clients.spawn(async move {
            let mut ids = Vec::new();
            for number in (client..count).step_by(CLIENTS as usize) {
                let form = families::numbered(number);
                clerk
                    .submit("minimum-living", families::TOWNSHIP, &form)
                    .await?;
                let id = form["applicant"]["id_number"].as_str();
                ids.push(id.context("no ID number")?.to_owned());
            }
            anyhow::Ok(ids)
        });
    }
    let mut all = Vec::new();
    for ids in clients.join_all().await {
        all.extend(ids?);
    }
    Ok(all)
}

/// Tells the health department of `rate` deaths a second.
async fn announce(product: &Product, dead: &[String], rate: u32) -> anyhow::Result<()> {
    let url = format!("{}/sandbox/v1/certificates", product.sandbox()?);
    let http = reqwest::Client::builder().no_proxy().build()?;
    let day = time::beijing_date(SystemClock.now());
    let mut tick = tokio::time::interval(Duration::from_secs(1) / rate.max(1));
    for id in dead {
        tick.tick().await;
        let certificate = json!({
            "kind": "signed", "number": id, "name": "何大山",
            "document": {"kind": "citizen_id", "number": id},
            "household": families::TOWNSHIP, "ethnicity": "01",
            "died_at": format!("{day}T00:20:00+08:00"), "place": families::TOWNSHIP,
            "place_kind": "home", "cause": "natural", "signer": "clinic",
            "issuer": "124212244200000010", "issuer_name": "竹山县人民医院", "signed_on": day,
        });
        let answer = http.post(&url).json(&certificate).send().await?;
        ensure!(answer.status().is_success(), "{}", answer.text().await?);
    }
    Ok(())
}

/// Deaths by their events: when each was committed, by the clock of the server.
struct Deaths {
    ids: Vec<Uuid>,
    /// Seconds since 1970.
    at: Vec<f64>,
}

impl Deaths {
    /// Waits until all are recorded.
    async fn committed(product: &Product, count: usize) -> anyhow::Result<Self> {
        let mut conn = PgConnection::connect(&product.database("burial")?).await?;
        let end = Instant::now() + PATIENCE;
        loop {
            let rows: Vec<(Uuid, f64)> = sqlx::query_as(
                "select id, extract(epoch from enqueued_at)::float8 from chassis.outbox
                  where event_type = $1 order by seq",
            )
            .bind(RECORDED)
            .fetch_all(&mut conn)
            .await?;
            if rows.len() >= count {
                let (ids, at) = rows.into_iter().unzip();
                return Ok(Self { ids, at });
            }
            if Instant::now() > end {
                bail!("{} of {count} deaths are recorded", rows.len());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    fn rate(&self) -> f64 {
        let span = self.at.last().unwrap_or(&0.0) - self.at.first().unwrap_or(&0.0);
        self.ids.len() as f64 / span.max(0.001)
    }

    /// Waits until a service has reacted to each; seconds from commit to commit of its last
    /// consumer, and how many reactions there were.
    async fn reactions(&self, product: &Product, service: &str) -> anyhow::Result<(Vec<f64>, i64)> {
        let mut conn = PgConnection::connect(&product.database(service)?).await?;
        let end = Instant::now() + PATIENCE;
        loop {
            let rows: Vec<(Option<f64>, i64)> = sqlx::query_as(
                "select max(extract(epoch from i.settled_at))::float8, count(i.event_id)
                   from unnest($1::uuid[]) with ordinality as wanted (id, nth)
                   left join chassis.inbox i on i.event_id = wanted.id
                  group by wanted.nth order by wanted.nth",
            )
            .bind(&self.ids)
            .fetch_all(&mut conn)
            .await?;
            let settled: Option<Vec<f64>> = rows.iter().map(|(at, _)| *at).collect();
            if let Some(settled) = settled {
                let took = settled.iter().zip(&self.at).map(|(end, start)| end - start);
                let count = rows.iter().map(|(_, count)| count).sum();
                return Ok((took.collect(), count));
            }
            if Instant::now() > end {
                bail!("{service} has not reacted to every death");
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}
