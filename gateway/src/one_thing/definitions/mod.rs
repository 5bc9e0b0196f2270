//! The one-things there are; each version in use has its entry.

use super::definition::{Definition, Starter, Ticket};

mod after_death;
mod eldercare_home;
mod hardship;
mod homecoming;
mod newlyweds;
mod settlement;

#[cfg(test)]
pub(crate) use after_death::AFTER_DEATH;

/// All of them, in the order of the pages.
pub(crate) static ALL: &[&Definition] = &[
    &after_death::AFTER_DEATH,
    &hardship::HARDSHIP,
    &newlyweds::NEWLYWEDS,
    &homecoming::HOMECOMING,
    &settlement::SETTLEMENT,
    &eldercare_home::ELDERCARE_HOME,
];

// The departments by their names in addresses, keys and callbacks (deploy/sandbox.md).
const CONSTRUCTION: &str = "construction";
const DISABILITY: &str = "disability-federation";
const ECOLOGY: &str = "ecology";
const EDUCATION: &str = "education";
const HEALTH: &str = "public-health";
const HOUSING: &str = "housing-fund";
const MARKET: &str = "market-supervision";
const MEDICAL: &str = "medical-insurance";
const POLICE: &str = "police-household";
const SOCIAL: &str = "social-insurance";
const TRAFFIC: &str = "traffic-police";
const UTILITIES: &str = "utilities";

const fn ticket(department: &'static str, matter: &'static str) -> Ticket {
    Ticket { department, matter }
}

/// The newest version of each, in the order of the pages.
pub(crate) fn offered() -> impl Iterator<Item = &'static Definition> {
    let all = ALL.iter().copied();
    all.filter(|one| newest(ALL, one.code).is_some_and(|newest| newest.version == one.version))
}

/// Those that the home page offers.
pub(crate) fn for_anybody() -> Vec<&'static Definition> {
    offered()
        .filter(|one| matches!(one.starter, Starter::Anybody))
        .collect()
}

/// Whether a number is that of a one-thing.
pub(crate) fn is_number(number: &str) -> bool {
    ALL.iter().any(|one| number.starts_with(one.prefix))
}

/// The newest version of the one-thing `code`: what is started now.
pub(crate) fn newest<'a>(all: &[&'a Definition], code: &str) -> Option<&'a Definition> {
    let versions = all.iter().filter(|one| one.code == code);
    versions.max_by_key(|one| one.version).copied()
}

/// The one-thing `code` in this version.
pub(crate) fn find<'a>(all: &[&'a Definition], code: &str, version: i32) -> Option<&'a Definition> {
    let mut fitting = all.iter();
    fitting
        .find(|one| one.code == code && one.version == version)
        .copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        one_thing::{definition::faults, form::schema},
        portal::form::Form,
    };

    #[test]
    fn every_definition_holds_together_and_is_there_once() {
        let mut known = BTreeSet::new();
        for definition in ALL {
            assert_eq!(faults(definition), [""; 0], "{}", definition.code);
            assert!(known.insert((definition.code, definition.version)));
            let form = Form::read(&schema(definition, &[]));
            assert!(!form.fields.is_empty(), "{} has no form", definition.code);
        }
    }
}
