//! How many registrars a graded hall needs (MZ/T 024-2011; rules A3.10). A standard of
//! service: who falls short is told, nothing is refused.

use yiwang_casework::Context;
use yiwang_civic::params::ParamError;

/// The numbers in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffingRules {
    /// Registrars of the smallest county.
    pub least: u32,
    /// Residents that these are enough for.
    pub least_for: u32,
    /// One more for each further so many residents of a district 市辖区.
    pub step_district: u32,
    /// The same for a county.
    pub step_county: u32,
    /// For couples one of whom is no mainland resident.
    pub foreign: u32,
}

impl StaffingRules {
    /// Reads the rules in force.
    ///
    /// # Errors
    /// One is missing or of the wrong type.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        let count = |name: &str| {
            cx.rule(&format!("marriage.hall.registrars.{name}"))?
                .count()
        };
        Ok(Self {
            least: count("least")?,
            least_for: count("least_for")?,
            step_district: count("step_district")?,
            step_county: count("step_county")?,
            foreign: count("foreign")?,
        })
    }

    /// How many registrars a graded hall of a county with so many residents needs; the
    /// least when nobody has said how many there are.
    #[must_use]
    pub fn needed(&self, residents: Option<u32>, district: bool) -> u32 {
        let beyond = residents.unwrap_or(0).saturating_sub(self.least_for);
        let step = match district {
            true => self.step_district,
            false => self.step_county,
        };
        self.least + beyond / step.max(1)
    }
}

/// Whether a county of this name is a district 市辖区: 林区 and 特区 are not.
#[must_use]
pub fn is_district(name: &str) -> bool {
    name.ends_with('区') && !name.ends_with("林区") && !name.ends_with("特区")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrars_grow_with_the_residents() {
        let rules = StaffingRules {
            least: 4,
            least_for: 300_000,
            step_district: 80_000,
            step_county: 100_000,
            foreign: 2,
        };
        // residents, district, registrars
        for (residents, district, needed) in [
            (None, true, 4),
            (Some(1), false, 4),
            (Some(299_999), false, 4),
            (Some(300_000), true, 4),
            (Some(379_999), true, 4),
            (Some(380_000), true, 5),
            (Some(380_000), false, 4),
            (Some(400_000), false, 5),
            (Some(1_100_000), true, 14),
            (Some(1_100_000), false, 12),
        ] {
            let found = rules.needed(residents, district);
            assert_eq!(found, needed, "{residents:?} {district}");
        }
    }

    #[test]
    fn a_district_is_told_from_its_name() {
        for (name, expected) in [
            ("咸安区", true),
            ("竹山县", false),
            ("赤壁市", false),
            ("神农架林区", false),
            ("六枝特区", false),
        ] {
            assert_eq!(is_district(name), expected, "{name}");
        }
    }
}
