//! A released event decodes for ever: the bytes in `golden/` are never changed,
//! a new field only adds a new file.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::{fs, path::PathBuf};

use prost::Message;
use yiwang_proto::{
    assistance::v1::{HouseholdChanged, PaymentChanged, StatusChanged},
    burial::v1::DeathRecorded,
    event::v1::{CaseChanged, CertificateChanged},
};

fn golden<M: Message + Default + PartialEq + std::fmt::Debug>(name: &str, expected: &M) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("{name} is missing; a new event is\n{}", hex(expected)));
    let bytes: Vec<u8> = (0..text.trim().len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect();
    assert_eq!(&M::decode(bytes.as_slice()).unwrap(), expected, "{name}");
}

fn hex(message: &impl Message) -> String {
    message
        .encode_to_vec()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn case_changed() {
    let event = CaseChanged {
        number: "DB420323260512000000197".into(),
        item: "minimum-living".into(),
        item_title: "最低生活保障".into(),
        division: "420323100".into(),
        applicant: "a1".into(),
        account: "00000000-0000-7000-8000-000000000001".into(),
        action: "accept".into(),
        state: "accepted".into(),
        state_label: "已受理".into(),
        message: "您的申请已受理。".into(),
        closed: false,
        version: 2,
    };
    golden("yiwang.event.v1.CaseChanged.hex", &event);
}

#[test]
fn certificate_changed() {
    let event = CertificateChanged {
        number: "J421221-2026-000001".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        state: "ended".into(),
        holders: vec!["a1".into(), "b2".into()],
        issued_on: "2026-05-20".into(),
        case_number: "JH421221260520000000197".into(),
        reason: "登记离婚".into(),
    };
    golden("yiwang.event.v1.CertificateChanged.hex", &event);
}

#[test]
fn status_changed() {
    let event = StatusChanged {
        person: "a1".into(),
        benefit: "DB".into(),
        case_number: "DB420323260512000000197".into(),
        division: "420323100".into(),
        from_month: "2026-07".into(),
        reason: "收入超标".into(),
        monthly_fen: 28_000,
    };
    golden("yiwang.assistance.v1.StatusChanged.hex", &event);
}

#[test]
fn household_changed() {
    let event = HouseholdChanged {
        case_number: "DB420323260512000000197".into(),
        members: vec!["a1".into(), "b2".into()],
        reason: "死亡".into(),
    };
    golden("yiwang.assistance.v1.HouseholdChanged.hex", &event);
}

#[test]
fn payment_changed() {
    let event = PaymentChanged {
        payment_id: "p1".into(),
        case_number: "DB420323260512000000197".into(),
        benefit: "DB".into(),
        month: "2026-07".into(),
        amount_fen: 84_000,
        reason: String::new(),
    };
    golden("yiwang.assistance.v1.PaymentChanged.hex", &event);
}

#[test]
fn death_recorded() {
    let event = DeathRecorded {
        person: "a1".into(),
        died_on: "2026-05-12".into(),
        certificate: "420323261234567".into(),
    };
    golden("yiwang.burial.v1.DeathRecorded.hex", &event);
}
