//! Acceptance of a divorce application (rules A2.4, A5.5; 民法典 1076, 1078).

use jiff::civil::DateTime;
use serde_json::{Value, json};
use yiwang_casework::State as _;
use yiwang_marriage::domain::{
    DivorceRegistration,
    record::{Capacity, RecordState},
};

use crate::{
    counter::{Life, man, record, woman, world},
    table::{Row, all_hold, read, same},
};

const INPUTS: [&str; 9] = [
    "both_present",
    "agreement",
    "capacity_a",
    "capacity_b",
    "registered_in",
    "married_to_each_other",
    "certificates",
    "loss_statement",
    "archive_copy",
];

#[test]
fn acceptance() {
    all_hold(&read(include_str!("acceptance.toml"), 18, &INPUTS), check);
}

fn check(row: &Row) -> Result<(), String> {
    let agreements = if row.flag("agreement") {
        vec![agreement()]
    } else {
        unsettled()
    };
    agreements.into_iter().try_for_each(|agreement| {
        let what = format!("with {agreement}");
        same(
            &what,
            outcome(row, agreement).as_str(),
            row.text("expected"),
        )
    })
}

fn outcome(row: &Row, agreement: Value) -> String {
    let at: DateTime = "2025-05-12T09:30".parse().unwrap();
    let records = if row.flag("married_to_each_other") {
        vec![record(RecordState::Valid)]
    } else {
        vec![]
    };
    let mut world = world(&records);
    world.people[0].capacity = capacity(row.text("capacity_a"));
    world.people[1].capacity = capacity(row.text("capacity_b"));
    let mut form = form();
    form["agreement"] = agreement;
    form["registered_in"] = row.text("registered_in").into();
    form["certificates"] = row.text("certificates").into();
    form["loss_statement"] = row.flag("loss_statement").into();
    form["archive_copy"] = row.flag("archive_copy").into();
    let mut life = Life::<DivorceRegistration>::filed(&form, world, at).unwrap();
    life.identified(2, at);
    let data = json!({ "both_present": row.flag("both_present") });
    match life.act("accept", data, at) {
        Ok(decision) => {
            assert_eq!(decision.state.spec().code, "cooling");
            "ok".to_owned()
        }
        Err(refusal) => refusal.code.to_owned(),
    }
}

fn capacity(word: &str) -> Capacity {
    serde_json::from_value(word.into()).unwrap()
}

/// An application in order.
pub(crate) fn form() -> Value {
    json!({
        "hall": "421221100-01", "a": man(), "b": woman(), "registered_in": "mainland",
        "certificates": "both", "agreement": agreement(),
    })
}

/// An agreement that settles everything.
pub(crate) fn agreement() -> Value {
    json!({
        "will": true,
        "children": [{
            "name": "张乐乐", "born": "2017-09-09", "raised_by": "b",
            "support": "男方每月支付抚养费2000元至成年，每周末探望。",
        }],
        "property": "房屋归女方，车辆归男方。",
        "debts": "无共同债务。",
    })
}

/// Each leaves one thing open.
fn unsettled() -> Vec<Value> {
    let gaps = [
        ("/will", json!(false)),
        ("/property", json!(" ")),
        ("/debts", json!("")),
        ("/children/0/support", json!("")),
    ];
    let gaps = gaps.into_iter().map(|(pointer, nothing)| {
        let mut agreement = agreement();
        *agreement.pointer_mut(pointer).unwrap() = nothing;
        agreement
    });
    gaps.collect()
}
