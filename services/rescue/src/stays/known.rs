//! What a decision on a stay must know: read, and locked where the decision changes it.

use sqlx::PgConnection;
use yiwang_casework::{Question, Runtime};
use yiwang_civic::identity_document::IdentityDocument;

use super::{articles, stations, store, things};
use crate::domain::stay::{
    Action, StationStay, World,
    law::side::Side,
    step::Step,
    world::{Article, Place, Station},
};

/// Reads it.
pub(super) async fn world(
    rt: &Runtime,
    conn: &mut PgConnection,
    question: &Question<'_, StationStay>,
) -> sqlx::Result<World> {
    let code = question.form.station.trim();
    let station = stations::find(conn, code).await?;
    let mut world = World {
        station: station
            .filter(|station| station.active)
            .map(|station| Station {
                code: station.code,
                name: station.name,
                division: station.division,
                phone: station.phone,
            }),
        ..World::default()
    };
    let Some(case) = question.case else {
        return Ok(world);
    };
    store::lock(rt, conn, &case.number).await?;
    if let Some(wanted) = question.action.and_then(place_of) {
        let places = stations::places(conn, code).await?;
        let places: Vec<Place> = places.into_iter().filter_map(as_place).collect();
        let named = places
            .iter()
            .find(|place| place.id.to_string() == wanted.trim());
        world.place = named.cloned();
        world.free = places.into_iter().filter(|place| place.free > 0).collect();
    }
    if let Some(Action::Give(data)) = question.action
        && let Ok(id) = data.article.trim().parse()
    {
        let article = articles::find(conn, id).await?;
        let own = article.filter(|article| article.station == code);
        world.article = own.map(|article| Article {
            id: article.id,
            name: article.name,
            unit: article.unit,
            on_hand: u32::try_from(article.on_hand).unwrap_or_default(),
        });
    }
    world.kept = things::kept(rt, conn, &case.number).await?;
    let known = case.facts.identity.as_ref().and_then(|it| it.read());
    let named = named(question);
    let key = |document: IdentityDocument| rt.keyer.document_key(&document).as_str().to_owned();
    if let Some(key) = named.clone().map(key) {
        let there = store::of_person(conn, &key).await?;
        let other = there.filter(|(number, _)| *number != case.number);
        world.elsewhere = other.map(|(_, station)| station);
    }
    world.person = named.or(known).map(key);
    Ok(world)
}

fn as_place(place: stations::Place) -> Option<Place> {
    let free = i64::from(place.berths) - place.taken;
    let side = Side::from_code(&place.side)?;
    place.active.then(|| Place {
        id: place.id,
        kind: place.kind,
        label: place.label,
        side,
        free: u32::try_from(free).unwrap_or_default(),
    })
}

/// The place an act speaks of; empty: any that fits.
fn place_of(action: &Action) -> Option<&str> {
    match action {
        Action::SendHospital(data) => Some(&data.place),
        Action::BackFromHospital(data) => Some(&data.place),
        Action::Admit(data) => Some(&data.place),
        Action::MovePlace(data) => Some(&data.place),
        Action::Depart(data)
        | Action::Back(data)
        | Action::ToFoster(data)
        | Action::FromFoster(data) => Some(&data.place),
        _ => None,
    }
}

/// The person an act names: with the card at hand, or by an identification.
fn named(question: &Question<'_, StationStay>) -> Option<IdentityDocument> {
    let identify = match question.action? {
        Action::Register(data) if data.card_checked => {
            return data.document.read(&data.country, &data.number).ok();
        }
        Action::Identify(data) => data,
        Action::MatchConfirmed(data) => &data.identify,
        Action::Countersign => match &question.case?.facts.pending.as_ref()?.step {
            Step::Identify(data) => data,
            _ => return None,
        },
        _ => return None,
    };
    identify
        .document
        .read(&identify.country, &identify.number)
        .ok()
}
