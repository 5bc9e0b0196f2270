//! Evidence of age: told ages may have stood still since the loss, estimates are heaped and wide.

use crate::domain::kin::{
    day::{self, Day},
    person::birth,
    prepare::ReportFeatures,
};

/// P(error of whole years) for ages told, by distance 0 to 8, then falling.
const TOLD: [f32; 9] = [0.40, 0.14, 0.05, 0.04, 0.016, 0.013, 0.010, 0.006, 0.006];
/// The same for ages estimated by eye.
const SEEN: [f32; 9] = [0.14, 0.115, 0.085, 0.075, 0.05, 0.045, 0.03, 0.025, 0.02];
/// Share of told ages that stand still since the loss.
const STILL: f32 = 0.12;

fn error(told: bool, off: i32) -> f32 {
    let table = if told { &TOLD } else { &SEEN };
    let at = off.unsigned_abs() as usize;
    table
        .get(at)
        .copied()
        .unwrap_or_else(|| 0.006 * (-0.35 * (at as f32 - 8.0)).exp())
        .max(1e-5)
}

/// Share of persons of about this age in the pool, by tens of years.
const AGES: [f32; 10] = [
    0.004, 0.010, 0.011, 0.011, 0.012, 0.013, 0.015, 0.015, 0.008, 0.002,
];

/// Evidence in nats.
pub fn evidence(age: (i32, bool), found: Option<Day>, r: &ReportFeatures) -> f32 {
    let (Some(born), Some(found)) = (r.birth, found) else {
        return 0.0;
    };
    let (said, told) = age;
    let at_found = likelihood(said, told, birth::age_at(born, found));
    let p = match r.lost.filter(|_| told) {
        Some(lost) => {
            at_found * (1.0 - STILL)
                + STILL * likelihood(said, told, birth::age_at(born, lost.first))
        }
        None => at_found,
    };
    let common = AGES[(said / 10).clamp(0, 9) as usize];
    (p / common).ln().max(-5.0)
}

/// Evidence when the day of loss is not at hand: a told age may have stood still any number of years.
pub fn rough(age: (i32, bool), found: Option<Day>, r: &ReportFeatures) -> f32 {
    let (Some(born), Some(found)) = (r.birth, found) else {
        return 0.0;
    };
    let (said, told) = age;
    let (low, high) = birth::age_at(born, found);
    let still = if told && said <= high {
        STILL * 0.06
    } else {
        0.0
    };
    let p = likelihood(said, told, (low, high)) * (1.0 - STILL) + still;
    (p / AGES[(said / 10).clamp(0, 9) as usize]).ln().max(-5.0)
}

/// Mean over the ages that the birth span allows.
fn likelihood(said: i32, told: bool, (low, high): (i32, i32)) -> f32 {
    let sum: f32 = (low..=high).map(|a| error(told, said - a)).sum();
    sum / (high - low + 1).max(1) as f32
}

/// Evidence of the animal sign in nats.
pub fn animal(animal: u8, r: &ReportFeatures) -> f32 {
    let Some(born) = r.birth else { return 0.0 };
    let p = birth::share_in(born, animal);
    let next = birth::share_in(born, (animal + 1) % 12) + birth::share_in(born, (animal + 11) % 12);
    ((0.80 * p + 0.05 * next + 0.012) * 12.0).ln()
}

/// Year of birth as a number, for texts.
pub fn born_year(r: &ReportFeatures) -> Option<i32> {
    r.birth.map(|b| day::year_of(b.first).floor() as i32)
}
