//! 家庭寄养 over its table: one family for a child, whose one responsible placement moves with trial
//! and foster care (rules B5.9).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};
use yiwang_civic::{
    citizen_id::Sex,
    time::{Month, month_of},
};

use super::{barred, failed, key_of, refuse, violates};
use crate::{
    domain::{
        adoption::{
            FosterCare,
            foster_care::{Action, Effect, State, World},
            law::kind::Ground,
        },
        protection::{placing::Placing, words::PlaceKind},
    },
    payment::orders::{Destination, Payee},
    protection::custody,
};

#[tonic::async_trait]
impl Registered for FosterCare {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let number = question.case.map_or("", |case| case.number.as_str());
        let child = match question.action {
            Some(Action::StartTrial(data)) => data.child.person(),
            _ => question.form.child.person(),
        };
        let child = child.map(|it| rt.keyer.document_key(&it.id).as_str().to_owned());
        let other = match &child {
            Some(key) => elsewhere(conn, key, number).await?,
            None => false,
        };
        let open = match (question.case, key_of(question.people, "self")) {
            (None, Some(carer)) => open_of(conn, &carer).await?,
            _ => None,
        };
        Ok(World {
            barred: barred(conn, question.people).await?,
            other,
            open,
            fees: left(conn, number).await?,
        })
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        for effect in effects {
            match effect {
                Effect::Follow => follow(rt, conn, case, people, now).await?,
                Effect::Place => {
                    if let Some(child) = key_of(people, "child") {
                        let carer = &case.form.carer;
                        let family = Placing {
                            place: PlaceKind::Foster,
                            carer: carer.name.clone(),
                            carer_id: carer.id_number.clone(),
                            phone: carer.phone.clone(),
                            home_reason: None,
                        };
                        custody::comes(rt, conn, &child, &family, now).await?;
                    }
                }
                Effect::Account(account) => {
                    let carer = &case.form.carer;
                    let payee = Payee {
                        case_number: &case.number,
                        kind: "carer",
                        person: &key_of(people, "self").unwrap_or_default(),
                    };
                    let account = Destination {
                        holder: carer.name.trim().to_owned(),
                        bank: account.bank.trim().to_owned(),
                        account: account.account.split_whitespace().collect(),
                    };
                    payee.keep(rt, conn, &account).await?;
                }
                Effect::Leave { child, home } => {
                    if let Some(child) = child.person() {
                        let child = rt.keyer.document_key(&child.id);
                        let home = Placing {
                            place: PlaceKind::Home,
                            carer: home,
                            carer_id: String::new(),
                            phone: String::new(),
                            home_reason: None,
                        };
                        custody::comes(rt, conn, child.as_str(), &home, now).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

async fn elsewhere(conn: &mut PgConnection, child: &str, number: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from child.foster
          where child_key = $1 and state in ('trial', 'placed') and case_number <> $2)",
    )
    .bind(child)
    .bind(number)
    .fetch_one(conn)
    .await
}

/// Fees that have left or were paid.
async fn left(conn: &mut PgConnection, number: &str) -> sqlx::Result<Vec<(Month, i64)>> {
    let rows: Vec<(chrono::NaiveDate, i64)> = sqlx::query_as(
        "select month, fen from child.payment
          where case_number = $1 and part = 'fee' and state in ('sent', 'paid') order by month",
    )
    .bind(number)
    .fetch_all(conn)
    .await?;
    let month = |(day, fen)| (month_of(from_chrono_date(day)), fen);
    Ok(rows.into_iter().map(month).collect())
}

/// A family that waits for its first child has one case.
async fn open_of(conn: &mut PgConnection, carer: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from child.foster
          where carer_key = $1 and state = 'open' order by case_number limit 1",
    )
    .bind(carer)
    .fetch_optional(conn)
    .await
}

/// What a list tells of a child: no name, no number.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Traits {
    /// `male`, `female`, or empty.
    pub(super) sex: String,
    /// Day of birth, ISO; empty: not known.
    pub(super) born_on: String,
    /// Disabled.
    pub(super) disabled: bool,
}

async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<FosterCare>,
    people: &[KeyedPerson],
    now: Timestamp,
) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Applied | State::Assessed => "open",
        State::Trial | State::Agreement | State::Signed => "trial",
        State::Placed => "placed",
        State::Ended | State::Refused | State::Withdrawn => "ended",
    };
    let child = &case.form.child;
    let adoptable = matches!(child.ground, Ground::Orphan | Ground::ParentsUnknown);
    let sex = child.sex().map_or("", |sex| match sex {
        Sex::Male => "male",
        Sex::Female => "female",
    });
    let traits = Traits {
        sex: sex.to_owned(),
        born_on: child
            .birth()
            .map_or_else(String::new, |day| day.to_string()),
        disabled: child.disabled,
    };
    let traits = rt.seal("foster", &case.number, &traits).map_err(failed)?;
    let placed = case
        .facts
        .placed
        .as_ref()
        .map(|(_, on)| to_chrono_date(*on));
    let (fen, from, to) = case.facts.fee.clone().unwrap_or_default();
    let saved = sqlx::query(
        "insert into child.foster
             (case_number, county, state, child_key, carer_key, traits, adoptable,
              placed_on, monthly_fen, fee_from, fee_to)
         values ($1, left($2, 6), $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (case_number) do update
            set state = excluded.state, child_key = excluded.child_key,
                traits = excluded.traits, adoptable = excluded.adoptable, placed_on = excluded.placed_on,
                monthly_fen = excluded.monthly_fen, fee_from = excluded.fee_from,
                fee_to = excluded.fee_to",
    )
    .bind(&case.number)
    .bind(&case.division)
    .bind(state)
    .bind(key_of(people, "child"))
    .bind(&case.applicant)
    .bind(traits)
    .bind(adoptable)
    .bind(placed)
    .bind(fen)
    .bind(from)
    .bind(&to)
    .execute(&mut *conn)
    .await;
    match saved {
        Ok(_) => ended(conn, &case.number, &to, now).await,
        Err(error) if violates(&error, "foster_one_family") => {
            let message = "这名儿童已经在别的家庭融合或者寄养，请先结束那边。";
            Err(refuse("CHILD_ELSEWHERE", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// What has not left yet for months after the last never does; what has is owed.
async fn ended(
    conn: &mut PgConnection,
    number: &str,
    last: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    if last.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update child.payment set state = 'cancelled', reason = '寄养已结束', batch = null
          where case_number = $1 and part = 'fee' and month > ($2 || '-01')::date
            and state in ('held', 'ready', 'returned')",
    )
    .bind(number)
    .bind(last)
    .execute(&mut *conn)
    .await?;
    // What came back since is owed no more.
    sqlx::query(
        "update child.overpayment o set fen = recovered_fen
          where case_number = $1 and not exists (
                select 1 from child.payment p
                 where p.case_number = $1 and p.month = o.month and p.state in ('sent', 'paid'))",
    )
    .bind(number)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "insert into child.overpayment as kept (case_number, month, fen, reason, found_at)
         select case_number, month, fen, '寄养结束以后的劳务费', $3 from child.payment
          where case_number = $1 and part = 'fee' and month > ($2 || '-01')::date
            and state in ('sent', 'paid')
         on conflict (case_number, month) do update set fen = excluded.fen",
    )
    .bind(number)
    .bind(last)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
