//! Rechecks: hearing, grace, and the second pair of eyes.

use serde_json::{Value, json};
use yiwang_assistance::domain::minimum_living::{MinimumLiving, codes::*, facts::*, state::State};
use yiwang_casework::{Actor, Case, Item, decision::ClockOp};
use yiwang_chassis::identity::Role;
use yiwang_civic::money::Fen;

use crate::{DAY, act, build::officer, file, refused, system};

fn hearing(on: &str) -> Hearing {
    Hearing {
        on: on.parse().unwrap(),
        by: "u1".to_owned(),
        said: format!("{on}的意见"),
    }
}

fn grace(last_day: &str) -> Grace {
    Grace {
        from: "2026-06-01".parse().unwrap(),
        months: 3,
        last_day: last_day.parse().unwrap(),
    }
}

/// Opened on 1 July, proposed by u1, heard on the 3rd, with this income a month.
fn recheck(income: i64) -> Case<MinimumLiving> {
    let mut case = file(State::Recheck);
    let facts = &mut case.facts;
    facts.findings.yearly_income = Some(Fen(income * 12));
    facts.recheck = Some(Recheck {
        cause: RecheckCause::Periodic,
        opened_on: "2026-07-01".parse().unwrap(),
        proposal: Some(Proposal {
            outcome: Outcome::Unchanged,
            reasons: String::new(),
            by: "u1".to_owned(),
        }),
    });
    facts.hearing = Some(hearing("2026-07-03"));
    case
}

fn decide(outcome: &str) -> Value {
    json!({ "outcome": outcome, "reasons": "理由", "months": 2, "stop_reason": "income" })
}

fn approver() -> Actor {
    officer("u9", Role::Approver)
}

fn stops(decision: &yiwang_casework::Decision<MinimumLiving>, name: &str) -> bool {
    decision
        .clocks
        .iter()
        .any(|op| matches!(op, ClockOp::Stop(clock) if clock == name))
}

#[test]
fn a_family_that_qualifies_again_leaves_grace() {
    // Standard 380 × 3 = 1140 a month; 840 are paid at 300.
    let rows = [
        ("unchanged", 30_000, true, Ok(State::InPayment)),
        ("raise", 0, true, Ok(State::InPayment)),
        ("cut", 60_000, true, Ok(State::InPayment)),
        ("unchanged", 150_000, true, Ok(State::Grace)),
        ("unchanged", 150_000, false, Err("NOT_ELIGIBLE")),
        ("raise", 150_000, true, Err("NOT_ELIGIBLE")),
        ("stop", 150_000, true, Ok(State::Stopped)),
        ("grace", 30_000, true, Err("STILL_ELIGIBLE")),
        ("grace", 150_000, true, Ok(State::Grace)),
    ];
    for (outcome, income, runs, expected) in rows {
        let mut case = recheck(income);
        case.facts.grace = Some(grace(if runs { "2026-09-01" } else { "2026-07-05" }));
        case.facts.grace_hearing = Some(hearing("2026-05-30"));
        let found = act(&case, &approver(), "decide_recheck", decide(outcome));
        let what = format!("{outcome} {income} {runs}");
        assert_eq!(
            found
                .as_ref()
                .map(|d| d.state)
                .map_err(|refusal| refusal.code),
            expected,
            "{what}"
        );
        let Ok(decision) = found else { continue };
        let paid = decision.state == State::InPayment;
        assert_eq!(decision.facts.grace.is_none(), paid, "{what}");
        assert_eq!(stops(&decision, "grace_end"), paid, "{what}");
        if outcome == "unchanged" {
            let heard = decision.facts.hearing.map(|hearing| hearing.on.to_string());
            let before_grace = (!paid).then(|| "2026-05-30".to_owned());
            assert_eq!(heard, before_grace, "{what}");
        }
    }
}

#[test]
fn grace_is_for_income_alone() {
    let mut case = recheck(150_000);
    case.facts.findings.counted_vehicle = Some(true);
    let found = act(&case, &approver(), "decide_recheck", decide("grace"));
    assert_eq!(refused(&found), "GRACE_INCOME_ONLY");
}

