//! The item 家属寻人求助 over the table of reports.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};

use super::reports::{self, Filed};
use crate::domain::{
    MissingPerson,
    missing_person::{Effect, World},
};

#[tonic::async_trait]
impl Registered for MissingPerson {
    async fn world(
        _: &Runtime,
        _: &mut PgConnection,
        _: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        Ok(World)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        for effect in effects {
            match effect {
                Effect::File => {
                    let filed = case.facts.filed_at.unwrap_or(now);
                    let report = case.form.report(&case.number, &case.facts.clues, filed);
                    let id = case.form.missing_id();
                    let key = id.map(|id| rt.keyer.document_key(&id).as_str().to_owned());
                    let filed = Filed {
                        report: &report,
                        person_key: key.as_deref(),
                        face_consent: case.form.consent_face,
                    };
                    reports::file(rt, conn, filed, now).await?;
                }
                Effect::State(state) => {
                    reports::set_state(conn, &case.number, state, now).await?;
                }
                Effect::ForgetFace => reports::forget_face(conn, &case.number).await?,
            }
        }
        Ok(())
    }
}
