//! Rows of notifications.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use sqlx::{FromRow, PgPool};
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

/// At a time.
const BATCH: i64 = 50;

/// Where a notification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Due,
    Sent,
    /// No phone, or no wish for texts.
    Unwanted,
    Failed,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Sent => "sent",
            Self::Unwanted => "unwanted",
            Self::Failed => "failed",
        }
    }
}

/// A notification to be sent now.
#[derive(Debug, FromRow)]
pub(super) struct Claimed {
    pub(super) message: Uuid,
    pub(super) channel: String,
    /// This one included.
    pub(super) attempts: i32,
    pub(super) account: Uuid,
    pub(super) phone_sealed: Option<Vec<u8>>,
    pub(super) texts: bool,
    pub(super) case_number: String,
    pub(super) item_title: String,
    pub(super) state_label: String,
    pub(super) at: DateTime<Utc>,
}

/// Makes notifications of messages that have none; gives how many messages. Those before `oldest`
/// get none.
pub(super) async fn spread(
    pool: &PgPool,
    channels: &[&str],
    oldest: Timestamp,
    wall: Timestamp,
) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "with taken as (
             update gateway.message set passed_on = true
              where id in (select id from gateway.message where not passed_on
                            order by id limit $4 for update skip locked)
             returning id, at),
         made as (
             insert into gateway.notification (message, channel, due_at)
             select taken.id, channel, $3 from taken, unnest($1::text[]) as channel
              where taken.at >= $2
             on conflict do nothing)
         select count(*) from taken",
    )
    .bind(channels)
    .bind(to_chrono(oldest))
    .bind(to_chrono(wall))
    .bind(BATCH)
    .fetch_one(pool)
    .await
}

/// Takes what is due; nobody else does for a while.
pub(super) async fn claim(
    pool: &PgPool,
    wall: Timestamp,
    lease: SignedDuration,
) -> sqlx::Result<Vec<Claimed>> {
    sqlx::query_as(
        "with due as (
             update gateway.notification set attempts = attempts + 1, due_at = $2
              where (message, channel) in (
                    select message, channel from gateway.notification
                     where state = 'due' and due_at <= $1
                     order by due_at limit $3 for update skip locked)
             returning message, channel, attempts)
         select due.message, due.channel, due.attempts, m.account, a.phone_sealed,
                coalesce(a.texts, false) as texts, m.case_number, m.item_title, m.state_label, m.at
           from due join gateway.message m on m.id = due.message
           left join gateway.account a on a.id = m.account and a.disabled_at is null",
    )
    .bind(to_chrono(wall))
    .bind(to_chrono(wall + lease))
    .bind(BATCH)
    .fetch_all(pool)
    .await
}

/// Notes how it went; `due` counts while it is to be tried again.
pub(super) async fn settle(
    pool: &PgPool,
    one: &Claimed,
    state: State,
    due: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update gateway.notification set state = $3, due_at = $4
          where message = $1 and channel = $2 and state = 'due'",
    )
    .bind(one.message)
    .bind(&one.channel)
    .bind(state.name())
    .bind(to_chrono(due))
    .execute(pool)
    .await?;
    Ok(())
}
