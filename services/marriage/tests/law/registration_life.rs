//! A registration from the counter to the archive: what each act changes, and who may not act.

use jiff::civil::date;
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::{Actor, Item, State as _, decision::CertificateOp};
use yiwang_marriage::domain::{
    marriage_registration::{Action, Kind, MarriageRegistration, State},
    record::RecordState,
    world::{Effect, World},
};

use crate::{
    registration::record,
    registration_case::{
        NUMBER, act, answered, code, context, form, id_number, moved, registrar, signed, submit,
        willing, world,
    },
};

#[test]
fn from_the_counter_to_the_archive() {
    let mut world = world();
    let filed = submit(&form(json!({ "appointment": "YY1" })), &registrar(), &world).unwrap();
    assert_eq!(filed.state, State::Checking);
    let errand = filed.errands.first().unwrap();
    assert_eq!(errand.kind, "identity.check");
    assert_eq!(errand.payload["people"][1]["name"], "王小明");
    assert!(!errand.key.contains("man"), "{}", errand.key);
    let arrived = Effect::Arrived {
        appointment: "YY1".to_owned(),
    };
    assert_eq!(filed.effects, [arrived]);

    let case = answered(form(json!({})), &world);
    assert_eq!(case.state, State::Declaration);
    assert_eq!(case.facts.findings, []);
    assert_eq!(case.facts.register, ["未婚", "未婚"]);

    let (case, declared) = moved(case, "declare", signed(), &world);
    assert_eq!((case.state, declared.documents.len()), (State::Review, 0));

    let (case, registered) = moved(case, "register", willing(), &world);
    assert_eq!(case.state, State::Registered);
    let marry = Effect::Marry {
        kind: "marriage",
        number: NUMBER.to_owned(),
        effective_from: date(2026, 3, 2),
    };
    assert_eq!(registered.effects, [marry]);
    assert_eq!(registered.rules.len(), 4);
    let [CertificateOp::Issue(paper)] = &registered.certificates[..] else {
        panic!("{:?}", registered.certificates)
    };
    assert_eq!((paper.kind, paper.title), ("marriage", "结婚证"));
    assert_eq!(paper.number, NUMBER);
    assert_eq!(paper.holders, [0, 1]);
    assert_eq!(paper.issuer, "嘉鱼县民政局婚姻登记处");
    let row = |label: &str| {
        let row = paper.rows.iter().find(|(found, _)| found == label);
        row.map_or("", |(_, value)| value.as_str())
    };
    assert_eq!(row("男方姓名"), "王小明");
    assert_eq!(row("女方姓名"), "李桂芳");
    assert_eq!(row("女方出生日期"), "1997年8月20日");
    assert_eq!(row("登记日期"), "2026年3月2日");
    assert_eq!(row("备注"), "");

    let one = json!({ "a_received": true });
    assert_eq!(code(&act(&case, "deliver", one, &world)), "NOT_RECEIVED");
    let both = json!({ "a_received": true, "b_received": true, "ceremony": true });
    let (case, _) = moved(case, "deliver", both, &world);
    assert_eq!(
        code(&act(&case, "archive", Value::Null, &world)),
        "RECORD_MISSING"
    );
    let mut own = record(["woman", "man"], RecordState::Valid);
    NUMBER.clone_into(&mut own.number);
    world.people[0].records.push(own);
    let (case, filed) = moved(case, "archive", Value::Null, &world);
    assert_eq!(case.state, State::Archived);
    let file = Effect::Archive {
        class: "marriage",
        record: Uuid::from_u128(7),
    };
    assert_eq!(filed.effects, [file]);
}

#[test]
fn nobody_files_but_a_registrar_at_the_hall() {
    let citizen = Actor::Citizen {
        account: Uuid::from_u128(9),
        person: Some("man".to_owned()),
    };
    let plain = form(json!({}));
    let refused = submit(&plain, &citizen, &world()).unwrap_err();
    assert_eq!(refused.code, "IN_PERSON");
    assert!(refused.message.contains("预约"), "{}", refused.message);

    let with = |change: &dyn Fn(&mut World)| {
        let mut world = world();
        change(&mut world);
        code(&submit(&plain, &registrar(), &world))
    };
    assert_eq!(with(&|_| {}), "");
    assert_eq!(with(&|world| world.hall = None), "HALL_UNKNOWN");
    assert_eq!(
        with(&|world| world.qualified = false),
        "REGISTRAR_NOT_QUALIFIED"
    );
    let elsewhere = |world: &mut World| world.hall.as_mut().unwrap().division = "420323100".into();
    assert_eq!(with(&elsewhere), "HALL_ELSEWHERE");

    let two_women = json!({ "b": { "name": "赵敏", "id_number": id_number("19960510", "004") } });
    let of = |change: Value| code(&submit(&form(change), &registrar(), &world()));
    assert_eq!(of(two_women), "NOT_MAN_AND_WOMAN");
    let taiwan = json!({ "b": {
        "name": "王小明", "id_number": "12345678", "residence": "taiwan", "document": "taiwan_permit",
        "birth_date": "1996-05-10", "sex": "male"
    } });
    assert_eq!(of(taiwan), "NO_COMPETENCE");
    assert_eq!(of(json!({ "kind": "remarriage" })), "NOT_FORMERLY_MARRIED");
}

