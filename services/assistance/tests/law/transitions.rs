//! Who may do what in which state (rules A2.1, A2.9, A5).

use jiff::Timestamp;
use serde_json::json;
use yiwang_assistance::domain::minimum_living::{
    Action, MinimumLiving, World, codes::*, documents, facts::*, state::State, world::Supported,
};
use yiwang_casework::{Actor, By, Case, Item, NoticeFacts, State as _};
use yiwang_chassis::identity::Role;
use yiwang_civic::{calendar::WorkCalendar, money::Fen, time};

use crate::{
    build::{self, at, case, context, ids, officer, param, report, rules},
    table::{Row, all_hold, read, same},
};

/// Rows whose question does not arise here, with the reason.
const DIFFERENT: &[(&str, &str)] = &[(
    "T68",
    "the way to appeal is part of every refusal by construction, nobody types it",
)];

#[test]
fn transitions() {
    let law = read(include_str!("transitions.toml"), 101);
    let rows: Vec<Row> = law
        .rows
        .into_iter()
        .filter(|row| DIFFERENT.iter().all(|(id, _)| *id != row.id()))
        .collect();
    all_hold(&rows, check);
}

#[test]
fn a_refusal_always_names_the_way_to_appeal() {
    let text = documents::refusal("2026-04-30".parse().unwrap(), "收入超过标准").text;
    assert!(
        text.contains("行政复议") && text.contains("行政诉讼"),
        "{text}"
    );
}

fn check(row: &Row) -> Result<(), String> {
    let expected = row.child("expected");
    match (outcome(row), expected.flag("allowed") == Some(true)) {
        (Ok(state), true) => same("next", state.spec().code, expected.text("next_state")),
        (Err(code), false) => same("code", code.as_str(), expected.text("code")),
        (found, _) => Err(format!("found {found:?}, the law says {expected:?}")),
    }
}

fn outcome(row: &Row) -> Result<State, String> {
    let now = at(match (row.text("now"), row.text("on")) {
        ("", "") => "2026-03-20",
        ("", on) => on,
        (now, _) => now,
    });
    let cond = row.child("cond");
    let delegated = cond.flag("delegated") == Some(true);
    let rules = rules(&param(
        "delegated",
        if delegated { "true" } else { "false" },
    ));
    let actor = actor(row, &cond);
    let cx = context(&actor, now, &rules);
    let mut world = World {
        keys: (0..4).map(|at| format!("key-{at}")).collect(),
        ..World::default()
    };
    if row.text("state") == "draft" {
        let mut form = build::form();
        if !cond.texts("authorisation_missing").is_empty() {
            form.members[0].about.check_consent = false;
        }
        let decision = MinimumLiving::submit(&form, &[], &cx, &world);
        return decision
            .map(|d| d.state)
            .map_err(|refusal| refusal.code.to_owned());
    }
    let mut case = case(State::from_code(row.text("state")).unwrap(), now);
    arrange(&mut case, &mut world, &cond, now);
    let (code, data) = action(row, &mut case, &cond);
    may(code, row.text("role"), case.state)?;
    let action: Action = serde_json::from_value(match data {
        serde_json::Value::Null => json!({ "action": code }),
        data => json!({ "action": code, "data": data }),
    })
    .unwrap();
    let decision = MinimumLiving::decide(&case, action, &cx, &world);
    decision
        .map(|d| d.state)
        .map_err(|refusal| refusal.code.to_owned())
}

/// What casework checks before it asks the item: role, then state.
fn may(code: &str, role: &str, state: State) -> Result<(), String> {
    let spec = MinimumLiving::actions()
        .iter()
        .find(|spec| spec.code == code)
        .unwrap();
    let fits = match spec.by {
        By::Applicant | By::ApplicantInPerson | By::ApplicantVerified => role == "citizen",
        By::Roles(roles) => roles.iter().any(|one| one.as_str() == role),
        // Anybody may object to a notice; the system brings it in.
        By::System => role == "system" || code == "object",
    };
    if !fits {
        return Err("WRONG_ROLE".to_owned());
    }
    if spec.from.contains(&state) {
        Ok(())
    } else {
        Err("WRONG_STATE".to_owned())
    }
}

fn actor(row: &Row, cond: &Row) -> Actor {
    let name = if cond.text("actor").is_empty() {
        "u9"
    } else {
        cond.text("actor")
    };
    match row.text("role") {
        "citizen" => Actor::Citizen {
            account: uuid::Uuid::nil(),
            person: Some("key-0".to_owned()),
        },
        "system" => Actor::System(String::new()),
        role => officer(name, role.parse::<Role>().unwrap()),
    }
}

