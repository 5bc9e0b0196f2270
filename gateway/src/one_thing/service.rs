//! What pages and REST do with one-things.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, SharedClock, SystemClock},
    fault::{Code, Fault},
    idempotency::{self, Begin},
    identity::Role,
};

use super::{
    definition::Definition,
    definitions,
    departments::Partners,
    form,
    runner::read_key,
    store::{self, New, Overview, Said, Started, StepRow, Told},
};
use crate::{
    audit::{self, Record},
    crypto::Vault,
    session::SignedIn,
};

/// Starts, shows and steers one-things.
pub(crate) struct OneThings {
    pub(crate) pool: PgPool,
    pub(crate) vault: Arc<Vault>,
    pub(crate) clock: SharedClock,
    pub(crate) partners: Arc<Partners>,
}

/// One one-thing with everything a page shows.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub(crate) overview: Overview,
    /// None: this gateway does not know its version.
    pub(crate) definition: Option<&'static Definition>,
    pub(crate) steps: Vec<StepRow>,
    /// What the steps gave, by their codes.
    pub(crate) results: BTreeMap<String, Value>,
    pub(crate) history: Vec<Told>,
    /// The reader started it.
    pub(crate) own: bool,
    /// The reader may steer it.
    pub(crate) steers: bool,
}

/// What an operator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Lets a stuck step try again.
    Retry,
    /// Gives a step up, with a reason.
    Skip,
    /// Notes that an officer did what a step waits for.
    Answered,
    /// Stops it all, with a reason.
    Abort,
}

impl OneThings {
    /// Starts the one-thing `code` with a form; the same again is the same one-thing.
    ///
    /// # Errors
    /// `INVALID_INPUT` points into the form; `NOT_FOUND`: there is no such one-thing.
    pub(crate) async fn start(
        &self,
        who: &SignedIn,
        code: &str,
        answers: &Value,
        key: &str,
    ) -> Result<String, Fault> {
        let definition = definitions::newest(definitions::ALL, code);
        let definition = definition.ok_or_else(Fault::not_found)?;
        let now = self.clock.now();
        let scope = format!("{}/one-thing.start", who.account);
        let hash: [u8; 32] = Sha256::digest(format!("{code} {answers}")).into();
        let mut tx = self.pool.begin().await?;
        if let Begin::Replay(number) = idempotency::begin(&mut tx, &scope, key, &hash, now).await? {
            return String::from_utf8(number).map_err(Fault::internal);
        }
        let subject = form::subject(definition, answers, now)?;
        let subject = self.vault.person_key(&subject);
        if who.person.as_deref() == Some(subject.as_str()) {
            let message = "不能为自己申请，请填写逝者的身份证号码。";
            return Err(Fault::invalid_field("/id_number", "SAME_PERSON", message));
        }
        let new = New {
            definition,
            account: who.account,
            subject: subject.as_str(),
            division: answers["household"].as_str().unwrap_or_default(),
            answers,
        };
        let wall = SystemClock.now();
        let Started { number, .. } = store::start(&mut tx, &self.vault, &new, now, wall).await?;
        store::drop_draft(&mut tx, who.account, code).await?;
        idempotency::finish(&mut tx, &scope, key, number.as_bytes()).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// The reader's draft of the form; empty when there is none.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn draft(
        &self,
        who: &SignedIn,
        code: &str,
    ) -> Result<Map<String, Value>, Fault> {
        let mut conn = self.pool.acquire().await?;
        store::draft(&mut conn, &self.vault, who.account, code).await
    }