#[test]
fn the_end_of_grace_stops_nobody_out_of_a_recheck() {
    let spec = MinimumLiving::actions()
        .iter()
        .find(|spec| spec.code == "grace_over");
    assert_eq!(spec.unwrap().from, [State::Grace]);
    let mut case = file(State::Grace);
    case.facts.grace = Some(grace("2026-07-06"));
    let early = act(&case, &system(), "grace_over", json!(null));
    assert_eq!(refused(&early), "GRACE_RUNNING");
    case.facts.grace = Some(grace("2026-07-05"));
    let over = act(&case, &system(), "grace_over", json!(null)).unwrap();
    assert_eq!(over.facts.end.unwrap().reason, StopReason::GraceOver);
}

#[test]
fn a_hearing_belongs_to_its_recheck() {
    let opens = [
        ("start_recheck", json!({ "cause": "periodic" })),
        ("report_death", json!({ "name": "李桂芳", "died_on": DAY })),
    ];
    for (code, data) in opens {
        for (state, before_grace) in [(State::InPayment, None), (State::Grace, Some("2026-05-30"))]
        {
            let mut case = file(state);
            case.facts.hearing = Some(hearing("2026-05-30"));
            case.facts.proposer = Some(uuid::Uuid::nil());
            let opened = act(&case, &officer("u8", Role::Clerk), code, data.clone()).unwrap();
            assert!(opened.facts.hearing.is_none() && opened.facts.proposer.is_none());
            let kept = opened
                .facts
                .grace_hearing
                .map(|hearing| hearing.on.to_string());
            assert_eq!(kept.as_deref(), before_grace, "{code} {state:?}");
        }
    }
    let clerk = officer("u8", Role::Clerk);
    for (on, code) in [
        ("2026-06-30", "INVALID_INPUT"),
        ("2026-07-01", ""),
        (DAY, ""),
        ("2026-07-07", "INVALID_INPUT"),
    ] {
        let data = json!({ "on": on, "said": "没有意见" });
        assert_eq!(
            refused(&act(&recheck(0), &clerk, "record_hearing", data)),
            code,
            "{on}"
        );
    }
    let mut case = recheck(60_000);
    case.facts.hearing = Some(hearing("2026-06-30"));
    let found = act(&case, &approver(), "decide_recheck", decide("cut"));
    assert_eq!(refused(&found), "HEARING_REQUIRED");
}

#[test]
fn whoever_investigated_or_proposed_does_not_decide() {
    let two = ["u3", "u4"];
    let took_part = [
        (
            "record_visit",
            json!({ "kind": "home", "on": DAY, "officers": two, "record": "记录" }),
        ),
        ("record_findings", json!({})),
    ];
    for (code, data) in took_part {
        // u5 writes it down and is not named.
        let mut case = recheck(60_000);
        let done = act(&case, &officer("u5", Role::CountyOfficer), code, data).unwrap();
        case.facts = done.facts;
        case.facts.findings.yearly_income = Some(Fen(60_000 * 12));
        let same = officer("u5", Role::Approver);
        let fraud = json!({ "reasons": "隐瞒收入" });
        for (deed, data) in [("decide_recheck", decide("cut")), ("fraud_stop", fraud)] {
            let found = act(&case, &same, deed, data.clone());
            assert_eq!(refused(&found), "SAME_OFFICER", "{code} {deed}");
            assert_eq!(
                refused(&act(&case, &approver(), deed, data)),
                "",
                "{code} {deed}"
            );
        }
    }
    // Two people may share a name, one person may not use two.
    let data = json!({ "outcome": "cut", "reasons": "收入增加" });
    let mut case = recheck(60_000);
    case.facts = act(&case, &officer("u5", Role::Clerk), "propose", data)
        .unwrap()
        .facts;
    let account = case.facts.proposer.unwrap();
    let named = |account, name: &str| Actor::Officer {
        account,
        name: name.to_owned(),
        roles: vec![Role::Approver],
    };
    let other = uuid::Uuid::from_u128(77);
    for (actor, code) in [
        (named(account, "改了名"), "SAME_OFFICER"),
        (named(other, "u5"), ""),
    ] {
        let found = act(&case, &actor, "decide_recheck", decide("cut"));
        assert_eq!(refused(&found), code, "{actor:?}");
    }
}
