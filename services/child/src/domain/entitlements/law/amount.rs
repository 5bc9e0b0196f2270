//! What a month is worth (民发〔2019〕62号 三(一)(二); rules B3.2, B3.3, B5.8).

use yiwang_civic::money::Fen;

use super::{Benefit, Kind, Upbringing};

/// The standards in force for a place and a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standards {
    /// 社会散居孤儿.
    pub orphan_family: Fen,
    /// 机构养育孤儿.
    pub orphan_institution: Fen,
    /// 事实无人抚养儿童, in full.
    pub unattended: Fen,
}

/// What else the child draws in the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// Which.
    pub benefit: Benefit,
    /// How much of it is the child's.
    pub fen: Fen,
}

/// What a month comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Monthly {
    /// 全额.
    Full(Fen),
    /// 补差: the standard less what the child draws; may be nothing.
    TopUp(Fen),
    /// An orphan is not in 特困 at once (rules A5.2, B5.8): the child chooses.
    Barred,
}

impl Monthly {
    /// In fen; never negative.
    #[must_use]
    pub fn fen(self) -> Fen {
        match self {
            Self::Full(fen) | Self::TopUp(fen) => fen,
            Self::Barred => Fen(0),
        }
    }
}

/// The full amount.
#[must_use]
pub fn standard(kind: Kind, upbringing: Upbringing, standards: Standards) -> Fen {
    match (kind, upbringing) {
        (Kind::Orphan, Upbringing::Family) => standards.orphan_family,
        (Kind::Orphan, Upbringing::Institution) => standards.orphan_institution,
        (Kind::Unattended, _) => standards.unattended,
    }
}

/// What the child gets in a month.
#[must_use]
pub fn monthly(
    kind: Kind,
    upbringing: Upbringing,
    standards: Standards,
    draws: &[Draws],
) -> Monthly {
    let full = standard(kind, upbringing, standards);
    if draws.iter().any(|it| bars(kind, *it)) {
        return Monthly::Barred;
    }
    let drawn: i64 = draws.iter().map(|it| it.fen.0.max(0)).sum();
    if kind == Kind::Orphan || drawn == 0 {
        return Monthly::Full(full);
    }
    Monthly::TopUp(Fen((full.0 - drawn).max(0)))
}

fn bars(kind: Kind, draws: Draws) -> bool {
    kind == Kind::Orphan && draws.benefit == Benefit::ExtremePoverty && draws.fen.0 > 0
}

/// Whether both may be drawn for the same month; `full`: WF is paid without taking anything off.
#[must_use]
pub fn may_combine(kind: Kind, full: bool, benefit: Benefit) -> bool {
    let barred = matches!(benefit, Benefit::ExtremePoverty | Benefit::DisabilityLiving);
    match kind {
        Kind::Orphan => !barred,
        Kind::Unattended => !(full && barred),
    }
}
