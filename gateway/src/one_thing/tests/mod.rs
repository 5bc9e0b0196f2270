//! The runner on a real database, with every step of every definition failing in every way.
//!
//! Everything here is drawn from [`definitions::ALL`]: a new step is covered without a word.

mod forms;
mod generated;
mod leases;
mod office;
mod repair;
mod stopped;

use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, ManualClock},
    db::to_chrono,
    ids,
    testing::{TestDb, database},
};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

use self::{
    forms::{form_for, forms},
    office::Office,
};
use super::{
    course::{Parent, Phase, State},
    definition::{Act, Definition, Fact, Told, Undo, When},
    definitions,
    runner::{Engine, Performer, Probe},
    store::{self, Named as _, Said, StepRow},
};
use crate::crypto::Vault;

/// A database with an account, and the clocks.
pub(super) struct World {
    pub(super) db: TestDb,
    pub(super) vault: Arc<Vault>,
    pub(super) clock: ManualClock,
    pub(super) account: Uuid,
}

/// One one-thing under test.
pub(super) struct Run {
    pub(super) definition: &'static Definition,
    pub(super) id: Uuid,
    pub(super) subject: String,
}

pub(super) fn vault() -> Arc<Vault> {
    let sealer = Sealer::new("k", [("k".to_owned(), SealKey::Aes256Gcm([7; 32]))]).unwrap();
    let keyer = PersonKeyer::new(&[7; 32]).unwrap();
    Arc::new(Vault::new(sealer, keyer, vec![]))
}

impl World {
    pub(super) async fn new() -> Self {
        let db = database(&crate::schemas()).await;
        let clock = ManualClock::new("2026-05-12T01:00:00Z".parse().unwrap());
        let mut world = Self {
            db,
            vault: vault(),
            clock,
            account: Uuid::nil(),
        };
        world.account = world.another_account("daughter").await;
        world
    }

    /// Somebody else who may start one-things.
    pub(super) async fn another_account(&self, login: &str) -> Uuid {
        let account = ids::new(self.clock.now());
        sqlx::query(
            "insert into gateway.account
                 (id, login, password_hash, name_sealed, created_at, password_changed_at)
             values ($1, $3, '', '', $2, $2)",
        )
        .bind(account)
        .bind(to_chrono(self.clock.now()))
        .bind(login)
        .execute(&self.db.pool)
        .await
        .unwrap();
        account
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.db.pool
    }

    pub(super) fn engine(
        &self,
        performer: Arc<dyn Performer>,
        probe: Option<Arc<dyn Probe>>,
    ) -> Engine {
        Engine {
            pool: self.db.pool.clone(),
            vault: Arc::clone(&self.vault),
            clock: Arc::new(self.clock.clone()),
            wall: Arc::new(self.clock.clone()),
            known: definitions::ALL,
            performer,
            probe,
        }
    }

    /// Starts a one-thing with the first of its forms.
    pub(super) async fn start(&self, definition: &'static Definition) -> Run {
        self.start_with(definition, &forms(definition)[0]).await
    }

    /// Starts a one-thing with a form.
    pub(super) async fn start_with(&self, definition: &'static Definition, answers: &Value) -> Run {
        let subject: String = (0..4)
            .map(|_| format!("{:016x}", rand::random::<u64>()))
            .collect();
        for step in definition.steps {
            if let When::Known(fact) = step.when {
                self.tell(&subject, fact).await;
            }
        }
        let new = store::New {
            definition,
            account: self.account,
            subject: &subject,
            division: "421221100",
            answers,
        };
        let mut tx = self.pool().begin().await.unwrap();
        let (now, wall) = (self.clock.now(), self.clock.now());
        let started = store::start(&mut tx, &self.vault, &new, now, wall).await;
        tx.commit().await.unwrap();
        Run {
            definition,
            id: started.unwrap().id,
            subject,
        }
    }