#[test]
fn a_wrong_field_is_named() {
    let woman = id_number("19970820", "002");
    let rows = [
        (
            json!({ "b": { "name": "王小明", "id_number": "42122119960510001" } }),
            "/b/id_number",
        ),
        (
            json!({ "b": { "name": "王小明", "id_number": woman } }),
            "/b/id_number",
        ),
        (json!({ "kind": "late" }), "/lived_together_since"),
        (
            json!({ "kind": "late", "lived_together_since": "2026-03-03" }),
            "/lived_together_since",
        ),
        (
            json!({ "lived_together_since": "2020-03-03" }),
            "/lived_together_since",
        ),
    ];
    for (change, field) in rows {
        let refusal = submit(&form(change.clone()), &registrar(), &world()).unwrap_err();
        let fields: Vec<_> = refusal
            .fields
            .iter()
            .map(|one| one.field.as_str())
            .collect();
        assert_eq!(fields, [field], "{change}");
    }
}

#[test]
fn what_stands_in_the_way_is_known_before_anybody_signs() {
    let mut world = world();
    world.people[1]
        .records
        .push(record(["man", "somebody else"], RecordState::Divorced));
    let case = answered(form(json!({})), &world);
    let found: Vec<_> = case
        .facts
        .findings
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert_eq!(found, ["STATUS_UNPROVEN"]);
    assert_eq!(case.facts.register, ["未婚", "离婚"]);
    // The man signs what is true, on a new paper, and the way is free.
    let mut data = signed();
    data["b_status"] = json!("divorced");
    let (case, declared) = moved(case, "declare", data, &world);
    assert_eq!(case.facts.findings, []);
    assert_eq!(declared.documents.len(), 2);
    assert!(declared.documents[0].text.contains("婚姻状况：离婚"));
    assert_eq!(
        act(&case, "register", willing(), &world).unwrap().state,
        State::Registered
    );
}

#[test]
fn a_paper_fills_what_the_network_does_not_show() {
    let world = world();
    let widow = json!({ "a": {
        "name": "李桂芳", "id_number": id_number("19970820", "002"), "stated": "widowed"
    } });
    let case = answered(form(widow), &world);
    let (case, _) = moved(case, "declare", signed(), &world);
    assert_eq!(
        code(&act(&case, "register", willing(), &world)),
        "STATUS_UNPROVEN"
    );
    let blank =
        json!({ "party": "a", "paper": "death_certificate", "number": " ", "issuer": "县医院" });
    assert_eq!(
        code(&act(&case, "prove_status", blank, &world)),
        "INVALID_INPUT"
    );
    let paper =
        json!({ "party": "a", "paper": "death_certificate", "number": "S1", "issuer": "县医院" });
    let (case, proved) = moved(case, "prove_status", paper, &world);
    assert!(!proved.note.contains("县医院"), "{}", proved.note);
    let registered = act(&case, "register", willing(), &world).unwrap();
    assert!(registered.documents[0].text.contains("县医院"));
}

#[test]
fn a_check_of_another_day_is_made_again() {
    let world = world();
    let case = answered(form(json!({})), &world);
    let (mut case, _) = moved(case, "declare", signed(), &world);
    case.facts.identity.as_mut().unwrap().on = date(2026, 2, 27);
    assert_eq!(
        code(&act(&case, "register", willing(), &world)),
        "ID_NOT_VERIFIED"
    );
    let (case, asked) = moved(case, "recheck_identity", Value::Null, &world);
    assert_eq!(case.state, State::Checking);
    assert!(asked.errands[0].key.starts_with(&case.number));
    let answer = json!({ "people": [
        { "match": true, "alive": true }, { "match": true, "alive": true },
    ] });
    let (case, again) = moved(case, "identity_answered", answer, &world);
    assert_eq!((case.state, again.documents.len()), (State::Review, 0));
    assert_eq!(
        act(&case, "register", willing(), &world).unwrap().state,
        State::Registered
    );
}

