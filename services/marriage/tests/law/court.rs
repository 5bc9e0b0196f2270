//! What a court decided is noted, by another officer than the one who received it; a false
//! registration is revoked on an authority's paper, by a third (rules A2.6, A2.7, A5.6).

use jiff::civil::{DateTime, date};
use serde_json::{Value, json};
use yiwang_casework::{CertificateState, decision::CertificateOp};
use yiwang_chassis::identity::Role;
use yiwang_marriage::domain::{
    CourtNote, RegistrationRevocation, court_note,
    record::{Held, Record, RecordState},
    registration_revocation,
    world::Effect,
};

use crate::{
    counter::{Life, NUMBER, RECORD, man, officer, record, registrar, woman, world},
    surroundings::context,
};

fn now() -> DateTime {
    "2025-05-12T09:30".parse().unwrap()
}

fn judgment(kind: &str) -> Value {
    json!({
        "hall": "421221100-01", "a": man(), "b": woman(), "record_number": NUMBER,
        "paper": { "kind": kind, "number": "（2025）鄂1221民初88号", "court": "嘉鱼县人民法院",
                   "effective_on": "2025-04-20" },
    })
}

#[test]
fn the_register_follows_the_court_from_the_day_it_took_effect() {
    let cases = [
        (
            "divorce_judgment",
            RecordState::DivorcedCourt,
            CertificateState::Ended,
        ),
        (
            "divorce_mediation",
            RecordState::DivorcedCourt,
            CertificateState::Ended,
        ),
        (
            "void_judgment",
            RecordState::Void,
            CertificateState::Revoked,
        ),
        (
            "annulment_judgment",
            RecordState::Annulled,
            CertificateState::Revoked,
        ),
    ];
    let checked = json!({ "checked": true });
    for (kind, state, certificate) in cases {
        let world = world(&[record(RecordState::Valid)]);
        let mut life = Life::<CourtNote>::filed(&judgment(kind), world, now()).unwrap();
        let own = life.act("note", checked.clone(), now()).unwrap_err();
        assert_eq!(own.code, "SAME_OFFICER");
        let other = officer("刘洋", Role::CountyOfficer);
        let unchecked = json!({ "checked": false });
        let blind = life
            .act_by(&other, "note", unchecked, &context(now()))
            .unwrap_err();
        assert_eq!(blind.code, "NOT_CHECKED");
        let decision = life
            .act_by(&other, "note", checked.clone(), &context(now()))
            .unwrap();
        assert_eq!(decision.state, court_note::State::Noted);
        assert_eq!(
            decision.effects,
            [Effect::End {
                record: RECORD,
                state,
                on: date(2025, 4, 20),
                by: "（2025）鄂1221民初88号".to_owned(),
            }]
        );
        let [CertificateOp::End { number, state, .. }] = decision.certificates.as_slice() else {
            panic!("{:?}", decision.certificates)
        };
        assert_eq!((number.as_str(), *state), (NUMBER, certificate));
    }
}

/// What never was a marriage cannot have been divorced: no certificate of it stays good, not
/// the re-issued ones and not that of the divorce.
#[test]
fn a_void_marriage_leaves_no_certificate() {
    let held = |number: &str, divorce, valid| Held {
        number: number.to_owned(),
        divorce,
        valid,
    };
    let divorced = Record {
        certificates: vec![
            held(NUMBER, false, false),
            held("BJ640302-2019-000001", false, false),
            held("L421221-2020-000005", true, false),
            held("BL421221-2021-000002", true, true),
        ],
        ..record(RecordState::Divorced)
    };
    let world = world(&[divorced]);
    let mut life = Life::<CourtNote>::filed(&judgment("void_judgment"), world, now()).unwrap();
    let other = officer("刘洋", Role::CountyOfficer);
    let checked = json!({ "checked": true });
    let decision = life
        .act_by(&other, "note", checked, &context(now()))
        .unwrap();
    let ended: Vec<(&str, CertificateState)> = decision
        .certificates
        .iter()
        .map(|op| match op {
            CertificateOp::End { number, state, .. } => (number.as_str(), *state),
            CertificateOp::Issue(_) => panic!("{op:?}"),
        })
        .collect();
    let revoked = CertificateState::Revoked;
    assert_eq!(
        ended,
        [
            (NUMBER, revoked),
            ("BJ640302-2019-000001", revoked),
            ("L421221-2020-000005", revoked),
            ("BL421221-2021-000002", revoked),
        ]
    );
}

