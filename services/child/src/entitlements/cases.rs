//! Both items over their tables.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::{citizen_id::CitizenId, time::beijing_date};

use super::effects;
use crate::domain::entitlements::{
    Orphan, Unattended,
    law::{Kind, month},
    procedure::{
        Action, Effect, Entitlement, Form, World,
        facts::Step,
        world::{Other, Relatives},
    },
};

/// Key of the person with this number; empty without a sound one.
pub(super) fn key(rt: &Runtime, number: &str) -> String {
    let id: Option<CitizenId> = number.trim().parse().ok();
    id.map_or_else(String::new, |id| rt.keyer.key(&id).as_str().to_owned())
}

/// Number of whoever the act, a step that waits, or the form names as payee.
fn payee_number<'a, I: Entitlement>(question: &'a Question<'_, I>) -> &'a str {
    let pending = question.case.and_then(|case| case.facts.pending.as_ref());
    match (question.action, pending.map(|it| &it.step)) {
        (Some(Action::ProposePayee(data)), _) => &data.id_number,
        (Some(Action::Decide(_)), Some(Step::Payee(data))) => &data.id_number,
        _ => &question.form.account.id_number,
    }
}

async fn world<I: Entitlement>(
    rt: &Runtime,
    conn: &mut PgConnection,
    question: Question<'_, I>,
) -> sqlx::Result<World> {
    let form = question.form;
    let number = question.case.map_or("", |case| case.number.as_str());
    let child = key(rt, &form.child.id_number);
    let applicant = match question.case {
        Some(case) => case.applicant.clone(),
        None => key(rt, &form.applicant.id_number),
    };
    let payee: Option<String> =
        sqlx::query_scalar("select person from child.payee where case_number = $1")
            .bind(number)
            .fetch_optional(&mut *conn)
            .await?;
    let barred = sqlx::query_scalar(
        "select person from child.barred_payee where case_number = $1 and lifted_at is null",
    )
    .bind(number)
    .fetch_all(&mut *conn)
    .await?;
    let next = month::first(beijing_date(question.now)).first_day();
    Ok(World {
        others: others(conn, &child, number, next).await?,
        payee: key(rt, payee_number(&question)),
        barred,
        relatives: relatives(rt, form, payee.unwrap_or_default()),
        applicant,
        child,
    })
}

fn relatives(rt: &Runtime, form: &Form, payee: String) -> Relatives {
    Relatives {
        father: key(rt, &form.father.id_number),
        mother: key(rt, &form.mother.id_number),
        carer: key(rt, &form.carer.id_number),
        payee,
    }
}

async fn others(
    conn: &mut PgConnection,
    child: &str,
    number: &str,
    next: jiff::civil::Date,
) -> sqlx::Result<Vec<Other>> {
    if child.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(String, String, bool, String)> = sqlx::query_as(
        "select e.case_number, e.kind,
                coalesce(a.until_month is null or a.until_month > $3, false)
                  and a.case_number is not null,
                e.applicant
           from child.entitlement e left join child.allowance a using (case_number)
          where e.person = $1 and e.case_number <> $2
            and (not e.closed or a.until_month > $3)
          order by e.case_number",
    )
    .bind(child)
    .bind(number)
    .bind(to_chrono_date(next))
    .fetch_all(conn)
    .await?;
    let others = rows
        .into_iter()
        .filter_map(|(case_number, kind, granted, applicant)| {
            Some(Other {
                case_number,
                kind: Kind::from_code(&kind)?,
                granted,
                applicant,
            })
        });
    Ok(others.collect())
}

macro_rules! registered {
    ($($item:ty),+) => {$(
        #[tonic::async_trait]
        impl Registered for $item {
            async fn world(
                rt: &Runtime,
                conn: &mut PgConnection,
                question: Question<'_, Self>,
            ) -> sqlx::Result<World> {
                world(rt, conn, question).await
            }

            async fn apply(
                rt: &Runtime,
                conn: &mut PgConnection,
                case: &Case<Self>,
                _: &[KeyedPerson],
                effects: Vec<Effect>,
                now: Timestamp,
            ) -> Result<(), ApplyError> {
                effects::apply(rt, conn, case, effects, now).await
            }
        }
    )+};
}

registered!(Orphan, Unattended);
