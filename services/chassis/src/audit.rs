//! The audit log of a service: a hash chain whose head is signed outside the database.
//!
//! ```text
//! business transaction ── record ──> row ── Chainer ──> position, previous, hash
//!                                                └────> heads file: signed (position, hash)
//! ```
//! [`record`] only inserts, so hot transactions do not queue for the chain; one
//! [`Chainer`] links the rows shortly after their commit. [`verify`] recomputes
//! everything from the rows and compares with the signed heads. A chain alone
//! cannot show that its end was cut off; the heads can, so the heads directory
//! belongs on another machine's storage. What happens to the last seconds before
//! a head is signed is the limit of the promise. [`restored`] is for the one honest
//! way to lose an end: a database that went back to a backup.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgConnection;

use crate::{db, telemetry};

mod chain;
mod chainer;
mod heads;
mod restored;
mod verify;

pub use chainer::{Chainer, SIGN_EVERY};
pub use heads::file_of;
pub use restored::{Lost, RestoredError, restored};
pub use verify::{Finding, Report, VerifyError, verify};

/// How the audited act ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused: not allowed, or not possible in this state.
    Refused,
    /// It was allowed and went wrong.
    Failed,
}

/// One act for the audit log. Nothing here may identify a citizen beyond
/// account, case number and person key.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Business time, kept in microseconds.
    pub at: Timestamp,
    /// Account id, or `system:<part>`.
    pub actor: String,
    /// Name of an officer; none for citizens.
    pub actor_name: Option<String>,
    /// For whom an agent or the workflow engine acts: an account id.
    pub on_behalf_of: Option<String>,
    /// What was done, e.g. `case.confirm`.
    pub action: String,
    /// To what, e.g. `case/DB4203…`.
    pub object: String,
    /// Why, where a reason was asked for.
    pub purpose: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Details without personal data.
    pub detail: Value,
}

impl Entry {
    /// A repair by whoever runs the installation.
    #[must_use]
    pub fn repair(at: Timestamp, action: &str, object: String, purpose: Option<&str>) -> Self {
        Self {
            at,
            actor: "system:ops".to_owned(),
            actor_name: None,
            on_behalf_of: None,
            action: action.to_owned(),
            object,
            purpose: purpose.map(str::to_owned),
            outcome: Outcome::Done,
            detail: Value::Null,
        }
    }
}

impl Outcome {
    /// The word in the row.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// Writes an entry in the caller's transaction.
///
/// # Errors
/// When the database fails.
pub async fn record(conn: &mut PgConnection, entry: &Entry) -> sqlx::Result<()> {
    sqlx::query(
        "insert into chassis.audit_entry
             (at, actor, actor_name, on_behalf_of, action, object, purpose, outcome, detail,
              traceparent)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9::json, $10)",
    )
    .bind(db::to_chrono(entry.at))
    .bind(&entry.actor)
    .bind(&entry.actor_name)
    .bind(&entry.on_behalf_of)
    .bind(&entry.action)
    .bind(&entry.object)
    .bind(&entry.purpose)
    .bind(entry.outcome.as_str())
    .bind(entry.detail.to_string())
    .bind(telemetry::current_traceparent())
    .execute(conn)
    .await?;
    Ok(())
}
