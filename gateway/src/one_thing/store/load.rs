//! One one-thing with its steps, locked.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, from_chrono_date},
    fault::Fault,
};

use super::{Header, Lease, Named as _, damaged, forms};
use crate::{
    crypto::{Column, Vault},
    one_thing::{
        course::{Class, Course, Ending, Parent, Phase, Promise, Reason, State, StepState},
        definition::Definition,
        definitions,
    },
};

/// What its owner works on.
pub(crate) struct Loaded {
    pub(crate) header: Header,
    pub(crate) definition: &'static Definition,
    pub(crate) course: Course,
    /// The form as it stands.
    pub(crate) answers: Value,
    /// How often it was written.
    pub(crate) edition: i32,
    /// Earlier editions that a request is still out for.
    pub(crate) before: BTreeMap<i32, Value>,
    /// What steps gave, by their code.
    pub(crate) results: BTreeMap<&'static str, Value>,
    pub(crate) nudges: i64,
    /// As it was last written down.
    pub(crate) promise: Promise,
}

#[derive(FromRow)]
struct Row {
    number: String,
    code: String,
    version: i32,
    state: String,
    ending: Option<String>,
    account: Uuid,
    subject: String,
    division: String,
    form_sealed: Vec<u8>,
    edition: i32,
    started_at: DateTime<Utc>,
    nudges: i64,
    promised_on: Option<NaiveDate>,
    open_ended: bool,
}

#[derive(FromRow)]
struct StepRow {
    step: String,
    state: String,
    phase: String,
    round: i32,
    attempts: i32,
    failures: i32,
    due_at: Option<DateTime<Utc>>,
    unknown: bool,
    deadline_at: Option<DateTime<Utc>>,
    overdue: bool,
    reason_class: Option<String>,
    reason_code: Option<String>,
    reason_text: Option<String>,
    result_sealed: Option<Vec<u8>>,
    edition: Option<i32>,
    asked: Vec<String>,
}

/// Locks and reads it; none when it has another owner.
pub(crate) async fn load(
    conn: &mut PgConnection,
    vault: &Vault,
    known: &[&'static Definition],
    lease: &Lease,
) -> Result<Option<Loaded>, Fault> {
    let row: Option<Row> = sqlx::query_as(
        "select number, code, version, state, ending, account, subject, division, form_sealed,
                edition, started_at, nudges, promised_on, open_ended
           from gateway.one_thing where id = $1 and epoch = $2 for no key update",
    )
    .bind(lease.id)
    .bind(lease.epoch)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let definition = definitions::find(known, &row.code, row.version);
    let definition = definition.ok_or_else(|| damaged("one_thing", "version", &row.number))?;
    let rows: Vec<StepRow> = sqlx::query_as(
        "select step, state, phase, round, attempts, failures, due_at, unknown, deadline_at,
                overdue, reason_class, reason_code, reason_text, result_sealed, edition, asked
           from gateway.one_thing_step where one_thing = $1 order by place",
    )
    .bind(lease.id)
    .fetch_all(&mut *conn)
    .await?;
    let id = lease.id.to_string();
    let mut results = BTreeMap::new();
    let mut steps = Vec::with_capacity(rows.len());
    for (index, step) in definition.steps.iter().enumerate() {
        let row = rows.get(index).filter(|row| row.step == step.code);
        let row = row.ok_or_else(|| damaged("one_thing_step", "step", &id))?;
        if let Some(sealed) = &row.result_sealed {
            let plain = vault.open(Column::OneThingResult, &cell(&id, step.code), sealed)?;
            let value = serde_json::from_slice(&plain).map_err(Fault::internal)?;
            results.insert(step.code, value);
        }
        steps.push(
            row.state()
                .ok_or_else(|| damaged("one_thing_step", "state", &id))?,
        );
    }
    let answers = forms::open(vault, lease.id, row.edition, &row.form_sealed)?;
    let open = steps.iter().filter(|step| !step.state.is_settled());
    let editions: Vec<i32> = open
        .filter_map(|step| step.edition)
        .filter(|edition| *edition != row.edition)
        .collect();
    let before = forms::before(conn, vault, lease.id, &editions).await?;
    let ending = row.ending.as_deref();
    Ok(Some(Loaded {
        definition,
        course: Course {
            parent: Parent::named(&row.state).ok_or_else(|| damaged("one_thing", "state", &id))?,
            ending: ending.and_then(Ending::named),
            steps,
        },
        answers,
        edition: row.edition,
        before,
        results,
        nudges: row.nudges,
        promise: Promise {
            last_day: row.promised_on.map(from_chrono_date),
            open_ended: row.open_ended,
        },
        header: Header {
            id: lease.id,
            number: row.number,
            account: row.account,
            subject: row.subject,
            division: row.division,
            started_at: from_chrono(row.started_at),
        },
    }))
}

impl Loaded {
    /// The form that a step's request is made from.
    pub(crate) fn answers_of(&self, step: &StepState) -> &Value {
        let before = step.edition.and_then(|edition| self.before.get(&edition));
        before.unwrap_or(&self.answers)
    }

    /// The form is now so.
    pub(crate) fn rewrite(&mut self, answers: Value) {
        let before = std::mem::replace(&mut self.answers, answers);
        self.before.insert(self.edition, before);
        self.edition += 1;
    }
}

/// What a step's result is sealed to.
pub(super) fn cell(id: &str, step: &str) -> String {
    format!("{id}/{step}")
}

impl StepRow {
    fn state(&self) -> Option<StepState> {
        let reason = self.reason_class.as_deref().and_then(|class| {
            Some(Reason {
                class: Class::named(class)?,
                code: self.reason_code.clone()?,
                text: self.reason_text.clone()?,
            })
        });
        Some(StepState {
            state: State::named(&self.state)?,
            phase: Phase::named(&self.phase)?,
            round: self.round,
            attempts: self.attempts,
            failures: self.failures,
            due: self.due_at.map(from_chrono),
            unknown: self.unknown,
            deadline: self.deadline_at.map(from_chrono),
            overdue: self.overdue,
            reason,
            edition: self.edition,
            asked: self.asked.clone(),
        })
    }
}
