//! Which hall may act (rules A3.8): nationwide since 2025-05-10, so that only who the two are
//! counts, not where they live.

use super::party::Residence;

/// What the hall is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// 结婚登记
    Marriage,
    /// 离婚登记
    Divorce,
    /// 补领婚姻登记证
    Reissue,
}

/// Whether a hall of this competence may do it for `a` and `b`: it needs that of both. Only a
/// re-issue is asked for by one alone.
#[must_use]
pub fn competent(hall: &[Residence], a: Residence, b: Option<Residence>, act: Act) -> bool {
    let enough = b.is_some() || act == Act::Reissue;
    enough && hall.contains(&a) && b.is_none_or(|b| hall.contains(&b))
}
