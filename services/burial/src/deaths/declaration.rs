//! Deaths declared by a court, beside the certificates (民法典 46 to 53): the item XG over its
//! table, and what the others are told.
//!
//! Both may stand for one person: a body is found after the declaration. What holds then is the
//! certificate; the declaration comes back if the certificate is voided.

use jiff::{Timestamp, civil::Date};
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::{from_chrono_date, to_chrono, to_chrono_date};

use super::{
    By,
    events::{self, Done, Told},
    read, refused,
};
use crate::domain::{
    DeathDeclaration,
    death_certificate::facts::Step,
    death_declaration::{
        form::DECLARED,
        world::{Effect, World},
    },
};

#[tonic::async_trait]
impl Registered for DeathDeclaration {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let act = question.action.map_or("submit", |action| action.code());
        let declared = question.people.iter();
        let mut declared = declared.filter(|one| one.person.relation == DECLARED);
        let (Some(person), "check") = (declared.next(), act) else {
            return Ok(World::default());
        };
        let certified = read::of_person(rt, conn, &person.key).await?;
        Ok(World {
            certified: certified.is_some(),
            declared: of_person(conn, &person.key).await?.is_some(),
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
        let declared = people.iter().find(|one| one.person.relation == DECLARED);
        let Some(person) = declared.map(|one| one.key.as_str()) else {
            let message = "被宣告死亡人的证件不完整，请退回补正。";
            return Err(refused("DOCUMENT_REQUIRED", message));
        };
        for effect in effects {
            match effect {
                Effect::Declare(on) => {
                    let declaration = Declaration {
                        case_number: case.number.clone(),
                        effective_on: on,
                    };
                    let by = signed(case.facts.checked.as_ref());
                    declare(rt, conn, person, &declaration, (&by.0, &by.1), now).await?;
                }
                Effect::Cancel => {
                    let by = signed(case.facts.cancelled.as_ref());
                    cancel(rt, conn, person, &case.number, (&by.0, &by.1), now).await?;
                }
            }
        }
        Ok(())
    }
}

fn signed(step: Option<&Step>) -> (String, String) {
    step.map_or_else(Default::default, |step| {
        (step.account.to_string(), step.by.clone())
    })
}

/// A declaration that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// Its case.
    pub case_number: String,
    /// Day that counts as the day of death.
    pub effective_on: Date,
}

/// The declaration that stands for a person.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(conn: &mut PgConnection, person: &str) -> sqlx::Result<Option<Declaration>> {
    let row: Option<(String, chrono::NaiveDate)> = sqlx::query_as(
        "select case_number, effective_on from burial.declaration
          where person_key = $1 and state = 'declared'",
    )
    .bind(person)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(case_number, on)| Declaration {
        case_number,
        effective_on: from_chrono_date(on),
    }))
}

/// The index `one_declaration` speaks when two cases of one person are checked at this instant.
async fn declare(
    rt: &Runtime,
    conn: &mut PgConnection,
    person: &str,
    new: &Declaration,
    by: (&str, &str),
    now: Timestamp,
) -> Result<(), ApplyError> {
    let done = sqlx::query(
        "insert into burial.declaration (case_number, person_key, state, effective_on, declared_at)
         values ($1, $2, 'declared', $3, $4) on conflict do nothing",
    )
    .bind(&new.case_number)
    .bind(person)
    .bind(to_chrono_date(new.effective_on))
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    if done.rows_affected() == 0 {
        let message = "这个人的宣告死亡已经登记，不用重复登记，请退回这件。";
        return Err(refused("DECLARED_ALREADY", message));
    }
    told(
        rt,
        conn,
        ("death.declare", "declared"),
        person,
        new,
        by,
        now,
    )
    .await?;
    Ok(())
}

/// The court took it back. Where a certificate says that the person is dead all the same, it
/// stays so.
async fn cancel(
    rt: &Runtime,
    conn: &mut PgConnection,
    person: &str,
    case_number: &str,
    by: (&str, &str),
    now: Timestamp,
) -> Result<(), ApplyError> {
    let on: Option<chrono::NaiveDate> = sqlx::query_scalar(
        "update burial.declaration set state = 'cancelled', cancelled_at = $2
          where case_number = $1 and state = 'declared' returning effective_on",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .fetch_optional(&mut *conn)
    .await?;
    let Some(on) = on else {
        return Err(refused(
            "NOT_DECLARED",
            "这项宣告死亡没有登记，请刷新页面。",
        ));
    };
    let old = Declaration {
        case_number: case_number.to_owned(),
        effective_on: from_chrono_date(on),
    };
    let event = match read::of_person(rt, conn, person).await? {
        Some(_) => "",
        None => "revoked",
    };
    told(rt, conn, ("death.undeclare", event), person, &old, by, now).await?;
    Ok(())
}

/// A certificate was voided, and a court had declared the person dead before: that still holds.
pub(super) async fn again(
    rt: &Runtime,
    conn: &mut PgConnection,
    person: &str,
    by: By<'_>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let Some(standing) = of_person(conn, person).await? else {
        return Ok(());
    };
    let by = (by.actor, by.name);
    let what = ("death.declare", "declared");
    told(rt, conn, what, person, &standing, by, now).await
}

/// Writes the audit entry, and the event where there is one.
async fn told(
    rt: &Runtime,
    conn: &mut PgConnection,
    (action, event): (&'static str, &'static str),
    person: &str,
    of: &Declaration,
    (actor, name): (&str, &str),
    now: Timestamp,
) -> sqlx::Result<()> {
    let done = Done {
        action,
        key: &of.case_number,
        purpose: None,
    };
    let told = (!event.is_empty()).then_some(Told {
        event,
        person,
        died_on: of.effective_on,
        reference: &of.case_number,
    });
    let detail = json!({ "reference": of.case_number });
    events::write(rt, conn, By { actor, name }, done, told, (detail, now)).await
}
