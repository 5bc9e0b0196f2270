//! The item 助学工程 over its tables: one open case for each student, each school year once.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, State as _};
use yiwang_civic::money::Fen;

use super::{payments, refused};
use crate::{
    domain::projects::{
        StudyProject,
        study_project::{Effect, World},
    },
    payment::orders::{self, Destination, Order, Payee},
};

#[tonic::async_trait]
impl Registered for StudyProject {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let Some(student) = question.people.first() else {
            return Ok(World::default());
        };
        let open =
            match question.case {
                Some(_) => None,
                None => sqlx::query_scalar(
                    "select case_number from child.study_project where person_key = $1 and open",
                )
                .bind(&student.key)
                .fetch_optional(&mut *conn)
                .await?,
            };
        let granted: Vec<i32> = sqlx::query_scalar(
            "select school_year from child.study_year where person_key = $1 order by school_year",
        )
        .bind(&student.key)
        .fetch_all(conn)
        .await?;
        let granted = granted.into_iter().filter_map(|year| year.try_into().ok());
        Ok(World {
            open,
            granted: granted.collect(),
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
        let Some(student) = people.first() else {
            return Ok(());
        };
        for effect in effects {
            match effect {
                Effect::Follow => follow(conn, case, &student.key).await?,
                Effect::Grant(year, fen) => {
                    grant(conn, &case.number, &student.key, year, fen).await?;
                }
                Effect::Account => {
                    account(rt, conn, case, &student.key).await?;
                    // The officer says so, also for an account the bank takes again.
                    orders::again(conn, &case.number).await?;
                }
                Effect::Order(ordered) => {
                    account(rt, conn, case, &student.key).await?;
                    let order = Order {
                        case_number: &case.number,
                        kind: "ZX",
                        part: "instalment",
                        period: &ordered.due.period,
                        person: &student.key,
                        division: &case.division,
                        fen: ordered.due.fen.0,
                    };
                    order.give(conn, now).await?;
                }
                Effect::Paid(paid) => {
                    let about = payments::About {
                        case_number: &case.number,
                        division: &case.division,
                        kind: "ZX",
                        person_key: &student.key,
                        payee: "本人",
                    };
                    about.keep(conn, &paid).await?;
                }
            }
        }
        Ok(())
    }
}

/// The student's own account, as the form says it now.
async fn account(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<StudyProject>,
    student: &str,
) -> Result<(), ApplyError> {
    let payee = Payee {
        case_number: &case.number,
        kind: "student",
        person: student,
    };
    let account = Destination {
        holder: case.form.name.trim().to_owned(),
        bank: case.form.bank.trim().to_owned(),
        account: case.form.account.split_whitespace().collect(),
    };
    payee.keep(rt, conn, &account).await
}

async fn follow(
    conn: &mut PgConnection,
    case: &Case<StudyProject>,
    student: &str,
) -> Result<(), ApplyError> {
    let open = case.state.spec().awaiting != yiwang_casework::Awaiting::Nobody;
    let saved = sqlx::query(
        "insert into child.study_project (case_number, person_key, open) values ($1, $2, $3)
         on conflict (case_number) do update set open = excluded.open",
    )
    .bind(&case.number)
    .bind(student)
    .bind(open)
    .execute(conn)
    .await;
    let one = "这名学生的助学金正在办理，请刷新后打开原来的办件。";
    let rules = [("one_study_project", "PROJECT_OPEN", one)];
    saved.map(|_| ()).map_err(|error| refused(error, &rules))
}

async fn grant(
    conn: &mut PgConnection,
    case_number: &str,
    student: &str,
    year: i16,
    fen: Fen,
) -> Result<(), ApplyError> {
    let saved = sqlx::query(
        "insert into child.study_year (person_key, school_year, case_number, fen)
         values ($1, $2, $3, $4)",
    )
    .bind(student)
    .bind(i32::from(year))
    .bind(case_number)
    .bind(fen.0)
    .execute(conn)
    .await;
    let once = "这个学年已经同意过，一个学年只资助一次。";
    let rules = [("one_school_year", "YEAR_GRANTED", once)];
    saved.map(|_| ()).map_err(|error| refused(error, &rules))
}
