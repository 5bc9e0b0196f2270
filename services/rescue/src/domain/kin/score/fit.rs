//! Learns the weights of the fields and the score of nobody from queries with known answers.
//!
//! Maximises the probability of the true candidates (or of nobody) with a penalty that keeps the weights near 1, so that
//! a few hundred answers are enough. Adam on the exact gradient.

use super::{compare::COHERENCE, field::COUNT, model::Calibration};

/// One query: evidence of its candidates, which are true, and the size of the pool.
#[derive(Debug, Clone, Default)]
pub struct Example {
    /// Evidence by candidate.
    pub evidence: Vec<[f32; COUNT]>,
    /// Whether each candidate is a true one.
    pub truth: Vec<bool>,
    /// How well the clues agree with each other.
    pub coherence: [f32; COHERENCE],
    /// Size of the pool.
    pub pool: usize,
}

/// What is learned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Weights by field.
    pub weights: [f32; COUNT],
    /// Score of nobody in a pool of one.
    pub nobody: f32,
    /// What coherent clues add to the score of nobody.
    pub coherence: [f32; COHERENCE],
    /// Mean loss in nats.
    pub loss: f32,
}

/// What may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Free {
    /// All weights and nobody.
    All,
    /// Only nobody.
    Nobody,
}

/// Learns from examples, beginning at `from`; `ridge` is the strength of the pull to 1, in answers.
pub fn fit(examples: &[Example], from: Fit, ridge: f64, free: Free) -> Fit {
    let mut x = numbers(&from);
    let (mut m, mut v) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    let count = examples.len().max(1) as f64;
    let mut loss = 0.0;
    for step in 1..=400_i32 {
        let mut g = vec![0.0; x.len()];
        loss = examples
            .iter()
            .map(|e| gradient(e, &x, &mut g))
            .sum::<f64>()
            / count;
        for (i, g) in g.iter_mut().enumerate() {
            let pull = if i < COUNT { ridge * (x[i] - 1.0) } else { 0.0 };
            *g = (*g + pull) / count;
            if i != COUNT && free == Free::Nobody {
                *g = 0.0;
            }
        }
        for i in 0..x.len() {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.99 * v[i] + 0.01 * g[i] * g[i];
            let (mean, spread) = (
                m[i] / (1.0 - 0.9_f64.powi(step)),
                v[i] / (1.0 - 0.99_f64.powi(step)),
            );
            x[i] -= 0.02 * mean / (spread.sqrt() + 1e-8);
        }
    }
    let mut weights = [0.0; COUNT];
    weights.iter_mut().zip(&x).for_each(|(w, x)| *w = *x as f32);
    let mut coherence = [0.0; COHERENCE];
    coherence
        .iter_mut()
        .zip(&x[COUNT + 1..])
        .for_each(|(c, x)| *c = *x as f32);
    Fit {
        weights,
        nobody: x[COUNT] as f32,
        coherence,
        loss: loss as f32,
    }
}

fn numbers(fit: &Fit) -> Vec<f64> {
    fit.weights
        .iter()
        .chain([&fit.nobody])
        .chain(&fit.coherence)
        .map(|x| f64::from(*x))
        .collect()
}

/// Loss of one example; adds its gradient.
fn gradient(e: &Example, x: &[f64], g: &mut [f64]) -> f64 {
    let scores = e
        .evidence
        .iter()
        .map(|v| v.iter().zip(x).map(|(e, w)| f64::from(*e) * w).sum::<f64>());
    let scores: Vec<f64> = scores.collect();
    let coherent: f64 = e
        .coherence
        .iter()
        .zip(&x[COUNT + 1..])
        .map(|(c, x)| f64::from(*c) * x)
        .sum();
    let none = x[COUNT] + coherent + (e.pool.max(1) as f64).ln();
    let top = scores.iter().copied().fold(none, f64::max);
    let weights: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
    let nobody = (none - top).exp();
    let all = weights.iter().sum::<f64>() + nobody;
    let right: f64 = weights
        .iter()
        .zip(&e.truth)
        .filter(|(_, t)| **t)
        .map(|(w, _)| *w)
        .sum();
    let matched = e.truth.iter().any(|t| *t);
    let wanted = if matched { right } else { nobody }.max(1e-300);
    for ((v, w), truth) in e.evidence.iter().zip(&weights).zip(&e.truth) {
        let pull = w / all - if *truth { w / wanted } else { 0.0 };
        for (g, e) in g.iter_mut().zip(v) {
            *g += pull * f64::from(*e);
        }
    }
    let pull = nobody / all - if matched { 0.0 } else { 1.0 };
    g[COUNT] += pull;
    g[COUNT + 1..]
        .iter_mut()
        .zip(&e.coherence)
        .for_each(|(g, c)| *g += pull * f64::from(*c));
    (all / wanted).ln()
}

/// Mean loss of a fit on examples.
pub fn loss(examples: &[Example], fit: &Fit) -> f32 {
    let x = numbers(fit);
    let mut g = vec![0.0; x.len()];
    (examples
        .iter()
        .map(|e| gradient(e, &x, &mut g))
        .sum::<f64>()
        / examples.len().max(1) as f64) as f32
}

/// Whether a true candidate is the first.
pub fn first(e: &Example, fit: &Fit) -> bool {
    let score = |v: &[f32; COUNT]| -> f32 { v.iter().zip(&fit.weights).map(|(e, w)| e * w).sum() };
    let best = e
        .evidence
        .iter()
        .enumerate()
        .max_by(|a, b| score(a.1).total_cmp(&score(b.1)));
    best.is_some_and(|(i, _)| e.truth[i])
}

/// The calibration that goes with a fit.
pub fn calibration(fit: &Fit, nobody_reverse: f32) -> Calibration {
    Calibration {
        slope: 1.0,
        nobody: fit.nobody,
        nobody_reverse,
        rivals: 1.0,
        coherence: fit.coherence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_which_field_tells() {
        let mut examples = Vec::new();
        for i in 0..40 {
            let (mut a, mut b) = ([0.0; COUNT], [0.0; COUNT]);
            (a[0], b[1]) = (4.0, if i % 2 == 0 { 6.0 } else { 1.0 });
            examples.push(Example {
                evidence: vec![a, b],
                truth: vec![true, false],
                pool: 2,
                ..Example::default()
            });
        }
        let from = Fit {
            weights: [1.0; COUNT],
            nobody: 0.0,
            coherence: [0.0; COHERENCE],
            loss: 0.0,
        };
        let fit = fit(&examples, from, 0.1, Free::All);
        assert!(fit.weights[0] > fit.weights[1] && fit.loss < 0.5, "{fit:?}");
    }
}
