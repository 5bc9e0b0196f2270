//! The item 明天计划 over its table: one open case for each child.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, State as _};

use super::{own_key, payments, refused};
use crate::{
    domain::projects::{
        MedicalProject,
        medical_project::{Effect, World},
    },
    payment::orders::{Order, Payee},
};

/// The child on the form.
fn child(people: &[KeyedPerson]) -> Option<&KeyedPerson> {
    let child = people.iter().find(|one| one.person.relation == "child");
    child.or_else(|| people.first())
}

#[tonic::async_trait]
impl Registered for MedicalProject {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World::default();
        if let Some(case) = question.case {
            world.stuck = stuck(conn, &case.number).await?;
            return Ok(world);
        }
        let Some(child) = child(question.people) else {
            return Ok(world);
        };
        world.open = sqlx::query_scalar(
            "select case_number from child.medical_project where person_key = $1 and open",
        )
        .bind(&child.key)
        .fetch_optional(conn)
        .await?;
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let Some(child) = child(people) else {
            return Ok(());
        };
        for effect in effects {
            match effect {
                Effect::Follow => follow(conn, case, &child.key).await?,
                Effect::Order(ordered, to) => {
                    let person = own_key(rt, &to.id_number);
                    let payee = Payee {
                        case_number: &case.number,
                        kind: case.form.payee.code(),
                        person: &person,
                    };
                    payee.keep(rt, conn, &to).await?;
                    let order = Order {
                        case_number: &case.number,
                        kind: "MT",
                        part: "bill",
                        period: "",
                        person: &child.key,
                        division: &case.division,
                        fen: ordered.due.fen.0,
                    };
                    order.give(conn, now).await?;
                }
                Effect::Paid(paid) => {
                    let about = payments::About {
                        case_number: &case.number,
                        division: &case.division,
                        kind: "MT",
                        person_key: &child.key,
                        payee: case.form.payee.label(),
                    };
                    about.keep(conn, &paid).await?;
                }
            }
        }
        Ok(())
    }
}

/// The bill does not leave: its payee may not receive it, or the account does not open.
async fn stuck(conn: &mut PgConnection, number: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from child.payment p join child.payee y using (case_number)
                         where p.case_number = $1 and p.part = 'bill' and p.state = 'held'
                           and (p.tries > 0 or child.may_not_care(y.person)))",
    )
    .bind(number)
    .fetch_one(conn)
    .await
}

async fn follow(
    conn: &mut PgConnection,
    case: &Case<MedicalProject>,
    child: &str,
) -> Result<(), ApplyError> {
    let open = case.state.spec().awaiting != yiwang_casework::Awaiting::Nobody;
    let saved = sqlx::query(
        "insert into child.medical_project (case_number, person_key, open) values ($1, $2, $3)
         on conflict (case_number) do update set open = excluded.open",
    )
    .bind(&case.number)
    .bind(child)
    .bind(open)
    .execute(conn)
    .await;
    let one = "这个孩子的明天计划正在办理，请刷新后打开原来的办件。";
    let rules = [("one_medical_project", "PROJECT_OPEN", one)];
    saved.map(|_| ()).map_err(|error| refused(error, &rules))
}
