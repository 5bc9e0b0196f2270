//! `yiwang.marriage.person.changed`: one event per person and change, in the order of
//! that person (rules A6).

use jiff::{Timestamp, civil::Date};
use prost::Message as _;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{ids, outbox};
use yiwang_civic::time;
use yiwang_proto::marriage::v1::MaritalStatusChanged;

use super::read;
use crate::domain::{record::RecordState, status};

const TYPE: &str = "yiwang.marriage.person.changed";

/// A record changed for both of its persons.
#[derive(Debug, Clone)]
pub(super) struct Changed {
    /// Which record.
    pub(super) record: Uuid,
    /// Keys of both.
    pub(super) both: Vec<String>,
    /// Word of the contract, e.g. `registered`.
    pub(super) cause: &'static str,
    /// The day the law counts from.
    pub(super) effective_on: Date,
}

/// The cause that goes with a state a record has come to.
pub(super) fn cause(state: RecordState) -> &'static str {
    match state {
        RecordState::Valid => "restored",
        RecordState::Divorced => "divorced",
        RecordState::DivorcedCourt => "divorced_court",
        RecordState::EndedDeath | RecordState::EndedDeclared => "widowed",
        RecordState::Void => "voided",
        RecordState::Annulled => "annulled",
        RecordState::Revoked => "revoked",
    }
}

/// Tells everybody's new status, last thing in the transaction: the outbox locks the
/// persons in the order of their keys.
pub(super) async fn publish(
    conn: &mut PgConnection,
    changes: &[Changed],
    now: Timestamp,
) -> sqlx::Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut keys: Vec<String> = changes.iter().flat_map(|it| it.both.clone()).collect();
    keys.sort();
    keys.dedup();
    sqlx::query("update marriage.person set version = version + 1 where person_key = any($1)")
        .bind(&keys)
        .execute(&mut *conn)
        .await?;
    let known = read::known(conn, &keys).await?;
    let today = time::beijing_date(now);
    let mut events = Vec::new();
    for (person, known) in keys.iter().zip(&known) {
        let status = status::of(person, known, today);
        for change in changes.iter().filter(|it| it.both.contains(person)) {
            let spouse = change.both.iter().find(|other| *other != person);
            let payload = MaritalStatusChanged {
                person: person.clone(),
                status: status.code().to_owned(),
                spouse: spouse.cloned().unwrap_or_default(),
                cause: change.cause.to_owned(),
                effective_on: change.effective_on.to_string(),
                record: change.record.to_string(),
            };
            events.push(outbox::NewEvent {
                id: ids::new(now),
                aggregate: "person",
                aggregate_id: person.clone(),
                event_type: format!("{TYPE}.v1"),
                subject: TYPE.to_owned(),
                occurred_at: now,
                payload: payload.encode_to_vec(),
            });
        }
    }
    outbox::enqueue_all(conn, &events).await
}
