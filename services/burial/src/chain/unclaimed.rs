//! The item 无名、无人认领遗体 over its file, the body, the urn and the death certificate.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, system};

use super::{bodies, failed, homes, unclaimed_file as file};
use crate::{
    ashes::ledger::{self, Move},
    deaths::{self, change::Why},
    domain::{
        death::Identity,
        document::{DeadDocument, Document},
        funeral::world::Home,
        signer::Signer,
        unclaimed_body::{
            Action, Effect, UnclaimedBody, World,
            action::Identify,
            facts::Step,
            world::{Identified, Urn},
        },
    },
    money::benefits,
};

#[tonic::async_trait]
impl Registered for UnclaimedBody {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let home = homes::find(conn, question.form.home.trim()).await?;
        let mut world = World {
            home: home.map(|home| Home {
                code: home.code,
                name: home.name,
                division: home.division,
                phone: home.phone,
            }),
            person: person(rt, &question, |data| &data.number),
            family: person(rt, &question, |data| &data.family_number),
            ..World::default()
        };
        let Some(case) = question.case else {
            return Ok(world);
        };
        if let Some(found) = file::find(conn, &case.number).await? {
            world.tag = found.tag.unwrap_or_default();
            let urn = found.urn.zip(found.disposition);
            world.urn = urn.map(|(number, at)| Urn { number, at });
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
        for effect in effects {
            match effect {
                Effect::Open => file::open(conn, number, case.form.home.trim()).await?,
                Effect::Sample(sample) => file::sample(conn, number, &sample).await?,
                Effect::Allow => file::allow(conn, number, now).await?,
                Effect::Claimed => file::claimed(conn, number, now).await?,
                Effect::Scatter {
                    urn,
                    form,
                    signed,
                    record,
                } => {
                    let to = ledger::Place::Scattered { form };
                    moved(conn, number, (&urn, to), &signed, &record, now).await?;
                }
                Effect::GiveBack {
                    urn,
                    signed,
                    receipt,
                } => {
                    let to = ledger::Place::WithFamily;
                    moved(conn, number, (&urn, to), &signed, &receipt, now).await?;
                }
                Effect::Identify(who) => identify(rt, conn, number, &who, now).await?,
            }
        }
        Ok(())
    }
}

/// Key of a person whom an identification names.
fn person(
    rt: &Runtime,
    question: &Question<'_, UnclaimedBody>,
    number: impl Fn(&Identify) -> &String,
) -> Option<String> {
    let data = match question.action? {
        Action::Identify(data) => data,
        Action::Countersign => match &question.case?.facts.pending.as_ref()?.step {
            Step::Identify(data) => data,
            _ => return None,
        },
        _ => return None,
    };
    let document = Document::CitizenId.read("", number(data)).ok()?;
    Some(rt.keyer.document_key(&document).as_str().to_owned())
}

async fn moved(
    conn: &mut PgConnection,
    case_number: &str,
    (urn, to): (&str, ledger::Place<'_>),
    [first, second]: &[Signer; 2],
    receipt: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let mv = Move {
        urn,
        to,
        first,
        second,
        case_number,
        receipt,
    };
    ledger::move_to(conn, mv, now).await
}

/// The home's funeral first (a case, with its body and its cremation certificate), then the
/// death certificate with its case, then urn and file: the order of the locks elsewhere.
async fn identify(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
    who: &Identified,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let person = rt.keyer.document_key(&who.document).as_str().to_owned();
    let found = file::find(conn, case_number).await?;
    if let Some(funeral) = found.as_ref().and_then(|found| found.funeral.as_deref()) {
        name_funeral(rt, conn, funeral, who, case_number).await?;
    }
    if !who.certificate.is_empty() {
        name_death(rt, conn, who, case_number, now).await?;
    }
    if let Some(found) = found {
        if let Some(tag) = &found.tag {
            bodies::name(conn, tag, &person).await?;
            benefits::identified(conn, tag, &person).await?;
        }
        if let Some(urn) = &found.urn {
            ledger::identify(rt, conn, urn, &person, &who.name)
                .await
                .map_err(failed)?;
        }
    }
    file::name(conn, case_number, &person, now).await?;
    Ok(())
}

/// The funeral says who it was, and its certificate is issued again with the name.
async fn name_funeral(
    rt: &Runtime,
    conn: &mut PgConnection,
    funeral: &str,
    who: &Identified,
    case_number: &str,
) -> Result<(), ApplyError> {
    let data = json!({
        "name": who.name, "document": DeadDocument::CitizenId.code(), "country": "",
        "id_number": who.document.number(), "household": who.household,
    });
    let cause = format!("无名遗体查明身份（{case_number}）");
    match system::act(rt, conn, funeral, "named", data, &cause).await {
        Err(fault) if fault.reason != "WRONG_STATE" => Err(failed(fault)),
        _ => Ok(()),
    }
}

/// The death certificate, and the case it stands on, say who it was.
async fn name_death(
    rt: &Runtime,
    conn: &mut PgConnection,
    who: &Identified,
    case_number: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let death = deaths::read::by_number(rt, conn, &who.certificate).await?;
    let death = death.ok_or_else(|| {
        super::refuse(
            "DEATH_UNKNOWN",
            "没有查到这份死亡证明，请核对编号；没有的留空。",
        )
    })?;
    let citizen = who.document.citizen();
    let identity = Identity {
        name: who.name.clone(),
        document: Some(who.document.clone()),
        sex: citizen.map(|id| id.sex()),
        born: citizen.map(|id| id.birth_date()),
        household: who.household.clone(),
        ethnicity: String::new(),
    };
    let reason = format!("DNA比对查明身份（{}，{case_number}）", who.report);
    let (actor, name) = &who.by;
    let why = Why {
        by: deaths::By { actor, name },
        reason: &reason,
        now,
    };
    deaths::follow::named(rt, conn, &death.number_key, &identity, why)
        .await
        .map_err(failed)?;
    deaths::identify(rt, conn, &death.number_key, &identity, why).await
}
