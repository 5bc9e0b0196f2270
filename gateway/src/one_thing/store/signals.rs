//! What somebody said to a one-thing: stored first, acted on by its owner.

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, fault::Fault, ids};

use super::lease;
use crate::{
    crypto::{Column, Vault},
    one_thing::{
        course::{Class, Reason, Signal},
        definition::Definition,
    },
};

/// Something to be said.
#[derive(Debug, Clone)]
pub(crate) struct Said<'a> {
    pub(crate) one_thing: Uuid,
    /// The caller's idempotency key: the same key is the same word.
    pub(crate) key: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) step: Option<&'a str>,
    /// A reason or an answer.
    pub(crate) body: Value,
    /// Who; none: a department.
    pub(crate) account: Option<Uuid>,
}

/// A stored signal.
pub(crate) struct Heard {
    pub(crate) id: Uuid,
    /// None: it names nothing that there is.
    pub(crate) signal: Option<Signal>,
}

/// Stores it and wakes the one-thing; false when the same was said before.
pub(crate) async fn say(
    conn: &mut PgConnection,
    vault: &Vault,
    said: &Said<'_>,
    now: Timestamp,
    wall: Timestamp,
) -> Result<bool, Fault> {
    // The row's lock first: the signal's foreign key would take a weaker one, and two who then
    // both want the stronger wait for each other.
    lease::nudge(conn, &[said.one_thing], wall).await?;
    let id = ids::new(now);
    let body = said.body.to_string();
    let sealed = vault.seal(Column::OneThingSignal, &id.to_string(), body.as_bytes())?;
    let done = sqlx::query(
        "insert into gateway.one_thing_signal
             (id, one_thing, key, kind, step, body_sealed, account, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (one_thing, key) do nothing",
    )
    .bind(id)
    .bind(said.one_thing)
    .bind(said.key)
    .bind(said.kind)
    .bind(said.step)
    .bind(sealed)
    .bind(said.account)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Id, kind, step, what was said with it.
type Row = (Uuid, String, Option<String>, Option<Vec<u8>>);

/// What was said and has had no effect yet, oldest first.
pub(crate) async fn waiting(
    conn: &mut PgConnection,
    vault: &Vault,
    definition: &Definition,
    one_thing: Uuid,
) -> Result<Vec<Heard>, Fault> {
    let rows: Vec<Row> = sqlx::query_as(
        "select id, kind, step, body_sealed from gateway.one_thing_signal
          where one_thing = $1 and handled_at is null order by serial",
    )
    .bind(one_thing)
    .fetch_all(conn)
    .await?;
    let mut heard = Vec::with_capacity(rows.len());
    for (id, kind, step, sealed) in rows {
        let body = match sealed {
            Some(sealed) => {
                let plain = vault.open(Column::OneThingSignal, &id.to_string(), &sealed)?;
                serde_json::from_slice(&plain).map_err(Fault::internal)?
            }
            None => json!({}),
        };
        let at = step.and_then(|step| definition.index(&step));
        heard.push(Heard {
            id,
            signal: signal(definition, &kind, at, body),
        });
    }
    Ok(heard)
}

fn signal(definition: &Definition, kind: &str, at: Option<usize>, body: Value) -> Option<Signal> {
    let words = |key: &str| {
        let all = body[key].as_array().into_iter().flatten();
        all.filter_map(Value::as_str)
    };
    let reason = || Reason {
        class: Class::Officer,
        code: "OFFICER".to_owned(),
        text: body["reason"].as_str().unwrap_or_default().to_owned(),
    };
    Some(match kind {
        "hurry" => Signal::Hurry(at?),
        "retry" => Signal::Retry(at?),
        "skip" => Signal::Skip(at?, reason()),
        "return" => {
            let asked = words("asked").map(str::to_owned).collect();
            Signal::Return(at?, reason(), asked)
        }
        "correct" => {
            let steps = words("steps").filter_map(|step| definition.index(step));
            Signal::Correct(steps.collect(), body["fields"].as_object()?.clone())
        }
        "withdraw" => Signal::Withdraw,
        "abort" => Signal::Abort(reason()),
        "answered" => Signal::Answered(at?, body),
        _ => return None,
    })
}

/// Whether a correction was handed in that has had no effect yet.
pub(crate) async fn is_being_corrected(
    conn: &mut PgConnection,
    number: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from gateway.one_thing_signal s
                          join gateway.one_thing o on o.id = s.one_thing
                         where o.number = $1 and s.kind = 'correct' and s.handled_at is null)",
    )
    .bind(number)
    .fetch_one(conn)
    .await
}

/// Notes what became of a signal.
pub(crate) async fn settle(
    conn: &mut PgConnection,
    id: Uuid,
    outcome: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update gateway.one_thing_signal set handled_at = $2, outcome = $3 where id = $1")
        .bind(id)
        .bind(to_chrono(now))
        .bind(outcome)
        .execute(conn)
        .await?;
    Ok(())
}
