//! Pairs opened and compared in full, with the reasons.

use std::collections::HashMap;

use yiwang_casework::Runtime;

use super::{
    clues::OfStay,
    matching::Candidate,
    reports::{self, Numbered},
};
use crate::domain::kin::{
    prepare::{self, ReportFeatures},
    score::{
        Alone,
        compare::{Subject, compare},
        rank::{self, Ranked},
        reason::{Pair, reasons},
    },
    tuned,
};

/// Opens and compares in full; `ids` are in the order of the rough scores.
pub(super) fn ranked_reports(
    rt: &Runtime,
    of: &OfStay,
    (ids, rows): (&[i64], Vec<reports::Stored>),
    pool: usize,
    keep: usize,
) -> sqlx::Result<Vec<Candidate>> {
    let mut by_id: HashMap<i64, reports::Stored> =
        rows.into_iter().map(|row| (row.id, row)).collect();
    let mut opened = Vec::with_capacity(ids.len());
    for row in ids.iter().filter_map(|id| by_id.remove(id)) {
        opened.push(row.open(rt)?);
    }
    let features: Vec<ReportFeatures> = opened
        .iter()
        .map(|held| prepare::report(&held.report))
        .collect();
    let held: Vec<&ReportFeatures> = features.iter().collect();
    let told = prepare::clues(&of.clues);
    let t = tuned();
    let subject = Subject::new(&told, t.shares);
    let ranked = rank::reports(&subject, &held, pool, keep, t);
    let pairs = ranked
        .iter()
        .map(|one| candidate(of, (&opened[one.at], &features[one.at]), one));
    Ok(pairs.collect())
}

pub(super) fn candidate(
    of: &OfStay,
    (held, features): (&Numbered, &ReportFeatures),
    one: &Ranked,
) -> Candidate {
    let model = tuned().model;
    let told = prepare::clues(&of.clues);
    let pair = Pair {
        clues: &of.clues,
        told: &told,
        report: &held.report,
        held: features,
    };
    let name = held.report.name.clone();
    Candidate {
        report: held.number.clone(),
        stay: of.stay.clone(),
        source: held.report.source,
        name: name.unwrap_or_default(),
        probability: one.probability,
        score: one.score,
        reasons: reasons(pair, &one.evidence, model),
        alone: Alone::of(&one.evidence, model),
    }
}

/// One pair by itself: the score and its reasons, without a probability, which needs the others.
#[must_use]
pub fn pair(of: &OfStay, held: &Numbered) -> Candidate {
    let t = tuned();
    let (told, features) = (prepare::clues(&of.clues), prepare::report(&held.report));
    let subject = Subject::new(&told, t.shares);
    let evidence = compare(&subject, &features, t.model, t.shares);
    let one = Ranked {
        at: 0,
        evidence,
        score: evidence.total(&t.model.weight_array()),
        probability: 0.0,
    };
    candidate(of, (held, &features), &one)
}
