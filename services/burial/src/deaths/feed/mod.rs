//! The health department's feed of death certificates: read from a cursor, each certificate
//! in the transaction that moves the cursor, so that nothing is lost or taken twice whoever
//! stops in between. What does not fit the register raises an alarm and does not hold up
//! the next.

mod message;

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use jiff::Timestamp;
use serde::Deserialize as _;
use serde_json::Value;
use sqlx::{Acquire as _, PgConnection};
use tokio_util::sync::CancellationToken;
use yiwang_casework::{ApplyError, Runtime, department::Client};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_civic::division;

use self::message::{Certificate, Kind};
use super::{
    By,
    alarm::{self, Alarm},
    asked,
    change::{Why, correct, identify},
    follow, number, read, record,
};
use crate::domain::death::NewDeath;

/// How often the feed is asked when it had nothing new.
const EVERY: Duration = Duration::from_secs(5);
/// Name of the feed in its table.
const FEED: &str = "health";
/// Who changes the register here.
const ACTOR: &str = "system:death-feed";
/// Whose officers see what names no place.
const COUNTRY: &str = "000000";

/// The feed.
pub struct Feed {
    /// The register.
    pub runtime: Arc<Runtime>,
    /// The health department.
    pub health: Client,
}

/// Reads the feed until stopped.
///
/// # Errors
/// Never: the next look may succeed.
pub async fn run(feed: Feed, token: CancellationToken) -> anyhow::Result<()> {
    while !token.is_cancelled() {
        match feed.read().await {
            Ok(taken) if taken > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(error = format!("{error:#}"), "no death certificates"),
        }
        let _ = tokio::time::timeout(EVERY, token.cancelled()).await;
    }
    Ok(())
}

impl Feed {
    /// Reads one page; answers how many certificates it took.
    ///
    /// # Errors
    /// The department or the database is away, or the page is malformed.
    pub async fn read(&self) -> anyhow::Result<usize> {
        let after = self.cursor().await?;
        let path = format!("/certificates?after={after}");
        let page = self.health.get(&path).await?.context("no feed there")?;
        let messages = page["certificates"].as_array();
        let messages = messages.context("a page without certificates")?;
        let mut taken = 0;
        for message in messages {
            let sequence = message["sequence"].as_u64();
            let sequence = sequence.context("a certificate without sequence")?;
            taken += usize::from(self.take(sequence, message).await?);
        }
        Ok(taken)
    }

    async fn cursor(&self) -> anyhow::Result<u64> {
        let pool = &self.runtime.pool;
        sqlx::query(
            "insert into burial.death_feed (feed, cursor) values ($1, '0') on conflict do nothing",
        )
        .bind(FEED)
        .execute(pool)
        .await?;
        let cursor: String =
            sqlx::query_scalar("select cursor from burial.death_feed where feed = $1")
                .bind(FEED)
                .fetch_one(pool)
                .await?;
        Ok(cursor.parse()?)
    }

    /// Takes one message; false when another replica was quicker.
    async fn take(&self, sequence: u64, message: &Value) -> anyhow::Result<bool> {
        let rt = &self.runtime;
        let now = rt.now();
        let mut tx = rt.pool.begin().await?;
        let cursor: String =
            sqlx::query_scalar("select cursor from burial.death_feed where feed = $1 for update")
                .bind(FEED)
                .fetch_one(&mut *tx)
                .await?;
        if cursor.parse::<u64>()? >= sequence {
            return Ok(false);
        }
        let mut attempt = tx.begin().await?;
        match apply(rt, &mut attempt, message, now).await {
            Ok(()) => attempt.commit().await?,
            Err(Problem::Refused(reason)) => {
                attempt.rollback().await?;
                refuse(rt, &mut tx, sequence, message, &reason, now).await?;
            }
            Err(Problem::Failed(error)) => return Err(error),
        }
        sqlx::query("update burial.death_feed set cursor = $2 where feed = $1")
            .bind(FEED)
            .bind(sequence.to_string())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Why a message was not applied.
enum Problem {
    /// It does not fit; the code says why.
    Refused(String),
    /// Try again.
    Failed(anyhow::Error),
}

impl From<ApplyError> for Problem {
    fn from(error: ApplyError) -> Self {
        match error {
            ApplyError::Refused(refusal) => Self::Refused(refusal.code.to_owned()),
            ApplyError::Database(error) => Self::Failed(error.into()),
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What the case says no to does not fit; what failed is tried again.
impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        match fault.code {
            Code::PreconditionFailed | Code::InvalidInput | Code::NotFound => {
                Self::Refused(fault.reason.into_owned())
            }
            _ => Self::Failed(fault.into()),
        }
    }
}

async fn apply(
    rt: &Runtime,
    conn: &mut PgConnection,
    message: &Value,
    now: Timestamp,
) -> Result<(), Problem> {
    let refused = |code: &str| Problem::Refused(code.to_owned());
    let told = Certificate::deserialize(message).map_err(|_| refused("MALFORMED"))?;
    let death = told.death(&rt.rules, now).map_err(refused)?;
    let by = By {
        actor: ACTOR,
        name: &death.issuer_name,
    };
    let key = number::key(rt, &death.number, death.signed_on.year());
    match told.kind {
        Kind::Signed => {
            record(rt, conn, &death, by, now).await?;
        }
        Kind::Corrected => {
            let why = Why {
                by,
                reason: or(&told.reason, "签发单位更正"),
                now,
            };
            corrected(rt, conn, &key, &death, why).await?;
        }
        Kind::Voided => match read::by_key(rt, conn, &key).await? {
            None => return Err(refused("DEATH_UNKNOWN")),
            Some(known) if !known.state.is_valid() => {}
            Some(_) => {
                let asked = (told.issuer_name.as_str(), or(&told.reason, "签发单位作废"));
                if asked::ask_by_health(conn, &key, asked, now).await? {
                    follow::asked(rt, conn, &key, asked).await?;
                }
            }
        },
    }
    Ok(())
}

/// A certificate we never had is recorded as it stands now; a nameless one may have got its
/// name.
async fn corrected(
    rt: &Runtime,
    conn: &mut PgConnection,
    key: &str,
    death: &NewDeath,
    why: Why<'_>,
) -> Result<(), Problem> {
    let Some(known) = read::by_key(rt, conn, key).await? else {
        record(rt, conn, death, why.by, why.now).await?;
        return Ok(());
    };
    if known.person.is_none() && death.identity.document.is_some() {
        follow::named(rt, conn, key, &death.identity, why).await?;
        identify(rt, conn, key, &death.identity, why).await?;
    }
    follow::corrected(rt, conn, key, &death.event, why).await?;
    Ok(correct(rt, conn, key, &death.event, why).await?)
}

async fn refuse(
    rt: &Runtime,
    conn: &mut PgConnection,
    sequence: u64,
    message: &Value,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let place = message["place"].as_str().unwrap_or_default();
    let known = division::find(place).is_some();
    let reference = format!("{FEED} {sequence}");
    let sealed = alarm::seal(rt, &reference, message)?;
    tracing::warn!(
        sequence,
        reason,
        "a death certificate of the feed does not fit"
    );
    let alarm = Alarm {
        kind: alarm::FEED,
        division: if known { place } else { COUNTRY },
        reference: &reference,
        person: None,
        reason,
        sealed: Some(&sealed),
    };
    alarm::raise(conn, alarm, now).await?;
    Ok(())
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    match text.trim() {
        "" => otherwise,
        text => text,
    }
}
