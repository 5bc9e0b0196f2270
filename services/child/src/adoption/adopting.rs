//! 收养登记 over its table (rules B5.5 to B5.7).

use jiff::{Timestamp, civil::Date};
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    ApplyError, Case, KeyedPerson, Question, Registered, Runtime, State as _, closed, system,
};
use yiwang_chassis::db::to_chrono_date;
use yiwang_civic::time::beijing_date;

use super::{archive, barred, failed, key_of, named, notices, numbers, refuse, trial, violates};
use crate::domain::adoption::{
    Adoption,
    adopt::{Action, Effect, State, World, action::Outcome, form::Form},
    law::kind::Kind,
    people::Adoptee,
};

/// Items whose open cases of the child end with its adoption (rules B5.7).
pub(crate) const ENDED: [&str; 9] = [
    "orphan",
    "unattended-child",
    "child-file",
    "temporary-guardianship",
    "long-guardianship",
    "foster-care",
    "entrusted-care",
    "medical-project",
    "study-project",
];

#[tonic::async_trait]
impl Registered for Adoption {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let number = question.case.map_or("", |case| case.number.as_str());
        let child = child_key(rt, &question);
        let other = match child {
            Some(key) => other(conn, &key, number).await?,
            None => None,
        };
        let adopters = adopters(question.form, question.people);
        let next_number = match (question.case, question.action) {
            (Some(case), Some(Action::Confirm)) if registers(case) => {
                let today = beijing_date(question.now);
                numbers::next(conn, &case.division, today).await?
            }
            _ => None,
        };
        Ok(World {
            people: named(question.people),
            other,
            adopted_since: match question.case {
                Some(case) => adopted_since(conn, case, &adopters).await?,
                None => 0,
            },
            barred: barred(conn, question.people).await?,
            next_number,
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
                Effect::Follow => follow(rt, conn, case, people).await?,
                Effect::Notice(public) => notices::put_up(conn, case, &public, now).await?,
                Effect::TakeDown => notices::take_down(conn, case).await?,
                Effect::Seal(parts) => {
                    let today = beijing_date(now);
                    archive::seal(rt, conn, &case.number, &case.division, &parts, today).await?;
                }
                Effect::Comes => trial::comes(rt, conn, case, people, now).await?,
                Effect::GoesBack => trial::goes_back(rt, conn, people, now).await?,
                Effect::EndOthers { on } => {
                    if let Some(child) = key_of(people, "child") {
                        end_others(rt, conn, &child, on).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Key of the child the decision is about: the one being chosen, else the one on the form.
fn child_key(rt: &Runtime, question: &Question<'_, Adoption>) -> Option<String> {
    let key = |child: &Adoptee| {
        let person = child.person()?;
        Some(rt.keyer.document_key(&person.id).as_str().to_owned())
    };
    match question.action {
        Some(Action::ChooseChild(data)) => key(&data.child),
        Some(Action::Amend(form)) => key(&form.child),
        _ => key(&question.form.child),
    }
}

fn registers(case: &Case<Adoption>) -> bool {
    let pending = case.facts.pending.as_ref();
    pending.is_some_and(|it| it.step.outcome == Outcome::Register)
}

/// Keys of who adopts: of a step-parent only the step-parent.
fn adopters(form: &Form, people: &[KeyedPerson]) -> Vec<String> {
    let spouse = (form.kind != Kind::Step).then(|| key_of(people, "spouse"));
    let both = [key_of(people, "self"), spouse.flatten()];
    both.into_iter().flatten().collect()
}

async fn other(conn: &mut PgConnection, child: &str, number: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from child.adoption
          where child_key = $1 and state in ('open', 'registered') and case_number <> $2",
    )
    .bind(child)
    .bind(number)
    .fetch_optional(conn)
    .await
}

/// Adoptions these people have registered since they said how many children they have.
async fn adopted_since(
    conn: &mut PgConnection,
    case: &Case<Adoption>,
    adopters: &[String],
) -> sqlx::Result<u32> {
    let count: i64 = sqlx::query_scalar(
        "select count(*) from child.adoption
          where adopter_keys && $1 and state = 'registered' and registered_on >= $2
            and case_number <> $3",
    )
    .bind(adopters)
    .bind(to_chrono_date(case.submitted_on))
    .bind(&case.number)
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The row of an adoption: never who gave the child.
async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<Adoption>,
    people: &[KeyedPerson],
) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Registered => "registered",
        State::Refused => "refused",
        State::Withdrawn => "withdrawn",
        _ => "open",
    };
    let open = state == "open";
    let wish = match open {
        true => Some(
            rt.seal("adoption_wish", &case.number, &case.form.wish)
                .map_err(failed)?,
        ),
        false => None,
    };
    let report = case.facts.assessment.report.as_ref();
    let done = case.facts.registered.as_ref();
    let saved = sqlx::query(
        "insert into child.adoption
             (case_number, county, kind, state, child_key, adopter_keys, certificate, applied_on,
              registered_on, assessors, registrar, approver, stage, wish, score, assessed_on)
         values ($1, left($2, 6), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (case_number) do update
            set kind = excluded.kind, state = excluded.state, child_key = excluded.child_key,
                adopter_keys = excluded.adopter_keys, certificate = excluded.certificate,
                registered_on = excluded.registered_on,
                assessors = excluded.assessors,
                registrar = excluded.registrar, approver = excluded.approver,
                stage = excluded.stage, wish = excluded.wish, score = excluded.score,
                assessed_on = excluded.assessed_on",
    )
    .bind(&case.number)
    .bind(&case.division)
    .bind(case.form.kind.code())
    .bind(state)
    .bind(key_of(people, "child"))
    .bind(adopters(&case.form, people))
    .bind(done.map(|it| it.number.as_str()))
    .bind(to_chrono_date(case.submitted_on))
    .bind(done.map(|it| to_chrono_date(it.on)))
    .bind(case.facts.assessors())
    .bind(done.map(|it| it.registrar.account))
    .bind(done.map(|it| it.approver.account))
    .bind(if open { case.state.spec().code } else { "" })
    .bind(wish)
    .bind(report.map(|it| i32::try_from(it.score).unwrap_or(0)))
    .bind(report.map(|it| to_chrono_date(it.on)))
    .execute(conn)
    .await;
    saved.map(|_| ()).map_err(told)
}

/// A rule of the database, in words.
fn told(error: sqlx::Error) -> ApplyError {
    let rules = [
        (
            "adoption_of_one_child",
            "CHILD_TAKEN",
            "这名儿童正在办理收养或者已经被收养，不能再受理。",
        ),
        (
            "adoption_by_two",
            "SAME_PERSON",
            "登记和审批不能是同一个人，请由另一名工作人员审批。",
        ),
        (
            "adoption_by_no_assessor",
            "ASSESSOR_DECIDES",
            "参加评估的工作人员不能审批，请由没有参加评估的工作人员办理。",
        ),
        (
            "adoption_assessed",
            "ASSESSORS_TOO_FEW",
            "评估人员不足两名，不能登记。",
        ),
    ];
    let broken = rules.into_iter().find(|(name, ..)| violates(&error, name));
    match broken {
        Some((_, code, message)) => refuse(code, message),
        None => error.into(),
    }
}

/// What the child drew and who looked after it ends the same day (rules B5.7).
async fn end_others(
    rt: &Runtime,
    conn: &mut PgConnection,
    child: &str,
    on: Date,
) -> Result<(), ApplyError> {
    // Which adoption it is, is not told: those files name the birth parents (民法典第1110条).
    let data = json!({ "case_number": "", "on": on.to_string() });
    for item in ENDED {
        for number in system::open_cases_naming(conn, item, child).await? {
            let cause = "儿童被收养";
            let acted = system::act(rt, conn, &number, "adopted", data.clone(), cause).await;
            match acted {
                Ok(()) => {}
                Err(fault) if fault.reason == "WRONG_STATE" => {}
                Err(fault) => return Err(failed(fault)),
            }
        }
    }
    // All of them name the birth family beside the child, the earlier ones too (民法典第1110条).
    closed::seal(conn, &ENDED, child).await?;
    closed::seal(conn, &["protection-case"], child).await?;
    Ok(())
}
