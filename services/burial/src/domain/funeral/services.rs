//! What the chain itself used, for the bill: codes of the price list, quantities in hundredths.

use jiff::Timestamp;

use super::facts::{Facts, Used};

/// 接运, per journey.
pub const TRANSPORT: &str = "transport";
/// 存放, per hour.
pub const STORAGE: &str = "storage";
/// 告别厅, per use, with the hall's class: `farewell.small`.
pub const FAREWELL: &str = "farewell";
/// 火化, with the furnace's class: `cremation.flat`.
pub const CREMATION: &str = "cremation";

/// The hall was used: as the chain says it.
pub(super) const IN_HALL: &str = "移入告别厅";
/// The family has said goodbye in the house: nothing of the list was used.
pub(super) const IN_HOUSE: &str = "亲属告别";

/// Everything used so far.
#[must_use]
pub fn used(facts: &Facts) -> Vec<Used> {
    let one = |code: String| Used {
        code,
        hundredths: 100,
        unit_fen: None,
    };
    let mut used = Vec::new();
    if facts.received_at.is_some() {
        used.push(one(TRANSPORT.to_owned()));
    }
    let stored = facts.cell.as_ref().zip(facts.started_at);
    if let Some((cell, until)) = stored {
        used.push(Used {
            code: STORAGE.to_owned(),
            hundredths: 100 * begun_hours(cell.from, until),
            unit_fen: None,
        });
    }
    let held = facts.chain.iter().any(|signed| signed.what == IN_HALL);
    if let (true, Some(hall)) = (held, &facts.farewell) {
        used.push(one(with_class(FAREWELL, &hall.class)));
    }
    if let (Some(_), Some(furnace)) = (facts.ended_at, &facts.cremation) {
        used.push(one(with_class(CREMATION, &furnace.class)));
    }
    used
}

fn with_class(code: &str, class: &str) -> String {
    match class {
        "" => code.to_owned(),
        class => format!("{code}.{class}"),
    }
}

/// Hours begun count.
#[must_use]
pub fn begun_hours(from: Timestamp, to: Timestamp) -> i64 {
    let seconds = to.as_second() - from.as_second();
    (seconds.max(0) + 3599) / 3600
}
