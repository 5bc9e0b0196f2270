//! The whole way of one pair: read, compared, ranked, explained.

use super::{
    Field, Frequencies, Model,
    compare::Subject,
    frequency::Counts,
    rank::{self, Tuned},
    reason::{Pair, reasons},
};
use crate::domain::kin::{
    clues::Clues,
    index::{Index, Row},
    prepare,
    report::Report,
};

fn counts() -> Frequencies {
    let counts: Counts =
        serde_json::from_str(include_str!("../data/counts.json")).unwrap_or_default();
    Frequencies::new(counts)
}

fn model() -> Model {
    serde_json::from_str(include_str!("../data/model.json")).unwrap_or_default()
}

fn reports() -> Vec<Report> {
    let lines = [
        r#"{"report_id":"A","source":"family","name":"刘兰芳","aka":["招弟"],"sex":"F","birth_date":"1948-04-27","native_place":"420323","address":"湖北省十堰市竹山县宝丰镇下坝村","last_seen_date":"2021-03-01","last_seen_place":"420323","report_date":"2021-03-05","body_marks":"左手食指缺失,左眉角有一颗痣"}"#,
        r#"{"report_id":"B","source":"police","name":"刘国平","sex":"M","birth_date":"1948-04-27","native_place":"420323","address":"湖北省十堰市竹山县宝丰镇","last_seen_date":"2021-03-01","last_seen_place":"420323","report_date":"2021-03-05"}"#,
        r#"{"report_id":"C","source":"register","name":"王秀英","sex":"F","birth_date":"1950","native_place":"610902","address":"陕西省安康市汉滨区","report_date":"2019-03-05"}"#,
    ];
    lines
        .iter()
        .filter_map(|l| serde_json::from_str(l).ok())
        .collect()
}

#[test]
fn finds_and_explains() {
    let (shares, model) = (counts(), model());
    let clues: Clues = serde_json::from_str(
        r#"{"query_id":"Q","said_name":"刘南皇","said_place":"竹山宝丰那边","sex":"F","age":73,"age_basis":"自述","found_date":"2021-03-09","found_place":"420323","body_marks":"一手二拇指缺半截"}"#,
    )
    .unwrap_or_default();
    let reports = reports();
    let held: Vec<_> = reports.iter().map(prepare::report).collect();
    let mut index = Index::default();
    held.iter().for_each(|r| {
        index.add(&Row::new(r));
    });
    let told = prepare::clues(&clues);
    let subject = Subject::new(&told, &shares);
    let found = index.candidates(&subject, &model, &shares, 3);
    assert_eq!(found.len(), 3);
    let candidates: Vec<_> = held.iter().collect();
    let list = rank::reports(
        &subject,
        &candidates,
        100_000,
        3,
        Tuned {
            model: &model,
            shares: &shares,
        },
    );
    assert_eq!(list[0].at, 0);
    assert!(
        list[0].probability > 0.9 && list[1].probability < 0.1,
        "{list:?}"
    );
    let why = reasons(
        Pair {
            clues: &clues,
            told: &told,
            report: &reports[0],
            held: &held[0],
        },
        &list[0].evidence,
        &model,
    );
    let name = why
        .iter()
        .find(|r| r.field == Field::Name)
        .map(|r| r.sentence())
        .unwrap_or_default();
    assert!(name.contains("方言读音相近"), "{name}");
    let sum: f32 = why.iter().map(|r| r.weight).sum();
    assert!((sum - list[0].score).abs() < 0.01);
}

#[test]
fn a_missing_field_is_no_evidence() {
    let (shares, model) = (counts(), model());
    let told = prepare::clues(&Clues {
        query_id: "Q".to_owned(),
        ..Clues::default()
    });
    let subject = Subject::new(&told, &shares);
    for r in reports().iter().map(prepare::report) {
        let evidence = super::compare(&subject, &r, &model, &shares);
        assert!(evidence.0.iter().all(|e| *e == 0.0), "{evidence:?}");
    }
}

#[test]
fn a_withdrawn_report_is_not_found() {
    let (shares, model) = (counts(), model());
    let mut index = Index::default();
    reports().iter().for_each(|r| {
        index.add(&Row::new(&prepare::report(r)));
    });
    index.withdraw(0);
    let told = prepare::clues(&Clues {
        said_name: Some("刘兰芳".to_owned()),
        ..Clues::default()
    });
    let found = index.candidates(&Subject::new(&told, &shares), &model, &shares, 3);
    assert!(found.iter().all(|f| f.0 != 0), "{found:?}");
}
