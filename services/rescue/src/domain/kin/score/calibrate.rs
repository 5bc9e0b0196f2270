//! From scores to probabilities: every candidate against its rivals and against nobody.
//!
//! p(i) = e^(a s_i) / (e^(a s_i) + rivals + n e^(a b)): n is the size of the pool, b the score of nobody. Two reports of the
//! same person are no rivals.

use super::{compare::COHERENCE, model::Calibration};

/// Scores of the candidates of one query.
#[derive(Debug, Clone, Copy)]
pub struct Scored<'a> {
    /// Scores, any order.
    pub scores: &'a [f32],
    /// Which candidates are the same person: equal numbers are; the number of an unpaired one is its own.
    pub person: &'a [usize],
    /// Reports or stranded persons in the pool.
    pub pool: usize,
    /// Coherence of the clues; zero from a report to stranded persons, whose scores already take it off.
    pub coherence: [f32; COHERENCE],
    /// From a report to stranded persons.
    pub reverse: bool,
}

/// Probability of each candidate.
pub fn probabilities(s: Scored<'_>, c: &Calibration) -> Vec<f32> {
    let nobody = if s.reverse {
        c.nobody_reverse
    } else {
        c.nobody
    };
    let coherent: f32 = s
        .coherence
        .iter()
        .zip(&c.coherence)
        .map(|(a, b)| a * b)
        .sum();
    let base = nobody + coherent + (s.pool.max(1) as f32).ln();
    let weights: Vec<f64> = s
        .scores
        .iter()
        .map(|x| f64::from(c.slope * x).exp())
        .collect();
    let all: f64 = weights.iter().sum();
    let none = f64::from(base).exp();
    let each = weights.iter().enumerate().map(|(i, w)| {
        let same: f64 = weights
            .iter()
            .zip(s.person)
            .filter(|(_, p)| **p == s.person[i])
            .map(|(w, _)| *w)
            .sum();
        let rivals = (all - same).max(0.0) * f64::from(c.rivals);
        (w / (w + rivals + none)) as f32
    });
    each.collect()
}