#[test]
fn each_refusal_at_the_counter_has_its_code() {
    let world = world();
    let case = answered(form(json!({})), &world);
    let alone = json!({ "a_signed": true, "b_signed": true });
    assert_eq!(
        code(&act(&case, "declare", alone, &world)),
        "NOT_BOTH_PRESENT"
    );
    let unsigned = json!({ "both_present": true, "a_signed": true });
    assert_eq!(code(&act(&case, "declare", unsigned, &world)), "NOT_SIGNED");
    let mut few = signed();
    few["photos"] = json!(2);
    let refusal = act(&case, "declare", few, &world).unwrap_err();
    assert_eq!(
        (
            refusal.fields[0].field.as_str(),
            &refusal.fields[0].reason[..]
        ),
        ("/photos", "TOO_FEW")
    );
    let mut untold = signed();
    untold["illness_told"] = json!(false);
    let (case, _) = moved(case, "declare", untold, &world);
    let one = json!({ "a_willing": true });
    assert_eq!(code(&act(&case, "register", one, &world)), "NOT_VOLUNTARY");
    let without = World {
        next_number: None,
        ..world.clone()
    };
    assert_eq!(
        code(&act(&case, "register", willing(), &without)),
        "NUMBER_UNAVAILABLE"
    );
    let stranger = World {
        qualified: false,
        ..world.clone()
    };
    assert_eq!(
        code(&act(&case, "register", willing(), &stranger)),
        "REGISTRAR_NOT_QUALIFIED"
    );
    // Illness that was not told is never a ground to refuse (民法典 1053).
    assert_eq!(
        act(&case, "register", willing(), &world).unwrap().state,
        State::Registered
    );
}

#[test]
fn a_late_registration_reaches_back_and_says_so() {
    let world = world();
    let since = json!({ "kind": "late", "lived_together_since": "2015-01-01" });
    let case = answered(form(since), &world);
    let (case, _) = moved(case, "declare", signed(), &world);
    let registered = act(&case, "register", willing(), &world).unwrap();
    let Effect::Marry {
        kind,
        effective_from,
        ..
    } = &registered.effects[0]
    else {
        panic!()
    };
    assert_eq!((*kind, *effective_from), ("late", date(2018, 5, 10)));
    let sheet = &registered.documents[0].text;
    assert!(sheet.contains("2018年5月10日"), "{sheet}");
    let registration = registered.facts.registration.unwrap();
    assert_eq!(registration.kind, Kind::Late);
}

/// What a death elsewhere does to an application: the system gives it up.
#[test]
fn an_application_is_given_up_without_a_trace_in_the_register() {
    let world = world();
    let case = answered(form(json!({})), &world);
    let action: Action =
        serde_json::from_value(json!({ "action": "cancel", "data": { "reasons": "一方死亡" } }))
            .unwrap();
    let system = Actor::System("登记死亡".to_owned());
    let decision = MarriageRegistration::decide(&case, action, &context(&system), &world).unwrap();
    assert_eq!(decision.state.spec().code, "cancelled");
    assert!(decision.effects.is_empty());
    assert!(!decision.message.contains("死亡"), "{}", decision.message);
}

#[test]
fn a_suspicion_stops_the_registration_and_moves_nothing_that_is_seen() {
    let world = world();
    let (case, _) = moved(
        answered(form(json!({})), &world),
        "declare",
        signed(),
        &world,
    );
    let shown = |case: &yiwang_casework::Case<MarriageRegistration>| {
        let sections = MarriageRegistration::sections(case);
        let open = sections.iter().filter(|section| !section.confidential);
        format!("{:?}", open.collect::<Vec<_>>())
    };
    let before = shown(&case);
    let blank = json!({ "about": "a", "suspicion": "trafficking", "note": " " });
    assert!(act(&case, "report_violence", blank, &world).is_err());
    let report = json!({ "about": "a", "suspicion": "trafficking", "note": "女方说是被人带来的" });
    let (case, reported) = moved(case, "report_violence", report, &world);
    assert!(reported.confidential && reported.message.is_empty());
    assert!(reported.documents.is_empty(), "papers go to both");
    assert_eq!(case.state, State::Review);
    assert_eq!(shown(&case), before);
    let event = &reported.events[0];
    assert_eq!(
        (event.aggregate, event.event),
        ("domestic_violence", "suspected")
    );
    assert_eq!(code(&act(&case, "register", willing(), &world)), "STOPPED");
    // Checked again, it still is not shown.
    let (case, _) = moved(case, "declare", signed(), &world);
    assert_eq!(shown(&case), before);
}

#[test]
fn the_list_of_the_dishonest_is_a_hint_to_the_registrar_and_refuses_nobody() {
    let mut world = world();
    world.people[1].dishonest_until = Some(date(2027, 1, 1));
    world.people[0].dishonest_until = Some(date(2026, 3, 1));
    let case = answered(form(json!({})), &world);
    let sections = MarriageRegistration::sections(&case);
    let hint = sections.iter().find(|one| one.title == "失信提示").unwrap();
    // The one of yesterday is over.
    assert!(hint.confidential && hint.rows.len() == 1);
    assert_eq!(case.facts.findings, []);
    let (case, _) = moved(case, "declare", signed(), &world);
    assert!(act(&case, "register", willing(), &world).is_ok());
}
