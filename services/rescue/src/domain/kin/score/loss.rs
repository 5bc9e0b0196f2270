//! Evidence of time and place of loss against time and place of finding.
//!
//! Somebody is found after the loss, often within days and then near; the longer it takes, the further away.

use super::frequency::Frequencies;
use crate::domain::kin::{
    day::Day,
    place::{Code, Shared, level, shared},
    prepare::ReportFeatures,
    report::Source,
};

/// Upper ends in days of the classes of time between loss and finding.
const ENDS: [i32; 9] = [3, 8, 31, 92, 183, 366, 1096, 2922, 7300];
/// P(class | the same person) for each class, then beyond the last.
const SAME: [f32; 10] = [
    0.075, 0.095, 0.135, 0.10, 0.06, 0.06, 0.19, 0.23, 0.05, 0.005,
];
/// P(class | anybody) for losses before the finding; what is left was lost after the finding.
const ANY: [f32; 10] = [
    0.0011, 0.0017, 0.0075, 0.020, 0.029, 0.055, 0.195, 0.27, 0.13, 0.005,
];

/// Class of a gap, none when the person was found before the loss.
pub fn class(found: Day, r: &ReportFeatures) -> Option<Option<usize>> {
    let lost = r.lost?;
    if found < lost.first - 1 {
        return Some(None);
    }
    // A rounded date leaves a range: the shortest gap that is possible, but not below a third of the width.
    let shortest = (found - lost.last).max((found - lost.first) / 3).max(0);
    Some(Some(
        ENDS.iter()
            .position(|e| shortest < *e)
            .unwrap_or(ENDS.len()),
    ))
}

/// Evidence of time in nats.
pub fn time(found: Option<Day>, r: &ReportFeatures) -> f32 {
    let Some(found) = found else { return 0.0 };
    match (class(found, r), r.source, r.reported) {
        (Some(None), ..) => -5.0,
        (Some(Some(c)), ..) => {
            let wide = r.lost.is_some_and(|l| l.last > l.first);
            let nats = (SAME[c] / ANY[c]).ln();
            if wide { nats * 0.6 } else { nats }
        }
        (None, Source::Register, Some(on)) if on > found + 30 => -1.2,
        _ => 0.0,
    }
}

/// P(nearness | time): same county, same prefecture, same province, further away.
const NEAR: [[f32; 4]; 3] = [
    [0.41, 0.21, 0.16, 0.22],
    [0.19, 0.17, 0.19, 0.45],
    [0.10, 0.07, 0.19, 0.64],
];

/// Evidence of the found place in nats, against the place of loss and, less, the home.
pub fn near(found: Option<Day>, at: Code, r: &ReportFeatures, shares: &Frequencies) -> f32 {
    if at == 0 {
        return 0.0;
    }
    let row = row(found, r);
    let from = |place: Code| (place != 0).then(|| nearness(at, place, row, shares));
    match (from(r.lost_at), from(r.home)) {
        (Some(l), Some(h)) => l.max(h - 2.0),
        (Some(l), None) => l,
        (None, Some(h)) => h * 0.9,
        (None, None) => 0.0,
    }
}

/// Row of the table of nearness for the time between loss and finding.
pub fn row(found: Option<Day>, r: &ReportFeatures) -> usize {
    match found.and_then(|f| class(f, r)) {
        Some(Some(0..=2)) => 0,
        Some(Some(3..=5)) => 1,
        _ => 2,
    }
}

/// Evidence of finding at one place after a loss or a home at another.
pub fn nearness(at: Code, from: Code, row: usize, shares: &Frequencies) -> f32 {
    let row = &NEAR[row.min(2)];
    let (county, prefecture, province) = (
        shares.place(at),
        shares.place(at / 100 * 100),
        shares.place(at / 10_000 * 10_000),
    );
    let p = match (shared(at, from), level(from)) {
        (Shared::County, _) => row[0] / county,
        (Shared::Prefecture, Shared::Prefecture) => (row[0] + row[1]) / prefecture,
        (Shared::Prefecture, _) => row[1] / (prefecture - county).max(5e-4),
        (Shared::Province, Shared::Province) => (row[0] + row[1] + row[2]) / province,
        (Shared::Province, _) => row[2] / (province - prefecture).max(5e-3),
        (Shared::Nothing, _) => row[3] / (1.0 - province),
    };
    p.ln()
}
