//! Messages beyond the portal's inbox, through adapters (deploy/sandbox.md, 消息): a text to the
//! phone, a line to the place's own platform.
//!
//! ```text
//! message ─> notification per channel (due) ─ POST {base}/messages ─> sent
//!                                               away: again with a growing wait, then failed
//! ```
//! A text says that there is news and where, never what it is: phones are read by others too.

mod store;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures::{StreamExt as _, TryStreamExt as _};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use yiwang_chassis::{
    clock::{Clock as _, SharedClock, SystemClock},
    db::from_chrono,
    department::{CallError, Client},
    fault::Fault,
};

use self::store::{Claimed, State};
use crate::{
    config,
    crypto::{Column, Vault},
};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(2);
/// Calls at the same time.
const AT_ONCE: usize = 25;
/// Longer than a batch of 50 may last: two calls after one another, each 25 seconds at most.
const CLAIM: SignedDuration = SignedDuration::from_secs(60);
/// What is older is no news, e.g. after the adapter was connected.
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// The first wait; each is twice the one before.
const FIRST: SignedDuration = SignedDuration::from_secs(5);
/// Over some eleven hours.
const TRIES: i32 = 13;

/// Sends what is due.
pub(crate) struct Notifier {
    pool: PgPool,
    vault: Arc<Vault>,
    /// Business time, by which messages are dated.
    clock: SharedClock,
    channels: BTreeMap<&'static str, Client>,
}

impl Notifier {
    /// The channels that have an address.
    ///
    /// # Errors
    /// When one has no secret in the key directory, or an address is none.
    pub(crate) fn open(
        config: &config::Notifier,
        pool: PgPool,
        vault: Arc<Vault>,
        clock: SharedClock,
    ) -> anyhow::Result<Self> {
        let mut channels = BTreeMap::new();
        for (name, base) in config.bases() {
            if !base.is_empty() {
                let client = Client::open(vault.departments(), name, base, "", config.timeout)?;
                channels.insert(name, client);
            }
        }
        Ok(Self {
            pool,
            vault,
            clock,
            channels,
        })
    }

    /// Sends until the process stops.
    pub(crate) async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        if self.channels.is_empty() {
            return Ok(());
        }
        loop {
            if let Err(fault) = self.work_off().await {
                tracing::warn!(reason = %fault.reason, "notifications wait");
            }
            tokio::select! {
                () = token.cancelled() => return Ok(()),
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    async fn work_off(&self) -> Result<(), Fault> {
        let channels: Vec<&str> = self.channels.keys().copied().collect();
        let oldest = self.clock.now() - FRESH;
        let wall = SystemClock.now();
        while store::spread(&self.pool, &channels, oldest, wall).await? > 0 {}
        loop {
            let claimed = store::claim(&self.pool, SystemClock.now(), CLAIM).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            // All within the claim, also when each call lasts as long as it may.
            let sent = futures::stream::iter(claimed).map(|one| self.send(one));
            sent.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
        }
    }

    async fn send(&self, one: Claimed) -> Result<(), Fault> {
        let Some(client) = self.channels.get(one.channel.as_str()) else {
            return Ok(());
        };
        let phone = match &one.phone_sealed {
            Some(sealed) if one.texts => {
                self.vault.open_text(Column::Phone, one.account, sealed)?
            }
            _ => {
                let wall = SystemClock.now();
                return Ok(store::settle(&self.pool, &one, State::Unwanted, wall).await?);
            }
        };
        let body = json!({
            "message": one.message, "phone": phone, "text": text(&one), "number": one.case_number,
            "item_title": one.item_title, "state_label": one.state_label,
            "at": from_chrono(one.at).to_string(),
        })
        .to_string();
        let key = one.message.to_string();
        let sent = client.post("/messages", &key, body.as_bytes());
        let (state, due) = after(sent.await, one.attempts, SystemClock.now());
        metrics::counter!("yiwang_notifications_total", "channel" => one.channel.clone(),
            "state" => state.name())
        .increment(1);
        Ok(store::settle(&self.pool, &one, state, due).await?)
    }
}

/// What the phone shows.
fn text(one: &Claimed) -> String {
    // A message about something that has no case names none.
    let number = match one
        .case_number
        .starts_with(|c: char| c.is_ascii_uppercase())
    {
        true => format!("（编号{}）", one.case_number),
        false => String::new(),
    };
    format!(
        "【一网民政】您的“{}”{number}有新消息，请登录一网民政查看。",
        one.item_title
    )
}

/// What follows from a call: whether it is over, or when to try again.
fn after(sent: Result<(), CallError>, attempts: i32, wall: Timestamp) -> (State, Timestamp) {
    match sent {
        Ok(()) => (State::Sent, wall),
        Err(CallError::Refused(why)) => {
            tracing::error!("an adapter refuses a message: {why}");
            (State::Failed, wall)
        }
        Err(CallError::Transient(_)) if attempts >= TRIES => (State::Failed, wall),
        Err(CallError::Transient(_)) => {
            let doubled = 1_i32 << attempts.clamp(1, 16).saturating_sub(1);
            (State::Due, wall + FIRST * doubled)
        }
    }
}

#[cfg(test)]
mod tests;
