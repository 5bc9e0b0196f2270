//! What the office sees and changes, and what stays with it.

use prost::Message as _;
use serde_json::json;
use yiwang_assistance::domain::minimum_living::{
    Form, MinimumLiving, codes::*, facts::*, state::State,
};
use yiwang_casework::{
    Awaiting, By, Item, State as _,
    decision::ClockOp,
    form::{FormSchema, schema_of},
};
use yiwang_chassis::identity::Role;
use yiwang_civic::money::Fen;
use yiwang_proto::assistance::v1::HouseholdChanged;

use crate::{
    act,
    build::{member, officer},
    file, refused, system,
};

/// The form as an officer's page shows it.
fn masked(form: &Form) -> serde_json::Value {
    let schema = FormSchema::compile(schema_of::<Form>()).unwrap();
    schema.mask(serde_json::to_value(form).unwrap())
}

#[test]
fn a_masked_form_that_comes_back_changes_nothing_it_hides() {
    let mut case = file(State::Investigating);
    case.form.members[0].about.guardian = Some("王小明".to_owned());
    let shown = masked(&case.form);
    assert_eq!(shown["applicant"]["name"], "王**");
    assert_eq!(shown["members"][0]["about"]["guardian"], "王**");

    let mut posted = shown.clone();
    posted["applicant"]["about"]["income"]["wage"] = json!(50_000);
    posted["applicant"]["phone"] = json!("13900001111");
    posted["payee"]["account"] = json!("6217000000000006666");
    posted["pledge"]["truthful"] = json!(false);
    posted["members"][0]["about"]["check_consent"] = json!(false);
    posted["members"][0]["about"]["guardian"] = json!("赵六");
    posted["members"][1]["about"]["check_consent"] = json!(true);
    let data = json!({ "form": posted, "reasons": "务工收入增加，账号6217" });
    let clerk = officer("u9", Role::Clerk);
    let decision = act(&case, &clerk, "amend", data).unwrap();

    let mut expected = case.form.clone();
    expected.applicant.about.income.wage = Fen(50_000);
    expected.applicant.phone = "13900001111".to_owned();
    let kept = decision.form.as_ref().unwrap();
    assert_eq!(
        serde_json::to_value(kept).unwrap(),
        serde_json::to_value(&expected).unwrap()
    );
    let event = HouseholdChanged::decode(decision.events[0].payload.as_slice()).unwrap();
    assert_eq!(event.reason, "circumstances");
}

#[test]
fn what_an_officer_gets_wrong_is_named_inside_the_form() {
    let case = file(State::Investigating);
    let clerk = officer("u9", Role::Clerk);
    let amend = |form: &serde_json::Value| {
        let data = json!({ "form": form, "reasons": "变化" });
        act(&case, &clerk, "amend", data)
    };
    let mut posted = masked(&case.form);
    posted["members"][0]["id_number"] = json!("420323198203010099");
    let refusal = amend(&posted).unwrap_err();
    assert_eq!(refusal.fields[0].field, "/form/members/0/id_number");

    let mut posted = masked(&case.form);
    posted["members"].as_array_mut().unwrap().swap(0, 1);
    let refusal = amend(&posted).unwrap_err();
    assert!(
        refusal
            .fields
            .iter()
            .all(|error| error.field.starts_with("/form"))
    );

    // A corrected name takes its account along; one more member is news for others.
    let mut posted = masked(&case.form);
    posted["applicant"]["name"] = json!("王晓明");
    let baby = member("王宝宝", "2026-02-20", 4, Relation::Child);
    let baby = serde_json::to_value(baby).unwrap();
    posted["members"].as_array_mut().unwrap().push(baby);
    let decision = amend(&posted).unwrap();
    let form = decision.form.unwrap();
    assert_eq!(
        (form.payee.holder.as_str(), form.members.len()),
        ("王晓明", 3)
    );
    let event = HouseholdChanged::decode(decision.events[0].payload.as_slice()).unwrap();
    assert_eq!(event.reason, "members");
}

