//! What a divorce leaves behind: papers, certificates, events, and longer days.

use jiff::civil::{DateTime, date};
use prost::Message as _;
use serde_json::{Value, json};
use yiwang_casework::{
    Actor, CertificateState, Context, Item as _, State as _, decision::CertificateOp,
};
use yiwang_civic::calendar::WorkCalendar;
use yiwang_marriage::domain::{
    DivorceRegistration, divorce_registration::State, record::RecordState, world::Effect,
};
use yiwang_proto::marriage::v1::DivorceChanged;

use crate::{
    acceptance::{agreement, form},
    counter::{HALL, Life, MAN, NUMBER, RECORD, WOMAN, record, system, world},
    divorce::{accepted, receipt, registration, withdrawal},
    surroundings::context,
};

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn the_receipt_prints_the_days_and_the_calendar() {
    let morning = at("2025-09-11T09:00");
    let world = world(&[record(RecordState::Valid)]);
    let mut life = Life::<DivorceRegistration>::filed(&form(), world, morning).unwrap();
    life.identified(2, morning);
    let decision = life
        .act("accept", json!({ "both_present": true }), morning)
        .unwrap();
    let [paper] = decision.documents.as_slice() else {
        panic!("{:?}", decision.documents)
    };
    assert_eq!(paper.title, "离婚登记申请受理回执单");
    for word in [
        "受理日期：2025年9月11日",
        "冷静期最后一日：2025年10月11日",
        "申领离婚证起始日：2025年10月12日（起始日为休息日，2025年10月13日起上班办理）",
        "申领离婚证最后一日：2025年11月10日",
        WorkCalendar::embedded().version(),
        "17:30",
        HALL,
    ] {
        assert!(paper.text.contains(word), "{word}: {}", paper.text);
    }
    let [event] = decision.events.as_slice() else {
        panic!("{:?}", decision.events)
    };
    assert_eq!((event.aggregate, event.event), ("divorce", "accepted"));
    let told = DivorceChanged::decode(event.payload.as_slice()).unwrap();
    assert_eq!(told.persons, [MAN, WOMAN]);
    assert_eq!(
        (told.children, told.effective_on.as_str()),
        (1, "2025-09-11")
    );
    assert_eq!(decision.rules.len(), 2);
}

#[test]
fn the_certificate_ends_the_marriage_certificate() {
    let mut life = accepted(date(2025, 5, 12));
    life.identified(2, at("2025-06-12T10:00"));
    let decision = life
        .act("register", registration(true), at("2025-06-12T10:00"))
        .unwrap();
    let number = "L421221-2025-000007".to_owned();
    assert_eq!(
        decision.effects,
        [
            Effect::End {
                record: RECORD,
                state: RecordState::Divorced,
                on: date(2025, 6, 12),
                by: number.clone(),
            },
            Effect::Certify {
                record: RECORD,
                kind: "divorce",
                number: number.clone(),
                replaces: None,
            },
        ]
    );
    let [
        CertificateOp::Issue(issued),
        CertificateOp::End {
            number: ended,
            state,
            ..
        },
    ] = decision.certificates.as_slice()
    else {
        panic!("{:?}", decision.certificates)
    };
    assert_eq!((issued.title, &issued.holders), ("离婚证", &vec![0, 1]));
    assert_eq!(issued.number, number);
    assert_eq!((ended.as_str(), *state), (NUMBER, CertificateState::Ended));

    let later = at("2025-06-12T10:30");
    let half = json!({ "a_received": true, "b_received": false });
    assert_eq!(
        life.act("deliver", half, later).unwrap_err().code,
        "NOT_RECEIVED"
    );
    let both = json!({ "a_received": true, "b_received": true });
    life.act("deliver", both, later).unwrap();
    let archived = life.act("archive", Value::Null, later).unwrap();
    let effect = Effect::Archive {
        class: "divorce",
        record: RECORD,
    };
    assert_eq!(archived.effects, [effect]);
    assert_eq!(life.case.state, State::Archived);
}

/// Each guard of the certificate, one at a time.
#[test]
fn both_want_it_and_sign() {
    let cases = [
        ("a_willing", "NOT_VOLUNTARY"),
        ("b_willing", "NOT_VOLUNTARY"),
        ("agreement_confirmed", "AGREEMENT_NOT_CONFIRMED"),
        ("a_signed", "NOT_SIGNED"),
        ("b_signed", "NOT_SIGNED"),
        ("both_present", "ONE_PARTY"),
    ];
    for (field, code) in cases {
        let mut life = accepted(date(2025, 5, 12));
        let mut data = registration(true);
        data[field] = false.into();
        life.identified(2, at("2025-06-12T10:00"));
        let refusal = life
            .act("register", data, at("2025-06-12T10:00"))
            .unwrap_err();
        assert_eq!(refusal.code, code, "{field}");
        assert_eq!(life.case.state, State::Cooling);
    }
}