/// Puts the defect, or the fact, of the row into a file that is in order.
fn arrange(case: &mut Case<MinimumLiving>, world: &mut World, cond: &Row, now: Timestamp) {
    let today = time::beijing_date(now);
    let facts = &mut case.facts;
    facts.corrections = cond.int("corrections_before").unwrap_or(0) as u32;
    for key in cond.texts("authorisation_missing") {
        let at = if key == "m2" { 0 } else { 1 };
        case.form.members[at].id_number = build::id_number("1990-01-01".parse().unwrap(), 7);
        case.form.members[at].about.check_consent = false;
    }
    if !cond.texts("not_counted").is_empty() {
        case.form.members[0].about.situation = Situation::Prison;
        case.form.members[0].about.check_consent = false;
    }
    if !cond.texts("guardian_signed_for").is_empty() {
        case.form.members[1].id_number = build::id_number("1990-01-01".parse().unwrap(), 7);
        case.form.members[1].about.check_consent = true;
        case.form.members[1].about.guardian = Some("王小明".to_owned());
    }
    if !cond.text("actor_near_relative_of").is_empty() {
        case.form.pledge.near_relative = true;
        case.form.pledge.near_relative_of = "u9，民政办".to_owned();
    }
    if !cond.text("near_relative").is_empty() {
        facts.recused.push(cond.text("near_relative").to_owned());
    }
    facts.filed_relative = cond.flag("filed_relative") == Some(true);
    let note = || Note {
        on: today,
        by: String::new(),
        text: "家里有车".to_owned(),
    };
    if cond.flag("complaint") == Some(true) {
        facts.complaints.push(note());
    }
    if cond.flag("home_visit") == Some(true) {
        let mut visit = facts.visits[0].clone();
        (visit.county, visit.officers) = (true, vec!["u7".to_owned(), "u8".to_owned()]);
        facts.visits.push(visit);
    }
    check_report(case, cond);
    notice_and_objection(case, cond, note());
    for (key, benefit) in cond.child("already").0 {
        let index = usize::from(key.as_bytes()[1] - b'1');
        world.supported.push(Supported {
            index,
            benefit: benefit.as_str().unwrap().to_owned(),
        });
    }
    support(case, cond, today);
}

fn check_report(case: &mut Case<MinimumLiving>, cond: &Row) {
    let check = &mut case.facts.check;
    match (cond.text("check_report"), cond.text("report")) {
        ("none", _) | (_, "none") => check.reports.clear(),
        (_, "fails") => check.reports[0].verdict = CheckVerdict::Contradiction,
        _ => {}
    }
    if !cond.text("report_issued").is_empty() {
        check.reports = vec![report(
            &case.form,
            cond.text("report_issued").parse().unwrap(),
        )];
        assert_eq!(cond.int("report_valid_days"), Some(30));
    }
    if !cond.texts("not_covered").is_empty() {
        let baby = build::member("王宝宝", "2026-02-20", 4, Relation::Child);
        case.form.members.push(baby);
    }
}

fn notice_and_objection(case: &mut Case<MinimumLiving>, cond: &Row, note: Note) {
    if !cond.text("posted_at").is_empty() {
        let posted_at = at(cond.text("posted_at"));
        let day = time::beijing_date(posted_at);
        let due = WorkCalendar::embedded().add_calendar_days(day, 7);
        case.notices = vec![NoticeFacts {
            name: "first_opinion".to_owned(),
            posted_at,
            ends_at: Some(time::end_of_day(due.last_day)),
            withdrawn: false,
            open_objections: 0,
        }];
    }
    if case.state == State::Objected {
        case.facts.objections.push(note);
        case.notices[0].open_objections = 1;
    }
}

fn support(case: &mut Case<MinimumLiving>, cond: &Row, today: jiff::civil::Date) {
    let facts = &mut case.facts;
    if cond.flag("hearing") == Some(true) {
        let said = "没有意见".to_owned();
        facts.hearing = Some(Hearing {
            on: today,
            by: "u1".to_owned(),
            said,
        });
    }
    if matches!(case.state, State::Recheck | State::DeathReview) {
        facts.recheck = Some(Recheck {
            cause: RecheckCause::Periodic,
            opened_on: today,
            proposal: Some(Proposal {
                outcome: Outcome::Cut,
                reasons: "收入变化".to_owned(),
                by: "u1".to_owned(),
            }),
        });
    }
    if let Some(months) = cond.int("months_used") {
        let grace = Grace {
            from: today,
            months: months as u32,
            last_day: today,
        };
        facts.grace = Some(grace);
    }
    if let (Some(benefit), Ok(month)) = (&mut facts.benefit, cond.text("month").parse()) {
        benefit.first_month = month;
    }
    if let Some(survivors) = cond.int("survivors") {
        let dead = ids(&case.form).into_iter().skip(survivors as usize);
        facts.deaths = dead
            .map(|id_number| Death::new(&id_number, today, ""))
            .collect();
    }
    if let Some(fen) = cond.int("per_head_fen") {
        facts.findings.yearly_income = Some(Fen(fen * 3 * 12));
    }
    if let Some(times) = cond.int("consecutive_refusals") {
        let id_number = ids(&case.form).swap_remove(1);
        let offer = Offer {
            id_number,
            on: today,
            suitable: true,
            accepted: false,
        };
        facts.offers = vec![offer; times as usize];
    }
}

