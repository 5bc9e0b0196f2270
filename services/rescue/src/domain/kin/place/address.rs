//! An address as written: its divisions, then township and village.

use super::{Code, gazetteer::GAZETTEER, level, words};
use crate::domain::kin::text::chars::tidy;

/// What an address says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Deepest division found; 0 is none.
    pub code: Code,
    /// Township and village.
    pub words: Vec<words::Word>,
}

/// Reads an address, with a code that is known from elsewhere to settle names that occur twice.
pub fn read(text: &str, known: Option<Code>) -> Address {
    let text = tidy(text);
    let chars: Vec<char> = text.chars().collect();
    let (code, used) = walk(&chars, 0, 0, known.unwrap_or(0));
    let rest: String = chars[used..].iter().collect();
    Address {
        code,
        words: words::split(&rest),
    }
}

/// Deepest division from `at` on below `scope`, and where its name ends.
fn walk(chars: &[char], at: usize, scope: Code, known: Code) -> (Code, usize) {
    let mut best = (scope, at);
    let mut rank = |found: (Code, usize), full: bool| {
        let weight = |(code, end): (Code, usize)| (level(code), end, super::shared(code, known));
        let clear = weight(found) > weight(best);
        if clear && (full || found.1 > best.1) {
            best = found;
        }
    };
    for len in (2..=GAZETTEER.longest.min(chars.len() - at)).rev() {
        let name: String = chars[at..at + len].iter().collect();
        for m in GAZETTEER
            .named(&name)
            .iter()
            .filter(|m| below(m.code, scope))
        {
            let full = GAZETTEER.title(m.code) == name;
            rank(walk(chars, at + len, m.code, known), full);
        }
    }
    best
}

fn below(code: Code, scope: Code) -> bool {
    let inside = match scope {
        0 => true,
        s if s % 10_000 == 0 => code / 10_000 == s / 10_000,
        s if s % 100 == 0 => code / 100 == s / 100,
        _ => false,
    };
    inside && level(code) > level(scope)
}
