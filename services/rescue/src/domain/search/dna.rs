//! The errand to the police's DNA base (deploy/sandbox.md): a sample by its number, no person.

use serde::Deserialize;
use serde_json::{Value, json};
use yiwang_casework::Errand;

/// The errand: sample, compare, answer.
pub const ERRAND: &str = "dna_sample";

/// A sample to take and compare.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// Number of the stay.
    pub case_number: &'a str,
    /// Number on the sample card.
    pub sample: &'a str,
    /// Which time it is asked for this stay, from 1.
    pub round: u32,
}

impl Sample<'_> {
    /// Asks the police.
    #[must_use]
    pub fn errand(&self) -> Errand {
        let Self {
            case_number,
            sample,
            round,
        } = self;
        Errand {
            kind: ERRAND,
            key: format!("{case_number}-dna-{round}"),
            payload: json!({
                "case_number": case_number, "sample": sample, "purpose": "identify",
            }),
        }
    }
}

/// What the police answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum DnaAnswer {
    /// Kin were found.
    Match {
        /// Number of the sample.
        sample: String,
        /// Who.
        relative: Relative,
    },
    /// Nobody in the base; compared with whoever comes later.
    NoMatch {
        /// Number of the sample.
        sample: String,
    },
    /// The sample cannot be used: another one is taken.
    Unusable {
        /// Number of the sample.
        sample: String,
    },
}

/// Kin in the DNA base: the police tell who it is by a letter, not here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Relative {
    /// `parent`, `child`, `sibling` or `same`: the person is in the base.
    pub kind: String,
    /// Number of the police's report.
    pub reference: String,
    /// 6-digit division of the police who keep the relative's record.
    pub police: String,
}

impl DnaAnswer {
    /// Reads the answer to an errand.
    ///
    /// # Errors
    /// It does not have the agreed form.
    pub fn read(answer: Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_nonsense_is_not() {
        let relative = json!({ "kind": "parent", "reference": "GA1", "police": "420323" });
        let answer = json!({ "status": "done", "result": "match", "sample": "S1",
                             "relative": relative });
        let expected = DnaAnswer::Match {
            sample: "S1".to_owned(),
            relative: serde_json::from_value(relative).unwrap(),
        };
        assert_eq!(DnaAnswer::read(answer).unwrap(), expected);
        let none = json!({ "status": "done", "result": "no_match", "sample": "S1" });
        assert!(matches!(
            DnaAnswer::read(none),
            Ok(DnaAnswer::NoMatch { .. })
        ));
        for bad in [
            json!({ "status": "done" }),
            json!({ "result": "match", "sample": "S1" }),
            json!({ "result": "perhaps", "sample": "S1" }),
        ] {
            assert!(DnaAnswer::read(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_sample_is_asked_for_by_its_number_only() {
        let sample = Sample {
            case_number: "JZ1",
            sample: "S1",
            round: 2,
        };
        let errand = sample.errand();
        assert_eq!(errand.key, "JZ1-dna-2");
        let fields: Vec<_> = errand.payload.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["case_number", "sample", "purpose"]);
    }
}
