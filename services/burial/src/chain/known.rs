//! What a decision on a funeral must know: read, and locked where the decision changes it.

use jiff::{Timestamp, ToSpan as _, civil::DateTime};
use sqlx::PgConnection;
use yiwang_casework::{Question, Runtime};
use yiwang_civic::time;

use super::{
    bodies, cremation,
    free_times::{self, FreeTime},
    holds, homes, numbers,
    resources::{self, Kind},
    slots, unclaimed_file,
};
use crate::{
    deaths,
    domain::{
        dead::DEAD,
        funeral::{
            Action, Form, Funeral, World,
            customs::Areas,
            handling::Handling,
            step::Step,
            world::{Free, Hold, Home, Paper},
        },
    },
    planning::zones,
};

/// A car is away so long at least.
const JOURNEY_HOURS: i64 = 3;
/// A cell is given back when the body leaves; until then nobody else gets it.
const CELL_DAYS: i64 = 3650;

/// Reads it.
///
/// # Errors
/// The database does not answer.
pub async fn world(
    rt: &Runtime,
    conn: &mut PgConnection,
    question: &Question<'_, Funeral>,
) -> sqlx::Result<World> {
    let form = question.form;
    let dead = question
        .people
        .iter()
        .find(|one| one.person.relation == DEAD);
    let dead = dead.map(|one| one.key.clone());
    let home = homes::find(conn, form.home.trim()).await?;
    let mut world = World {
        home: home.map(|home| Home {
            code: home.code,
            name: home.name,
            division: home.division,
            phone: home.phone,
        }),
        death: paper(rt, conn, question, dead.as_deref()).await?,
        areas: areas(conn, form).await?,
        dead,
        ..World::default()
    };
    if let Some(unclaimed) = unclaimed(question) {
        world.unclaimed = unclaimed_file::known(conn, unclaimed).await?;
    }
    let Some(case) = question.case else {
        if let Some(person) = &world.dead {
            world.elsewhere = bodies::of_person(conn, person)
                .await?
                .map(|body| body.case_number);
            world.cremated = cremation::begun(conn, None, Some(person)).await?;
        }
        return Ok(world);
    };
    world.body = bodies::lock_of_case(conn, &case.number)
        .await?
        .map(|body| body.tag);
    if let Some(tag) = &world.body {
        let open = holds::open_of(conn, tag).await?;
        world.holds = open.into_iter().map(hold).collect();
        world.cremated = cremation::begun(conn, Some(tag), world.dead.as_deref()).await?;
    }
    world.free = free(conn, question).await?;
    let today = time::beijing_date(question.now);
    if let Some(Action::Named(data)) = question.action {
        let document = data.document.read(&data.country, &data.id_number);
        let document = document.ok().flatten();
        world.dead = document.map(|id| rt.keyer.document_key(&id).as_str().to_owned());
    }
    match question.action {
        Some(Action::PickUp(_)) if case.facts.tag.is_empty() => {
            world.next_tag = numbers::next_tag(conn, form.home.trim(), today).await?;
        }
        // Nobody's certificate is numbered anew that was never numbered.
        Some(Action::Named(_)) if case.facts.cremation_certificate.is_empty() => {}
        Some(Action::Certify | Action::Reissue(_) | Action::Named(_)) => {
            let county = form.home.get(..6).unwrap_or_default();
            world.next_certificate = numbers::next_certificate(conn, county, today).await?;
        }
        _ => {}
    }
    Ok(world)
}

fn hold(open: holds::Open) -> Hold {
    Hold {
        id: open.id,
        authority: open.authority,
        document: open.document,
    }
}

/// Case of the unclaimed body that this act speaks of, or that the funeral is for.
fn unclaimed<'a>(question: &Question<'a, Funeral>) -> Option<&'a str> {
    if let Some(Action::LoseHandler(data)) = question.action {
        return Some(data.unclaimed.trim());
    }
    let form = question.form;
    match question.case {
        Some(case) => Handling::of(form, &case.facts).unclaimed,
        None => form.is_unclaimed().then_some(form.unclaimed.trim()),
    }
}

/// The step this act is about: the one written down now, or the one that waits.
fn step(question: &Question<'_, Funeral>) -> Option<Step> {
    match question.action? {
        Action::Store(data) => Some(Step::Store(data.clone())),
        Action::Verify(data) => Some(Step::Verify(data.clone())),
        Action::Start(data) => Some(Step::Start(data.clone())),
        Action::Countersign(_) => {
            let pending = question.case?.facts.pending.as_ref()?;
            Some(pending.step.clone())
        }
        _ => None,
    }
}

