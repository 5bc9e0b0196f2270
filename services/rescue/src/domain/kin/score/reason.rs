//! Why: what was said, what was found, how they agree, and what it weighs.

use serde::Serialize;

use super::{
    compare::Evidence,
    field::{ALL, Field},
    model::Model,
    wording,
};
use crate::domain::kin::{
    clues::Clues,
    prepare::{CluesFeatures, ReportFeatures},
    report::Report,
};

/// How two values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// Speaks clearly for the same person.
    Strong,
    /// Speaks for it.
    Supports,
    /// Says little.
    Neutral,
    /// Speaks against it.
    Against,
}

impl Agreement {
    /// From weighed nats.
    pub fn of(nats: f32) -> Self {
        match nats {
            n if n >= 3.0 => Self::Strong,
            n if n >= 0.6 => Self::Supports,
            n if n > -0.8 => Self::Neutral,
            _ => Self::Against,
        }
    }

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Strong => "高度吻合",
            Self::Supports => "吻合",
            Self::Neutral => "参考意义不大",
            Self::Against => "不一致",
        }
    }
}

/// One field's reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Field.
    pub field: Field,
    /// What the station wrote down.
    pub said: String,
    /// What the report says.
    pub found: String,
    /// How they relate, such as 同音 or 同县.
    pub relation: &'static str,
    /// How they agree.
    pub agreement: Agreement,
    /// Weighed nats; the sum over all fields is the score.
    pub weight: f32,
}

impl Reason {
    /// One sentence in Chinese.
    pub fn sentence(&self) -> String {
        let Self {
            said,
            found,
            relation,
            ..
        } = self;
        let how = if relation.is_empty() {
            self.agreement.title()
        } else {
            relation
        };
        format!(
            "{}:受助人员为「{said}」,寻人信息为「{found}」,{how}({:+.1})",
            self.field.title(),
            self.weight
        )
    }
}

/// Both sides of a comparison, as written and as read.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// Clues as written.
    pub clues: &'a Clues,
    /// Clues as read.
    pub told: &'a CluesFeatures,
    /// Report as written.
    pub report: &'a Report,
    /// Report as read.
    pub held: &'a ReportFeatures,
}

/// Reasons of all fields that gave evidence, the weightiest first.
pub fn reasons(pair: Pair<'_>, evidence: &Evidence, model: &Model) -> Vec<Reason> {
    let weights = model.weight_array();
    let given = ALL
        .iter()
        .zip(weights)
        .filter(|(f, _)| evidence.of(**f) != 0.0);
    let mut out: Vec<Reason> = given
        .map(|(field, w)| {
            let weight = evidence.of(*field) * w;
            let (said, found) = wording::values(*field, pair);
            Reason {
                field: *field,
                said,
                found,
                relation: wording::relation(*field, pair),
                agreement: Agreement::of(weight),
                weight,
            }
        })
        .collect();
    out.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    out
}
