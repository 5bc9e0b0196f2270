//! The numbers of the score, kept in a file with their provenance.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    compare::COHERENCE,
    field::{COUNT, Field},
};

/// All numbers of the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Where the numbers come from.
    #[serde(default)]
    pub provenance: Provenance,
    /// Weight of each field's evidence; 1 where nothing else was learned.
    pub weights: BTreeMap<Field, f32>,
    /// How names are told and written down.
    pub name: NameModel,
    /// How homes are told.
    pub home: HomeModel,
    /// How marks are told.
    pub marks: MarkModel,
    /// From score to probability.
    pub calibration: Calibration,
}

/// Where the numbers come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Data the numbers were learned from.
    pub trained_on: String,
    /// Command that learned them.
    pub command: String,
    /// When.
    pub at: String,
    /// Figures on held-out halves.
    pub held_out: String,
}

/// Probabilities of what happens to a character of a name, and to the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NameModel {
    pub same: f32,
    pub sound: f32,
    pub folded: f32,
    pub near: f32,
    pub shape: f32,
    pub shape_share: f32,
    pub apart: f32,
    pub skipped: f32,
    pub added: f32,
    pub swapped: f32,
    pub given_only: f32,
    pub nick_given: f32,
    pub nick_surname: f32,
    pub aka: f32,
    pub wrong: f32,
    pub wrong_nick: f32,
}

impl Default for NameModel {
    fn default() -> Self {
        Self {
            same: 0.80,
            sound: 0.12,
            folded: 0.04,
            near: 0.008,
            shape: 0.012,
            shape_share: 0.01,
            apart: 0.006,
            skipped: 0.035,
            added: 0.012,
            swapped: 0.01,
            given_only: 0.3,
            nick_given: 0.55,
            nick_surname: 0.15,
            aka: 0.5,
            wrong: 0.05,
            wrong_nick: 0.4,
        }
    }
}

/// Probabilities of how a told home relates to the written one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct HomeModel {
    pub county: f32,
    pub county_prefecture: f32,
    pub county_province: f32,
    pub prefecture: f32,
    pub prefecture_province: f32,
    pub province: f32,
    pub elsewhere: f32,
    pub misheard: f32,
    pub village: f32,
    pub village_sound: f32,
    pub village_missing: f32,
    pub village_share: f32,
    pub moved: f32,
}

impl Default for HomeModel {
    fn default() -> Self {
        Self {
            county: 0.80,
            county_prefecture: 0.03,
            county_province: 0.10,
            prefecture: 0.88,
            prefecture_province: 0.07,
            province: 0.95,
            elsewhere: 0.05,
            misheard: 0.06,
            village: 0.6,
            village_sound: 0.12,
            village_missing: 0.55,
            village_share: 0.02,
            moved: 0.4,
        }
    }
}

/// Probabilities of how marks are told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MarkModel {
    pub told: f32,
    pub untold: f32,
    pub new: f32,
    pub same_part: f32,
    pub near_part: f32,
    pub other_side: f32,
    pub lost_side: f32,
    pub same_fine: f32,
    pub other_fine: f32,
}

impl Default for MarkModel {
    fn default() -> Self {
        Self {
            told: 0.5,
            untold: 0.75,
            new: 0.65,
            same_part: 0.85,
            near_part: 0.08,
            other_side: 0.12,
            lost_side: 0.8,
            same_fine: 1.8,
            other_fine: 0.6,
        }
    }
}

/// From scores to a probability: softmax over the candidates with the weight of nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Factor on the score.
    pub slope: f32,
    /// Score of nobody in a pool of one report; the logarithm of the pool's size is added.
    pub nobody: f32,
    /// The same the other way round, for a report against stranded persons.
    pub nobody_reverse: f32,
    /// Share of the other candidates' weight that counts as rivals.
    pub rivals: f32,
    /// What clues that agree with each other add to the score of nobody.
    #[serde(default)]
    pub coherence: [f32; COHERENCE],
}

impl Default for Calibration {
    fn default() -> Self {
        Self {
            slope: 0.8,
            nobody: 0.0,
            nobody_reverse: 0.0,
            rivals: 1.0,
            coherence: [0.0; COHERENCE],
        }
    }
}

impl Default for Model {
    fn default() -> Self {
        Self {
            provenance: Provenance::default(),
            weights: super::field::ALL.iter().map(|f| (*f, 1.0)).collect(),
            name: NameModel::default(),
            home: HomeModel::default(),
            marks: MarkModel::default(),
            calibration: Calibration::default(),
        }
    }
}

impl Model {
    /// Weights in the order of the fields.
    pub fn weight_array(&self) -> [f32; COUNT] {
        super::field::ALL.map(|f| self.weights.get(&f).copied().unwrap_or(1.0))
    }
}
