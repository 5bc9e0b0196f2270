//! Facts for other services (rules A6): person keys, no economic detail beyond the share.

use jiff::civil::Date;
use prost::Message as _;
use yiwang_casework::{Case, decision::DomainEvent};
use yiwang_civic::time::Month;
use yiwang_proto::assistance::v1::{HouseholdChanged, HouseholdClassified, StatusChanged};

use super::{
    MinimumLiving,
    amount::Share,
    assess::Class,
    world::{BENEFIT, World},
};

/// `status.started`, `changed` or `ended`, one per person.
pub(super) fn status(
    case: &Case<MinimumLiving>,
    world: &World,
    event: &'static str,
    shares: &[Share],
    from: Month,
    reason: &str,
) -> Vec<DomainEvent> {
    let keyed = shares
        .iter()
        .filter_map(|share| Some((world.keys.get(share.index)?, share)));
    keyed
        .map(|(key, share)| DomainEvent {
            aggregate: "status",
            aggregate_id: key.clone(),
            event,
            payload: StatusChanged {
                person: key.clone(),
                benefit: BENEFIT.to_owned(),
                case_number: case.number.clone(),
                division: case.division.clone(),
                from_month: from.to_string(),
                reason: reason.to_owned(),
                monthly_fen: if event == "ended" { 0 } else { share.total().0 },
            }
            .encode_to_vec(),
        })
        .collect()
}

/// `household.changed`; `reason` is a code, never an officer's words.
pub(super) fn household_changed(
    case: &Case<MinimumLiving>,
    world: &World,
    reason: &'static str,
) -> DomainEvent {
    DomainEvent {
        aggregate: "household",
        aggregate_id: case.number.clone(),
        event: "changed",
        payload: HouseholdChanged {
            case_number: case.number.clone(),
            members: world.keys.clone(),
            reason: reason.to_owned(),
        }
        .encode_to_vec(),
    }
}

/// `household.classified`: what the one check came to, for the departments that help the same
/// persons (社会救助法 42). Of one person alone 参照单人户 the others in the family are of no class.
pub(super) fn classified(
    case: &Case<MinimumLiving>,
    world: &World,
    (class, of): (Class, &[usize]),
    on: Date,
) -> DomainEvent {
    let members = of.iter().filter_map(|index| world.keys.get(*index));
    let members = members.cloned().collect();
    let class = match class {
        Class::MinimumLiving | Class::SinglePerson => "minimum_living",
        Class::Edge => "edge",
        Class::Neither => "neither",
    };
    DomainEvent {
        aggregate: "household",
        aggregate_id: case.number.clone(),
        event: "classified",
        payload: HouseholdClassified {
            case_number: case.number.clone(),
            members,
            class: class.to_owned(),
            on: on.to_string(),
        }
        .encode_to_vec(),
    }
}
