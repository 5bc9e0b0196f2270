//! Ages, and who is left behind, a migrant, in hardship (国发〔2016〕13号, 36号; rules B2.4, B3.4).

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{Context, Refusal};

use super::words::{Kind, Living, Need, Overlay};
use crate::domain::family::ParentState;

/// The day on which somebody born on `born` is so many years old.
#[must_use]
pub fn reaches(born: Date, years: u32) -> Date {
    born.saturating_add(i64::from(years).years())
}

/// Whole years on a day.
#[must_use]
pub fn age_on(born: Date, day: Date) -> u32 {
    let years = i32::from(day.year()) - i32::from(born.year());
    let years = u32::try_from(years).unwrap_or_default();
    match reaches(born, years) > day {
        true => years.saturating_sub(1),
        false => years,
    }
}

/// The ages and times of a place.
#[derive(Debug, Clone, Copy)]
pub struct Ages {
    /// 困境儿童 under.
    pub hardship: u32,
    /// 留守儿童 under.
    pub left_behind: u32,
    /// 流动儿童 under.
    pub migrant: u32,
    /// Months that make somebody away.
    pub away_months: u32,
    /// Nobody under it is left unattended (未成年人保护法21).
    pub attended: u32,
    /// Nobody under it lives alone (未成年人保护法21).
    pub living: u32,
}

impl Ages {
    /// As in force here today.
    ///
    /// # Errors
    /// A parameter is missing.
    pub fn here(cx: &Context<'_>) -> Result<Self, Refusal> {
        let count = |id: &str| -> Result<u32, Refusal> { Ok(cx.rule(id)?.count()?) };
        Ok(Self {
            hardship: count("child.file.hardship_years")?,
            left_behind: count("child.file.left_behind_years")?,
            migrant: count("child.file.migrant_years")?,
            away_months: count("child.file.away_months")?,
            attended: count("child.alone.attended_years")?,
            living: count("child.alone.living_years")?,
        })
    }

    /// The age at which a file of this kind ends.
    #[must_use]
    pub fn end(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Hardship => self.hardship,
            Kind::LeftBehind => self.left_behind,
            Kind::Migrant => self.migrant,
        }
    }

    /// Whether a child may be written down as living so; one whose age nobody knows counts as small.
    ///
    /// # Errors
    /// `UNDER_8_ALONE`, `UNDER_16_ALONE`: what is to be done instead (未成年人保护法21; rules B5.13).
    pub fn may_live(
        &self,
        age: Option<u32>,
        living: Living,
        protected: bool,
    ) -> Result<(), Refusal> {
        let age = age.unwrap_or_default();
        let alone = living == Living::Alone;
        if (alone || living == Living::Unattended) && age < self.attended {
            let message = format!(
                "未满{}周岁的儿童不能处于无人看护状态。请马上联系父母或者其他监护人安排照护，\
                 并报告未成年人保护个案。",
                self.attended
            );
            return Err(Refusal::new("UNDER_8_ALONE", message));
        }
        if alone && age < self.living && !protected {
            let message = format!(
                "未满{}周岁的儿童不能独自生活。请先报告未成年人保护个案，再登记。",
                self.living
            );
            return Err(Refusal::new("UNDER_16_ALONE", message));
        }
        Ok(())
    }
}

/// A parent as the definition of left behind looks at them.
#[derive(Debug, Clone, Copy)]
pub struct ParentAway {
    /// State.
    pub state: ParentState,
    /// Beyond the county, since when; none: not away.
    pub since: Option<Date>,
}

impl ParentAway {
    /// Away for work without interruption; visits home do not count.
    #[must_use]
    pub fn is_away(&self, day: Date, months: u32) -> bool {
        let long = |since: Date| since.saturating_add(i64::from(months).months()) <= day;
        self.state == ParentState::Able && self.since.is_some_and(long)
    }

    /// Without the ability of a guardian.
    #[must_use]
    pub fn is_unable(&self) -> bool {
        self.state != ParentState::Able
    }
}

/// Both away, or one away and the other unable (国发〔2016〕13号).
#[must_use]
pub fn is_left_behind(parents: [ParentAway; 2], day: Date, months: u32) -> bool {
    let away = parents.map(|parent| parent.is_away(day, months));
    match away {
        [true, true] => true,
        [true, false] => parents[1].is_unable(),
        [false, true] => parents[0].is_unable(),
        [false, false] => false,
    }
}

/// Left the county of the household with a parent, for so many months.
#[must_use]
pub fn is_migrant(
    household: &str,
    here: &str,
    since: Option<Date>,
    day: Date,
    months: u32,
) -> bool {
    let elsewhere = household
        .get(..6)
        .is_some_and(|county| !here.starts_with(county));
    let long = since.is_some_and(|it| it.saturating_add(i64::from(months).months()) <= day);
    elsewhere && long
}

/// Whether what lies over the categories is a hardship of its own (国发〔2016〕36号).
#[must_use]
pub fn is_in_hardship(needs: &[Need], overlays: &[Overlay]) -> bool {
    let implies = |it: &Overlay| {
        matches!(
            it,
            Overlay::Orphan | Overlay::Unattended | Overlay::Aids | Overlay::Wandering
        )
    };
    !needs.is_empty() || overlays.iter().any(implies)
}

/// The level below which nobody may put it.
#[must_use]
pub fn is_high(needs: &[Need], living: Living) -> bool {
    let grave = |it: &Need| matches!(it, Need::Abused | Need::Abandoned | Need::Violated);
    needs.iter().any(grave) || matches!(living, Living::Alone | Living::Unattended)
}
