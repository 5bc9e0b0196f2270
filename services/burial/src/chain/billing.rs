//! The services used become a bill (rules F10, F15). The list with quantities stands in the
//! case's facts ([`crate::domain::funeral::facts::Facts::services`]); 惠民 is taken off on the
//! spot, by the rules of the day of the cremation, and what was not used is not paid out.

use jiff::{Timestamp, Unit, civil::Date};
use prost::Message as _;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, Refusal, Runtime, decision::DomainEvent};
use yiwang_chassis::outbox;
use yiwang_civic::{division, params::ParamError, time};
use yiwang_proto::burial::v1::BillDrawn;

use super::{homes, refuse};
use crate::{
    domain::{
        benefit::{Deceased, Group, Waivers},
        bill::{self, Quantity, Service},
        funeral::{Form, Funeral, facts::Used, services::TRANSPORT},
        price::{self, Price},
    },
    money::{
        benefits::{self, Benefit, Kind},
        catalogue,
        store::{self, New},
    },
};

/// 接运 from outside the county town, where that is another item of the list.
const FROM_TOWNSHIP: &str = "transport.township";
/// 百岁老人.
const CENTENARIAN: i16 = 100;

/// Draws up and records the bill of a funeral, in the transaction of `settle`.
///
/// # Errors
/// What the price list refuses.
pub async fn settle(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<Funeral>,
    person: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let (form, facts) = (&case.form, &case.facts);
    let home = homes::find(conn, form.home.trim()).await?;
    let home = home.ok_or_else(|| refuse("HOME_UNKNOWN", "没有这个殡仪馆，不能结算。"))?;
    let on = time::beijing_date(facts.ended_at.unwrap_or(now));
    let prices = catalogue::versions(conn, &home.division, &home.code).await?;
    let rule = |error: ParamError| ApplyError::Refused(Refusal::from(error));
    let outside = outside_town(rt, form, &home.division, on).map_err(rule)?;
    let services: Vec<Service> = facts
        .services
        .iter()
        .map(|used| service(used, outside, &prices, on))
        .collect();

    let waivers = Waivers::load(&rt.rules, &home.division, on).map_err(rule)?;
    let known = match person {
        Some(person) => Some(person.to_owned()),
        None => known_since(conn, &facts.tag).await?,
    };
    let key = known
        .clone()
        .unwrap_or_else(|| benefits::nameless(&facts.tag));
    // Another county may have been first: then nothing is taken off here.
    let before = benefits::granted(conn, &key, Kind::Waiver).await?;
    let items = match before {
        Some(_) => Vec::new(),
        None => waivers.of(Deceased {
            household: form.dead.household.trim(),
            group: group(form, facts.group),
            cremated_here: true,
        }),
    };
    let bill = bill::draw_up(&services, &prices, &items, waivers.total, None, on)
        .map_err(ApplyError::Refused)?;
    if bill.waived() > 0 {
        let benefit = Benefit {
            person: &key,
            kind: Kind::Waiver,
            case_number: &case.number,
            division: &home.division,
            fen: bill.waived(),
            at_once: true,
        };
        benefits::grant(conn, benefit, now).await?;
    }
    let new = New {
        case_number: &case.number,
        facility: &home.code,
        person: known.as_deref(),
        round: 1,
    };
    store::record(conn, new, &bill, now).await?;
    let drawn = BillDrawn {
        case_number: case.number.clone(),
        person: known.unwrap_or_default(),
        on: time::beijing_date(now).to_string(),
        charged_fen: bill.charged(),
        waived_fen: bill.waived(),
        subsidised_fen: bill.subsidised(),
    };
    let event = DomainEvent {
        aggregate: "bill",
        aggregate_id: case.number.clone(),
        event: "drawn",
        payload: drawn.encode_to_vec(),
    };
    outbox::enqueue(conn, &rt.outgoing(event, now)).await?;
    Ok(())
}

/// Who a body without a name has turned out to be.
async fn known_since(conn: &mut PgConnection, tag: &str) -> sqlx::Result<Option<String>> {
    let found: Option<Option<String>> =
        sqlx::query_scalar("select person_key from burial.body where tag = $1")
            .bind(tag)
            .fetch_optional(conn)
            .await?;
    Ok(found.flatten())
}

/// Whether the body was fetched outside the county town; false where the list makes no
/// difference.
fn outside_town(rt: &Runtime, form: &Form, home: &str, on: Date) -> Result<bool, ParamError> {
    let town = rt.rules.lookup("burial.price.town", home, on)?.list()?;
    let place = form.place.trim();
    let inside = |code: &str| division::is_within(place, code);
    Ok(!town.is_empty() && !town.iter().filter_map(|one| one.text()).any(inside))
}

fn service(used: &Used, outside: bool, prices: &[Price], on: Date) -> Service {
    let township = used.code == TRANSPORT && outside;
    let code = match township && price::find(prices, FROM_TOWNSHIP, on).is_some() {
        true => FROM_TOWNSHIP,
        false => used.code.as_str(),
    };
    Service {
        code: code.to_owned(),
        quantity: Quantity(used.hundredths),
        unit_fen: used.unit_fen,
    }
}

/// The group the desk has seen, or what the form itself tells.
fn group(form: &Form, seen: Option<Group>) -> Option<Group> {
    let dead = &form.dead;
    if seen.is_some() {
        return seen;
    }
    if dead.is_nameless() {
        return Some(Group::Nameless);
    }
    let lived = dead.born()?.until((Unit::Year, dead.died_on)).ok()?;
    (lived.get_years() >= CENTENARIAN).then_some(Group::Centenarian)
}
