//! Which reports hold a token: sorted and frozen, with what was added since in a small map.

use std::collections::HashMap;

/// Postings of tokens.
#[derive(Debug, Clone, Default)]
pub struct Postings {
    tokens: Vec<u32>,
    starts: Vec<u32>,
    reports: Vec<u32>,
    fresh: HashMap<u32, Vec<u32>>,
    fresh_count: usize,
}

impl Postings {
    /// Adds a report's tokens.
    pub fn add(&mut self, tokens: &[u32], report: u32) {
        for t in tokens {
            self.fresh.entry(*t).or_default().push(report);
        }
        self.fresh_count += tokens.len();
        if self.fresh_count > 1 << 20 && self.fresh_count > self.reports.len() / 2 {
            self.freeze();
        }
    }

    /// Merges what was added since.
    pub fn freeze(&mut self) {
        let mut pairs: Vec<u64> = Vec::with_capacity(self.reports.len() + self.fresh_count);
        for (i, t) in self.tokens.iter().enumerate() {
            pairs.extend(
                self.frozen(i)
                    .iter()
                    .map(|r| u64::from(*t) << 32 | u64::from(*r)),
            );
        }
        for (t, list) in self.fresh.drain() {
            pairs.extend(list.iter().map(|r| u64::from(t) << 32 | u64::from(*r)));
        }
        self.fresh = HashMap::new();
        self.fresh_count = 0;
        pairs.sort_unstable();
        (self.tokens, self.starts, self.reports) =
            (Vec::new(), Vec::new(), Vec::with_capacity(pairs.len()));
        for p in pairs {
            let token = (p >> 32) as u32;
            if self.tokens.last() != Some(&token) {
                self.tokens.push(token);
                self.starts.push(self.reports.len() as u32);
            }
            self.reports.push(p as u32);
        }
        self.starts.push(self.reports.len() as u32);
    }

    fn frozen(&self, i: usize) -> &[u32] {
        let bounds = self.starts.get(i).zip(self.starts.get(i + 1));
        bounds
            .and_then(|(a, b)| self.reports.get(*a as usize..*b as usize))
            .unwrap_or(&[])
    }

    /// Calls `each` with every report that holds the token.
    pub fn each(&self, token: u32, mut each: impl FnMut(u32)) {
        if let Ok(i) = self.tokens.binary_search(&token) {
            self.frozen(i).iter().copied().for_each(&mut each);
        }
        self.fresh
            .get(&token)
            .into_iter()
            .flatten()
            .copied()
            .for_each(&mut each);
    }

    /// Bytes in memory, about.
    pub fn bytes(&self) -> usize {
        4 * (self.tokens.len() + self.starts.len() + self.reports.len())
            + 48 * self.fresh.len()
            + 4 * self.fresh_count
    }
}
