//! What decisions change in the tables, in their transaction.

mod money;

use jiff::Timestamp;
use sqlx::{PgConnection, postgres::PgQueryResult};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Case, Refusal, Runtime, State as _};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
};
use yiwang_civic::{money::Fen, time::Month};

use super::cases::key;
use crate::domain::entitlements::{
    law::{Benefit, Upbringing},
    procedure::{Effect, Entitlement},
};

/// Applies all.
pub(super) async fn apply<I: Entitlement>(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<I>,
    effects: Vec<Effect>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let number = case.number.as_str();
    for effect in effects {
        match effect {
            Effect::Follow => follow(rt, conn, case).await?,
            Effect::Grant { from, upbringing } => {
                grant(rt, conn, case, from).await?;
                terms(conn, number, from, upbringing).await?;
            }
            Effect::Terms { from, upbringing } => terms(conn, number, from, upbringing).await?,
            Effect::End { until, reason } => money::end(conn, number, until, reason).await?,
            Effect::Hold(held) => money::hold(conn, number, held).await?,
            Effect::Payee(account) => money::payee(rt, conn, case, &account).await?,
            Effect::Bar(persons, cause) => money::bar(conn, number, &persons, &cause, now).await?,
            Effect::Lift(cause) => money::lift(conn, number, &cause, now).await?,
            Effect::Draws { benefit, from, fen } => draws(conn, number, benefit, from, fen).await?,
            Effect::Compared {
                month,
                answered,
                found,
            } => {
                compared(conn, number, month, answered, &found, now).await?;
            }
            Effect::Settled => settled(conn, number).await?,
            Effect::Recovered(fen) => money::recovered(conn, number, fen).await?,
        }
    }
    Ok(())
}

fn day(month: Month) -> chrono::NaiveDate {
    to_chrono_date(month.first_day())
}

/// Sealing fails only without a key: nothing a person can mend.
fn sealed(fault: &Fault) -> ApplyError {
    ApplyError::Database(sqlx::Error::Protocol(fault.to_string()))
}

/// A named constraint of the database as a refusal.
fn constrained(
    result: sqlx::Result<PgQueryResult>,
    rules: &[(&str, &'static str, &str)],
) -> Result<(), ApplyError> {
    let Err(error) = result else { return Ok(()) };
    let name = error.as_database_error().and_then(|it| it.constraint());
    let broken = rules.iter().find(|(rule, ..)| Some(*rule) == name);
    match broken {
        Some((_, code, message)) => Err(ApplyError::Refused(Refusal::new(code, *message))),
        None => Err(error.into()),
    }
}

async fn follow<I: Entitlement>(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<I>,
) -> Result<(), ApplyError> {
    let facts = &case.facts;
    let label = rt
        .seal("entitlement", &case.number, &case.form.child.name.trim())
        .map_err(|fault| sealed(&fault))?;
    let decided = facts.decided.as_ref();
    let verified: Option<Uuid> = facts.verified.as_ref().map(|(_, by, _)| by.account);
    let saved = sqlx::query(
        "insert into child.entitlement
             (case_number, kind, division, person, applicant, state, closed, label,
              verified_by, examined_by, decided_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (case_number) do update set
             person = excluded.person, state = excluded.state, closed = excluded.closed,
             label = excluded.label, verified_by = excluded.verified_by,
             examined_by = excluded.examined_by, decided_by = excluded.decided_by",
    )
    .bind(&case.number)
    .bind(I::KIND.code())
    .bind(&case.division)
    .bind(key(rt, &case.form.child.id_number))
    .bind(&case.applicant)
    .bind(case.state.spec().code)
    .bind(case.state.is_over())
    .bind(label)
    .bind(verified)
    .bind(decided.map(|it| it.first.account))
    .bind(decided.map(|it| it.second.account))
    .execute(conn)
    .await;
    let same = "查验、初审、决定要由不同的人办理，请由另一名工作人员决定。";
    let rules = [
        ("two_persons", "SAME_PERSON", same),
        ("not_who_verified", "SAME_PERSON", same),
        ("one_review", "REVIEW_OPEN", "这个孩子已经在核实。"),
    ];
    constrained(saved, &rules)
}

async fn grant<I: Entitlement>(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<I>,
    from: Month,
) -> Result<(), ApplyError> {
    let saved = sqlx::query(
        "insert into child.allowance (case_number, kind, person, division, from_month)
         values ($1, $2, $3, $4, $5)",
    )
    .bind(&case.number)
    .bind(I::KIND.code())
    .bind(key(rt, &case.form.child.id_number))
    .bind(&case.division)
    .bind(day(from))
    .execute(conn)
    .await;
    let twice = "这个孩子正在享受另一项保障，两项不能同时享受；请先办理终止。";
    constrained(
        saved,
        &[("one_entitlement_a_month", "OTHER_GRANTED", twice)],
    )
}

async fn terms(
    conn: &mut PgConnection,
    number: &str,
    from: Month,
    upbringing: Upbringing,
) -> Result<(), ApplyError> {
    sqlx::query(
        "insert into child.allowance_terms (case_number, from_month, upbringing)
         values ($1, $2, $3)
         on conflict (case_number, from_month) do update set upbringing = excluded.upbringing",
    )
    .bind(number)
    .bind(day(from))
    .bind(upbringing.code())
    .execute(conn)
    .await?;
    Ok(())
}

async fn draws(
    conn: &mut PgConnection,
    number: &str,
    benefit: Benefit,
    from: Month,
    fen: Fen,
) -> Result<(), ApplyError> {
    sqlx::query(
        "insert into child.drawn_benefit (case_number, benefit, from_month, fen)
         values ($1, $2, $3, $4)
         on conflict (case_number, benefit, from_month) do update set fen = excluded.fen",
    )
    .bind(number)
    .bind(benefit.code())
    .bind(day(from))
    .bind(fen.0)
    .execute(conn)
    .await?;
    Ok(())
}

async fn compared(
    conn: &mut PgConnection,
    number: &str,
    month: Month,
    answered: bool,
    found: &[String],
    now: Timestamp,
) -> Result<(), ApplyError> {
    let at = to_chrono(now);
    sqlx::query(
        "insert into child.comparison as kept (case_number, month, asked_at, answered_at, found)
         values ($1, $2, $3, $4, $5)
         on conflict (case_number, month) do update set
             answered_at = coalesce(excluded.answered_at, kept.answered_at),
             found = kept.found || excluded.found,
             settled = kept.settled and excluded.found = '{}'",
    )
    .bind(number)
    .bind(day(month))
    .bind(at)
    .bind(answered.then_some(at))
    .bind(found)
    .execute(conn)
    .await?;
    Ok(())
}

async fn settled(conn: &mut PgConnection, number: &str) -> Result<(), ApplyError> {
    sqlx::query(
        "update child.comparison set settled = true where case_number = $1 and not settled",
    )
    .bind(number)
    .execute(conn)
    .await?;
    Ok(())
}
