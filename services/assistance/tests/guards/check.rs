//! The economic check: contradictions are told, late answers belong to their round.

use serde_json::{Value, json};
use yiwang_assistance::domain::minimum_living::{MinimumLiving, codes::*, state::State};
use yiwang_casework::{Item, State as _, decision::ClockOp};
use yiwang_chassis::identity::Role;

use crate::{act, build::officer, file, refused, system};

/// Contradicts the form: a car that nobody declared.
fn answer(round: Value) -> Value {
    json!({ "status": "done", "round": round, "report": {
        "number": "HD2", "issued_at": "2026-07-06T09:00:00+08:00", "covered": ["0", "1", "2"],
        "members": [{ "id": "0", "findings": [{ "kind": "property", "category": "vehicle" }] }],
    } })
}

#[test]
fn a_contradiction_that_was_not_told_stops_a_grant() {
    let confirm = |verdict, told| {
        let mut case = file(State::CountyReview);
        let report = &mut case.facts.check.reports[0];
        (report.verdict, report.told) = (verdict, told);
        let decided = act(&case, &officer("u9", Role::Approver), "confirm", json!({}));
        refused(&decided)
    };
    let rows = [
        (CheckVerdict::Consistent, false, ""),
        (CheckVerdict::Contradiction, true, ""),
        (CheckVerdict::Contradiction, false, "CHECK_FAILURE_UNTOLD"),
    ];
    for (verdict, told, code) in rows {
        assert_eq!(confirm(verdict, told), code, "{verdict:?} {told}");
    }
}

#[test]
fn wherever_a_contradiction_arrives_it_has_to_be_told() {
    let spec = |code: &str| {
        let spec = MinimumLiving::actions()
            .iter()
            .find(|spec| spec.code == code);
        spec.unwrap().from
    };
    let states = spec("check_answered");
    assert!(states.contains(&State::CheckFailedTold));
    for state in states {
        let mut case = file(*state);
        let decision = act(&case, &system(), "check_answered", answer(json!(1))).unwrap();
        let told_by = decision
            .clocks
            .iter()
            .any(|op| matches!(op, ClockOp::Start(clock) if clock.name == "tell_check"));
        assert!(told_by, "{state:?}");
        (case.facts, case.state) = (decision.facts, decision.state);
        assert!(
            spec("tell_check_failure").contains(&case.state),
            "{state:?}"
        );
        let clerk = officer("u9", Role::Clerk);
        let told = act(
            &case,
            &clerk,
            "tell_check_failure",
            json!({ "text": "有车" }),
        )
        .unwrap();
        assert!(told.facts.check.reports[1].told);
        let waits = matches!(state, State::Checking | State::Investigating);
        let expected = if waits {
            State::CheckFailedTold
        } else {
            *state
        };
        assert_eq!(told.state.spec().code, expected.spec().code);
    }
}

#[test]
fn an_answer_of_another_round_is_not_taken_for_this_one() {
    let mut case = file(State::Checking);
    case.facts.check.rounds = 2;
    let rows = [
        (json!(2), ""),
        (json!(null), ""),
        (json!(1), "CHECK_ROUND_OVER"),
        (json!(3), "CHECK_ROUND_OVER"),
    ];
    for (round, code) in rows {
        let decided = act(&case, &system(), "check_answered", answer(round.clone()));
        assert_eq!(refused(&decided), code, "{round}");
        let refusal = json!({ "status": "refused", "round": round, "reason": {} });
        let decided = act(&case, &system(), "check_answered", refusal);
        assert_eq!(refused(&decided), code, "{round}");
    }
    let case = file(State::Investigating);
    let asked = act(
        &case,
        &officer("u9", Role::Clerk),
        "request_check",
        json!(null),
    )
    .unwrap();
    let errand = &asked.errands[0];
    assert!(errand.key.ends_with("-check-2"), "{}", errand.key);
    assert_eq!(errand.payload["round"], 2);
}
