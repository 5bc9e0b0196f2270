//! The item 未成年人保护个案 over its table.

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, system};
use yiwang_chassis::outbox;
use yiwang_civic::division;

use super::{barred, custody, failed, guardianships, refused, rows};
use crate::domain::protection::{
    ProtectionCase, events,
    protection_case::{
        Action, Effect, World,
        world::{IntoCare, Other},
    },
    words::Channel,
};

#[tonic::async_trait]
impl Registered for ProtectionCase {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World {
            other: other(conn, &question).await?,
            ..World::default()
        };
        let Some(case) = question.case else {
            return Ok(world);
        };
        world.custody = in_care(rt, conn, case).await?;
        match question.action {
            Some(Action::Place(place)) => {
                if let Some(carer) = place.placing.id() {
                    let key = rt.keyer.key(&carer);
                    world.barred = barred::is_barred(conn, key.as_str()).await?;
                }
            }
            Some(Action::Transfer(transfer)) => {
                let to = transfer.division.trim();
                world.place_known = to.len() >= 6 && division::find(to).is_some();
            }
            Some(Action::Assess(assess)) => {
                let home = assess.home.trim();
                world.place_known = home.len() >= 9 && division::find(home).is_some();
            }
            _ => {}
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
        let mut goes_on_in = None;
        // Where it goes on is known before the row follows.
        for effect in &effects {
            match effect {
                Effect::Merged(into) => goes_on_in = Some(into.clone()),
                Effect::Transfer(to) => goes_on_in = Some(transfer(rt, conn, case, to).await?),
                _ => {}
            }
        }
        rows::follow(rt, conn, case, goes_on_in.as_deref(), now).await?;
        for effect in effects {
            match effect {
                Effect::Reported => {
                    let event = events::risk_raised(&case.number, &case.division);
                    outbox::enqueue(conn, &rt.outgoing(event, now)).await?;
                    file_hears(rt, conn, case).await?;
                }
                Effect::Known => {
                    file_hears(rt, conn, case).await?;
                    guardianship_hears(rt, conn, case).await?;
                }
                Effect::IntoCare(into) => into_care(rt, conn, case, &into).await?,
                Effect::BackHome { to, voice, by } => {
                    let data = json!({ "to": to, "voice": voice, "case_number": case.number,
                                       "account": by });
                    back_home(rt, conn, case, data).await?;
                }
                Effect::Follow | Effect::Merged(_) | Effect::Transfer(_) => {}
            }
        }
        Ok(())
    }
}

/// The case that the form or the act names. Locked: its end and a merge into it do not cross.
async fn other(
    conn: &mut PgConnection,
    question: &Question<'_, ProtectionCase>,
) -> sqlx::Result<Option<Other>> {
    let number = match (question.case, question.action) {
        (None, _) => question.form.from_case.as_str(),
        (_, Some(Action::Merge(merge))) => merge.into.as_str(),
        _ => return Ok(None),
    };
    if number.trim().is_empty() {
        return Ok(None);
    }
    sqlx::query("select from child.protection where case_number = $1 for share")
        .bind(number.trim())
        .execute(&mut *conn)
        .await?;
    let row = rows::find(conn, number).await?;
    Ok(row.map(|row| row.other()))
}

/// Guardianship by civil affairs of the child of a case.
async fn in_care(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
) -> sqlx::Result<Option<String>> {
    if let Some(id) = case.form.child.id() {
        let key = rt.keyer.key(&id);
        let custody = custody::of_child(conn, key.as_str()).await?;
        if let Some(custody) = custody {
            return Ok(Some(custody.case_number));
        }
    }
    guardianships::open_of_protection(conn, &case.number).await
}

/// The child's open file is at risk from now on: nothing of the story goes there.
async fn file_hears(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
) -> Result<(), ApplyError> {
    let Some(id) = case.form.child.id() else {
        return Ok(());
    };
    let keys = [rt.keyer.key(&id).as_str().to_owned()];
    let data = json!({ "case_number": case.number });
    for number in system::lock_open_cases_naming(conn, "child-file", &keys).await? {
        let cause = "儿童保护工作提醒";
        let act = system::act(rt, conn, &number, "risk_raised", data.clone(), cause);
        match act.await {
            Ok(()) => {}
            // Ended meanwhile.
            Err(fault) if fault.reason == "WRONG_STATE" => {}
            Err(fault) => return Err(failed(fault)),
        }
    }
    Ok(())
}

/// Whoever guards the child knows who it is, too.
async fn guardianship_hears(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
) -> Result<(), ApplyError> {
    let Some(number) = guardianships::open_of_protection(conn, &case.number).await? else {
        return Ok(());
    };
    let data = json!({ "child": case.form.child });
    let cause = format!("保护个案{}登记", case.number);
    let acted = system::act(rt, conn, &number, "child_known", data, &cause).await;
    acted.map_err(refused)
}

/// The same report as a new case of the other place; whoever reported stays sealed with the old
/// number.
async fn transfer(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
    to: &str,
) -> Result<String, ApplyError> {
    let mut form = case.form.clone();
    form.channel = Channel::Transferred;
    form.from_case.clone_from(&case.number);
    let form = json!(form);
    let cause = format!("由{}移送", case.number);
    let opened = system::open(rt, conn, "protection-case", &office(to), &form, &cause).await;
    opened.map_err(refused)
}

/// Where a case of a place is kept: a county has no township of its own.
pub(super) fn office(place: &str) -> String {
    match place.trim() {
        county if county.len() == 6 => format!("{county}000"),
        place => place.to_owned(),
    }
}

async fn into_care(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
    into: &IntoCare,
) -> Result<(), ApplyError> {
    let form = json!({
        "child": case.form.child,
        "ground": into.ground,
        "decision": into.decision,
        "from_case": case.number,
        "placing": into.placing,
        "voice": into.voice,
        "handed_over": into.handed_over,
    });
    let cause = format!("保护个案{}决定", case.number);
    let item = "temporary-guardianship";
    let opened = system::open(rt, conn, item, &case.division, &form, &cause).await;
    opened.map_err(refused)?;
    Ok(())
}

async fn back_home(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
    data: Value,
) -> Result<(), ApplyError> {
    let Some(number) = in_care(rt, conn, case).await? else {
        return Ok(());
    };
    let cause = format!("保护个案{}决定", case.number);
    let acted = system::act(rt, conn, &number, "return_ordered", data, &cause).await;
    acted.map_err(refused)
}
