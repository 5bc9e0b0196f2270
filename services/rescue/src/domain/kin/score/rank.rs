//! Ranks candidates in both directions with the same score.

use super::{
    calibrate::{Scored, probabilities},
    compare::{COHERENCE, Evidence, Subject, compare},
    field::Field,
    frequency::Frequencies,
    model::Model,
    traits, twins,
};
use crate::domain::kin::{
    prepare::ReportFeatures,
    score::{age, loss},
};

/// The numbers and shares that a comparison uses.
#[derive(Debug, Clone, Copy)]
pub struct Tuned<'a> {
    /// Numbers.
    pub model: &'a Model,
    /// Shares.
    pub shares: &'a Frequencies,
}

/// One candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Place in the list that was given.
    pub at: usize,
    /// Evidence by field.
    pub evidence: Evidence,
    /// Weighed sum.
    pub score: f32,
    /// Probability of being the person.
    pub probability: f32,
}

/// Ranks reports for a stranded person; `pool` is the number of all reports.
pub fn reports(
    s: &Subject<'_>,
    candidates: &[&ReportFeatures],
    pool: usize,
    keep: usize,
    t: Tuned<'_>,
) -> Vec<Ranked> {
    let weights = t.model.weight_array();
    let each = candidates.iter().enumerate().map(|(at, r)| {
        let evidence = compare(s, r, t.model, t.shares);
        Ranked {
            at,
            evidence,
            score: evidence.total(&weights),
            probability: 0.0,
        }
    });
    let mut out = best(each.collect(), keep);
    let features: Vec<&ReportFeatures> = out.iter().map(|r| candidates[r.at]).collect();
    let person = twins::numbers(&features);
    fill(
        &mut out,
        &person,
        Rest {
            pool,
            coherence: s.coherence,
            reverse: false,
        },
        t.model,
    );
    out
}

/// Ranks stranded persons for a report.
pub fn stranded(
    r: &ReportFeatures,
    subjects: &[Subject<'_>],
    keep: usize,
    t: Tuned<'_>,
) -> Vec<Ranked> {
    let weights = t.model.weight_array();
    let possible = subjects
        .iter()
        .enumerate()
        .filter(|(_, s)| !is_hopeless(s, r, &weights, t.shares));
    let each = possible.map(|(at, s)| {
        let evidence = compare(s, r, t.model, t.shares);
        // What coherent clues tell twice is taken off: here the stranded persons are the rivals.
        let twice: f32 = s
            .coherence
            .iter()
            .zip(&t.model.calibration.coherence)
            .map(|(a, b)| a * b)
            .sum();
        Ranked {
            at,
            evidence,
            score: evidence.total(&weights) - twice,
            probability: 0.0,
        }
    });
    let mut out = best(each.collect(), keep);
    let person: Vec<usize> = (0..out.len()).collect();
    fill(
        &mut out,
        &person,
        Rest {
            pool: subjects.len(),
            coherence: [0.0; COHERENCE],
            reverse: true,
        },
        t.model,
    );
    out
}

/// Whether sex, age and time alone speak so much against it that nothing but a face could help.
fn is_hopeless(s: &Subject<'_>, r: &ReportFeatures, weights: &[f32], shares: &Frequencies) -> bool {
    let c = &s.clues;
    let weigh = |f: Field, nats: f32| nats * weights[f as usize];
    let sex = c
        .sex
        .zip(r.sex)
        .map_or(0.0, |(a, b)| weigh(Field::Sex, traits::sex(a, b, shares)));
    let age = c
        .age
        .map_or(0.0, |a| weigh(Field::Age, age::evidence(a, c.found, r)));
    sex + age + weigh(Field::Loss, loss::time(c.found, r)) < -6.5
        && (c.face.is_none() || r.face.is_none())
}

fn best(mut list: Vec<Ranked>, keep: usize) -> Vec<Ranked> {
    list.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.at.cmp(&b.at)));
    list.truncate(keep);
    list
}

struct Rest {
    pool: usize,
    coherence: [f32; COHERENCE],
    reverse: bool,
}

/// A smaller pool is a part of all who are missing: whom nobody else there resembles is not found
/// by age and sex. The calibration begins with pools of this size.
const LEAST: usize = 4_000;

fn fill(list: &mut [Ranked], person: &[usize], rest: Rest, model: &Model) {
    let scores: Vec<f32> = list.iter().map(|r| r.score).collect();
    let scored = Scored {
        scores: &scores,
        person,
        pool: rest.pool.max(LEAST),
        coherence: rest.coherence,
        reverse: rest.reverse,
    };
    let p = probabilities(scored, &model.calibration);
    list.iter_mut().zip(p).for_each(|(r, p)| r.probability = p);
}
