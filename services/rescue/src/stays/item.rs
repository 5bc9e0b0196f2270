//! The item 站内救助 over the tables of the station.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::audit;

use super::{articles, care, known, places, store, things};
use crate::{
    domain::stay::{Effect, StationStay, World, words::LeaveType},
    home,
    kin::clues,
    search::{publish, steps},
};

#[tonic::async_trait]
impl Registered for StationStay {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        known::world(rt, conn, &question).await
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        for effect in effects {
            apply(rt, conn, case, effect, now).await?;
        }
        Ok(())
    }
}

async fn apply(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<StationStay>,
    effect: Effect,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let number = case.number.as_str();
    match effect {
        Effect::Arrive => store::insert(rt, conn, case, now).await?,
        Effect::Admit { place, by } => places::admit(conn, number, place, &by, now).await?,
        Effect::Move { place, by, reason } => {
            places::move_to(conn, number, place, &by, &reason, now).await?;
        }
        Effect::Leave(how) => {
            places::leave(conn, number, how.code(), now).await?;
            if case.facts.identity.is_some() {
                clues::forget_face(conn, number).await?;
            }
            home::came_home(rt, conn, case, how, now).await?;
        }
        Effect::HomeKnown => home::came_home(rt, conn, case, LeaveType::Settled, now).await?,
        Effect::Refuse => store::refused(conn, number).await?,
        Effect::Take { lines, by } => things::take(rt, conn, number, &lines, &by, now).await?,
        Effect::GiveBack {
            lines,
            to,
            receiver,
        } => things::give_back(conn, number, &lines, to, &receiver, now).await?,
        Effect::Give {
            article,
            quantity,
            note,
            by,
        } => {
            let mv = articles::Move {
                article,
                quantity: -i32::from(quantity),
                case_number: Some(number),
                encounter: None,
                reason: &note,
                by: &by,
            };
            articles::count(conn, mv, now).await?;
        }
        Effect::Care { kind, text, by } => {
            care::add(rt, conn, number, (kind, &text), &by, now).await?;
        }
        Effect::Search => steps::save(conn, number, &case.facts.search).await?,
        Effect::FaceSearched { account, by } => {
            face_searched(conn, number, (account, by), now).await?;
        }
        Effect::Publish { body, again: false } => {
            let county = case.division.get(..6).unwrap_or_default();
            publish::publish(conn, number, county, &body, now).await?;
        }
        Effect::Publish { body, again: true } => {
            publish::refresh(conn, number, &body, now).await?;
        }
        Effect::Unpublish { by, reason } => {
            publish::withdraw(conn, number, &by, &reason, now).await?;
        }
        Effect::Clues(told) => {
            let told = clues::told(case, &told);
            clues::upsert(rt, conn, number, &told, now).await?;
        }
        Effect::CluesEnd => clues::end(conn, number, now).await?,
        Effect::Follow { stranded_on } => store::follow(rt, conn, case, stranded_on).await?,
    }
    Ok(())
}

/// Each look into the face base leaves its purpose, and no content (rules C5.8).
async fn face_searched(
    conn: &mut PgConnection,
    case_number: &str,
    (account, by): (Uuid, String),
    now: Timestamp,
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: now,
        actor: account.to_string(),
        actor_name: Some(by),
        on_behalf_of: None,
        action: "biometrics.search".to_owned(),
        object: format!("case/{case_number}"),
        purpose: Some("查明受助人员身份".to_owned()),
        outcome: audit::Outcome::Done,
        detail: json!({}),
    };
    audit::record(conn, &entry).await
}
