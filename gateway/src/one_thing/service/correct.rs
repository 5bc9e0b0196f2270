//! The form, corrected by whoever filled it in.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use yiwang_chassis::fault::{Fault, FieldViolation};

use super::{OneThings, Whole};
use crate::{
    crypto::Vault,
    one_thing::{
        course::State,
        definition::Definition,
        form,
        store::{self, Named as _},
    },
    portal::form::Field,
    session::SignedIn,
};

/// What is to be corrected, and how the form stands.
#[derive(Debug, Clone)]
pub(crate) struct Correction {
    pub(crate) definition: &'static Definition,
    /// The steps that wait for it.
    pub(crate) steps: Vec<SentBack>,
    /// Names exactly these steps: whoever answers another has not read everything.
    pub(crate) asked: String,
    /// The form.
    pub(crate) answers: Map<String, Value>,
    pointers: Vec<String>,
}

/// A step that was sent back.
#[derive(Debug, Clone)]
pub(crate) struct SentBack {
    pub(crate) step: &'static str,
    pub(crate) title: &'static str,
    /// In an officer's words.
    pub(crate) reason: String,
}

impl OneThings {
    /// What is to be corrected in an own one-thing.
    ///
    /// # Errors
    /// `NOT_FOUND`; `NOTHING_TO_CORRECT`
    pub(crate) async fn correction(
        &self,
        who: &SignedIn,
        number: &str,
    ) -> Result<Correction, Fault> {
        let whole = self.own_one(who, number).await?;
        let mut conn = self.pool.acquire().await?;
        Correction::load(&mut conn, &self.vault, &whole).await
    }

    /// Hands the corrected fields in, all that are asked: one that is not there is left empty.
    ///
    /// # Errors
    /// `NOT_FOUND`; `NOTHING_TO_CORRECT`; `ASKED_CHANGED`; `INVALID_INPUT` with the fields.
    pub(crate) async fn correct(
        &self,
        who: &SignedIn,
        number: &str,
        (asked, fields): (&str, &Map<String, Value>),
        key: &str,
    ) -> Result<(), Fault> {
        let whole = self.own_one(who, number).await?;
        let (what, sent) = (
            ("correct", None),
            json!({ "asked": asked, "fields": fields }),
        );
        let mut tx = self.pool.begin().await?;
        if !self.is_new(&mut tx, who, &whole, what, &sent, key).await? {
            return Ok(());
        }
        let correction = Correction::load(&mut tx, &self.vault, &whole).await?;
        if correction.asked != asked {
            let message = "要更正的内容有变化，请重新打开这一页，看清楚再填。";
            return Err(Fault::precondition("ASKED_CHANGED", message));
        }
        let fields = correction.changed(fields, self.clock.now())?;
        let steps: Vec<&str> = correction.steps.iter().map(|sent| sent.step).collect();
        let body = json!({ "steps": steps, "fields": fields });
        self.note(&mut tx, who, &whole, what, body, key).await?;
        Ok(tx.commit().await?)
    }

    /// Waits until the engine has taken a correction in, for two seconds at most: it goes on without.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn taken_in(&self, number: &str) -> Result<(), Fault> {
        for _ in 0..20 {
            let mut conn = self.pool.acquire().await?;
            if !store::is_being_corrected(&mut conn, number).await? {
                break;
            }
            drop(conn);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    async fn own_one(&self, who: &SignedIn, number: &str) -> Result<Whole, Fault> {
        let whole = self.get(who, number).await?;
        match whole.own {
            true => Ok(whole),
            false => Err(Fault::not_found()),
        }
    }
}

impl Correction {
    async fn load(conn: &mut PgConnection, vault: &Vault, whole: &Whole) -> Result<Self, Fault> {
        let nothing = || {
            let message = "现在没有要更正的内容，请回到这件事的页面看办到哪里。";
            Fault::precondition("NOTHING_TO_CORRECT", message)
        };
        let definition = whole.definition.ok_or_else(nothing)?;
        let rows = store::steps(conn, whole.overview.id).await?;
        let (mut steps, mut pointers) = (Vec::new(), Vec::new());
        for row in rows {
            let at = definition.index(&row.step);
            if let Some(at) = at.filter(|_| row.state == State::Returned.name()) {
                let step = &definition.steps[at];
                steps.push(SentBack {
                    step: step.code,
                    title: step.title,
                    reason: row.reason_text.unwrap_or_default(),
                });
                pointers.extend(row.asked);
            }
        }
        if steps.is_empty() {
            return Err(nothing());
        }
        let names: Vec<&str> = steps.iter().map(|sent| sent.step).collect();
        Ok(Self {
            definition,
            asked: names.join(","),
            steps,
            answers: store::answers(conn, vault, whole.overview.id).await?,
            pointers,
        })
    }

    /// The fields to be corrected.
    pub(crate) fn fields(&self, homes: &[(String, String)]) -> Vec<Field> {
        let fields = form::correctable(self.definition, &self.answers, homes);
        let asked = |field: &Field| self.pointers.contains(&format!("/{}", field.key));
        fields.into_iter().filter(asked).collect()
    }

    /// The fields as they shall be; null: left empty.
    fn changed(
        &self,
        sent: &Map<String, Value>,
        now: Timestamp,
    ) -> Result<Map<String, Value>, Fault> {
        let keys: Vec<String> = self
            .fields(&[])
            .into_iter()
            .map(|field| field.key)
            .collect();
        let strange = sent.keys().filter(|key| !keys.contains(key));
        let mut wrong: Vec<FieldViolation> = strange
            .map(|key| {
                let message = "这一项不在要更正的内容里，不能改。";
                FieldViolation::new(format!("/{key}"), "NOT_ASKED", message)
            })
            .collect();
        let mut form = self.answers.clone();
        for key in &keys {
            match sent.get(key) {
                Some(value) if !value.is_null() => form.insert(key.clone(), value.clone()),
                _ => form.shift_remove(key),
            };
        }
        if let Err(fault) = form::check(self.definition, &Value::Object(form.clone()), now) {
            // What nobody may change here is not what is wrong here.
            let here = |of: &FieldViolation| keys.iter().any(|key| of.field == format!("/{key}"));
            wrong.extend(fault.fields.into_iter().filter(here));
        }
        if !wrong.is_empty() {
            return Err(Fault::invalid(wrong));
        }
        let value = |key: &String| form.get(key).cloned().unwrap_or(Value::Null);
        Ok(keys.iter().map(|key| (key.clone(), value(key))).collect())
    }
}
