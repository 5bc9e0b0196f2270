//! Entries of the gateway's own audit log: sign-ins, sessions, accounts, files.

use std::fmt::Display;

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::audit::{self, Entry, Outcome};

use crate::session::SignedIn;

/// An entry in the making; holds no personal data beyond the account.
pub(crate) struct Record {
    actor: String,
    actor_name: Option<String>,
    action: &'static str,
    object: String,
    outcome: Outcome,
    detail: Value,
}

impl Record {
    /// `who` did `action`.
    pub(crate) fn by(who: &SignedIn, action: &'static str) -> Self {
        let mut record = Self::by_account(who.account, action);
        record.actor_name = who.is_staff().then(|| who.name.clone());
        record
    }

    /// The account did `action`, or it was done with it.
    pub(crate) fn by_account(account: Uuid, action: &'static str) -> Self {
        Self::by_system(account, action)
    }

    /// A part of the system (`system:…`) did `action`.
    pub(crate) fn by_system(actor: impl Display, action: &'static str) -> Self {
        Self {
            actor: actor.to_string(),
            actor_name: None,
            action,
            object: String::new(),
            outcome: Outcome::Done,
            detail: json!({}),
        }
    }

    /// To what it was done.
    pub(crate) fn object(mut self, object: impl Display) -> Self {
        self.object = object.to_string();
        self
    }

    /// It was refused.
    pub(crate) fn refused(mut self) -> Self {
        self.outcome = Outcome::Refused;
        self
    }

    /// Details without personal data.
    pub(crate) fn detail(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}

/// Writes the entry in the caller's transaction.
pub(crate) async fn record(
    conn: &mut PgConnection,
    record: Record,
    at: Timestamp,
) -> sqlx::Result<()> {
    let entry = Entry {
        at,
        actor: record.actor,
        actor_name: record.actor_name,
        on_behalf_of: None,
        action: record.action.to_owned(),
        object: record.object,
        purpose: None,
        outcome: record.outcome,
        detail: record.detail,
    };
    audit::record(conn, &entry).await
}
