//! The item 易流浪走失人员信息库 over its register. Who is lost is looked for as a report of the
//! relative search, whose number follows from the case's.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::{to_chrono, to_chrono_date};
use yiwang_civic::{mask, time::beijing_date};

use crate::{
    domain::{
        EasilyLost,
        easily_lost::{Effect, Form, State, World, action::Alarm},
        kin::report::{Relative, Report, Sex, Source},
    },
    kin::batches,
    stays::{failed, refuse, violates},
};

/// What the masked name of an entry is sealed as.
pub(super) const LABEL: &str = "easily_lost";

#[tonic::async_trait]
impl Registered for EasilyLost {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let mut world = World::default();
        if let (None, Some(person)) = (question.case, question.people.first()) {
            world.entry = of_person(conn, &person.key).await?;
        }
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
        for effect in effects {
            match effect {
                Effect::Follow => follow(rt, conn, case, people, now).await?,
                Effect::Lost(alarm) => {
                    let report = report(case, &alarm, now);
                    batches::import(rt, conn, &[report], now).await?;
                }
                Effect::NotLost => {
                    let externals = [case.number.clone()];
                    batches::withdraw(conn, Source::Register, &externals, now).await?;
                }
            }
        }
        Ok(())
    }
}

/// The entry of somebody who is on the register or waits for the check.
pub(super) async fn of_person(
    conn: &mut PgConnection,
    person_key: &str,
) -> sqlx::Result<Option<String>> {
    let entry = entry(conn, person_key).await?;
    Ok(entry.map(|(number, _)| number))
}

/// The same with its state.
pub(super) async fn entry(
    conn: &mut PgConnection,
    person_key: &str,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as(
        "select case_number, state from rescue.easily_lost
          where person_key = $1 and state in ('proposed', 'listed', 'missing')",
    )
    .bind(person_key)
    .fetch_optional(conn)
    .await
}

/// The row follows the case. Two townships that collect the same person at the same instant: one
/// entry.
async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<EasilyLost>,
    people: &[KeyedPerson],
    now: Timestamp,
) -> Result<(), ApplyError> {
    let state = match case.state {
        State::Proposed => "proposed",
        State::Listed | State::Due => "listed",
        State::Missing => "missing",
        State::Removed | State::Rejected => "removed",
    };
    let listing = case.facts.listing.as_ref();
    let level = listing.map_or(case.form.level, |listing| listing.level);
    let person = people
        .first()
        .map_or(case.applicant.as_str(), |person| person.key.as_str());
    let label = mask::name(case.form.name.trim());
    let label = rt.seal(LABEL, &case.number, &label).map_err(failed)?;
    let saved = sqlx::query(
        "insert into rescue.easily_lost
             (case_number, person_key, county, township, level, state, responsible, next_visit,
              changed_at, collect_by, sealed)
         values ($1, $2, left($3, 6), $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (case_number) do update
            set level = excluded.level, state = excluded.state,
                responsible = excluded.responsible, next_visit = excluded.next_visit,
                collect_by = excluded.collect_by, sealed = excluded.sealed,
                changed_at = excluded.changed_at",
    )
    .bind(&case.number)
    .bind(person)
    .bind(&case.division)
    .bind(level.code())
    .bind(state)
    .bind(listing.map_or("", |listing| listing.responsible.trim()))
    .bind(case.facts.next_visit.map(to_chrono_date))
    .bind(to_chrono(now))
    .bind(case.facts.collect_by.map(to_chrono_date))
    .bind(label)
    .execute(conn)
    .await;
    match saved {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_entry") => {
            let message = "这个人已经在信息库里，请刷新后打开原来的办件。";
            Err(refuse("ENTRY_EXISTS", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the relative search compares: collected before the loss, with where it was last seen.
fn report(case: &Case<EasilyLost>, alarm: &Alarm, now: Timestamp) -> Report {
    let form: &Form = &case.form;
    let latest = case
        .facts
        .collections
        .last()
        .map(|(collected, ..)| collected);
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let citizen = form
        .id_number
        .trim()
        .parse::<yiwang_civic::citizen_id::CitizenId>()
        .ok();
    let sex = citizen.as_ref().map(|citizen| match citizen.sex() {
        yiwang_civic::citizen_id::Sex::Male => Sex::M,
        yiwang_civic::citizen_id::Sex::Female => Sex::F,
    });
    let marks = latest.map_or(form.marks.as_str(), |it| it.marks.as_str());
    let marks = [marks.trim(), alarm.clothes.trim()];
    let marks: Vec<_> = marks.into_iter().filter(|text| !text.is_empty()).collect();
    let today = beijing_date(now);
    let names = form.aka.split(['、', '，', ',', ' ']).map(str::trim);
    Report {
        report_id: case.number.clone(),
        source: Source::Register,
        name: text(&form.name),
        aka: names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        sex,
        birth_date: citizen
            .as_ref()
            .map(|citizen| citizen.birth_date().to_string()),
        age_at_report: citizen
            .as_ref()
            .and_then(|citizen| i32::try_from(citizen.age_on(today)).ok()),
        id_number: text(&form.id_number),
        native_place: case.division.get(..6).map(str::to_owned),
        address: text(latest.map_or(form.address.as_str(), |it| it.address.as_str())),
        height_cm: Some(i32::from(form.height_cm)).filter(|height| *height > 0),
        last_seen_date: Some(alarm.lost_on.to_string()),
        last_seen_place: text(&alarm.place),
        report_date: Some(today.to_string()),
        body_marks: text(&marks.join("；")),
        condition: text(&form.condition),
        dialect: text(&form.dialect),
        relatives: vec![Relative {
            rel: form.guardian.relation.trim().to_owned(),
            name: form.guardian.name.trim().to_owned(),
        }],
        face: None,
    }
}
