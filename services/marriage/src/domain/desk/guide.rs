//! Parts of a guide 办事指南.

use jiff::civil::Date;
use yiwang_casework::guide::{MaterialSpec, Origin, Standard};
use yiwang_civic::params::RuleBook;

/// Brought along and looked at at the counter; nothing is uploaded.
pub(crate) const fn asked(
    code: &'static str,
    title: &'static str,
    hint: &'static str,
) -> MaterialSpec {
    material(code, title, Origin::Asked, hint)
}

/// Checked online; may not be asked for.
pub(crate) const fn shared(code: &'static str, title: &'static str) -> MaterialSpec {
    let hint = "联网核对，不需要提供证明和户口簿。";
    material(code, title, Origin::Shared, hint)
}

/// Issued in the course of the case.
pub(crate) const fn issued(code: &'static str, title: &'static str) -> MaterialSpec {
    material(code, title, Origin::Issued, "办理过程中出具。")
}

const fn material(
    code: &'static str,
    title: &'static str,
    origin: Origin,
    hint: &'static str,
) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin,
        required: false,
        hint,
    }
}

/// Counts in force, each given by label, parameter and unit.
pub(crate) fn standards(
    shown: &[(&str, &str, &str)],
    rules: &RuleBook,
    division: &str,
    day: Date,
) -> Vec<Standard> {
    let division = if division.is_empty() {
        "000000"
    } else {
        division
    };
    let rows = shown.iter().filter_map(|(label, id, unit)| {
        let param = rules.lookup(id, division, day).ok()?;
        Some(Standard {
            label: (*label).to_owned(),
            value: format!("{}{unit}", param.count().ok()?),
            source: param.source.clone(),
        })
    });
    rows.collect()
}
