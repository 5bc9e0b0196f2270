//! The item 临时监护 over its tables.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    ApplyError, Awaiting, Case, KeyedPerson, Question, Registered, Runtime, State as _, system,
};
use yiwang_chassis::fault::Fault;
use yiwang_civic::citizen_id::CitizenId;

use super::{
    barred,
    custody::{self, Guarded},
    guardianships::{self, Stands},
    refused,
};
use crate::domain::protection::{
    TemporaryGuardianship, law,
    person::Ward,
    temporary_guardianship::{Action, Effect, World, action::ToLong},
    words::TemporaryGround,
};

const ITEM: &str = "temporary-guardianship";

#[tonic::async_trait]
impl Registered for TemporaryGuardianship {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World::default();
        if let Some(carer) = carer(&question) {
            let key = rt.keyer.key(&carer);
            world.barred = barred::is_barred(conn, key.as_str()).await?;
        }
        if question.case.is_none() {
            let child = question.people.first();
            if let Some(child) = child {
                let custody = custody::of_child(conn, &child.key).await?;
                world.custody = custody.map(|custody| custody.case_number);
            }
            let from = &question.form.from_case;
            world.open = guardianships::open_of_protection(conn, from).await?;
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
        let stands = stands(case);
        stands.follow(rt, conn).await?;
        let number = case.number.as_str();
        for effect in effects {
            match effect {
                Effect::Follow => {}
                Effect::Start(placing) => {
                    let key = stands.key(rt);
                    let guarded = Guarded {
                        case_number: number,
                        long: false,
                        child: key.as_deref(),
                        division: &case.division,
                    };
                    custody::open(rt, conn, guarded, &placing, now).await?;
                    stands.tell(rt, conn, "started", now).await?;
                }
                Effect::Move(placing) => {
                    custody::moves(rt, conn, number, &placing, now).await?;
                    stands.tell(rt, conn, "moved", now).await?;
                }
                Effect::Known(_) => {
                    let key = stands.key(rt);
                    custody::identified(conn, number, key.as_deref()).await?;
                }
                Effect::End => {
                    custody::end(conn, number, now).await?;
                    stands.tell(rt, conn, "ended", now).await?;
                }
                Effect::ToLong(long) => goes_on(rt, conn, case, &long).await?,
            }
        }
        Ok(())
    }
}

fn stands(case: &Case<TemporaryGuardianship>) -> Stands<'_> {
    let spec = case.state.spec();
    Stands {
        case_number: &case.number,
        division: &case.division,
        long: false,
        from_case: &case.form.from_case,
        child: &case.form.child,
        open: spec.awaiting != Awaiting::Nobody,
        state: spec.code,
        suspicion: law::under_suspicion(case.form.ground),
        adoptable: false,
    }
}

/// Whoever is to care for the child, or to be its guardian.
fn carer(question: &Question<'_, TemporaryGuardianship>) -> Option<CitizenId> {
    match (question.case, question.action) {
        (None, _) => question.form.placing.id(),
        (_, Some(Action::Move(moves))) => moves.placing.id(),
        (_, Some(Action::ToLong(long))) => long.placing.id(),
        (Some(case), Some(Action::Countersign)) => case.facts.pending.as_ref()?.step.placing.id(),
        (_, Some(Action::OtherGuardian(other))) => other.id_number.trim().parse().ok(),
        _ => None,
    }
}

/// The long-term guardianship takes the child over in the same instant.
async fn goes_on(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<TemporaryGuardianship>,
    long: &ToLong,
) -> Result<(), ApplyError> {
    let form = json!({
        "child": case.form.child,
        "ground": long.ground,
        "paper": long.paper,
        "crime": long.crime,
        "from_case": case.number,
        "placing": long.placing,
        "voice": long.voice,
    });
    let cause = format!("由临时监护{}转入", case.number);
    let item = "long-guardianship";
    let opened = system::open(rt, conn, item, &case.division, &form, &cause).await;
    opened.map_err(refused)?;
    Ok(())
}

/// A minor at a rescue station, as its events tell.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The stay.
    pub stay: &'a str,
    /// 9 digits.
    pub division: &'a str,
    /// Name of the station, which is the placement.
    pub station: &'a str,
    /// `wandering`, `guardian_missing`, `guardian_unable`, `guardian_refuses`, `harm`,
    /// `trafficked`.
    pub cause: &'a str,
    /// Number of the decision; empty: none yet.
    pub document: &'a str,
}

/// A rescue station found a minor: civil affairs guard it at once (未成年人保护法 92). None when
/// the stay has its guardianship already.
///
/// # Errors
/// The database does not answer, or a parameter is missing.
pub async fn open_temporary(
    rt: &Runtime,
    conn: &mut PgConnection,
    found: &Found<'_>,
) -> Result<Option<String>, Fault> {
    if of_stay(conn, found.stay).await? {
        return Ok(None);
    }
    let ground = match found.cause {
        "guardian_missing" => TemporaryGround::GuardianMissing,
        "guardian_unable" => TemporaryGround::GuardianUnable,
        "guardian_refuses" => TemporaryGround::Refuses,
        "harm" => TemporaryGround::Harm,
        _ => TemporaryGround::Wandering,
    };
    let decision = match found.document.trim() {
        "" => "待补",
        document => document,
    };
    let form = json!({
        "child": Ward::default(),
        "ground": ground,
        "decision": decision,
        "from_case": found.stay,
        "placing": { "place": "centre", "carer": found.station },
        "voice": { "heard": "unable", "words": "救助管理站转来，到站后听取" },
        "handed_over": true,
    });
    let cause = "救助管理站发现未成年人";
    let number = system::open(rt, conn, ITEM, found.division, &form, cause).await?;
    sqlx::query("insert into child.found_at_station (stay, case_number) values ($1, $2)")
        .bind(found.stay.trim())
        .bind(&number)
        .execute(conn)
        .await?;
    Ok(Some(number))
}

async fn of_stay(conn: &mut PgConnection, stay: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from child.found_at_station where stay = $1)")
        .bind(stay.trim())
        .fetch_one(conn)
        .await
}

/// The station handed the minor over: `care` says to whom (`kin`, `family`, `protection`,
/// `welfare`). Relatives and foster families are written down by the county, which checks them.
///
/// # Errors
/// As [`open_temporary`].
pub async fn handed_over(
    rt: &Runtime,
    conn: &mut PgConnection,
    found: &Found<'_>,
    care: &str,
) -> Result<(), Fault> {
    open_temporary(rt, conn, found).await?;
    if care != "welfare" {
        return Ok(());
    }
    let number: String =
        sqlx::query_scalar("select case_number from child.found_at_station where stay = $1")
            .bind(found.stay.trim())
            .fetch_one(&mut *conn)
            .await?;
    let data = json!({
        "placing": { "place": "home", "carer": "儿童福利机构", "home_reason": "found" },
        "voice": { "heard": "unable", "words": "救助管理站移交，到机构后听取" },
        "reasons": "救助管理站移交",
    });
    let acted = system::act(rt, conn, &number, "move", data, "救助管理站移交").await;
    match acted {
        Err(fault) if fault.reason == "WRONG_STATE" => Ok(()),
        other => other,
    }
}
