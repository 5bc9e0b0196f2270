//! Fifty people at work: each applies, changes the bank account, withdraws,
//! and repeats every call with its key until it is answered.

use std::time::Duration;

use anyhow::{Context, ensure};
use futures::{StreamExt as _, TryStreamExt as _, future::try_join_all};
use serde_json::{Value, json};
use tokio::time::Instant;
use yiwang_e2e::{Api, Family, ITEM, Reply, Suite, TOWNSHIP, submission, until_within};

use crate::cluster::Cluster;

/// How many work at the same time.
pub(crate) const CROWD: u16 = 50;

/// How long one call may go unanswered: longer than any fault here lasts.
const PATIENCE: Duration = Duration::from_secs(90);
const AGAIN_AFTER: Duration = Duration::from_millis(100);

/// An act that the product has acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Acked {
    pub(crate) number: String,
    pub(crate) version: i64,
    pub(crate) action: &'static str,
}

/// A person with an account.
pub(crate) struct Citizen {
    api: Api,
    family: Family,
    /// Everything acknowledged.
    pub(crate) acked: Vec<Acked>,
    /// Calls that had to be repeated.
    pub(crate) repeated: u64,
}

/// Registers everybody; nobody has a case yet.
pub(crate) async fn gather(cluster: &Cluster) -> anyhow::Result<Vec<Citizen>> {
    // Not a stampede: passwords are made to be slow to check.
    let people = (1..=CROWD).map(|number| Citizen::register(cluster, number));
    futures::stream::iter(people)
        .buffered(8)
        .try_collect()
        .await
}

/// Everybody does `rounds` rounds at once.
pub(crate) async fn work(crowd: &mut [Citizen], rounds: usize) -> anyhow::Result<()> {
    try_join_all(crowd.iter_mut().map(|citizen| citizen.work(rounds))).await?;
    Ok(())
}

/// Everybody does round after round until `end`.
pub(crate) async fn work_until(crowd: &mut [Citizen], end: Instant) -> anyhow::Result<()> {
    let work = crowd.iter_mut().map(|citizen| async move {
        while Instant::now() < end {
            citizen.round().await?;
        }
        anyhow::Ok(())
    });
    try_join_all(work).await?;
    Ok(())
}

/// What tells who somebody is, and must not be in any log.
pub(crate) fn secrets() -> Vec<String> {
    let people = (1..=CROWD).flat_map(|number| {
        let Family {
            applicant,
            spouse,
            child,
        } = Family::new(number);
        [applicant, spouse, child]
            .into_iter()
            .flat_map(|(name, id)| [name, id])
    });
    let mut secrets: Vec<String> = people.collect();
    secrets.extend(
        [
            "13800001234",
            "13871234567",
            "621700420123456789",
            Suite::PASSWORD,
        ]
        .map(str::to_owned),
    );
    secrets.sort();
    secrets.dedup();
    secrets
}

/// Calls with the same key until there is another answer than "not now"; gives it with the
/// number of calls that were in vain.
pub(crate) async fn until_answered(
    api: &Api,
    path: &str,
    body: &Value,
    key: &str,
) -> anyhow::Result<(Reply, u64)> {
    let deadline = Instant::now() + PATIENCE;
    let (mut last, mut repeated) = (String::new(), 0);
    while Instant::now() < deadline {
        match api.post_with_key(path, body, key).await {
            Ok(reply) if matches!(reply.status, 429 | 503 | 504) => {
                last = format!("{} {}", reply.status, reply.text());
            }
            Ok(reply) => return Ok((reply, repeated)),
            Err(error) => last = format!("{error:#}"),
        }
        repeated += 1;
        tokio::time::sleep(AGAIN_AFTER).await;
    }
    anyhow::bail!("{path} was not answered within {PATIENCE:?}, the last time: {last}")
}

impl Citizen {
    async fn register(cluster: &Cluster, number: u16) -> anyhow::Result<Self> {
        let stranger = cluster.stranger()?;
        let family = Family::new(number);
        let (name, id_number) = &family.applicant;
        let login = format!("u{}", id_number[6..18].to_lowercase());
        let body = json!({
            "login": login, "password": Suite::PASSWORD, "name": name,
            "id_number": id_number, "phone": "13800001234",
        });
        let what = format!("{login} signs in");
        let api = until_within(PATIENCE, &what, async || {
            // Refused when an earlier try was not answered: then there is an account.
            stranger.post("/api/v1/accounts", &body).await?;
            let signed_in = stranger.sign_in(&login, Suite::PASSWORD, None).await;
            signed_in.map(Some)
        });
        let api = api.await?;
        Ok(Self {
            api,
            family,
            acked: vec![],
            repeated: 0,
        })
    }

    async fn work(&mut self, rounds: usize) -> anyhow::Result<()> {
        for _ in 0..rounds {
            self.round().await?;
        }
        Ok(())
    }

    /// Applies, changes the account twice, withdraws.
    async fn round(&mut self) -> anyhow::Result<()> {
        let body = submission(ITEM, TOWNSHIP, &self.family.form(), &[]);
        let number = self.call("submit", "/api/v1/cases", &body).await?;
        for last in [1, 2] {
            let payee = json!({"payee": {
                "holder": self.family.applicant.0, "bank": "竹山农商银行城关支行",
                "account": format!("621700420123456789{last}"),
            }});
            self.act(&number, "change_account", &payee).await?;
        }
        self.act(&number, "withdraw", &json!({})).await
    }

    async fn act(
        &mut self,
        number: &str,
        action: &'static str,
        data: &Value,
    ) -> anyhow::Result<()> {
        let path = format!("/api/v1/cases/{number}/actions/{action}");
        self.call(action, &path, data).await.map(drop)
    }

    /// Calls until it is acknowledged; gives the number of the case.
    async fn call(
        &mut self,
        action: &'static str,
        path: &str,
        body: &Value,
    ) -> anyhow::Result<String> {
        let key = uuid::Uuid::new_v4().to_string();
        let (reply, repeated) = until_answered(&self.api, path, body, &key).await?;
        self.repeated += repeated;
        ensure!(
            reply.status < 300,
            "{action}: {} {}",
            reply.status,
            reply.text()
        );
        self.note(action, &reply)
    }

    fn note(&mut self, action: &'static str, reply: &Reply) -> anyhow::Result<String> {
        let case = reply.json()?;
        let number = case["number"].as_str().context("no number")?.to_owned();
        let version = case["version"].as_i64().context("no version")?;
        self.acked.push(Acked {
            number: number.clone(),
            version,
            action,
        });
        Ok(number)
    }
}
