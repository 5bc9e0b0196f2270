//! Giving a rating, and answering a bad one.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan as _};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{
    clock::SharedClock,
    db::{to_chrono, to_chrono_date},
    fault::{Code, Fault},
    idempotency::{self, Begin},
    identity::Role,
    ids,
};
use yiwang_civic::{calendar::WorkCalendar, time};

use super::{
    Level,
    store::{self, Count, New, Rated},
};
use crate::{
    audit::{self, Record},
    crypto::{Column, Vault},
    session::SignedIn,
};

/// Roles that look into bad ratings of their regions.
const LOOKING: [Role; 3] = [Role::CountyOfficer, Role::Approver, Role::SystemAdmin];

/// Keeps ratings.
pub(crate) struct Ratings {
    pub(crate) pool: PgPool,
    pub(crate) vault: Arc<Vault>,
    pub(crate) clock: SharedClock,
    /// Working days in which a bad one is answered.
    pub(crate) working_days: u32,
}

/// What was rated; whoever calls has seen that it is the reader's own, and over.
pub(crate) struct Given<'a> {
    pub(crate) number: &'a str,
    pub(crate) item_title: &'a str,
    pub(crate) division: &'a str,
    pub(crate) level: Level,
    /// May be empty; at most 500 characters.
    pub(crate) words: &'a str,
}

/// Whether somebody looks into bad ratings anywhere.
pub(crate) fn looks_into(who: &SignedIn) -> bool {
    let caller = who.caller();
    LOOKING.iter().any(|role| caller.has_role(*role))
}

impl Ratings {
    /// The level that was given; none: not yet.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn level_of(&self, number: &str) -> Result<Option<Level>, Fault> {
        let mut conn = self.pool.acquire().await?;
        let level = store::level_of(&mut conn, number).await?;
        Ok(level.and_then(Level::of))
    }

    /// Gives a rating.
    ///
    /// # Errors
    /// `RATED_BEFORE`; `INVALID_INPUT`: the words are too long.
    pub(crate) async fn give(
        &self,
        who: &SignedIn,
        given: &Given<'_>,
        key: &str,
    ) -> Result<(), Fault> {
        let words = given.words.trim();
        if words.chars().count() > 500 {
            let message = "最多写500个字。";
            return Err(Fault::invalid_field("/words", "TOO_LONG", message));
        }
        let now = self.clock.now();
        let scope = format!("{}/rating.give", who.account);
        let hash = Sha256::digest(format!("{} {:?} {words}", given.number, given.level)).into();
        let mut tx = self.pool.begin().await?;
        if let Begin::Replay(_) = idempotency::begin(&mut tx, &scope, key, &hash, now).await? {
            return Ok(());
        }
        let id = ids::new(now);
        let sealed = match words {
            "" => None,
            words => Some(self.vault.seal_text(Column::RatingWords, id, words)?),
        };
        let new = New {
            id,
            number: given.number,
            account: who.account,
            item_title: given.item_title,
            division: given.division,
            level: given.level.number(),
            words_sealed: sealed,
            given_at: now,
            due_on: self.due_on(given.level, now).map(to_chrono_date),
        };
        if !store::insert(&mut tx, &new).await? {
            let message = "这件事已经评价过，每件事评价一次。";
            return Err(Fault::new(Code::AlreadyExists, "RATED_BEFORE", message));
        }
        // Who gave which level is nobody's business: the entry names the rating alone.
        let entry = Record::by_system("rating", "rating.give").object(id);
        audit::record(&mut tx, entry, now).await?;
        idempotency::finish(&mut tx, &scope, key, &[]).await?;
        Ok(tx.commit().await?)
    }

    fn due_on(&self, level: Level, now: Timestamp) -> Option<jiff::civil::Date> {
        let today = time::beijing_date(now);
        let calendar = WorkCalendar::embedded();
        level
            .is_bad()
            .then(|| calendar.add_working_days(today, self.working_days).last_day)
    }

    /// The bad ones of the reader's regions, and how often each level was given in a year.
    ///
    /// # Errors
    /// `FORBIDDEN`
    pub(crate) async fn list(&self, who: &SignedIn) -> Result<(Vec<Rated>, Vec<Count>), Fault> {
        let caller = who.caller();
        let scopes = scopes(&caller)?;
        let now = self.clock.now();
        let year_ago = time::beijing_date(now).saturating_sub(1.year());
        let mut conn = self.pool.acquire().await?;
        let counts = store::counts(&mut conn, &scopes, time::start_of_day(year_ago)).await?;
        let mut bad = store::bad(&mut conn, &scopes, who.account).await?;
        for one in &mut bad {
            if let Some(sealed) = &one.words_sealed {
                one.words = self.vault.open_text(Column::RatingWords, one.id, sealed)?;
            }
        }
        Ok((bad, counts))
    }

    /// Answers a bad one; whoever gave it reads the answer.
    ///
    /// # Errors
    /// `NOT_FOUND`: also when it was answered before; `ANSWER_MISSING`.
    pub(crate) async fn answer(
        &self,
        who: &SignedIn,
        id: Uuid,
        text: &str,
        key: &str,
    ) -> Result<(), Fault> {
        let text = text.trim();
        if !(4..=500).contains(&text.chars().count()) {
            let message = "请写明怎样改进、怎样处理，4至500个字；评价人会看到。";
            return Err(Fault::invalid_field("/answer", "ANSWER_MISSING", message));
        }
        let caller = who.caller();
        let scopes = scopes(&caller)?;
        let now = self.clock.now();
        let scope = format!("{}/rating.answer/{id}", who.account);
        let hash = Sha256::digest(text).into();
        let mut tx = self.pool.begin().await?;
        if let Begin::Replay(_) = idempotency::begin(&mut tx, &scope, key, &hash, now).await? {
            return Ok(());
        }
        let told = store::answer(&mut tx, id, &scopes, (who.account, text), now).await?;
        let (account, number, title) = told.ok_or_else(Fault::not_found)?;
        sqlx::query(
            "insert into gateway.message
                 (id, account, case_number, item, item_title, state_label, text, at)
             values ($1, $2, $3, 'rating', $4, '评价已回复', $5, $6)",
        )
        .bind(ids::new(now))
        .bind(account)
        .bind(number)
        .bind(title)
        .bind(format!("您的评价已经核实。答复：{text}"))
        .bind(to_chrono(now))
        .execute(&mut *tx)
        .await?;
        let entry = Record::by(who, "rating.answer")
            .object(id)
            .detail(json!({}));
        audit::record(&mut tx, entry, now).await?;
        idempotency::finish(&mut tx, &scope, key, &[]).await?;
        Ok(tx.commit().await?)
    }
}

fn scopes(caller: &yiwang_chassis::identity::Caller) -> Result<Vec<&str>, Fault> {
    let scopes: Vec<&str> = LOOKING
        .iter()
        .flat_map(|role| caller.scopes(*role))
        .collect();
    match scopes.is_empty() {
        true => Err(Fault::forbidden()),
        false => Ok(scopes),
    }
}
