//! What follows from age and signs: minor, guarded (未成年人保护法2; 救助管理工作规程).

use jiff::civil::Date;

use super::super::words::Sign;

/// Ages of the law, from the parameters.
#[derive(Debug, Clone, Copy)]
pub struct Ages {
    /// Under it: 未成年人.
    pub minor: u32,
    /// Under it nobody leaves alone.
    pub alone: u32,
}

/// What is known of somebody.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Full years.
    pub age: u32,
    /// Signs.
    pub signs: &'a [Sign],
}

impl Ages {
    /// 未成年人.
    #[must_use]
    pub fn is_minor(self, known: Known<'_>) -> bool {
        known.age < self.minor
    }

    /// Never leaves alone.
    #[must_use]
    pub fn is_guarded(self, known: Known<'_>) -> bool {
        known.age < self.alone || known.signs.iter().any(|sign| sign.guards())
    }
}

/// Full years on `day`; none before the birth.
#[must_use]
pub fn years(born: Date, day: Date) -> Option<u32> {
    let reached = (day.month(), day.day()) >= (born.month(), born.day());
    let years = i32::from(day.year()) - i32::from(born.year()) - i32::from(!reached);
    u32::try_from(years).ok()
}