/// The death certificate this act speaks of: the one at hand, or the one on file.
fn number(question: &Question<'_, Funeral>) -> String {
    let shown = match (question.action, step(question)) {
        (Some(Action::SendCertificate(data) | Action::RecordCertificate(data)), _) => {
            Some(data.number.clone())
        }
        (_, Some(Step::Verify(data))) => Some(data.certificate),
        _ => None,
    };
    let filed = question.case.map(|case| case.facts.certificate.clone());
    let filed = filed.filter(|number| !number.is_empty());
    let number = shown
        .or(filed)
        .unwrap_or_else(|| question.form.certificate.clone());
    number.trim().to_owned()
}

/// The death certificate: by its number, else by the person once there is a case: what the register
/// has is not asked for (国令第716号 7). Who only gives notice learns nothing from it.
async fn paper(
    rt: &Runtime,
    conn: &mut PgConnection,
    question: &Question<'_, Funeral>,
    dead: Option<&str>,
) -> sqlx::Result<Option<Paper>> {
    let number = number(question);
    let dead = dead.filter(|_| question.case.is_some());
    let found = match (number.as_str(), dead) {
        ("", None) => None,
        ("", Some(person)) => deaths::read::of_person(rt, conn, person).await?,
        (number, _) => deaths::read::by_number(rt, conn, number).await?,
    };
    Ok(found.map(|death| Paper {
        voided: !death.state.is_valid(),
        number_key: death.number_key,
        name: death.name,
        person: death.person,
        infectious: death.infectious,
    }))
}

/// What is free for this act.
async fn free(
    conn: &mut PgConnection,
    question: &Question<'_, Funeral>,
) -> sqlx::Result<Vec<Free>> {
    let home = question.form.home.trim();
    let now = question.now;
    let found = match (question.action, step(question)) {
        (Some(Action::Dispatch(_)), _) => {
            let back = now
                .checked_add(JOURNEY_HOURS.hours())
                .unwrap_or(Timestamp::MAX);
            free_times::whole(conn, home, Kind::Vehicle, (now, back)).await?
        }
        (Some(Action::ChooseFarewell(data) | Action::SetFarewell(data)), _) => {
            times(conn, home, Kind::Hall, &data.starts_at, now).await?
        }
        (Some(Action::ChooseTime(data) | Action::SetTime(data)), _) => {
            times(conn, home, Kind::Furnace, &data.starts_at, now).await?
        }
        (_, Some(Step::Store(_))) => {
            // A cell is taken until the body leaves it, be the limit over or not.
            let until = now
                .checked_add(CELL_DAYS.hours() * 24)
                .unwrap_or(Timestamp::MAX);
            free_times::free_cells(conn, home, (now, until)).await?
        }
        (_, Some(Step::Start(_))) => {
            let furnaces = resources::of_kind(conn, home, Kind::Furnace).await?;
            let furnaces = furnaces.into_iter().map(|one| FreeTime {
                resource: one.id,
                label: one.label,
                class: one.class,
                from: now,
                to: now,
            });
            furnaces.collect()
        }
        _ => Vec::new(),
    };
    Ok(found.into_iter().map(as_free).collect())
}

fn as_free(one: FreeTime) -> Free {
    Free {
        resource: one.resource,
        label: one.label,
        class: one.class,
        from: one.from,
        to: one.to,
    }
}

/// Those that start when somebody wants it; when there are none, the next ones.
async fn times(
    conn: &mut PgConnection,
    home: &str,
    kind: Kind,
    starts_at: &str,
    now: Timestamp,
) -> sqlx::Result<Vec<FreeTime>> {
    let at: Option<DateTime> = starts_at.trim().parse().ok();
    let Some(at) = at.and_then(slots::instant) else {
        return Ok(Vec::new());
    };
    let day = free_times::free(conn, home, kind.code(), time::beijing_date(at)).await?;
    let wanted: Vec<FreeTime> = day.into_iter().filter(|one| one.from == at).collect();
    if wanted.is_empty() {
        return free_times::next_free(conn, home, kind, at, now).await;
    }
    Ok(wanted)
}

/// Zones of the place of death and the household on the day of death.
async fn areas(conn: &mut PgConnection, form: &Form) -> sqlx::Result<Areas> {
    let day = form.dead.died_on;
    Ok(Areas {
        death: zones::on(conn, &form.place, day).await?,
        household: zones::on(conn, &form.dead.household, day).await?,
    })
}
