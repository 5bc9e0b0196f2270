//! Evidence of marks of the body: each told mark against the best written one.

use super::{frequency::Frequencies, model::MarkModel};
use crate::domain::kin::mark::{Mark, Side, concept, kind, part};

/// Evidence in nats; nothing when one side has no marks.
pub fn evidence(said: &[Mark], held: &[Mark], m: &MarkModel, shares: &Frequencies) -> f32 {
    if said.is_empty() || held.is_empty() {
        return 0.0;
    }
    let mut free: Vec<&Mark> = held.iter().collect();
    let mut sum = 0.0;
    for s in said {
        let best = free
            .iter()
            .enumerate()
            .map(|(i, h)| (i, one(s, h, m, shares)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((i, nats)) if nats > m.new.ln() => {
                sum += nats;
                free.remove(i);
            }
            _ => sum += m.new.ln(),
        }
    }
    sum + m.untold.ln() * free.len() as f32
}

/// One told mark against one written mark.
pub fn one(s: &Mark, h: &Mark, m: &MarkModel, shares: &Frequencies) -> f32 {
    if s.kind != h.kind {
        return f32::MIN;
    }
    if s.kind == kind::Kind::Other {
        return if overlap(&s.text, &h.text) >= 0.5 {
            (m.told * 0.6 / 0.01).ln()
        } else {
            f32::MIN
        };
    }
    let place = match part::distance(s.part, h.part) {
        0 => m.same_part,
        1 => m.near_part,
        _ => return f32::MIN,
    };
    let side = match (s.side, h.side) {
        (Side::Left, Side::Right) | (Side::Right, Side::Left) => m.other_side * 2.0,
        (Side::Unknown, _) | (_, Side::Unknown) => m.lost_side,
        _ => 1.7,
    };
    let fine = match (s.fine, h.fine) {
        (0, _) | (_, 0) => 1.0,
        (a, b) if a == b => m.same_fine,
        _ => m.other_fine,
    };
    (m.told * place * side * fine / shares.mark(concept(h))).ln()
}

/// Share of the pairs of characters that two texts have in common.
fn overlap(a: &str, b: &str) -> f32 {
    let pairs = |t: &str| t.chars().zip(t.chars().skip(1)).collect::<Vec<_>>();
    let (x, y) = (pairs(a), pairs(b));
    let both = x.iter().filter(|p| y.contains(p)).count();
    2.0 * both as f32 / (x.len() + y.len()).max(1) as f32
}
