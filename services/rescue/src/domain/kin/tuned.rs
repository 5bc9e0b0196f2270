//! The numbers the product brings: weights learned on the public set (`data/model.json`, with
//! their provenance) and how common things are in its reports (`data/counts.json`).

use std::sync::LazyLock;

use super::score::{Frequencies, Model, frequency::Counts, rank::Tuned};

static MODEL: LazyLock<Model> = LazyLock::new(|| read(include_str!("data/model.json")));
static SHARES: LazyLock<Frequencies> =
    LazyLock::new(|| Frequencies::new(read::<Counts>(include_str!("data/counts.json"))));

/// Files of the crate: a test reads both.
fn read<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

/// Numbers and shares.
#[must_use]
pub fn tuned() -> Tuned<'static> {
    Tuned {
        model: &MODEL,
        shares: &SHARES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_are_read() {
        assert!(!tuned().model.provenance.trained_on.is_empty());
        assert!(tuned().shares.women() > 0.1);
    }
}