    /// An event tells that this is so.
    pub(super) async fn tell(&self, person: &str, fact: Fact) {
        let (kind, about) = match fact {
            Fact::Died => ("death.recorded", ""),
            Fact::DeathRevoked => ("death.revoked", ""),
            Fact::Cremated => ("cremated", "HH1"),
            Fact::Billed => ("billed", "48000 150000"),
            Fact::LaidToRest | Fact::LaidEcologically => ("laid.ecological", "tree 421224100"),
            Fact::OnBenefit => ("benefit.started", "DB"),
            Fact::OffBenefits => ("benefit.ended", "DB"),
            Fact::Married => ("married", ""),
            Fact::Widowed => ("widowed", ""),
            Fact::MarriageVoid => ("marriage.void", ""),
            Fact::AidApplied => ("aid.applied", "DB1"),
            Fact::Classified | Fact::EdgeFamily | Fact::InNeed => ("aid.class", "edge"),
            Fact::Identified => ("identified", ""),
            Fact::Unidentified => ("unidentified", ""),
            Fact::Returned => ("returned", ""),
            Fact::NeedsListed => ("needs", ""),
            Fact::Settled => ("settled", ""),
            Fact::Housed => ("housed", ""),
            Fact::HouseholdCancelled => ("unhoused", ""),
        };
        let told = Told {
            kind: kind.to_owned(),
            about: about.to_owned(),
            on: String::new(),
        };
        let now = self.clock.now();
        let mut tx = self.pool().begin().await.unwrap();
        let event = (ids::new(now), now);
        store::note_fact(&mut tx, person, &told, event, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn say(&self, run: &Run, kind: &'static str, step: Option<&str>) {
        let now = self.clock.now();
        let said = Said {
            one_thing: run.id,
            key: &ids::new(now).to_string(),
            kind,
            step: step.filter(|_| kind != "correct"),
            body: match kind {
                "correct" => json!({"steps": [step], "fields": {"phone": "13900000000"}}),
                _ => json!({"reason": "当事人已另行办理", "asked": ["/phone"]}),
            },
            account: Some(self.account),
        };
        let mut tx = self.pool().begin().await.unwrap();
        store::say(&mut tx, &self.vault, &said, now, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn steps(&self, run: &Run) -> Vec<StepRow> {
        let mut conn = self.pool().acquire().await.unwrap();
        store::steps(&mut conn, run.id).await.unwrap()
    }

    pub(super) async fn parent(&self, run: &Run) -> Parent {
        let state: String = sqlx::query_scalar("select state from gateway.one_thing where id = $1")
            .bind(run.id)
            .fetch_one(self.pool())
            .await
            .unwrap();
        Parent::named(&state).unwrap()
    }

    /// How many messages of it say so.
    pub(super) async fn messages(&self, run: &Run, words: &str) -> i64 {
        sqlx::query_scalar(
            "select count(*) from gateway.message m join gateway.one_thing o
                 on o.number = m.case_number
              where o.id = $1 and m.text like '%' || $2 || '%'",
        )
        .bind(run.id)
        .bind(words)
        .fetch_one(self.pool())
        .await
        .unwrap()
    }

    /// The number of the form's edition, and all editions, oldest first.
    pub(super) async fn editions(&self, run: &Run) -> (i32, Vec<Value>) {
        let mut conn = self.pool().acquire().await.unwrap();
        let editions: Vec<i32> = (1..100).collect();
        let before = store::forms_before(&mut conn, &self.vault, run.id, &editions)
            .await
            .unwrap();
        let now = store::answers(&mut conn, &self.vault, run.id)
            .await
            .unwrap();
        let edition = sqlx::query_scalar("select edition from gateway.one_thing where id = $1")
            .bind(run.id)
            .fetch_one(self.pool())
            .await
            .unwrap();
        let all = before.into_values().chain([Value::Object(now)]);
        (edition, all.collect())
    }

    /// Works until it rests: everything that is waited for comes, but nothing for `never`; officers
    /// do with what is stuck as `officer` says, or leave it.
    pub(super) async fn finish(
        &self,
        engine: &Engine,
        run: &Run,
        never: Option<&str>,
        officer: Option<&'static str>,
    ) {
        for _ in 0..60 {
            engine.work_off().await.unwrap();
            if self.parent(run).await.is_final() {
                return;
            }
            self.help(run, never, officer).await;
            self.clock.advance(SignedDuration::from_mins(20));
        }
    }

    /// Events tell what steps wait for, and persons do what they are asked.
    async fn help(&self, run: &Run, never: Option<&str>, officer: Option<&'static str>) {
        for row in self.steps(run).await {
            let step = &run.definition.steps[run.definition.index(&row.step).unwrap()];
            if never == Some(step.code) {
                continue;
            }
            let undoing = row.phase == Phase::Undo.name();
            match (State::named(&row.state).unwrap(), step.act, step.undo) {
                (State::Waiting, _, Undo::Officer(_)) if undoing => {
                    self.say(run, "answered", Some(step.code)).await;
                }
                (State::Waiting, Act::Fact(fact), _) => self.tell(&run.subject, fact).await,
                (State::Waiting, Act::Officer(_) | Act::Applicant(_), _) => {
                    self.say(run, "answered", Some(step.code)).await;
                }
                (State::Waiting, Act::Days(days), _) => {
                    self.clock
                        .advance(SignedDuration::from_hours(24 * i64::from(days)));
                }
                (State::Returned, ..) => self.say(run, "correct", Some(step.code)).await,
                (State::Stuck, ..) => {
                    if let Some(verb) = officer {
                        self.say(run, verb, Some(step.code)).await;
                    }
                }
                _ => {}
            }
        }
    }

    /// What must hold whatever happened: nothing twice, nothing lost, and every step done, or
    /// taken back, or waiting for a person with the reason.
    async fn check(&self, run: &Run, office: &Office) {
        for row in self.steps(run).await {
            let step = &run.definition.steps[run.definition.index(&row.step).unwrap()];
            let state = State::named(&row.state).unwrap();
            let done = office.effects(run.id, step.code, Phase::Do);
            let undone = office.effects(run.id, step.code, Phase::Undo);
            let told = format!("{}: {state:?} done {done} undone {undone}", step.code);
            assert!(done <= 1 && undone <= 1, "twice: {told}");
            if step.act.reaches_out() {
                match (state, row.phase.as_str()) {
                    (State::Done, _) => assert_eq!((done, undone), (1, 0), "lost: {told}"),
                    (State::Undone, _) => {
                        let by_ticket = usize::from(matches!(step.undo, Undo::Ticket(_)));
                        assert_eq!((done, undone), (1, by_ticket), "not taken back: {told}");
                    }
                    (State::NotNeeded | State::Cancelled, _) => assert_eq!(done, 0, "{told}"),
                    _ => {}
                }
            }
            if matches!(state, State::Stuck | State::Returned | State::Skipped) {
                assert!(
                    row.reason_text.is_some_and(|text| !text.is_empty()),
                    "{told}"
                );
            }
            let rests = state.is_settled()
                || matches!(state, State::Stuck | State::Waiting | State::Blocked);
            assert!(rests, "{told}");
        }
    }
}
