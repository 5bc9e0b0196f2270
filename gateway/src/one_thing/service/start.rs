//! Filling the form in, and starting.

use std::time::Duration;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    fault::Fault,
    idempotency::{self, Begin},
};

use super::{OneThings, may_start};
use crate::{
    one_thing::{
        course::Parent,
        definition::{Definition, Subject},
        definitions, form,
        store::{self, Named as _, New, Started},
    },
    session::SignedIn,
};

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
                    "您的账号没有登记身份证号码，请用本人的账号办理，或者到民政窗口办理。";
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
}
