//! The item 生态安葬奖补 over placements and benefits.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime};
use yiwang_chassis::db::from_chrono;
use yiwang_civic::time;

use super::benefits::{self, Benefit, Kind};
use crate::{
    chain::cremation,
    deaths::uses,
    domain::{
        benefit::EcoForm,
        death::UsedFor,
        eco_subsidy::{
            EcoSubsidy,
            world::{Effect, Placed, World},
        },
        rest,
    },
    places::store::label,
};

/// Key of the dead person on a form.
pub(super) fn dead(people: &[KeyedPerson]) -> Option<&str> {
    let user = people.iter().find(|one| one.person.relation == rest::USER);
    user.map(|one| one.key.as_str())
}

#[tonic::async_trait]
impl Registered for EcoSubsidy {
    async fn world(
        _: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        let cremated = match question.form.cremation_certificate.trim() {
            "" => None,
            number => cremation::by_certificate(conn, number).await?,
        };
        let mut world = World {
            cremated: cremated.map(|done| done.person),
            ..World::default()
        };
        if let Some(person) = dead(question.people) {
            world.placed = placed(conn, person).await?;
            world.granted = benefits::granted(conn, person, Kind::EcoSubsidy).await?;
            world.person = Some(person.to_owned());
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
                Effect::Grant { fen } => {
                    let benefit = Benefit {
                        person: dead(people).unwrap_or_default(),
                        kind: Kind::EcoSubsidy,
                        case_number: &case.number,
                        division: &case.division,
                        fen,
                        at_once: false,
                    };
                    benefits::grant(conn, benefit, now).await?;
                    let by = case.facts.approved.as_ref().map_or("", |(by, _)| by);
                    let (used, by) = (UsedFor::EcoSubsidy, (by, case.number.as_str()));
                    uses::take_of_person(rt, conn, benefit.person, used, by, now).await?;
                }
                Effect::Release => {
                    benefits::release(conn, &case.number).await?;
                    uses::end(conn, UsedFor::EcoSubsidy, &case.number).await?;
                }
                Effect::Paid => benefits::paid(conn, &case.number, now).await?,
                Effect::Recovered => benefits::recovered(conn, &case.number, now).await?,
            }
        }
        Ok(())
    }
}

type Row = (
    String,
    DateTime<Utc>,
    String,
    String,
    (String, i32, i32),
    (String, String),
);

/// Where the ashes of a person were laid to rest in our places.
async fn placed(conn: &mut PgConnection, person: &str) -> sqlx::Result<Option<Placed>> {
    let row: Option<Row> = sqlx::query_as(
        "select urn.form, moved.at, moved.second_name, moved.case_number,
                (spot.area, spot.line, spot.place), (facility.name, facility.division)
           from burial.urn
           join burial.urn_move moved on moved.urn = urn.number and moved.version = urn.version
           join burial.spot_use used on used.case_number = moved.case_number
                                    and used.state = 'occupied'
           join burial.spot on spot.id = used.spot
           join burial.facility on facility.code = spot.facility
          where urn.person_key = $1 and urn.disposition in ('in_plot', 'scattered')
          order by moved.at desc limit 1",
    )
    .bind(person)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(
        |(form, at, witness, case_number, spot, (facility, division))| Placed {
            form: EcoForm::from_code(&form),
            on: time::beijing_date(from_chrono(at)),
            division,
            place: format!("{facility}{}", label(&spot.0, spot.1, spot.2)),
            witness,
            case_number,
        },
    ))
}
