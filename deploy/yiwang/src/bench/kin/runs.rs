//! Queries one after the other, each timed.

use std::{fmt::Write as _, time::Instant};

use anyhow::ensure;
use yiwang_rescue::{
    domain::kin::report::Source,
    kin::matching::{Candidate, Found},
};

use super::{super::times::Times, pool::Pool};

/// Candidates of a query, as the scorer reads them.
const KEPT: usize = 100;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Reports for a stranded person.
    Reports,
    /// Stranded persons for a report.
    Stranded,
}

impl Direction {
    /// For the table.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Reports => "stranded → reports",
            Self::Stranded => "report → stranded",
        }
    }
}

/// All answers.
pub(super) struct Ranked {
    /// Query, then candidates with their probabilities, the likeliest first.
    pub(super) lists: Vec<(String, Vec<(String, f32)>)>,
    /// How long they took.
    pub(super) times: Times,
}

impl Ranked {
    /// As the scorer reads it.
    pub(super) fn csv(&self) -> String {
        let mut out = "query_id,report_id,rank,score\n".to_owned();
        for (query, list) in &self.lists {
            for (at, (id, score)) in list.iter().enumerate() {
                let _ = writeln!(out, "{query},{id},{},{score:.6}", at + 1);
            }
        }
        out
    }
}

/// Asks for each.
pub(super) async fn run(
    pool: &Pool,
    direction: Direction,
    asked: &[String],
    faces: bool,
) -> anyhow::Result<Ranked> {
    let scratch = match faces {
        true => pool.scratch.clone(),
        false => pool.scratch.without_faces(),
    };
    let mut ranked = Ranked {
        lists: Vec::with_capacity(asked.len()),
        times: Times::default(),
    };
    for query in asked {
        let began = Instant::now();
        let found = match direction {
            Direction::Reports => scratch.for_stay(query, KEPT).await,
            Direction::Stranded => scratch.for_report(pool.number(query), KEPT).await,
        };
        let found: Found = found.map_err(anyhow::Error::new)?.unwrap_or_default();
        ranked.times.add(began.elapsed());
        ensure!(!found.loading, "the index is not loaded");
        let list = found.candidates.iter().map(|one| {
            let id = match direction {
                Direction::Reports => external(one),
                Direction::Stranded => one.stay.as_str(),
            };
            (id.to_owned(), one.probability)
        });
        ranked.lists.push((query.clone(), list.collect()));
    }
    Ok(ranked)
}

/// The id in the file.
fn external(one: &Candidate) -> &str {
    let prefix = match one.source {
        Source::Family => "",
        Source::Police => "GA-",
        Source::Register => "YS-",
    };
    one.report.strip_prefix(prefix).unwrap_or(&one.report)
}
