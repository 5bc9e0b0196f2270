//! Evidence of a piece of the citizen number.

use crate::domain::kin::{person::idnumber, prepare::ReportFeatures};

/// Evidence in nats.
pub fn evidence(fragment: &str, r: &ReportFeatures) -> f32 {
    let Some((pattern, written)) = &r.id else {
        return 0.0;
    };
    let length = fragment.len() as f32;
    match idnumber::fit(fragment, pattern) {
        Some(fit) => {
            let unknown = length - f32::from(fit.equal) - f32::from(fit.wrong);
            let wrong = if fit.wrong > 0 { -4.0 } else { -0.1 };
            (fit.worth - 2.2 + wrong - 0.35 * unknown).clamp(-2.0, 14.0)
        }
        None if *written => -3.0,
        None => -0.7,
    }
}
