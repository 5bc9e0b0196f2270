//! Zones and customs: nobody in a burial reform area is forced to cremation, nobody hinders a
//! voluntary one, and the customs of minorities are respected (FM26; rules F16, B5.6).

use yiwang_casework::Context;
use yiwang_casework::Refusal;
use yiwang_civic::params::{ParamError, Value};

use crate::domain::{desk::at_field, zone::Zone};

/// The two places that can decide; none: nothing was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// Of the place of death, on that day.
    pub death: Option<Zone>,
    /// Of the household, on that day.
    pub household: Option<Zone>,
}

/// The rules of the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customs {
    /// The household decides, not the place of death.
    pub by_household: bool,
    /// GB/T 3304 codes of those with a custom of burial.
    pub exempt: Vec<String>,
}

impl Customs {
    /// As in force here today.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn load(cx: &Context<'_>) -> Result<Self, ParamError> {
        let by_household = cx.rule("burial.zone.by_household")?.flag()?;
        let exempt = cx.rule("burial.exempt_ethnicities")?.list()?;
        let codes = exempt.iter().filter_map(Value::text);
        Ok(Self {
            by_household,
            exempt: codes.map(str::to_owned).collect(),
        })
    }

    /// Whether the law asks for cremation.
    #[must_use]
    pub fn must_cremate(&self, areas: Areas, ethnicity: &str) -> bool {
        self.area(areas) == Some(Zone::Cremation) && !self.is_exempt(ethnicity)
    }

    /// Whether a cremation may be asked for: where nobody must, of their own will only.
    ///
    /// # Errors
    /// `NOT_VOLUNTARY`.
    pub fn may_cremate(
        &self,
        areas: Areas,
        ethnicity: &str,
        voluntary: bool,
    ) -> Result<(), Refusal> {
        let free = self.area(areas) == Some(Zone::BurialReform) || self.is_exempt(ethnicity);
        if !free || voluntary {
            return Ok(());
        }
        let message = if self.is_exempt(ethnicity) {
            "逝者属于有土葬习俗的少数民族，尊重其丧葬习俗，不要求火化；家属自愿火化的，请勾选“自愿火化”。"
        } else {
            "逝者属于土葬改革区，不要求火化；家属自愿火化的，请勾选“自愿火化”，任何人不得干涉。"
        };
        Err(at_field("NOT_VOLUNTARY", "/voluntary", message))
    }

    fn area(&self, areas: Areas) -> Option<Zone> {
        if self.by_household {
            areas.household
        } else {
            areas.death
        }
    }

    fn is_exempt(&self, ethnicity: &str) -> bool {
        self.exempt.iter().any(|code| code == ethnicity.trim())
    }
}