#[test]
fn complaints_and_neighbours_words_stay_with_the_office() {
    let mut case = file(State::InPayment);
    let clerk = officer("u9", Role::Clerk);
    let words = "邻居说他家有车";
    let complaint = act(&case, &clerk, "record_complaint", json!({ "text": words })).unwrap();
    assert!(complaint.confidential && complaint.message.is_empty());
    let objection = MinimumLiving::on_objection("result", words).unwrap();
    assert_eq!(MinimumLiving::code_of(&objection), "record_complaint");

    case.facts = complaint.facts;
    let note = Note {
        on: "2026-07-06".parse().unwrap(),
        by: "u9".to_owned(),
        text: words.to_owned(),
    };
    case.facts.reviews.push(note);
    case.facts.visits[0].record = words.to_owned();
    case.facts.check.reports[0].findings = vec![words.to_owned()];
    let recheck = json!({ "cause": "complaint" });
    let opened = act(&case, &clerk, "start_recheck", recheck).unwrap();
    assert!(!opened.note.contains("举报") && !opened.message.contains("举报"));
    (case.facts, case.state) = (opened.facts, opened.state);
    let sections = MinimumLiving::sections(&case);
    let (office, family): (Vec<_>, Vec<_>) = sections.iter().partition(|one| one.confidential);
    let (office, family) = (format!("{office:?}"), format!("{family:?}"));
    for word in [words, "举报"] {
        assert!(
            office.contains(word) && !family.contains(word),
            "{word}: {family}"
        );
    }
}

#[test]
fn money_and_rights_are_the_applicants_own() {
    let by = |code: &str| {
        let spec = MinimumLiving::actions()
            .iter()
            .find(|spec| spec.code == code);
        spec.unwrap().by
    };
    for (code, expected) in [
        ("change_account", By::ApplicantInPerson),
        ("stop_voluntarily", By::ApplicantInPerson),
        ("withdraw", By::Applicant),
    ] {
        assert_eq!(by(code), expected, "{code}");
    }
}

#[test]
fn a_refusal_waits_for_its_delivery() {
    let case = file(State::CountyReview);
    let approver = officer("u9", Role::Approver);
    let decision = act(
        &case,
        &approver,
        "reject",
        json!({ "reasons": "收入超过标准" }),
    )
    .unwrap();
    assert_eq!(decision.state, State::Rejected);
    assert!(
        matches!(decision.state.spec().awaiting, Awaiting::Roles(roles) if roles.contains(&Role::Clerk))
    );
    assert!(
        decision
            .clocks
            .iter()
            .any(|op| matches!(op, ClockOp::Start(clock) if clock.name == "refusal_told"))
    );

    let mut case = file(State::Rejected);
    case.facts = decision.facts;
    let clerk = officer("u8", Role::Clerk);
    for (data, way) in [
        (json!({ "on": "2026-07-06" }), Delivery::InPerson),
        (json!({ "on": "2026-07-06", "way": "mail" }), Delivery::Mail),
    ] {
        let told = act(&case, &clerk, "record_delivery", data).unwrap();
        assert_eq!(told.state, State::RefusalDelivered);
        assert_eq!(told.state.spec().awaiting, Awaiting::Nobody);
        let decision = told.facts.decision.unwrap();
        assert_eq!(
            (decision.told_by, decision.told_on.is_some()),
            (Some(way), true)
        );
    }
    let early = act(
        &case,
        &clerk,
        "record_delivery",
        json!({ "on": "2026-07-05" }),
    );
    assert_eq!(refused(&early), "INVALID_INPUT");
}

#[test]
fn the_banks_words_do_not_travel() {
    let case = file(State::InPayment);
    let data = json!({ "month": "2026-06", "amount": 84_000, "returned": "户名张三不符" });
    let decision = act(&case, &system(), "payment_settled", data).unwrap();
    assert!(!decision.message.contains("张三") && !decision.note.contains("张三"));
    assert_eq!(decision.facts.returned[0].reason, "户名张三不符");
}