/// Only a void marriage can still be struck after it ended.
#[test]
fn the_paper_fits_the_registration() {
    let filed = |kind: &str, state: RecordState| {
        let world = world(&[record(state)]);
        let filed = Life::<CourtNote>::filed(&judgment(kind), world, now());
        filed.err().map(|refusal| refusal.code)
    };
    let not_valid = Some("RECORD_NOT_VALID");
    assert_eq!(filed("divorce_judgment", RecordState::Divorced), not_valid);
    assert_eq!(
        filed("annulment_judgment", RecordState::EndedDeath),
        not_valid
    );
    assert_eq!(filed("void_judgment", RecordState::EndedDeath), None);
    assert_eq!(filed("void_judgment", RecordState::Void), not_valid);

    let with = |pointer: &str, value: Value| {
        let mut form = judgment("divorce_judgment");
        *form.pointer_mut(pointer).unwrap() = value;
        let world = world(&[record(RecordState::Valid)]);
        let filed = Life::<CourtNote>::filed(&form, world, now());
        filed
            .err()
            .map(|refusal| (refusal.code, refusal.fields[0].field.clone()))
    };
    let field = |code, at: &str| Some((code, at.to_owned()));
    assert_eq!(
        with("/record_number", "J421221-2015-000021".into()),
        field("RECORD_NOT_FOUND", "/record_number")
    );
    assert_eq!(
        with("/paper/effective_on", "2025-05-13".into()),
        field("INVALID_INPUT", "/paper/effective_on")
    );
    assert_eq!(
        with("/paper/effective_on", "2015-05-19".into()),
        field("BEFORE_MARRIAGE", "/paper/effective_on")
    );
    assert_eq!(
        with("/paper/number", " ".into()),
        field("INVALID_INPUT", "/paper/number")
    );
}

fn fraud() -> Value {
    json!({
        "hall": "421221100-01", "a": man(), "b": woman(), "record_number": NUMBER,
        "basis": "police_proof", "facts": "女方使用他人身份证办理登记。", "dishonest": ["b"],
        "paper": { "number": "嘉公证〔2025〕3号", "issuer": "嘉鱼县公安局", "date": "2025-05-06" },
    })
}

#[test]
fn three_officers_revoke() {
    let world = world(&[record(RecordState::Valid)]);
    let mut life = Life::<RegistrationRevocation>::filed(&fraud(), world, now()).unwrap();
    let opinion = json!({ "opinion": "文书与登记相符，建议撤销。" });
    let clerk = officer("刘洋", Role::CountyOfficer);
    life.act_by(&clerk, "propose", opinion, &context(now()))
        .unwrap();
    let agree = json!({ "agree": true, "reasons": "事实清楚。" });
    for before in [registrar(), clerk] {
        let refusal = life
            .act_by(&before, "approve", agree.clone(), &context(now()))
            .unwrap_err();
        assert_eq!(refusal.code, "SAME_OFFICER");
    }
    let approver = officer("周敏", Role::Approver);
    let blank = json!({ "agree": true, "reasons": " " });
    let refusal = life
        .act_by(&approver, "approve", blank, &context(now()))
        .unwrap_err();
    assert_eq!(refusal.code, "REASONS_REQUIRED");
    let decision = life
        .act_by(&approver, "approve", agree, &context(now()))
        .unwrap();
    assert_eq!(decision.state, registration_revocation::State::Revoked);
    assert_eq!(
        decision.effects,
        [
            Effect::End {
                record: RECORD,
                state: RecordState::Revoked,
                on: date(2025, 5, 12),
                by: "嘉公证〔2025〕3号".to_owned(),
            },
            Effect::Archive {
                class: "revocation",
                record: RECORD,
            },
            Effect::NoteDishonesty {
                person: 1,
                ground: "弄虚作假骗取婚姻登记，公安机关的证明".to_owned(),
                until: date(2030, 5, 12),
            },
        ]
    );
}

#[test]
fn an_approver_may_say_no() {
    let world = world(&[record(RecordState::Valid)]);
    let mut life = Life::<RegistrationRevocation>::filed(&fraud(), world, now()).unwrap();
    life.act("propose", json!({ "opinion": "请审批。" }), now())
        .unwrap();
    let approver = officer("周敏", Role::Approver);
    let no = json!({ "agree": false, "reasons": "证据不足。" });
    let decision = life
        .act_by(&approver, "approve", no, &context(now()))
        .unwrap();
    assert_eq!(decision.state, registration_revocation::State::Rejected);
    assert!(decision.effects.is_empty() && decision.certificates.is_empty());
    assert!(decision.documents[0].text.contains("行政复议"));
}
