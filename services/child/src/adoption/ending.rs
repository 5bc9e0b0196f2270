//! 解除、撤销、补领: three items over the register of adoptions.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Item, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time::beijing_date;

use super::{archive, key_of, named, numbers, records, refuse, violates};
use crate::domain::adoption::{
    AdoptionDissolution, AdoptionProof, AdoptionRevocation,
    proof::{Action as ProofAction, form::What},
    record::{Change, Ending, Known},
};

async fn known(
    conn: &mut PgConnection,
    people: &[KeyedPerson],
    certificate: &str,
) -> sqlx::Result<Known> {
    let record = match certificate.trim() {
        "" => match (key_of(people, "child"), key_of(people, "self")) {
            (Some(child), Some(adopter)) => records::of_people(conn, &child, &adopter).await?,
            _ => None,
        },
        number => records::of_certificate(conn, number).await?,
    };
    Ok(Known {
        people: named(people),
        record,
        next_number: None,
    })
}

/// Applies what an act changes in the register.
async fn change<I: Item>(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<I>,
    changes: Vec<Change>,
    today: Date,
) -> Result<(), ApplyError> {
    for change in changes {
        match change {
            Change::End(ending) => end(conn, &case.number, &case.division, &ending).await?,
            Change::Replace { adoption, number } => {
                sqlx::query("update child.adoption set certificate = $2 where case_number = $1")
                    .bind(adoption)
                    .bind(number)
                    .execute(&mut *conn)
                    .await?;
            }
            Change::Seal(parts) => {
                archive::seal(rt, conn, &case.number, &case.division, &parts, today).await?;
            }
        }
    }
    Ok(())
}

async fn end(
    conn: &mut PgConnection,
    number: &str,
    division: &str,
    ending: &Ending,
) -> Result<(), ApplyError> {
    let adoption = Some(ending.adoption.as_str()).filter(|it| !it.is_empty());
    let saved = sqlx::query(
        "with ended as (
             update child.adoption set state = $4 where case_number = $2
         )
         insert into child.adoption_end
             (case_number, adoption, county, state, ended_on, registrar, approver)
         values ($1, $2, left($3, 6), $4, $5, $6, $7)",
    )
    .bind(number)
    .bind(adoption)
    .bind(division)
    .bind(ending.state)
    .bind(to_chrono_date(ending.on))
    .bind(ending.first)
    .bind(ending.second)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "adoption_end_by_two") => {
            let message = "拟办和审批不能是同一个人，请由另一名工作人员审批。";
            Err(refuse("SAME_PERSON", message))
        }
        Err(error) if violates(&error, "adoption_ends_once") => {
            let message = "这份收养登记已经解除或者撤销，不能再办理。";
            Err(refuse("ADOPTION_ENDED", message))
        }
        Err(error) => Err(error.into()),
    }
}

#[tonic::async_trait]
impl Registered for AdoptionDissolution {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<Known> {
        known(conn, question.people, &question.form.certificate).await
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Change>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        change(rt, conn, case, effects, beijing_date(now)).await
    }
}

#[tonic::async_trait]
impl Registered for AdoptionRevocation {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<Known> {
        known(conn, question.people, &question.form.certificate).await
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Change>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        change(rt, conn, case, effects, beijing_date(now)).await
    }
}

#[tonic::async_trait]
impl Registered for AdoptionProof {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<Known> {
        let mut known = known(conn, question.people, &question.form.certificate).await?;
        if let (Some(case), Some(ProofAction::Issue)) = (question.case, question.action)
            && case.form.what == What::Reissue
        {
            let today = beijing_date(question.now);
            known.next_number = numbers::next(conn, &case.division, today).await?;
        }
        Ok(known)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Change>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        change(rt, conn, case, effects, beijing_date(now)).await
    }
}
