//! The one-things there are; each version in use has its entry.

use super::definition::Definition;

mod after_death;

pub(crate) use after_death::AFTER_DEATH;

/// All of them.
pub(crate) static ALL: &[&Definition] = &[&AFTER_DEATH];

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
    use crate::one_thing::definition::faults;

    #[test]
    fn every_definition_holds_together_and_is_there_once() {
        let mut known = BTreeSet::new();
        for definition in ALL {
            assert_eq!(faults(definition), [""; 0], "{}", definition.code);
            assert!(known.insert((definition.code, definition.version)));
        }
    }
}
