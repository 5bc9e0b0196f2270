//! Places: today's divisions, withdrawn codes and former names, places as told and addresses as written.

pub mod address;
pub mod gazetteer;
pub mod said;
pub mod stem;
pub mod words;

/// A six-digit division code as a number: 420000, 420300 or 420323.
pub type Code = u32;

/// How far down two codes agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// Different provinces.
    Nothing,
    /// The province.
    Province,
    /// The prefecture.
    Prefecture,
    /// The county.
    County,
}

/// Rank of a code.
pub fn level(code: Code) -> Shared {
    match code {
        0 => Shared::Nothing,
        c if c % 10_000 == 0 => Shared::Province,
        c if c % 100 == 0 => Shared::Prefecture,
        _ => Shared::County,
    }
}

/// How far down `a` and `b` agree; a coarse code agrees only as far as it says.
pub fn shared(a: Code, b: Code) -> Shared {
    if a == 0 || b == 0 || a / 10_000 != b / 10_000 {
        return Shared::Nothing;
    }
    if a == b {
        return level(a);
    }
    let whole = |c: Code| level(c) == Shared::Province;
    if a / 100 == b / 100 && !whole(a) && !whole(b) {
        Shared::Prefecture
    } else {
        Shared::Province
    }
}

/// Reads a code of at least six digits.
pub fn code(text: &str) -> Option<Code> {
    text.get(..6)?.parse().ok().filter(|c| *c >= 110_000)
}
