//! For whoever runs the installation: steps that are stuck, and asking for them once more. To skip one
//! or to end the whole needs an officer, and a reason that the family reads.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use serde_json::json;
use sqlx::{FromRow, PgPool};
use uuid::Uuid;
use yiwang_chassis::{
    audit::{self, Entry},
    fault::Fault,
};

use super::store::{self, Said};
use crate::crypto::Vault;

/// A step that nothing but a person moves.
#[derive(Debug, Clone, FromRow)]
pub struct Stuck {
    one_thing: Uuid,
    /// 统一受理编号
    pub number: String,
    /// Which one-thing, e.g. `after-death`.
    pub code: String,
    /// Which step of it.
    pub step: String,
    /// `transient`, `unknown`, `business`, `officer`.
    pub class: Option<String>,
    /// Stable code of the reason; its words are for the family.
    pub reason: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The steps that are stuck in a gateway's database.
pub struct StuckSteps {
    pub(crate) pool: PgPool,
    pub(crate) vault: Arc<Vault>,
}

impl StuckSteps {
    /// All of them, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self) -> sqlx::Result<Vec<Stuck>> {
        sqlx::query_as(
            "select s.one_thing, o.number, o.code, s.step, s.reason_class as class,
                    s.reason_code as reason, s.changed_at as since
               from gateway.one_thing_step s join gateway.one_thing o on o.id = s.one_thing
              where s.state = 'stuck' order by s.changed_at, o.number, s.place",
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Has one asked for once more; false when that was said before and has not been acted on yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry(&self, stuck: &Stuck, now: Timestamp) -> Result<bool, Fault> {
        let key = format!("ops:{}:{}", stuck.step, stuck.since.timestamp_micros());
        let said = Said {
            one_thing: stuck.one_thing,
            key: &key,
            kind: "retry",
            step: Some(&stuck.step),
            body: json!({}),
            account: None,
        };
        let mut tx = self.pool.begin().await?;
        let news = store::say(&mut tx, &self.vault, &said, now, now).await?;
        if news {
            let object = format!("one_thing/{}/{}", stuck.number, stuck.step);
            let entry = Entry::repair(now, "one_thing.retry", object, None);
            audit::record(&mut tx, &entry).await?;
        }
        tx.commit().await?;
        Ok(news)
    }
}
