//! Evidence of sex, height, condition, accent and face.

use super::frequency::Frequencies;
use crate::domain::kin::{
    person::{
        condition::Condition,
        face::{self, Face},
        speech::{self, Group, Region},
    },
    place::Code,
    report::Sex,
};

/// Sex is rarely wrong.
pub fn sex(said: Sex, held: Sex, shares: &Frequencies) -> f32 {
    let share = if held == Sex::F {
        shares.women()
    } else {
        1.0 - shares.women()
    };
    if said == held {
        (0.988 / share).ln()
    } else {
        (0.012 / share).ln()
    }
}

/// Height: measured by eye on both sides, and the young grow.
pub fn height(said: i32, held: i32, young: bool) -> f32 {
    let off = (said - held) as f32;
    let bell = |sd: f32| (-0.5 * (off / sd).powi(2)).exp() / (sd * 2.5066);
    let same = if young {
        0.5 * bell(4.0) + 0.5 * bell(20.0)
    } else {
        0.97 * bell(3.6) + 0.03 * bell(15.0)
    };
    let any = bell(9.5).max(0.001);
    (same / any).ln().clamp(-4.0, 1.2)
}

/// Words for a condition differ; its class does so less.
pub fn condition(said: Condition, held: Condition, shares: &Frequencies) -> f32 {
    use Condition::{Dementia, Intellectual, Mental, Well};
    const SAME: f32 = 0.62;
    let close = matches!(
        (said, held),
        (
            Mental | Intellectual | Dementia,
            Mental | Intellectual | Dementia
        )
    );
    if said == held {
        (SAME / shares.condition(held as usize) + 0.3).ln().min(3.5)
    } else if said == Well || held == Well {
        (0.55_f32).ln()
    } else if close {
        (0.42_f32).ln()
    } else {
        (0.38_f32).ln()
    }
}

/// Accent against home and dialect; `share` is the share of homes where one may speak so.
pub fn accent(said: &Region, home: Code, dialect: Option<&Region>, share: f32) -> f32 {
    const HIT: f32 = 0.88;
    let common = |d: &Region| {
        d.provinces.iter().any(|p| said.provinces.contains(p))
            || d.groups.iter().any(|g| said.groups.contains(g))
    };
    let by_home = (home != 0).then(|| speech::fits(said, home));
    let by_word = dialect.map(common);
    let hit = match (by_home, by_word) {
        (None, None) => return 0.0,
        (Some(a), Some(b)) => a || b,
        (Some(a), None) | (None, Some(a)) => a,
    };
    let share = share.clamp(0.003, 0.9);
    let named = said.groups.len() <= 2
        && by_home == Some(true)
        && said.provinces.contains(&(home / 10_000));
    let extra = if named && speech::at(home).is_some_and(|g: Group| said.groups.contains(&g)) {
        1.3_f32.ln()
    } else {
        0.0
    };
    if hit {
        (HIT / share).ln() + extra
    } else {
        ((1.0 - HIT) / (1.0 - share)).ln()
    }
}

/// Faces: the same person about 0.58 with 0.14, anybody 0 with 0.09.
pub fn face(said: &Face, held: &Face) -> f32 {
    face_nats(face::cosine(said, held))
}

/// Evidence of a cosine.
pub fn face_nats(c: f32) -> f32 {
    const SAME: (f32, f32) = (0.57, 0.145);
    const ANY: f32 = 0.09;
    /// ln(0.09 / 0.145)
    const WIDTHS: f32 = -0.476_924;
    let (same, any) = ((c - SAME.0) / SAME.1, c / ANY);
    (WIDTHS + 0.5 * (any * any - same * same)).clamp(-7.0, 16.0)
}
