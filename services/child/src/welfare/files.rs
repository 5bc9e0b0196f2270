//! The item 困境、留守、流动儿童关爱服务 over its tables: one child, one open file; one visit to make.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    ApplyError, Case, KeyedPerson, Question, Registered, Runtime, State as _, system,
};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    ids,
};

use super::{
    alarms, failed,
    families::{FILE, Known, key_of, mark_of},
    refuse, violates, visits,
};
use crate::domain::welfare::{
    ChildFile,
    child_file::{Action, Effect, World, facts::Alarm, sections::categories},
};

/// Cases of protection: an open one lets a child be written down as living alone.
const PROTECTION: [&str; 2] = ["protection-case", "temporary-guardianship"];

#[tonic::async_trait]
impl Registered for ChildFile {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let child = &question.form.child;
        let open = match question.case {
            Some(_) => None,
            None => open_file(conn, &mark_of(rt, child)).await?,
        };
        let mut protected = false;
        if let Some(key) = key_of(rt, child.id()) {
            for item in PROTECTION {
                protected |= !system::open_cases_naming(conn, item, &key)
                    .await?
                    .is_empty();
            }
        }
        let named = match question.action {
            Some(Action::SyncVisit(data)) => data.id.trim().parse().ok(),
            Some(Action::SettleVisit(data)) => data.visit.trim().parse().ok(),
            _ => None,
        };
        let visit = match named {
            Some(id) => visits::lock(rt, conn, id).await?,
            None => None,
        };
        Ok(World {
            open,
            protected,
            visit,
            fresh: ids::new(question.now),
        })
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let mut done = None;
        // Whoever is visited has a file already: the row then reads what this visit left open.
        for effect in effects {
            match effect {
                Effect::Follow => {}
                Effect::Save(visit) => visits::save(rt, conn, &visit, now).await?,
                Effect::Done(visit) => done = Some(visit),
            }
        }
        follow(rt, conn, case).await?;
        plan(conn, case, done, now).await?;
        alarms::follow(rt, conn, case, now).await.map_err(failed)
    }
}

async fn open_file(conn: &mut PgConnection, mark: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("select case_number from child.file where child_mark = $1 and open")
        .bind(mark)
        .fetch_optional(conn)
        .await
}

async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ChildFile>,
) -> Result<(), ApplyError> {
    let (form, facts) = (&case.form, &case.facts);
    let last = facts.last_visit();
    let mut known = Known::of(form, &case.division);
    if let Some(last) = last {
        known.look_at = visits::look_at(rt, conn, last.id).await?;
    }
    let sealed = rt.seal(FILE, &case.number, &known).map_err(failed)?;
    let alarm = match facts.alarm {
        None => "",
        Some(Alarm::Supervisor) => "supervisor",
        Some(Alarm::County) => "county",
    };
    let saved = sqlx::query(
        "insert into child.file
             (case_number, kind, division, state, open, level, child_key, child_mark, father_key,
              mother_key, carer_key, letter, alarm, categories, last_visit_at, last_outcome, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (case_number) do update set
             kind = excluded.kind, state = excluded.state, open = excluded.open,
             level = excluded.level, father_key = excluded.father_key,
             mother_key = excluded.mother_key, carer_key = excluded.carer_key,
             letter = excluded.letter, alarm = excluded.alarm, categories = excluded.categories,
             last_visit_at = excluded.last_visit_at, last_outcome = excluded.last_outcome,
             sealed = excluded.sealed",
    )
    .bind(&case.number)
    .bind(form.kind.code())
    .bind(&case.division)
    .bind(case.state.spec().code)
    .bind(case.state.is_open())
    .bind(form.level.code())
    .bind(key_of(rt, form.child.id()))
    .bind(mark_of(rt, &form.child))
    .bind(key_of(rt, form.father.id()))
    .bind(key_of(rt, form.mother.id()))
    .bind(key_of(rt, form.carer.id()))
    .bind(facts.letter.is_some())
    .bind(alarm)
    .bind(categories(&form.needs, &form.overlays))
    .bind(last.map(|visit| to_chrono(visit.at)))
    .bind(last.map_or("", |visit| visit.outcome.code()))
    .bind(sealed)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_file") => {
            let message = "这名儿童刚刚建了档案，请刷新名单后打开原来的档案。";
            Err(refuse("FILE_OPEN", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// The plan follows the day that the file says; a visit that was made stands beside what it fulfilled.
async fn plan(
    conn: &mut PgConnection,
    case: &Case<ChildFile>,
    done: Option<Option<Uuid>>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let due = case.facts.next_visit.map(to_chrono_date);
    sqlx::query(
        "update child.visit_plan set ended_at = $2, done_by = $3
          where file = $1 and ended_at is null and ($4 or due_on is distinct from $5)",
    )
    .bind(&case.number)
    .bind(to_chrono(now))
    .bind(done.flatten())
    .bind(done.is_some())
    .bind(due)
    .execute(&mut *conn)
    .await?;
    let Some(due) = due else {
        return Ok(());
    };
    sqlx::query(
        "insert into child.visit_plan (id, file, due_on) values ($1, $2, $3)
         on conflict (file) where ended_at is null do nothing",
    )
    .bind(ids::new(now))
    .bind(&case.number)
    .bind(due)
    .execute(conn)
    .await?;
    Ok(())
}