#[test]
fn a_withdrawal_needs_receipt_and_hand() {
    let cases = [
        ("receipt", "RECEIPT_MISSING"),
        ("handwritten", "NOT_HANDWRITTEN"),
    ];
    for (field, code) in cases {
        let mut life = accepted(date(2025, 5, 12));
        let mut data = withdrawal();
        data[field] = false.into();
        life.identified(2, at("2025-06-12T10:00"));
        let refusal = life
            .act("withdraw", data, at("2025-05-20T10:00"))
            .unwrap_err();
        assert_eq!(refusal.code, code);
    }
    let mut life = accepted(date(2025, 5, 12));
    let mut data = withdrawal();
    (data["receipt"], data["lost_statement"]) = (false.into(), true.into());
    let decision = life.act("withdraw", data, at("2025-05-20T10:00")).unwrap();
    assert_eq!(decision.documents[0].title, "撤回离婚登记申请确认单");
    assert_eq!(decision.events[0].event, "withdrawn");
    assert!(decision.effects.is_empty() && decision.certificates.is_empty());
}

/// A limited or dead party found in the window is in the way as well (rules A5.5).
#[test]
fn what_the_register_learns_later_counts() {
    let mut life = accepted(date(2025, 5, 12));
    life.world.people[1].died_on = Some(date(2025, 6, 1));
    let refusal = life
        .act("register", registration(true), at("2025-06-12T10:00"))
        .unwrap_err();
    assert_eq!(refusal.code, "TERMINATED");
    life.clocks_until(at("2025-06-12T00:00"), "");
    assert_eq!(life.case.state, State::Terminated);

    let mut life = accepted(date(2025, 5, 12));
    life.world.people[0].capacity = yiwang_marriage::domain::record::Capacity::None;
    life.identified(2, at("2025-06-12T10:00"));
    let refusal = life
        .act("register", registration(true), at("2025-06-12T10:00"))
        .unwrap_err();
    assert_eq!(refusal.code, "LIMITED_CAPACITY");
}

/// A notice that comes out after the receipt moves the days later, never earlier.
#[test]
fn a_later_holiday_notice_lengthens() {
    let mut life = accepted(date(2026, 12, 18));
    let printed = receipt(&life);
    assert!(printed.provisional);
    let notice = r#"{ "2027": { "holidays": { "2027-01-18": "Spring Festival" },
                                "make_up_workdays": {} } }"#;
    let calendar = WorkCalendar::embedded().extended_with(notice).unwrap();
    let cx = |text: &str| Context {
        calendar: &calendar,
        ..context(at(text))
    };
    let fired = life
        .act_by(
            &system(),
            "cooling_ended",
            Value::Null,
            &cx("2027-01-19T00:00"),
        )
        .unwrap();
    assert_eq!(fired.state, State::Cooling);
    assert_eq!(fired.clocks.len(), 2, "both clocks start again");
    let early = cx("2027-01-19T10:00");
    let refusal = life
        .act_by(
            &crate::counter::registrar(),
            "register",
            registration(true),
            &early,
        )
        .unwrap_err();
    assert_eq!(refusal.code, "COOLING_OFF");
    assert_eq!(
        receipt(&life),
        printed,
        "the receipt stays as it was printed"
    );
    let fired = life
        .act_by(
            &system(),
            "cooling_ended",
            Value::Null,
            &cx("2027-01-20T00:00"),
        )
        .unwrap();
    assert_eq!(fired.state, State::CertWindow);
}

#[test]
fn help_and_violence_move_no_day() {
    let mut life = accepted(date(2025, 5, 12));
    let offered = life
        .act(
            "offer_counselling",
            json!({ "kind": "mediation", "accepted": true }),
            at("2025-05-13T10:00"),
        )
        .unwrap();
    assert!(offered.clocks.is_empty() && offered.state == State::Cooling);
    let reported = life
        .act(
            "report_violence",
            json!({ "about": "b", "suspicion": "violence", "note": "女方手臂有伤，称被殴打。" }),
            at("2025-05-13T10:05"),
        )
        .unwrap();
    assert!(reported.confidential && reported.clocks.is_empty());
    let event = &reported.events[0];
    assert_eq!(
        (event.aggregate, event.event),
        ("domestic_violence", "suspected")
    );
    let sections = DivorceRegistration::sections(&life.case);
    let open = |section: &&yiwang_casework::guide::Section| !section.confidential;
    let shown = format!("{:?}", sections.iter().filter(open).collect::<Vec<_>>());
    assert!(
        !shown.contains("殴打") && !shown.contains("家庭暴力"),
        "{shown}"
    );
}

