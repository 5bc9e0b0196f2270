//! What pages and REST do with one-things.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

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
    course::Parent,
    definition::{Act, Definition, Starter, Subject},
    definitions,
    departments::Partners,
    form, present,
    runner::read_key,
    store::{self, Named as _, New, Overview, Said, Started, StepRow, Told},
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
    /// `INVALID_INPUT` points into the form; `NOT_FOUND`: there is no such one-thing; `FORBIDDEN`:
    /// it is started by other offices.
    pub(crate) async fn start(
        &self,
        who: &SignedIn,
        code: &str,
        answers: &Value,
        key: &str,
    ) -> Result<String, Fault> {
        let definition = definitions::newest(definitions::ALL, code);
        let definition = definition.ok_or_else(Fault::not_found)?;
        if !may_start(who, definition) {
            return Err(Fault::forbidden());
        }
        let now = self.clock.now();
        let scope = format!("{}/one-thing.start", who.account);
        let hash: [u8; 32] = Sha256::digest(format!("{code} {answers}")).into();
        let mut tx = self.pool.begin().await?;
        if let Begin::Replay(number) = idempotency::begin(&mut tx, &scope, key, &hash, now).await? {
            return String::from_utf8(number).map_err(Fault::internal);
        }
        form::check(definition, answers, now)?;
        let subject = self.subject(who, definition, answers)?;
        let place = answers.pointer(definition.place).and_then(Value::as_str);
        let new = New {
            definition,
            account: who.account,
            subject: &subject,
            division: place.unwrap_or_default(),
            answers,
        };
        let wall = SystemClock.now();
        let Started { number, .. } = store::start(&mut tx, &self.vault, &new, now, wall).await?;
        store::drop_draft(&mut tx, who.account, code).await?;
        idempotency::finish(&mut tx, &scope, key, number.as_bytes()).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Waits until the engine has taken a new one up, for two seconds at most: it goes on without.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn taken_up(&self, number: &str) -> Result<(), Fault> {
        for _ in 0..20 {
            let mut conn = self.pool.acquire().await?;
            let found = store::find(&mut conn, number).await?;
            if found.is_none_or(|one| one.state != Parent::Submitted.name()) {
                break;
            }
            drop(conn);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Whom or what it is about, as 64 hex digits.
    fn subject(
        &self,
        who: &SignedIn,
        definition: &Definition,
        answers: &Value,
    ) -> Result<String, Fault> {
        let own = || {
            who.person.clone().ok_or_else(|| {
                let message =
                    "您的账户还没有实名，请先到“我的账户”核对身份证，或者到民政窗口办理。";
                Fault::precondition("NOT_IDENTIFIED", message)
            })
        };
        match definition.subject {
            Subject::Applicant => own(),
            Subject::Matter(pointer) => {
                let name = answers.pointer(pointer).and_then(Value::as_str);
                let named = format!("{} {}", own()?, name.unwrap_or_default().trim());
                Ok(hex::encode(Sha256::digest(named)))
            }
            Subject::Other(pointer) => {
                let id = form::id_at(answers, pointer).ok_or_else(Fault::not_found)?;
                let person = self.vault.person_key(&id);
                match who.person.as_deref() == Some(person.as_str()) {
                    true => {
                        let message = "这是您自己的身份证号码，请填写当事人的。";
                        Err(Fault::invalid_field(pointer, "SAME_PERSON", message))
                    }
                    false => Ok(person.as_str().to_owned()),
                }
            }
        }
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

    /// Those the reader started, and those an office started for the reader; newest first.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn own(&self, who: &SignedIn) -> Result<Vec<Overview>, Fault> {
        let mut conn = self.pool.acquire().await?;
        let of_office = of_office().map(|one| one.code).collect::<Vec<_>>();
        let person = who.person.as_deref().unwrap_or_default();
        Ok(store::own(&mut conn, who.account, (person, &of_office)).await?)
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
        Ok(store::stuck(&mut conn, &scopes, &by_officers()).await?)
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
        let about = who.person.as_deref() == Some(overview.subject.as_str())
            && of_office().any(|one| one.code == overview.code);
        if !own && !steers && !about {
            return Err(Fault::not_found());
        }
        if !own && !about {
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
        let body = json!({ "reason": reason });
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
        let (now, number) = (self.clock.now(), &whole.overview.number);
        let scope = format!("{}/one-thing.say/{number}", who.account);
        let hash = Sha256::digest(format!("{kind} {} {body}", step.unwrap_or_default())).into();
        let mut tx = self.pool.begin().await?;
        if let Begin::Replay(_) = idempotency::begin(&mut tx, &scope, key, &hash, now).await? {
            return Ok(());
        }
        let said = Said {
            one_thing: whole.overview.id,
            key: &format!("{}:{key}", who.account),
            kind,
            step,
            body,
            account: Some(who.account),
        };
        store::say(&mut tx, &self.vault, &said, now, SystemClock.now()).await?;
        let entry = Record::by(who, "one_thing.say")
            .object(number)
            .detail(json!({ "what": kind, "step": step }));
        audit::record(&mut tx, entry, now).await?;
        idempotency::finish(&mut tx, &scope, key, &[]).await?;
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

/// Whether somebody may start this one-thing.
pub(crate) fn may_start(who: &SignedIn, definition: &Definition) -> bool {
    match definition.starter {
        Starter::Anybody => true,
        Starter::Role(role) => who.caller().has_role(role),
    }
}

/// One-things that an office starts for somebody, who may then follow them.
fn of_office() -> impl Iterator<Item = &'static Definition> {
    let all = definitions::ALL.iter().copied();
    all.filter(|one| matches!(one.starter, Starter::Role(_)))
}

/// The steps that officers do, as `one-thing/step`.
fn by_officers() -> Vec<String> {
    let all = definitions::ALL.iter();
    let steps = all.flat_map(|one| one.steps.iter().map(move |step| (one.code, step)));
    steps
        .filter(|(_, step)| matches!(step.act, Act::Officer(_)))
        .map(|(code, step)| format!("{code}/{}", step.code))
        .collect()
}

/// Whether somebody steers one-things anywhere.
pub(crate) fn steers(who: &SignedIn) -> bool {
    let caller = who.caller();
    STEERING.iter().any(|role| caller.has_role(*role))
}

fn may_steer(who: &SignedIn, one: &Overview) -> bool {
    let caller = who.caller();
    STEERING.iter().any(|role| caller.has(*role, &one.division))
}

impl Whole {
    /// Nobody decides in a matter of their own.
    pub(crate) fn may_steer(&self) -> bool {
        self.steers && !self.own
    }

    /// Whether the applicant may still take it back, as far as the rows tell: no step has begun
    /// after which there is no way back.
    pub(crate) fn may_withdraw(&self) -> bool {
        let passed = self.definition.is_some_and(|definition| {
            self.steps.iter().any(|row| {
                let step = definition.index(&row.step).map(|at| &definition.steps[at]);
                step.is_some_and(|step| step.pivot) && (row.attempts > 0 || row.state == "done")
            })
        });
        self.own && !passed && !present::is_final(&self.overview.state)
    }
}
