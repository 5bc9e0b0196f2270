//! Many families file everything after a death while processes, broker and departments are killed at
//! random: every one-thing ends, no department is asked twice, the registers agree, and the same events
//! once more change nothing.
//!
//! `YIWANG_E2E_ONE_THINGS` and `YIWANG_E2E_SECONDS` make it as large as one likes.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant as Began},
};

use anyhow::{Context, ensure};
use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::time::Instant;
use yiwang_e2e::{Api, SERVICES, Suite, TOWNSHIP, id_number, ops, until_within};

use crate::{
    citizens::until_answered,
    cluster::{Cluster, with_cluster},
    ledger::{BOTH, audit, violations},
    random::Dice,
    replay::replayed,
};

const ONE_THINGS: usize = 60;
const SECONDS: usize = 20;
const EVERY: Duration = Duration::from_secs(2);
/// Filed at the same time.
const AT_ONCE: usize = 16;
/// After the last death of a process, for each hundred one-things: the dead may hold a lease of
/// 60 s, and whoever meets a fault then pauses for 30 s.
const REST: Duration = Duration::from_secs(180);

const NAME: &str = "何大山";
const DAUGHTER: &str = "何小莲";

fn setting(name: &str, usual: usize) -> usize {
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Everybody a different father of the daughter's county; 921 is the number that the police refuse.
fn father(nth: usize) -> String {
    let (year, sequence) = (1930 + nth / 800, 101 + nth % 800);
    let sequence = if sequence >= 921 {
        sequence + 1
    } else {
        sequence
    };
    id_number(
        "420323",
        &format!("{year}0315"),
        u16::try_from(sequence).unwrap_or(999),
    )
}

fn daughter() -> String {
    id_number("420323", "19780512", 324)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_things_end_whoever_dies() -> anyhow::Result<()> {
    with_cluster(everything_dies).await
}

async fn everything_dies(cluster: &mut Cluster) -> anyhow::Result<()> {
    let mut dice = Dice::new();
    let count = setting("YIWANG_E2E_ONE_THINGS", ONE_THINGS);
    let seconds = setting("YIWANG_E2E_SECONDS", SECONDS);
    cluster.launch_departments()?;
    let applicant = register(cluster).await?;
    let health = cluster.departments_at()?;
    let end = Instant::now() + Duration::from_secs(seconds as u64);
    let faults = async {
        let mut died = Vec::new();
        let mut next = Instant::now() + EVERY;
        while next < end {
            // Not a wait for something: the rhythm of the faults.
            tokio::time::sleep_until(next).await;
            next += EVERY;
            let victims = [SERVICES.as_slice(), &["broker", "departments"]].concat();
            let victim = victims[dice.below(victims.len())];
            match victim {
                "broker" => {
                    cluster.nats.kill9().await;
                    cluster.nats.restart().await?;
                }
                "departments" => {
                    cluster.kill9_departments()?;
                    cluster.launch_departments()?;
                }
                service => {
                    cluster.kill9(service)?;
                    cluster.launch(service, &[])?;
                }
            }
            died.push(victim);
        }
        anyhow::Ok(died)
    };
    let files = futures::stream::iter(0..count)
        .map(|nth| file(&applicant, &health, nth))
        .buffer_unordered(AT_ONCE)
        .try_collect::<Vec<_>>();
    let (numbers, died) = tokio::join!(files, faults);
    eprintln!("· died: {:?}", died?);
    let numbers: BTreeSet<String> = numbers?.into_iter().collect();
    ensure!(
        numbers.len() == count,
        "{} numbers for {count}",
        numbers.len()
    );
    for service in SERVICES {
        cluster.until_ready(service).await?;
    }
    let began = Began::now();
    let books = Books::open(cluster).await?;
    books.until_rest(count).await?;
    eprintln!("· {count} one-things at rest after {:.1?}", began.elapsed());
    books.check(cluster, &numbers).await?;
    audit(cluster)?;
    reconciled(cluster)?;
    replayed(cluster, &mut dice).await
}

async fn register(cluster: &Cluster) -> anyhow::Result<Api> {
    let stranger = cluster.stranger()?;
    let account = json!({
        "login": "lianhua", "password": Suite::PASSWORD, "name": DAUGHTER,
        "id_number": daughter(), "phone": "13800001234",
    });
    stranger
        .post("/api/v1/accounts", &account)
        .await?
        .expect(201)?;
    stranger.sign_in("lianhua", Suite::PASSWORD, None).await
}

/// The father dies, and it is filed; gives the number.
async fn file(applicant: &Api, departments: &str, nth: usize) -> anyhow::Result<String> {
    let form = json!({
        "name": NAME, "id_number": father(nth), "died_on": "2026-05-11", "household": TOWNSHIP,
        "relation": "child", "phone": "13800001234", "funeral": "burial", "licence": true,
        "medical": true, "pension": true, "housing_fund": true,
        "bank_account": "6217004201234567891", "consent": true,
    });
    let body = json!({"code": "after-death", "form": form});
    let key = uuid::Uuid::new_v4().to_string();
    let (reply, _) = until_answered(applicant, "/api/v1/one-things", &body, &key).await?;
    let number = reply.expect(201)?.json()?["number"]
        .as_str()
        .map(str::to_owned);
    until_within(
        REST,
        "the health department takes the certificate",
        async || Ok(certified(departments, nth).await.is_ok().then_some(())),
    )
    .await?;
    number.context("no number")
}

async fn certified(departments: &str, nth: usize) -> anyhow::Result<()> {
    let number = father(nth);
    let certificate = json!({
        "record": format!("JK9{nth:07}"), "kind": "signed", "number": number, "name": NAME,
        "document": {"kind": "citizen_id", "number": number}, "household": TOWNSHIP,
        "ethnicity": "01", "died_at": "2026-05-11T03:20:00+08:00", "place": TOWNSHIP,
        "place_kind": "home", "cause": "natural", "signer": "clinic",
        "issuer": "124212244200000010", "issuer_name": "竹山县人民医院", "signed_on": "2026-05-11",
    });
    let url = format!("{departments}/sandbox/v1/certificates");
    let http = reqwest::Client::builder().no_proxy().build()?;
    let answer = http.post(url).json(&certificate).send().await?;
    ensure!(answer.status().is_success(), "{}", answer.text().await?);
    Ok(())
}

/// The rows of the gateway, and what the departments wrote down.
struct Books {
    gateway: PgPool,
}

impl Books {
    async fn open(cluster: &Cluster) -> anyhow::Result<Self> {
        let gateway = cluster.pool("gateway").await?;
        Ok(Self { gateway })
    }

    async fn until_rest(&self, count: usize) -> anyhow::Result<()> {
        let patience = REST * u32::try_from(1 + count / 100)?;
        let mut left = String::new();
        let rest = until_within(patience, "every one-thing has ended", async || {
            let open: Vec<(String, String, i64)> = sqlx::query_as(
                "select s.step, s.state, count(*) from gateway.one_thing_step s
                   join gateway.one_thing o on o.id = s.one_thing
                  where o.finished_at is null and s.state not in ('done', 'not_needed', 'blocked')
                  group by 1, 2 order by 3 desc",
            )
            .fetch_all(&self.gateway)
            .await?;
            let ended: i64 = sqlx::query_scalar(
                "select count(*) from gateway.one_thing where finished_at is not null",
            )
            .fetch_one(&self.gateway)
            .await?;
            left = format!("{ended} of {count} ended; open: {open:?}");
            Ok((usize::try_from(ended)? == count).then_some(()))
        });
        rest.await.map_err(|error| error.context(left.clone()))
    }

    /// Whatever died: each filing is one one-thing, each step was done once and is known to whoever
    /// did it, and nothing waits.
    async fn check(&self, cluster: &Cluster, numbers: &BTreeSet<String>) -> anyhow::Result<()> {
        let mut wrong = Vec::new();
        let there: Vec<(String, String)> =
            sqlx::query_as("select number, state from gateway.one_thing")
                .fetch_all(&self.gateway)
                .await?;
        let known: BTreeSet<String> = there.iter().map(|(number, _)| number.clone()).collect();
        if known != *numbers || there.len() != numbers.len() {
            wrong.push(format!(
                "{} one-things for {} filings",
                there.len(),
                numbers.len()
            ));
        }
        let failed = there.iter().filter(|(_, state)| state != "done");
        wrong.extend(failed.map(|(number, state)| format!("{number} is {state}")));
        let asked = taken(cluster)?;
        let unique: BTreeSet<&String> = asked.iter().collect();
        if unique.len() != asked.len() {
            wrong.push(format!(
                "{} tickets were taken twice",
                asked.len() - unique.len()
            ));
        }
        let done: Vec<String> = sqlx::query_scalar(
            "select one_thing || '.' || step from gateway.one_thing_step
              where state = 'done' and step in ('kinship', 'household', 'licence', 'medical',
                                                'pension', 'housing-fund', 'cards')",
        )
        .fetch_all(&self.gateway)
        .await?;
        let done: BTreeSet<&String> = done.iter().collect();
        wrong.extend(
            done.difference(&unique)
                .map(|key| format!("done by nobody: {key}")),
        );
        wrong.extend(
            unique
                .difference(&done)
                .map(|key| format!("done for nobody: {key}")),
        );
        for service in SERVICES {
            let pool = cluster.pool(service).await?;
            for (what, sql) in BOTH {
                wrong.extend(violations(&pool, what, sql).await?);
            }
        }
        wrong.truncate(30);
        ensure!(
            wrong.is_empty(),
            "the books are wrong:\n{}",
            wrong.join("\n")
        );
        Ok(())
    }
}

/// The keys of all tickets that departments took.
fn taken(cluster: &Cluster) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(cluster.data().join("sandbox.jsonl"))?;
    let records = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let tickets =
        records.filter(|one| one["record"] == "taken" && one["body"]["matter"].is_string());
    Ok(tickets
        .filter_map(|one| one["key"].as_str().map(str::to_owned))
        .collect())
}

/// What the nightly comparison over all services says.
fn reconciled(cluster: &Cluster) -> anyhow::Result<()> {
    ops(&cluster.data(), &["reconcile", "--settled-for", "0"]).map(drop)
}
