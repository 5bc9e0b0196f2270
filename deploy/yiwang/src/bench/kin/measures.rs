//! The measures of the public set: recall at k, MRR, what is answered at 95 % precision.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt::{self, Write as _},
    path::Path,
};

use serde_json::Value;

use super::{files, runs::Ranked};

/// Of the answers given automatically so many are right.
const PRECISION: f64 = 0.95;

/// What is true.
pub(super) struct Truths(Vec<Truth>);

#[derive(serde::Deserialize)]
struct Truth {
    query_id: String,
    report_ids: BTreeSet<String>,
    #[serde(default)]
    tags: BTreeMap<String, Value>,
}

impl Truths {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> anyhow::Result<Self> {
        Ok(Self(files::lines(path)?.collect::<anyhow::Result<_>>()?))
    }

    /// The true answers of a query.
    pub(super) fn right(&self, query: &str) -> BTreeSet<String> {
        let truth = self.0.iter().find(|truth| truth.query_id == query);
        truth
            .map(|truth| truth.report_ids.clone())
            .unwrap_or_default()
    }

    /// What is asked.
    pub(super) fn queries(&self) -> Vec<String> {
        self.0.iter().map(|truth| truth.query_id.clone()).collect()
    }
}

/// Recall at 1, 5, 20 and the mean reciprocal rank.
#[derive(Default, Clone, Copy)]
struct Recall {
    queries: usize,
    at: [usize; 3],
    reciprocal: f64,
}

impl Recall {
    fn add(&mut self, rank: Option<usize>) {
        self.queries += 1;
        let Some(rank) = rank else { return };
        for (count, most) in self.at.iter_mut().zip([1, 5, 20]) {
            *count += usize::from(rank <= most);
        }
        self.reciprocal += 1.0 / rank as f64;
    }

    fn shares(&self) -> [f64; 4] {
        let of = |count: f64| count / self.queries.max(1) as f64;
        let [one, five, twenty] = self.at.map(|count| of(count as f64));
        [one, five, twenty, of(self.reciprocal)]
    }
}

/// What was measured.
pub(super) struct Measured {
    all: Recall,
    by: BTreeMap<String, Recall>,
    auto: f64,
    /// None: every query has a true report.
    false_alarms: Option<f64>,
    threshold: f32,
}

/// Measures.
pub(super) fn measure(truths: &Truths, ranked: &Ranked) -> Measured {
    let lists: HashMap<&str, &[(String, f32)]> = ranked
        .lists
        .iter()
        .map(|(query, list)| (query.as_str(), list.as_slice()))
        .collect();
    let (mut all, mut by) = (Recall::default(), BTreeMap::<String, Recall>::new());
    // Score of the first, whether it is right, whether there is anybody.
    let mut first: Vec<(f32, bool, bool)> = Vec::new();
    for truth in &truths.0 {
        let list = lists.get(truth.query_id.as_str()).copied().unwrap_or(&[]);
        let right = |id: &String| truth.report_ids.contains(id);
        if let Some((id, score)) = list.first() {
            first.push((*score, right(id), !truth.report_ids.is_empty()));
        }
        if truth.report_ids.is_empty() {
            continue;
        }
        let rank = list.iter().position(|(id, _)| right(id)).map(|at| at + 1);
        all.add(rank);
        for stratum in strata(&truth.tags) {
            by.entry(stratum).or_default().add(rank);
        }
    }
    let nobody = truths
        .0
        .iter()
        .filter(|one| one.report_ids.is_empty())
        .count();
    let (threshold, answered, alarms) = automatic(first);
    let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
    Measured {
        auto: share(answered, all.queries),
        false_alarms: (nobody > 0).then(|| share(alarms, nobody)),
        all,
        by,
        threshold,
    }
}

/// The lowest threshold at which the answers are right often enough: it, the right answers, and
/// the answers where there is nobody.
fn automatic(mut first: Vec<(f32, bool, bool)>) -> (f32, usize, usize) {
    first.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut best = (f32::INFINITY, 0, 0);
    let (mut right, mut alarms) = (0, 0);
    for (at, (score, is_right, is_somebody)) in first.iter().enumerate() {
        right += usize::from(*is_right);
        alarms += usize::from(!*is_somebody);
        let equal = first.get(at + 1).is_some_and(|next| next.0 == *score);
        if !equal && right >= 10 && right as f64 / (at + 1) as f64 >= PRECISION {
            best = (*score, right, alarms);
        }
    }
    best
}

fn strata(tags: &BTreeMap<String, Value>) -> Vec<String> {
    let mut out = Vec::new();
    for key in [
        "stratum", "name", "place", "face", "gap", "near", "severity",
    ] {
        if let Some(value) = tags.get(key).and_then(Value::as_str) {
            out.push(format!("{key}={value}"));
        }
    }
    for key in ["sibling_decoy", "id_fragment"] {
        if tags.get(key).and_then(Value::as_bool) == Some(true) {
            out.push(key.to_owned());
        }
    }
    out
}

impl Measured {
    /// A row of the table.
    pub(super) fn row(&self) -> String {
        let [one, five, twenty, mrr] = self.all.shares();
        let alarms = self
            .false_alarms
            .map_or_else(|| "–".to_owned(), |share| format!("{share:.2}"));
        format!(
            "{one:.3} | {five:.3} | {twenty:.3} | {mrr:.3} | {:.2} | {alarms}",
            self.auto
        )
    }

    /// A line for each stratum.
    pub(super) fn strata(&self) -> String {
        let mut out = String::new();
        for (name, recall) in &self.by {
            let [one, five, twenty, mrr] = recall.shares();
            let _ = writeln!(
                out,
                "  {name:24} n {:4}  R@1 {one:.3}  R@5 {five:.3}  R@20 {twenty:.3}  MRR {mrr:.3}",
                recall.queries
            );
        }
        out
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [one, five, twenty, mrr] = self.all.shares();
        writeln!(
            f,
            "recall             @1 {one:.3}, @5 {five:.3}, @20 {twenty:.3}, MRR {mrr:.3} over {} queries",
            self.all.queries
        )?;
        write!(
            f,
            "automatic at 95 %  {:.3} from probability {:.3}, false alarms {}",
            self.auto,
            self.threshold,
            self.false_alarms
                .map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"))
        )
    }
}

#[cfg(test)]
mod tests {
    use super::automatic;

    #[test]
    fn the_threshold_takes_all_of_one_score_or_none() {
        let mut first: Vec<(f32, bool, bool)> = (0..19).map(|_| (0.9, true, true)).collect();
        first.push((0.5, false, false));
        assert_eq!(automatic(first.clone()), (0.5, 19, 1));
        first.push((0.5, false, true));
        assert_eq!(automatic(first), (0.9, 19, 0));
    }
}
