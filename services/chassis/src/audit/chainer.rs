//! The chainer: links committed entries and signs the head of the chain.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use ed25519_dalek::SigningKey;
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;

use super::{
    chain::{self, GENESIS, Hash},
    heads::HeadsWriter,
};
use crate::{
    clock::{Clock as _, SystemClock},
    leader::{self, Task},
};

/// A head is signed at most this long after an entry was linked.
pub const SIGN_EVERY: Duration = Duration::from_secs(60);

const POLL_EVERY: Duration = Duration::from_millis(500);
const BATCH: i64 = 1_000;

/// Chains the audit log of one service; one leads per database.
#[derive(Debug, Clone)]
pub struct Chainer {
    /// The service's database.
    pub pool: PgPool,
    /// The service's name, also of its heads file.
    pub service: &'static str,
    /// Signs heads.
    pub key: SigningKey,
    /// Where heads are kept, outside the database.
    pub heads_dir: PathBuf,
    /// Usually [`SIGN_EVERY`].
    pub sign_every: Duration,
}

/// Entries that no head signs yet.
#[derive(Debug, Default)]
struct Unsigned {
    entries: i64,
    since: Option<Instant>,
}

impl Unsigned {
    fn count(&mut self, entries: i64) {
        self.entries = entries;
        self.since = match entries {
            0 => None,
            _ => self.since.or_else(|| Some(Instant::now())),
        };
    }

    /// For the operator: how many, and for how long. A disk that is full lets it grow.
    fn show(&self, service: &'static str) {
        let age = self.since.map_or(Duration::ZERO, |since| since.elapsed());
        metrics::gauge!("yiwang_audit_unsigned", "service" => service).set(self.entries as f64);
        metrics::gauge!("yiwang_audit_head_age_seconds", "service" => service)
            .set(age.as_secs_f64());
    }
}

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tip {
    position: i64,
    hash: Hash,
}

impl Chainer {
    /// Runs until `token` is cancelled, and then links and signs what is left.
    ///
    /// # Errors
    /// None; outages of the database and a full disk are waited out.
    pub async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        let mut unsigned = Unsigned::default();
        while let Some(mut session) =
            leader::lead(&self.pool, Task::Chainer, self.service, &token).await
        {
            match self.chain(&mut session, &mut unsigned, &token).await {
                Ok(()) => {
                    session.close().await.ok();
                    break;
                }
                Err(error) => {
                    tracing::warn!(service = self.service, error = %error, "the audit chainer starts over");
                    // Nothing can be signed: also where there was nothing to sign yet.
                    unsigned.count(unsigned.entries.max(1));
                    unsigned.show(self.service);
                    leader::pause(POLL_EVERY, &token).await;
                }
            }
        }
        Ok(())
    }

    async fn chain(
        &self,
        session: &mut PgConnection,
        unsigned: &mut Unsigned,
        token: &CancellationToken,
    ) -> anyhow::Result<()> {
        let mut heads = HeadsWriter::open(&self.heads_dir, self.service)?;
        self.compare_with_last_head(session, &heads).await?;
        let mut tip = tip(session).await?;
        let mut signed = heads.last().map_or(0, |head| head.position);
        let mut signed_at: Option<Instant> = None;
        loop {
            let stopping = token.is_cancelled();
            let linked = self.link(session, &mut tip).await?;
            unsigned.count(tip.position - signed);
            let due = signed_at.is_none_or(|at| at.elapsed() >= self.sign_every);
            if (due || stopping) && tip.position != signed && linked < BATCH {
                heads.append(&self.key, tip.position, tip.hash, SystemClock.now())?;
                signed = tip.position;
                signed_at = Some(Instant::now());
                unsigned.count(0);
            }
            unsigned.show(self.service);
            if linked < BATCH {
                if stopping {
                    return Ok(());
                }
                leader::pause(POLL_EVERY, token).await;
            }
        }
    }

    /// Links the oldest unlinked entries; returns how many.
    async fn link(&self, session: &mut PgConnection, tip: &mut Tip) -> sqlx::Result<i64> {
        let rows = chain::unchained(session, BATCH).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let mut end = *tip;
        let links: Vec<_> = rows
            .iter()
            .map(|row| {
                let previous = end.hash;
                end = Tip {
                    position: end.position + 1,
                    hash: row.hash_after(&previous),
                };
                (row.id, end.position, previous, end.hash)
            })
            .collect();
        chain::link(session, &links).await?;
        *tip = end;
        Ok(links.len() as i64)
    }

    /// A chain shorter than its last head, or another one, was tampered with or
    /// restored from a backup. It goes on, and the heads tell where it broke.
    async fn compare_with_last_head(
        &self,
        session: &mut PgConnection,
        heads: &HeadsWriter,
    ) -> sqlx::Result<()> {
        let Some(head) = heads.last() else {
            return Ok(());
        };
        let found = chain::hash_at(session, head.position).await?;
        let broken = found.as_deref() != Some(head.hash.as_slice());
        metrics::gauge!("yiwang_audit_broken", "service" => self.service).set(if broken {
            1.0
        } else {
            0.0
        });
        if broken {
            tracing::error!(
                service = self.service,
                position = head.position,
                "the audit log does not hold what its last signed head says: run `yiwang ops audit verify`",
            );
        }
        Ok(())
    }
}

async fn tip(session: &mut PgConnection) -> sqlx::Result<Tip> {
    let found = chain::tip(session).await?;
    Ok(found.map_or(
        Tip {
            position: 0,
            hash: GENESIS,
        },
        |(position, hash)| Tip {
            position,
            // A hash of another length was tampered with; the break stays visible.
            hash: hash.try_into().unwrap_or(GENESIS),
        },
    ))
}