#[test]
fn a_changed_agreement_is_whole_and_moves_no_day() {
    let mut life = accepted(date(2025, 5, 12));
    let when = at("2025-06-12T10:00");
    let mut changed = agreement();
    changed["debts"] = "".into();
    let data = json!({ "both_present": true, "agreement": changed });
    assert_eq!(
        life.act("amend_agreement", data, when).unwrap_err().code,
        "NO_AGREEMENT"
    );
    changed["debts"] = "欠款三万元由男方偿还。".into();
    let data = json!({ "both_present": true, "agreement": changed });
    let decision = life.act("amend_agreement", data, when).unwrap();
    assert!(decision.clocks.is_empty());
    life.identified(2, when);
    life.act("register", registration(true), when).unwrap();
    let facts = &life.case.facts;
    let signed = &facts.registration.as_ref().unwrap().agreement;
    assert_ne!(*signed, facts.acceptance.as_ref().unwrap().agreement);
}

#[test]
fn only_at_the_counter_of_a_hall() {
    let morning = at("2025-05-12T09:00");
    let file = |actor: &Actor, change: &dyn Fn(&mut yiwang_marriage::domain::world::World)| {
        let mut world = world(&[record(RecordState::Valid)]);
        change(&mut world);
        let cx = context(morning);
        let filed = Life::<DivorceRegistration>::filed_by(actor, &form(), world, &cx);
        filed.err().map(|refusal| refusal.code)
    };
    let registrar = crate::counter::registrar();
    let citizen = Actor::Citizen {
        account: uuid::Uuid::nil(),
        person: Some(MAN.to_owned()),
    };
    assert_eq!(file(&registrar, &|_| {}), None);
    assert_eq!(file(&citizen, &|_| {}), Some("IN_PERSON"));
    assert_eq!(
        file(&registrar, &|world| world.hall = None),
        Some("HALL_UNKNOWN")
    );
    let unqualified = file(&registrar, &|world| world.qualified = false);
    assert_eq!(unqualified, Some("REGISTRAR_NOT_QUALIFIED"));
    let elsewhere = file(&registrar, &|world| {
        if let Some(hall) = &mut world.hall {
            hall.division = "420323100".to_owned();
        }
    });
    assert_eq!(elsewhere, Some("HALL_ELSEWHERE"));
}

/// Without the police's word nothing is accepted (rules A5.1, A5.3).
#[test]
fn identity_first() {
    let morning = at("2025-05-12T09:00");
    let world = world(&[record(RecordState::Valid)]);
    let mut life = Life::<DivorceRegistration>::filed(&form(), world, morning).unwrap();
    let accept = json!({ "both_present": true });
    let refusal = life.act("accept", accept.clone(), morning).unwrap_err();
    assert_eq!(refusal.code, "ID_NOT_VERIFIED");
    let differs = json!({ "people": [{ "match": true, "alive": true },
                                     { "match": false, "alive": true }] });
    let department = Actor::Department("公安机关".to_owned());
    life.act_by(&department, "identity_answered", differs, &context(morning))
        .unwrap();
    let refusal = life.act("accept", accept.clone(), morning).unwrap_err();
    assert_eq!(refusal.code, "ID_NOT_VERIFIED");
    let again = life.act("recheck_identity", Value::Null, morning).unwrap();
    assert_eq!(again.errands.len(), 1);
    life.identified(2, morning);
    let accepted = life.act("accept", accept, morning).unwrap();
    assert_eq!(accepted.state.spec().code, "cooling");
}

/// The check of the application is not one of the day of the certificate (rules A5.3).
#[test]
fn identity_again_on_the_day_of_the_certificate() {
    let mut life = accepted(date(2025, 5, 12));
    let when = at("2025-06-12T10:00");
    let refusal = life.act("register", registration(true), when).unwrap_err();
    assert_eq!(refusal.code, "ID_NOT_VERIFIED");
    assert!(
        refusal.message.contains("重新核验身份"),
        "{}",
        refusal.message
    );
    let asked = life.act("recheck_identity", Value::Null, when).unwrap();
    assert!(asked.errands[0].key.starts_with(&life.case.number));
    life.identified(2, when);
    life.act("register", registration(true), when).unwrap();
}
