//! Stock-taking 定期核查 (国令824号; rules F07): what the ledger expects against what was scanned.

use std::collections::BTreeSet;

/// The result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taken {
    /// Urns that should stand there.
    pub expected: usize,
    /// Of these, found.
    pub found: usize,
    /// Should stand there and were not scanned.
    pub missing: Vec<String>,
    /// Scanned and should not stand there.
    pub surplus: Vec<String>,
}

impl Taken {
    /// Nothing is missing and nothing too much.
    #[must_use]
    pub fn balanced(&self) -> bool {
        self.missing.is_empty() && self.surplus.is_empty()
    }
}

/// Compares; a label scanned twice counts once.
#[must_use]
pub fn take(expected: &BTreeSet<String>, scanned: &[String]) -> Taken {
    let labels = scanned.iter().map(|label| label.trim());
    let seen: BTreeSet<&str> = labels.filter(|label| !label.is_empty()).collect();
    let missing = expected.iter().filter(|urn| !seen.contains(urn.as_str()));
    let missing: Vec<String> = missing.cloned().collect();
    let surplus = seen.iter().filter(|urn| !expected.contains(**urn));
    Taken {
        expected: expected.len(),
        found: expected.len() - missing.len(),
        surplus: surplus.map(|urn| (*urn).to_owned()).collect(),
        missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_and_surplus_are_named() {
        let expected: BTreeSet<String> = ["A", "B", "C"].map(str::to_owned).into();
        let scanned = ["B", " C ", "B", "X", ""].map(str::to_owned);
        let taken = take(&expected, &scanned);
        assert_eq!((taken.expected, taken.found), (3, 2));
        assert_eq!(taken.missing, ["A"]);
        assert_eq!(taken.surplus, ["X"]);
        assert!(!taken.balanced());
        assert!(take(&expected, &["A", "B", "C"].map(str::to_owned)).balanced());
    }
}
