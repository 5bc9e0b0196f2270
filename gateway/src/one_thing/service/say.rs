//! What the applicant, an operator or a department says to a running one.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    fault::{Code, Fault},
    idempotency::{self, Begin},
};

use super::{OneThings, Whole};
use crate::{
    audit::{self, Record},
    one_thing::{
        definition::Act,
        runner::read_key,
        store::{self, Said},
    },
    session::SignedIn,
};

/// What an operator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Lets a stuck step try again.
    Retry,
    /// Sends a refused step back to the applicant, with everything that the form must say otherwise.
    Return,
    /// Gives a step up, with a reason.
    Skip,
    /// Notes that an officer did what a step waits for.
    Answered,
    /// Stops it all, with a reason.
    Abort,
}

/// An operator's words.
#[derive(Debug, Default)]
pub(crate) struct Words<'a> {
    /// Why; the applicant reads it.
    pub(crate) reason: &'a str,
    /// What is to be corrected, when it is sent back: pointers into the form.
    pub(crate) asked: Vec<String>,
}

impl OneThings {
    /// Takes an own one-thing back, as far as the law lets it.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn withdraw(
        &self,
        who: &SignedIn,
        number: &str,
        key: &str,
    ) -> Result<(), Fault> {
        let whole = self.get(who, number).await?;
        if !whole.own {
            return Err(Fault::not_found());
        }
        self.say(who, &whole, ("withdraw", None), json!({}), key)
            .await
    }

    /// The applicant has done what a step asks.
    ///
    /// # Errors
    /// `NOT_FOUND`: also when the step asks nothing.
    pub(crate) async fn answer(
        &self,
        who: &SignedIn,
        number: &str,
        step: &str,
        key: &str,
    ) -> Result<(), Fault> {
        let whole = self.get(who, number).await?;
        let asks = whole.definition.is_some_and(|definition| {
            let index = definition.index(step);
            index.is_some_and(|at| matches!(definition.steps[at].act, Act::Applicant(_)))
        });
        if !whole.own || !asks {
            return Err(Fault::not_found());
        }
        self.say(
            who,
            &whole,
            (Verb::Answered.code(), Some(step)),
            json!({}),
            key,
        )
        .await
    }

    /// Does what an operator wants with a step, or with the whole.
    ///
    /// # Errors
    /// `NOT_FOUND`: also for whoever may not steer it; `REASON_MISSING`; `ASKED_MISSING`.
    pub(crate) async fn steer(
        &self,
        who: &SignedIn,
        number: &str,
        (verb, step): (Verb, Option<&str>),
        words: Words<'_>,
        key: &str,
    ) -> Result<(), Fault> {
        let whole = self.get(who, number).await?;
        if !whole.steers {
            return Err(Fault::not_found());
        }
        if let Some(step) = step
            && !whole.steps.iter().any(|row| row.step == step)
        {
            return Err(Fault::not_found());
        }
        let reason = words.reason.trim();
        if verb != Verb::Retry && !(4..=200).contains(&reason.chars().count()) {
            let message = "请写明原因，4至200个字；申请人会看到。";
            return Err(Fault::invalid_field("/reason", "REASON_MISSING", message));
        }
        let known = |pointer: &String| whole.correctable.iter().any(|(known, _)| known == pointer);
        if verb == Verb::Return && (words.asked.is_empty() || !words.asked.iter().all(known)) {
            let message = "请选出申请表里要更正的内容，一次选全。";
            return Err(Fault::invalid_field("/asked", "ASKED_MISSING", message));
        }
        let body = json!({ "reason": reason, "asked": words.asked });
        self.say(who, &whole, (verb.code(), step), body, key).await
    }

    /// Stores what somebody says, once for each key.
    async fn say(
        &self,
        who: &SignedIn,
        whole: &Whole,
        (kind, step): (&'static str, Option<&str>),
        body: Value,
        key: &str,
    ) -> Result<(), Fault> {
        let mut tx = self.pool.begin().await?;
        if self
            .is_new(&mut tx, who, whole, (kind, step), &body, key)
            .await?
        {
            self.note(&mut tx, who, whole, (kind, step), body, key)
                .await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Whether this was not said before with this key.
    pub(super) async fn is_new(
        &self,
        conn: &mut PgConnection,
        who: &SignedIn,
        whole: &Whole,
        (kind, step): (&'static str, Option<&str>),
        body: &Value,
        key: &str,
    ) -> Result<bool, Fault> {
        let (now, scope) = (self.clock.now(), scope(who, whole));
        let hash = Sha256::digest(format!("{kind} {} {body}", step.unwrap_or_default())).into();
        let begun = idempotency::begin(conn, &scope, key, &hash, now).await?;
        Ok(begun == Begin::Fresh)
    }

    /// Stores what is new; the caller commits.
    pub(super) async fn note(
        &self,
        conn: &mut PgConnection,
        who: &SignedIn,
        whole: &Whole,
        (kind, step): (&'static str, Option<&str>),
        body: Value,
        key: &str,
    ) -> Result<(), Fault> {
        let now = self.clock.now();
        let said = Said {
            one_thing: whole.overview.id,
            key: &format!("{}:{key}", who.account),
            kind,
            step,
            body,
            account: Some(who.account),
        };
        store::say(conn, &self.vault, &said, now, SystemClock.now()).await?;
        let entry = Record::by(who, "one_thing.say")
            .object(&whole.overview.number)
            .detail(json!({ "what": kind, "step": step }));
        audit::record(conn, entry, now).await?;
        idempotency::finish(conn, &scope(who, whole), key, &[]).await
    }

    /// A department says that an answer is ready. None: it is no department of one-things.
    pub(crate) fn called<'a>(
        &'a self,
        department: &str,
        body: &[u8],
        signature: &str,
    ) -> Option<impl Future<Output = Result<(), Fault>> + use<'a>> {
        let key = self.partners.called(department, body, signature)?;
        let key = key.map_err(|_| {
            let message = "签名或者内容不正确。";
            Fault::new(Code::Unauthenticated, "SIGNATURE", message)
        });
        Some(async move { self.hurry(&key?).await })
    }

    async fn hurry(&self, key: &str) -> Result<(), Fault> {
        let (id, step) = read_key(key).ok_or_else(Fault::not_found)?;
        let mut tx = self.pool.begin().await?;
        if !known(&mut tx, id).await? {
            return Err(Fault::not_found());
        }
        let said = Said {
            one_thing: id,
            key: &format!("callback:{key}"),
            kind: "hurry",
            step: Some(step),
            body: json!({}),
            account: None,
        };
        store::say(
            &mut tx,
            &self.vault,
            &said,
            self.clock.now(),
            SystemClock.now(),
        )
        .await?;
        Ok(tx.commit().await?)
    }
}

fn scope(who: &SignedIn, whole: &Whole) -> String {
    format!("{}/one-thing.say/{}", who.account, whole.overview.number)
}

async fn known(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from gateway.one_thing where id = $1)")
        .bind(id)
        .fetch_one(conn)
        .await
}