    /// Saves the reader's draft over the one before.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn save_draft(
        &self,
        who: &SignedIn,
        code: &str,
        form: &Map<String, Value>,
    ) -> Result<(), Fault> {
        let mut conn = self.pool.acquire().await?;
        let at = (who.account, code);
        store::save_draft(&mut conn, &self.vault, at, form, self.clock.now()).await
    }

    /// Those the reader started, newest first.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn own(&self, who: &SignedIn) -> Result<Vec<Overview>, Fault> {
        let mut conn = self.pool.acquire().await?;
        Ok(store::own(&mut conn, who.account).await?)
    }

    /// Those in the reader's regions that wait for an officer or are late.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn stuck(&self, who: &SignedIn) -> Result<Vec<Overview>, Fault> {
        let caller = who.caller();
        let scopes: Vec<&str> = STEERING
            .iter()
            .flat_map(|role| caller.scopes(*role))
            .collect();
        if scopes.is_empty() {
            return Err(Fault::forbidden());
        }
        let mut conn = self.pool.acquire().await?;
        Ok(store::stuck(&mut conn, &scopes).await?)
    }

    /// One, as its owner or an officer of the region sees it; everybody else is told that it is
    /// not there. An officer's look is in the audit log.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn get(&self, who: &SignedIn, number: &str) -> Result<Whole, Fault> {
        let mut tx = self.pool.begin().await?;
        let found = store::find(&mut tx, number).await?;
        let overview = found.ok_or_else(Fault::not_found)?;
        let own = overview.account == who.account;
        let steers = may_steer(who, &overview);
        if !own && !steers {
            return Err(Fault::not_found());
        }
        if !own {
            let entry = Record::by(who, "one_thing.read").object(number);
            audit::record(&mut tx, entry, self.clock.now()).await?;
        }
        let steps = store::steps(&mut tx, overview.id).await?;
        let whole = Whole {
            definition: definitions::find(definitions::ALL, &overview.code, overview.version),
            results: store::opened(&self.vault, overview.id, &steps)?,
            steps,
            history: store::history(&mut tx, overview.id).await?,
            overview,
            own,
            steers,
        };
        tx.commit().await?;
        Ok(whole)
    }

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
        let said = Said {
            one_thing: whole.overview.id,
            key,
            kind: "withdraw",
            step: None,
            body: json!({}),
            account: Some(who.account),
        };
        self.say(who, number, &said).await
    }

    /// Does what an operator wants with a step, or with the whole.
    ///
    /// # Errors
    /// `NOT_FOUND`: also for whoever may not steer it; `REASON_MISSING`.
    pub(crate) async fn steer(
        &self,
        who: &SignedIn,
        number: &str,
        (verb, step): (Verb, Option<&str>),
        reason: &str,
        key: &str,
    ) -> Result<(), Fault> {
        let whole = self.get(who, number).await?;
        if !whole.may_steer() {
            return Err(Fault::not_found());
        }
        if let Some(step) = step
            && !whole.steps.iter().any(|row| row.step == step)
        {
            return Err(Fault::not_found());
        }
        let reason = reason.trim();
        if verb != Verb::Retry && !(4..=200).contains(&reason.chars().count()) {
            let message = "请写明原因，4至200个字；申请人会看到。";
            return Err(Fault::invalid_field("/reason", "REASON_MISSING", message));
        }
        let said = Said {
            one_thing: whole.overview.id,
            key,
            kind: verb.kind(),
            step,
            body: json!({ "reason": reason }),
            account: Some(who.account),
        };
        self.say(who, number, &said).await
    }

    async fn say(&self, who: &SignedIn, number: &str, said: &Said<'_>) -> Result<(), Fault> {
        check_key(said.key)?;
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        let new = store::say(&mut tx, &self.vault, said, now, SystemClock.now()).await?;
        if new {
            let entry = Record::by(who, "one_thing.say")
                .object(number)
                .detail(json!({ "what": said.kind, "step": said.step }));
            audit::record(&mut tx, entry, now).await?;
        }
        Ok(tx.commit().await?)
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

async fn known(conn: &mut sqlx::PgConnection, id: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from gateway.one_thing where id = $1)")
        .bind(id)
        .fetch_one(conn)
        .await
}

/// Roles that steer one-things of their regions.
const STEERING: [Role; 3] = [Role::CountyOfficer, Role::Approver, Role::SystemAdmin];

fn may_steer(who: &SignedIn, one: &Overview) -> bool {
    let caller = who.caller();
    STEERING.iter().any(|role| caller.has(*role, &one.division))
}

fn check_key(key: &str) -> Result<(), Fault> {
    let good = (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    match good && !key.starts_with("callback:") {
        true => Ok(()),
        false => Err(Fault::invalid_field(
            "",
            "IDEMPOTENCY_KEY_INVALID",
            "请求编号不正确，请刷新页面后再试。",
        )),
    }
}

impl Whole {
    /// Nobody decides in a matter of their own.
    pub(crate) fn may_steer(&self) -> bool {
        self.steers && !self.own
    }
}

impl Verb {
    fn kind(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Skip => "skip",
            Self::Answered => "answered",
            Self::Abort => "abort",
        }
    }
}
