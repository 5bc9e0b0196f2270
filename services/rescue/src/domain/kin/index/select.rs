//! The best of many scores without sorting all.

/// Numbers and scores of the `count` best, best first; `f32::MIN` is never among them.
pub fn best(scores: &[f32], count: usize) -> Vec<(u32, f32)> {
    let limit = threshold(scores, count);
    let over = scores
        .iter()
        .enumerate()
        .filter(|(_, s)| **s >= limit && **s > f32::MIN);
    let mut out: Vec<(u32, f32)> = over.map(|(i, s)| (i as u32, *s)).collect();
    out.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.truncate(count);
    out
}

/// A score that at least `count` reach, found on a histogram.
fn threshold(scores: &[f32], count: usize) -> f32 {
    const BINS: usize = 4096;
    const LOW: f32 = -40.0;
    const STEP: f32 = 0.025;
    let mut bins = vec![0_u32; BINS];
    for s in scores {
        let at = ((*s - LOW) / STEP).clamp(0.0, (BINS - 1) as f32) as usize;
        bins[at] += 1;
    }
    let mut above = 0;
    for (i, n) in bins.iter().enumerate().rev() {
        above += *n as usize;
        if above >= count {
            return if i == 0 {
                f32::MIN
            } else {
                LOW + i as f32 * STEP
            };
        }
    }
    f32::MIN
}
