//! Learns weights and calibration of the score from the public set, and tells how well they do on
//! halves that were not learned from. The result is services/rescue/src/domain/kin/data/model.json.

use std::{collections::HashSet, path::Path};

use yiwang_rescue::domain::kin::{
    clues::Clues,
    index::{Index, Row},
    prepare::{self, CluesFeatures, ReportFeatures},
    report::Report,
    score::{
        Frequencies, Model,
        compare::{COHERENCE, Subject, compare},
        field::{self, COUNT},
        fit::{self, Example, Fit, Free},
        frequency::Counts,
        model::Provenance,
        rank::{self, Tuned},
    },
};

use super::{files, generate::Generator, measures::Truths};

/// Reports compared with each query.
const CANDIDATES: usize = 200;
/// Draws the weights to 1.
const RIDGE: f64 = 300.0;

/// Reports and clues as the score reads them.
struct Set {
    report_ids: Vec<String>,
    reports: Vec<ReportFeatures>,
    clue_ids: Vec<String>,
    clues: Vec<CluesFeatures>,
    shares: Frequencies,
}

impl Set {
    fn new(reports: &[Report], clues: &[Clues], faces: bool) -> Self {
        let mut features: Vec<ReportFeatures> = reports.iter().map(prepare::report).collect();
        let mut told: Vec<CluesFeatures> = clues.iter().map(prepare::clues).collect();
        let mut counts = Counts::default();
        features.iter().for_each(|one| counts.add(one));
        counts.prune();
        if !faces {
            features.iter_mut().for_each(|one| one.face = None);
            told.iter_mut().for_each(|one| one.face = None);
        }
        Self {
            report_ids: reports.iter().map(|one| one.report_id.clone()).collect(),
            reports: features,
            clue_ids: clues.iter().map(|one| one.query_id.clone()).collect(),
            clues: told,
            shares: Frequencies::new(counts),
        }
    }
}

/// Asks every query of the public pool and of one grown to `grow`, with and without faces.
pub(super) fn run(dir: &Path, grow: usize, out: &Path) -> anyhow::Result<()> {
    let file = |name: &str| dir.join(format!("{name}.jsonl.gz"));
    let reports: Vec<Report> = files::lines(&file("reports"))?.collect::<anyhow::Result<_>>()?;
    let queries: Vec<Clues> = files::lines(&file("queries"))?.collect::<anyhow::Result<_>>()?;
    let stranded: Vec<Clues> = files::lines(&file("stranded"))?.collect::<anyhow::Result<_>>()?;
    let truth = Truths::read(&file("truth"))?;
    let backward_truth = Truths::read(&file("reverse_truth"))?;
    let mut generator = Generator::new(reports.clone(), 7);
    let mut grown = reports.clone();
    grown.extend((reports.len()..grow).map(|n| generator.report(n)));
    let mut model = Model::default();
    let (mut examples, mut backward) = (Vec::new(), Vec::new());
    for faces in [true, false] {
        let set = Set::new(&reports, &stranded, faces);
        backward.extend(reversed(&set, &model, &backward_truth));
        for pool in [&reports, &grown] {
            examples.push(forward(&Set::new(pool, &queries, faces), &model, &truth));
        }
    }
    let from = Fit {
        weights: [1.0; COUNT],
        nobody: model.calibration.nobody,
        coherence: [0.0; COHERENCE],
        loss: 0.0,
    };
    let held_out = halves(&examples, from);
    let all: Vec<Example> = examples.into_iter().flatten().collect();
    let whole = fit::fit(&all, from, RIDGE, Free::All);
    let start = Fit {
        nobody: whole.nobody,
        ..whole
    };
    let back = fit::fit(&backward, start, 0.0, Free::Nobody);
    model.weights = field::ALL.iter().copied().zip(whole.weights).collect();
    model.calibration = fit::calibration(&whole, back.nobody);
    model.provenance = Provenance {
        trained_on: format!(
            "kin-search public set, {} questions over pools of {} and {} reports",
            all.len(),
            reports.len(),
            grown.len()
        ),
        command: format!("yiwang bench kin --public DIR --train OUT --grow {grow}"),
        at: String::new(),
        held_out,
    };
    println!(
        "all                loss {:.4}, reverse {:.4}",
        whole.loss, back.loss
    );
    Ok(std::fs::write(
        out,
        serde_json::to_string_pretty(&model)? + "\n",
    )?)
}

fn forward(set: &Set, model: &Model, truth: &Truths) -> Vec<Example> {
    let mut index = Index::default();
    for report in &set.reports {
        index.add(&Row::new(report));
    }
    index.freeze();
    let one = |at: usize| {
        let subject = Subject::new(&set.clues[at], &set.shares);
        let ids = truth.right(&set.clue_ids[at]);
        let right = |report: usize| ids.contains(&set.report_ids[report]);
        let found = index.candidates(&subject, model, &set.shares, CANDIDATES);
        let mut found: HashSet<usize> = found.iter().map(|(i, _)| *i as usize).collect();
        found.extend((0..set.reports.len()).filter(|report| right(*report)));
        let mut found: Vec<usize> = found.into_iter().collect();
        found.sort_unstable();
        let evidence = found
            .iter()
            .map(|i| compare(&subject, &set.reports[*i], model, &set.shares).0);
        Example {
            evidence: evidence.collect(),
            truth: found.iter().map(|i| right(*i)).collect(),
            pool: set.reports.len(),
            coherence: subject.coherence,
        }
    };
    (0..set.clues.len()).map(one).collect()
}

fn reversed(set: &Set, model: &Model, truth: &Truths) -> Vec<Example> {
    let subjects: Vec<Subject<'_>> = set
        .clues
        .iter()
        .map(|one| Subject::new(one, &set.shares))
        .collect();
    let tuned = Tuned {
        model,
        shares: &set.shares,
    };
    let mut out = Vec::new();
    for query in truth.queries() {
        let Some(at) = set.report_ids.iter().position(|id| *id == query) else {
            continue;
        };
        let list = rank::stranded(&set.reports[at], &subjects, 100, tuned);
        let ids = truth.right(&query);
        let right = list.iter().map(|one| ids.contains(&set.clue_ids[one.at]));
        out.push(Example {
            evidence: list.iter().map(|one| one.evidence.0).collect(),
            truth: right.collect(),
            pool: subjects.len(),
            ..Example::default()
        });
    }
    out
}

/// Learns on each half of the queries and measures on the other.
fn halves(examples: &[Vec<Example>], from: Fit) -> String {
    let (mut loss, mut first, mut asked, mut count) = (0.0, 0, 0, 0);
    for half in 0..2 {
        let pick = |other: usize| -> Vec<Example> {
            let of = |set: &Vec<Example>| {
                let kept = set.iter().enumerate().filter(|(i, _)| i % 2 == other);
                kept.map(|(_, one)| one.clone()).collect::<Vec<_>>()
            };
            examples.iter().flat_map(of).collect()
        };
        let learned = fit::fit(&pick(half), from, RIDGE, Free::All);
        let test = pick(1 - half);
        loss += fit::loss(&test, &learned) * test.len() as f32;
        count += test.len();
        let matched = test.iter().filter(|one| one.truth.contains(&true));
        asked += matched.clone().count();
        first += matched.filter(|one| fit::first(one, &learned)).count();
    }
    let share = first as f32 / asked.max(1) as f32;
    let line = format!(
        "ridge {RIDGE}: loss {:.4} first {share:.4}",
        loss / count.max(1) as f32
    );
    println!("held out           {line}");
    line
}
