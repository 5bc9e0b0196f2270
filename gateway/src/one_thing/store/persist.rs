//! Writes a decision: state, history, messages and audit in one transaction.

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
    ids,
};
use yiwang_civic::calendar::WorkCalendar;

use super::{Lease, Loaded, Named as _, forms, load::cell};
use crate::{
    audit::{self, Record},
    crypto::{Column, Vault},
    one_thing::course::{Change, Ending, Event, Parent, Promise, StepState, promise},
};

/// What a message stands under where others name their item.
const ITEM: &str = "one-thing";

/// When a decision is written, business time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment(pub(crate) Timestamp);

/// Writes what was decided; `one.course` is what it leads to. The caller holds the row lock of
/// [`super::load`], so the epoch is still the owner's.
pub(crate) async fn persist(
    conn: &mut PgConnection,
    vault: &Vault,
    one: &Loaded,
    lease: &Lease,
    changes: &[Change],
    Moment(now): Moment,
) -> Result<(), Fault> {
    let header = &one.header;
    for change in changes {
        match change {
            Change::Step(index, state, result) => {
                let step = one.definition.steps[*index].code;
                write_step(conn, header.id, step, state, now).await?;
                if let Some(result) = result {
                    write_result(conn, vault, header.id, step, result).await?;
                }
            }
            Change::Parent(parent) => write_parent(conn, lease, *parent, now).await?,
            Change::Ending(ending) => write_ending(conn, lease, *ending).await?,
            Change::Told(index, event) => tell(conn, one, *index, event, now).await?,
            Change::Answers(answers) => {
                forms::replace(conn, vault, header.id, answers, now).await?;
            }
            Change::Park | Change::Moot(_) => {}
        }
    }
    let calendar = WorkCalendar::embedded();
    let started = header.started_at;
    let promise = promise(one.definition, &one.course, &one.answers, started, calendar);
    if promise != one.promise {
        write_promise(conn, lease, promise).await?;
    }
    Ok(())
}

async fn write_step(
    conn: &mut PgConnection,
    id: Uuid,
    step: &str,
    state: &StepState,
    now: Timestamp,
) -> sqlx::Result<()> {
    let reason = state.reason.as_ref();
    sqlx::query(
        "update gateway.one_thing_step
            set state = $3, phase = $4, round = $5, attempts = $6, failures = $7, due_at = $8,
                unknown = $9, deadline_at = $10, overdue = $11, reason_class = $12,
                reason_code = $13, reason_text = $14, changed_at = $15, edition = $16, asked = $17
          where one_thing = $1 and step = $2",
    )
    .bind(id)
    .bind(step)
    .bind(state.state.name())
    .bind(state.phase.name())
    .bind(state.round)
    .bind(state.attempts)
    .bind(state.failures)
    .bind(state.due.map(to_chrono))
    .bind(state.unknown)
    .bind(state.deadline.map(to_chrono))
    .bind(state.overdue)
    .bind(reason.map(|reason| reason.class.name()))
    .bind(reason.map(|reason| &reason.code))
    .bind(reason.map(|reason| &reason.text))
    .bind(to_chrono(now))
    .bind(state.edition)
    .bind(&state.asked)
    .execute(conn)
    .await?;
    Ok(())
}

async fn write_result(
    conn: &mut PgConnection,
    vault: &Vault,
    id: Uuid,
    step: &str,
    result: &Value,
) -> Result<(), Fault> {
    let plain = result.to_string();
    let cell = cell(&id.to_string(), step);
    let sealed = vault.seal(Column::OneThingResult, &cell, plain.as_bytes())?;
    // The number of a case or ticket names no person: it stays readable for links and lists.
    let number = result.get("number").and_then(Value::as_str);
    sqlx::query(
        "update gateway.one_thing_step
            set result_sealed = $3, child_number = coalesce($4, child_number)
          where one_thing = $1 and step = $2",
    )
    .bind(id)
    .bind(step)
    .bind(sealed)
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}

async fn write_parent(
    conn: &mut PgConnection,
    lease: &Lease,
    parent: Parent,
    now: Timestamp,
) -> sqlx::Result<()> {
    let finished = parent.is_final().then(|| to_chrono(now));
    sqlx::query(
        "update gateway.one_thing set state = $3, finished_at = $4 where id = $1 and epoch = $2",
    )
    .bind(lease.id)
    .bind(lease.epoch)
    .bind(parent.name())
    .bind(finished)
    .execute(conn)
    .await?;
    Ok(())
}

async fn write_ending(conn: &mut PgConnection, lease: &Lease, ending: Ending) -> sqlx::Result<()> {
    // What is void has not ended yet: it goes back first.
    sqlx::query(
        "update gateway.one_thing set ending = $3, state = 'running', finished_at = null
          where id = $1 and epoch = $2",
    )
    .bind(lease.id)
    .bind(lease.epoch)
    .bind(ending.name())
    .execute(conn)
    .await?;
    Ok(())
}

async fn write_promise(
    conn: &mut PgConnection,
    lease: &Lease,
    promise: Promise,
) -> sqlx::Result<()> {
    sqlx::query(
        "update gateway.one_thing set promised_on = $3, open_ended = $4
          where id = $1 and epoch = $2",
    )
    .bind(lease.id)
    .bind(lease.epoch)
    .bind(promise.last_day.map(to_chrono_date))
    .bind(promise.open_ended)
    .execute(conn)
    .await?;
    Ok(())
}

/// History, the applicant's inbox, and audit.
async fn tell(
    conn: &mut PgConnection,
    one: &Loaded,
    index: Option<usize>,
    event: &Event,
    now: Timestamp,
) -> sqlx::Result<()> {
    let id = ids::new(now);
    let step = index.map(|index| one.definition.steps[index].code);
    let text = event.words(one.definition, index);
    sqlx::query(
        "insert into gateway.one_thing_event (id, one_thing, step, kind, text, at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(one.header.id)
    .bind(step)
    .bind(event.code())
    .bind(&text)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    if event.is_message() {
        message(conn, one, id, &text, now).await?;
    }
    let entry = Record::by_system("one-thing", "one_thing.event")
        .object(&one.header.number)
        .detail(json!({ "step": step, "event": event.code() }));
    audit::record(conn, entry, now).await
}

async fn message(
    conn: &mut PgConnection,
    one: &Loaded,
    id: Uuid,
    text: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.message
             (id, account, case_number, item, item_title, state_label, text, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(one.header.account)
    .bind(&one.header.number)
    .bind(ITEM)
    .bind(one.definition.title)
    .bind(one.course.parent.label())
    .bind(text)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
