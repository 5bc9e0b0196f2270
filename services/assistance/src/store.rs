//! The roll 发放名册 in the service's own tables: what a decision must know of it
//! and what a decision changes in it.

mod one_share;

use jiff::Timestamp;
use sqlx::{PgConnection, postgres::PgQueryResult};
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time::Month;

use crate::domain::minimum_living::{
    Effect, MinimumLiving, World,
    amount::Share,
    codes::StopReason,
    decide::already_supported,
    world::{BENEFIT, Supported},
};
use crate::{elsewhere, ledger};

#[tonic::async_trait]
impl Registered for MinimumLiving {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let people = question.people.iter();
        let keys: Vec<String> = people.map(|person| person.key.clone()).collect();
        let own = question.case.map_or("", |case| case.number.as_str());
        let rows: Vec<(String, String)> = sqlx::query_as(
            "select person_key, benefit from assistance.benefit_member
              where active and person_key = any($1) and case_number <> $2",
        )
        .bind(&keys)
        .bind(own)
        .fetch_all(&mut *conn)
        .await?;
        let supported = rows
            .into_iter()
            .filter_map(|(key, benefit)| {
                let index = keys.iter().position(|other| *other == key)?;
                Some(Supported { index, benefit })
            })
            .collect();
        let elsewhere = elsewhere::involved(conn, &keys).await?;
        let books = match question.case {
            Some(case) if case.facts.benefit.is_some() => {
                ledger::books(conn, &case.number, &keys).await?
            }
            _ => None,
        };
        Ok(World {
            keys,
            supported,
            elsewhere,
            books,
        })
    }

    async fn apply(
        _: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        for effect in effects {
            if touches_paid_months(&effect) {
                ledger::mark(conn, &case.number).await?;
            }
            match effect {
                Effect::Grant { from, shares } => {
                    grant(conn, case, from).await?;
                    set_shares(conn, case, people, from, &shares).await?;
                }
                Effect::Change { from, shares } => {
                    close_shares(conn, &case.number, from).await?;
                    set_shares(conn, case, people, from, &shares).await?;
                }
                Effect::Freeze { index, from } => {
                    if let Some(person) = people.get(index) {
                        one_share::freeze(conn, &case.number, &person.key, from).await?;
                    }
                }
                Effect::Unfreeze { index } => {
                    if let Some(person) = people.get(index) {
                        one_share::unfreeze(conn, &case.number, person).await?;
                    }
                }
                Effect::Hold { index, from } => {
                    if let Some(person) = people.get(index) {
                        one_share::hold(conn, &case.number, &person.key, Some(from)).await?;
                    }
                }
                Effect::Release { index } => {
                    if let Some(person) = people.get(index) {
                        one_share::hold(conn, &case.number, &person.key, None).await?;
                    }
                }
                Effect::Reopen => one_share::reopen(conn, &case.number).await?,
                Effect::Balance { arrears } => {
                    ledger::pay(conn, &case.number, people, &arrears, now).await?;
                    ledger::done(conn, &case.number).await?;
                }
                Effect::Overpaid(all) => {
                    ledger::overpaid(conn, &case.number, people, &all).await?;
                }
                Effect::End { from, reason } => end(conn, &case.number, from, reason).await?,
            }
        }
        Ok(())
    }
}

async fn grant(
    conn: &mut PgConnection,
    case: &Case<MinimumLiving>,
    from: Month,
) -> sqlx::Result<PgQueryResult> {
    sqlx::query(
        "insert into assistance.benefit (case_number, benefit, division, from_month)
         values ($1, $2, $3, $4)",
    )
    .bind(&case.number)
    .bind(BENEFIT)
    .bind(&case.division)
    .bind(to_chrono_date(from.first_day()))
    .execute(conn)
    .await
}

/// Opens shares from a month on; whoever has one is supported here and nowhere else.
async fn set_shares(
    conn: &mut PgConnection,
    case: &Case<MinimumLiving>,
    people: &[KeyedPerson],
    from: Month,
    shares: &[Share],
) -> Result<(), ApplyError> {
    for share in shares {
        let Some(person) = people.get(share.index) else {
            continue;
        };
        let member = sqlx::query(
            "insert into assistance.benefit_member (case_number, person_key, benefit, active)
             values ($1, $2, $3, true)
             on conflict (case_number, person_key) do update set active = true",
        )
        .bind(&case.number)
        .bind(&person.key)
        .bind(BENEFIT)
        .execute(&mut *conn)
        .await;
        if let Err(error) = member {
            return Err(refusal_of(error, person));
        }
        sqlx::query(
            "insert into assistance.benefit_share
                 (case_number, person_key, from_month, amount_fen, held_from)
             values ($1, $2, $3, $4,
                     (select max(held_from) from assistance.benefit_share
                       where case_number = $1 and person_key = $2))
             on conflict (case_number, person_key, from_month)
             do update set amount_fen = excluded.amount_fen, until_month = null",
        )
        .bind(&case.number)
        .bind(&person.key)
        .bind(to_chrono_date(from.first_day()))
        .bind(share.total().0)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Two confirmations of the same person at the same instant: the index says no to one.
fn refusal_of(error: sqlx::Error, person: &KeyedPerson) -> ApplyError {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    match violated {
        Some("one_person_one_support") => {
            ApplyError::Refused(already_supported(&person.person.name))
        }
        _ => ApplyError::Database(error),
    }
}

/// Ends all shares before a month; whoever gets no new one leaves the support.
async fn close_shares(conn: &mut PgConnection, number: &str, from: Month) -> sqlx::Result<()> {
    let from = to_chrono_date(from.first_day());
    sqlx::query(
        "update assistance.benefit_share
            set until_month = greatest($2, from_month)
          where case_number = $1 and (until_month is null or until_month > $2)",
    )
    .bind(number)
    .bind(from)
    .execute(&mut *conn)
    .await?;
    sqlx::query("update assistance.benefit_member set active = false where case_number = $1")
        .bind(number)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether months that are paid already may be due no longer, or were due and were not paid.
fn touches_paid_months(effect: &Effect) -> bool {
    match effect {
        Effect::Grant { .. } | Effect::Hold { .. } => false,
        Effect::Balance { .. } | Effect::Overpaid(_) => false,
        Effect::Change { .. } | Effect::Freeze { .. } | Effect::Unfreeze { .. } => true,
        Effect::Release { .. } | Effect::Reopen | Effect::End { .. } => true,
    }
}

async fn end(
    conn: &mut PgConnection,
    number: &str,
    from: Month,
    reason: StopReason,
) -> sqlx::Result<()> {
    close_shares(conn, number, from).await?;
    sqlx::query(
        "update assistance.benefit
            set until_month = greatest($2, from_month), ended_reason = $3
          where case_number = $1",
    )
    .bind(number)
    .bind(to_chrono_date(from.first_day()))
    .bind(reason.code())
    .execute(conn)
    .await?;
    Ok(())
}