/// The product's name and data for a word of the law.
fn action(
    row: &Row,
    case: &mut Case<MinimumLiving>,
    cond: &Row,
) -> (&'static str, serde_json::Value) {
    let reasons = if cond.get("reasons").is_some() {
        cond.text("reasons")
    } else {
        "事实清楚"
    };
    let decide = |case: &mut Case<MinimumLiving>, outcome: &str, income: Option<i64>| {
        if case.facts.findings.yearly_income.is_none() {
            case.facts.findings.yearly_income = income.map(|monthly| Fen(monthly * 12));
        }
        let months = cond.int("months");
        json!({ "outcome": outcome, "reasons": reasons, "months": months, "stop_reason":
            (outcome == "stop").then_some("income") })
    };
    match row.text("action") {
        "request_correction" => ("request_correction", correction(cond)),
        "submit" => ("correct", json!({ "form": case.form, "materials": [] })),
        "accept" => ("accept", json!({})),
        "start_investigation" => (
            "start_investigation",
            json!({ "investigators": cond.texts("investigators") }),
        ),
        "request_check" => ("request_check", json!(null)),
        "start_check" => ("start_check", json!(null)),
        "issue_report" => (
            "enter_report",
            json!({ "number": "1", "issued_on": "2026-03-01", "covers_all": true }),
        ),
        "tell_check_failure" => (
            "tell_check_failure",
            json!({ "text": "有一笔存款没有申报" }),
        ),
        "object_check" => ("object_check", json!({ "text": "是村集体的账户" })),
        "terminate_noncooperation" => ("terminate_noncooperation", json!({ "reasons": reasons })),
        "give_first_opinion" => (
            "give_first_opinion",
            json!({ "recommend": true, "reasons": "符合条件" }),
        ),
        "post_notice" => ("post_notice", json!({ "place": "村务公开栏" })),
        "report_to_county" => ("report_to_county", json!(null)),
        "township_confirm" => ("township_confirm", json!({})),
        "object" => ("object", json!({ "text": "他家有车" })),
        "reinvestigate" => ("reinvestigate", json!(null)),
        "extend" => ("extend", extension(case, cond)),
        "review" => ("review", json!(null)),
        "confirm" => ("confirm", json!({})),
        "reject" => ("reject", json!({ "reasons": reasons })),
        "withdraw" => ("withdraw", json!(null)),
        "order_payment" => ("order_payment", json!(null)),
        "start_recheck" => ("start_recheck", json!({ "cause": "periodic" })),
        "decide_raise" => ("decide_recheck", decide(case, "raise", Some(0))),
        "decide_cut" => ("decide_recheck", decide(case, "cut", Some(60_000))),
        "stop_member_share" => ("decide_recheck", decide(case, "cut", None)),
        "decide_stop" => ("decide_recheck", decide(case, "stop", Some(150_000))),
        "start_grace" => ("decide_recheck", decide(case, "grace", None)),
        "extend_grace" => ("extend_grace", json!({ "months": cond.int("months_more") })),
        "report_death" => (
            "report_death",
            json!({ "name": "李桂芳", "died_on": "2026-03-01" }),
        ),
        "fraud_stop" => (
            "fraud_stop",
            json!({ "reasons": reasons, "recover": 84_000 }),
        ),
        word => panic!("{word}"),
    }
}

fn correction(cond: &Row) -> serde_json::Value {
    let items = cond.texts("items").into_iter().map(|item| {
        let code = match item.as_str() {
            "authorisation_m2" => "authorisation".to_owned(),
            "hospital_papers_m3" => "medical_bills".to_owned(),
            _ => item,
        };
        json!({ "code": code, "reason": "缺少" })
    });
    json!({ "items": items.collect::<Vec<_>>() })
}

fn extension(case: &mut Case<MinimumLiving>, cond: &Row) -> serde_json::Value {
    if let Some(days) = cond.int("extended_to_wd") {
        let reason = ExtensionReason::Difficult;
        case.facts.extension = Some(Extension {
            reason,
            working_days: days as u32,
        });
    }
    json!({ "reason": cond.text("reason"), "working_days": cond.int("to_wd") })
}
