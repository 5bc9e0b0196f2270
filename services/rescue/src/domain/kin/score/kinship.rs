//! Evidence of relatives named.

use super::name::Names;
use crate::domain::kin::prepare::Kin;

/// Evidence in nats; nothing when one side names nobody.
pub fn evidence(said: &[Kin], held: &[Kin], names: Names<'_>) -> f32 {
    if said.is_empty() || held.is_empty() {
        return 0.0;
    }
    said.iter()
        .map(|s| {
            held.iter()
                .map(|h| one(s, h, names))
                .fold((0.62_f32).ln(), f32::max)
        })
        .sum()
}

fn one(s: &Kin, h: &Kin, names: Names<'_>) -> f32 {
    let relation = if s.rel == h.rel { 0.9 } else { -0.8 };
    let said = &s.name.chars;
    let same_surname = h.name.surname > 0
        && said.len() >= h.name.chars.len()
        && said.first() == h.name.chars.first();
    // A surname shared in the family says nothing that the person's own does not.
    let nats = names.plain(said, &h.name)
        - if same_surname {
            names.character(said[0], said[0], true).max(0.0)
        } else {
            0.0
        };
    (nats + relation - (2.0_f32).ln()).min(10.0)
}
