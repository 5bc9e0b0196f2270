//! Messages to applicants: one for each thing that happened to their case, or to their
//! appointment without them.
//!
//! They come from the events of all services and are written together with the
//! inbox row, so each event makes exactly one message.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;
use yiwang_chassis::{
    clock::SharedClock,
    db::{from_chrono, to_chrono},
    fault::Fault,
};

use crate::session::SignedIn;

mod appointment;
mod consumer;
pub(crate) mod memorial;
mod nameless;
mod person;
mod visit;
pub(crate) mod widowed;

pub use consumer::CaseMessages;

/// A message to an applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id; newer messages have greater ones.
    pub id: Uuid,
    /// The case.
    pub case_number: String,
    /// Title of the case's item.
    pub item_title: String,
    /// State of the case after what happened.
    pub state_label: String,
    /// What happened.
    pub text: String,
    /// Business time.
    pub at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// Lists messages and marks them as read.
pub struct Messages {
    pool: PgPool,
    clock: SharedClock,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    case_number: String,
    item_title: String,
    state_label: String,
    text: String,
    at: DateTime<Utc>,
    read_at: Option<DateTime<Utc>>,
}

impl Messages {
    /// Messages in `pool`; `clock` tells when one is read.
    pub fn new(pool: PgPool, clock: SharedClock) -> Self {
        Self { pool, clock }
    }

    /// Messages to `who`, latest first; `before` is the id of the last one seen.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn list(
        &self,
        who: &SignedIn,
        before: Option<Uuid>,
        limit: usize,
    ) -> Result<Vec<Message>, Fault> {
        let rows: Vec<Row> = sqlx::query_as(
            "select id, case_number, item_title, state_label, text, at, read_at
             from gateway.message where account = $1 and ($2::uuid is null or id < $2)
             order by id desc limit $3",
        )
        .bind(who.account)
        .bind(before)
        .bind(i64::try_from(limit.clamp(1, 100)).unwrap_or(100))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(Message::from).collect())
    }

    /// How many messages to `who` are unread.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn unread(&self, who: &SignedIn) -> Result<i64, Fault> {
        let count = sqlx::query_scalar(
            "select count(*) from gateway.message where account = $1 and read_at is null",
        )
        .bind(who.account)
        .fetch_one(&self.pool)
        .await?;
        Ok(count)
    }

    /// Marks the messages to `who` up to and including `last` as read.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn mark_read(&self, who: &SignedIn, last: Uuid) -> Result<(), Fault> {
        sqlx::query(
            "update gateway.message set read_at = $3
             where account = $1 and id <= $2 and read_at is null",
        )
        .bind(who.account)
        .bind(last)
        .bind(to_chrono(self.clock.now()))
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

impl From<Row> for Message {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            case_number: row.case_number,
            item_title: row.item_title,
            state_label: row.state_label,
            text: row.text,
            at: from_chrono(row.at),
            read_at: row.read_at.map(from_chrono),
        }
    }
}
