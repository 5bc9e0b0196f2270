//! The item 落户安置 over its table: never two identities for one person.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::to_chrono;
use yiwang_civic::identity_document::IdentityDocument;

use super::{guest, placements};
use crate::{
    domain::{
        Settlement,
        document::Document,
        settlement::{Action, Effect, State, World, action::TrueIdentity, facts::Step},
    },
    search::steps,
    stays::{refuse, violates},
};

#[tonic::async_trait]
impl Registered for Settlement {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let stay = question.form.stay.trim();
        let mut world = World {
            stay: guest::read(rt, conn, stay).await?,
            search: steps::of_case(conn, stay).await?,
            ..World::default()
        };
        if question.case.is_none() {
            world.open = sqlx::query_scalar(
                "select case_number from rescue.settlement where stay = $1 and state <> 'ended'",
            )
            .bind(stay)
            .fetch_optional(&mut *conn)
            .await?;
        }
        if let Some(document) = named(&question) {
            let key = rt.keyer.document_key(&document).as_str().to_owned();
            world.taken = taken(conn, &key).await?;
            world.person = Some(key);
        }
        Ok(world)
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        _: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let number = case.number.as_str();
        let stay = case.form.stay.as_str();
        let cause = format!("落户安置（{number}）");
        let data = json!({ "case_number": number });
        for effect in effects {
            match effect {
                Effect::Request => {
                    guest::acts(rt, conn, stay, "settle_requested", data.clone(), &cause).await?;
                }
                Effect::Follow => follow(conn, case, now).await?,
                Effect::Settle => {
                    placements::stay_ends(rt, conn, stay, &cause).await?;
                    guest::acts(rt, conn, stay, "settled", data.clone(), &cause).await?;
                }
                Effect::Repeat => {
                    guest::acts(rt, conn, stay, "searched_again", data.clone(), &cause).await?;
                }
                Effect::Known(matched) => {
                    guest::acts(rt, conn, stay, "match_confirmed", json!(matched), &cause).await?;
                }
                Effect::Forget(unmatched) => {
                    let data = json!(unmatched);
                    guest::acts(rt, conn, stay, "match_taken_back", data, &cause).await?;
                }
            }
        }
        Ok(())
    }
}

/// The person an act names.
fn named(question: &Question<'_, Settlement>) -> Option<IdentityDocument> {
    let found: &TrueIdentity = match question.action? {
        Action::Register(data) => return Document::CitizenId.read("", &data.number).ok(),
        Action::Found(data) => {
            let found = &data.identify;
            return found.document.read(&found.country, &found.number).ok();
        }
        Action::TrueIdentity(data) => data,
        Action::Countersign => match &question.case?.facts.pending.as_ref()?.step {
            Step::TrueIdentity(data) => data,
            Step::Revoke(_) => return None,
        },
        _ => return None,
    };
    found.document.read(&found.country, &found.number).ok()
}

/// Whether somebody has this identity here: settled before, or known at a station or at home.
async fn taken(conn: &mut PgConnection, person: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from rescue.settlement where $1 in (person_key, true_person))
             or exists (select from rescue.stay where person_key = $1)
             or exists (select from rescue.easily_lost where person_key = $1)
             or exists (select from rescue.homecoming where person_key = $1)",
    )
    .bind(person)
    .fetch_one(conn)
    .await
}

/// Never two identities for one person, never one for two.
const IDENTITIES: [&str; 3] = ["one_identity", "own_identity", "one_true_person"];

/// The settlement of a stay that is over by it, for who hears later who it was.
pub(crate) async fn of_stay(conn: &mut PgConnection, stay: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from rescue.settlement
          where stay = $1 and state in ('settled', 'found', 'cancelled')",
    )
    .bind(stay)
    .fetch_optional(conn)
    .await
}

/// The settlement that gave this identity, as long as it stands.
pub(super) async fn of_person(
    conn: &mut PgConnection,
    person: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select case_number from rescue.settlement where person_key = $1 and state = 'settled'",
    )
    .bind(person)
    .fetch_optional(conn)
    .await
}

/// The row follows the case. Two settlements that would give one identity: the second is refused.
async fn follow(
    conn: &mut PgConnection,
    case: &Case<Settlement>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Registered | State::Settled => "settled",
        State::Found => "found",
        State::Cancelled => "cancelled",
        State::Ended => "ended",
        _ => "applied",
    };
    let person = Some(case.facts.person.as_str()).filter(|key| !key.is_empty());
    let true_person = Some(case.facts.true_person.as_str()).filter(|key| !key.is_empty());
    let cancelled_at = (case.state == State::Cancelled).then(|| to_chrono(now));
    let saved = sqlx::query(
        "insert into rescue.settlement
             (case_number, stay, state, person_key, true_person, cancelled_at, household)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (case_number) do update
            set state = excluded.state, person_key = excluded.person_key,
                true_person = excluded.true_person, cancelled_at = excluded.cancelled_at",
    )
    .bind(&case.number)
    .bind(case.form.stay.trim())
    .bind(state)
    .bind(person)
    .bind(true_person)
    .bind(cancelled_at)
    .bind(format!(
        "{}（{}）",
        case.form.institution.trim(),
        case.form.home.label()
    ))
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if IDENTITIES.iter().any(|name| violates(&error, name)) => {
            let message = "这个身份已经属于另一个人，一个人只能有一个身份，请与公安机关核对。";
            Err(refuse("SECOND_IDENTITY", message))
        }
        Err(error) if violates(&error, "one_settlement") => {
            let message = "这名受助人员的落户安置正在办理，请刷新后打开原来的办件。";
            Err(refuse("SETTLEMENT_OPEN", message))
        }
        Err(error) => Err(error.into()),
    }
}
