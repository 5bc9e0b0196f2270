//! Which limit an act starts, and when it is late.

use jiff::{Timestamp, tz};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::{Actor, Case, ClockOp, Context, Decision, Item, Refusal};
use yiwang_chassis::identity::Role;
use yiwang_child::{
    RULES,
    domain::protection::{
        ProtectionCase,
        protection_case::{Action, Facts, Form, State, World},
    },
};
use yiwang_civic::{calendar::WorkCalendar, params::RuleBook};

use crate::table::{all_hold, read, same};

type Decided = Result<Decision<ProtectionCase>, Refusal>;

fn form() -> Form {
    let form = json!({ "happened": "孩子身上有伤", "place": "城关镇小学", "channel": "page" });
    serde_json::from_value(form).unwrap()
}

fn now() -> Timestamp {
    "2026-05-12T09:00:00+08:00".parse().unwrap()
}

fn with<T>(rules: &RuleBook, run: impl Fn(&Context<'_>) -> T) -> T {
    let actor = Actor::Officer {
        account: Uuid::from_u128(1),
        name: "许丽华".to_owned(),
        roles: vec![Role::ChildCounty],
    };
    run(&Context {
        now: now(),
        actor: &actor,
        calendar: WorkCalendar::embedded(),
        rules,
        division: "420323100",
        county: "420323",
    })
}

fn case(state: State, facts: Facts) -> Case<ProtectionCase> {
    Case {
        number: "GA4203232026000001".to_owned(),
        division: "420323100".to_owned(),
        applicant: String::new(),
        account: Uuid::nil(),
        form: form(),
        state,
        facts,
        materials: Vec::new(),
        clocks: Vec::new(),
        notices: Vec::new(),
        version: 1,
        submitted_on: "2026-05-12".parse().unwrap(),
    }
}

fn act(cx: &Context<'_>, case: &Case<ProtectionCase>, code: &str, data: Value) -> Decided {
    let action: Action = serde_json::from_value(json!({ "action": code, "data": data })).unwrap();
    ProtectionCase::decide(case, action, cx, &World::default())
}

/// The police know, and somebody has judged.
fn judged(cx: &Context<'_>) -> Facts {
    let told = json!({ "unit": "城关派出所" });
    let told = act(
        cx,
        &case(State::Reported, Facts::default()),
        "police_told",
        told,
    )
    .unwrap();
    let triage = json!({ "risk": "high", "words": "有伤" });
    act(cx, &case(State::Reported, told.facts), "triage", triage)
        .unwrap()
        .facts
}

fn decided(cx: &Context<'_>, what: &str) -> Decided {
    let work = case(State::Intervening, judged(cx));
    let order = |urgent: bool| json!({ "court": "竹山县人民法院", "urgent": urgent });
    let due = |ground: &str| json!({ "ground": ground, "words": "事实" });
    match what {
        "submit" => ProtectionCase::submit(&form(), &[], cx, &World::default()),
        "emergency" => {
            let step = json!({ "step": "hospital", "words": "送医" });
            act(
                cx,
                &case(State::Reported, Facts::default()),
                "emergency",
                step,
            )
        }
        "to_assess" => {
            let safe = json!({ "words": "和奶奶在一起" });
            act(cx, &case(State::Emergency, judged(cx)), "to_assess", safe)
        }
        "assess" => {
            let found = json!({
                "assessors": [{ "name": "甲", "unit": "站" }, { "name": "乙", "unit": "站" }],
                "absent": 0, "improper": 1, "insufficient": 0,
                "seen": true, "safety": "安全", "health": "轻伤",
            });
            act(cx, &case(State::Assessing, judged(cx)), "assess", found)
        }
        "order" => act(cx, &work, "order_request", order(false)),
        "urgent" => act(cx, &work, "order_request", order(true)),
        "granted" => {
            let asked = act(cx, &work, "order_request", order(false))?;
            let said = json!({ "granted": true, "paper": "1号", "until": "2026-11-12" });
            act(
                cx,
                &case(State::Intervening, asked.facts),
                "order_result",
                said,
            )
        }
        "suggestion" => {
            let letter = json!({ "received_on": "2026-05-12", "from": "检察院", "paper": "1号" });
            act(cx, &work, "suggestion", letter)
        }
        "refuses" => act(cx, &work, "removal_due", due("3")),
        _ => act(cx, &work, "removal_due", due("1")),
    }
}

#[test]
fn what_is_late_when() {
    let rules = RuleBook::parse(RULES).unwrap();
    let rows = read(include_str!("clocks.toml"), 11, &["act", "clock"]);
    all_hold(&rows, |row| {
        let decision =
            with(&rules, |cx| decided(cx, row.text("act"))).map_err(|refusal| refusal.message)?;
        let started = decision.clocks.iter().find_map(|op| match op {
            ClockOp::Start(clock) if clock.name == row.text("clock") => Some(clock.due_at),
            _ => None,
        });
        let due = started.map(|at| tz::offset(8).to_datetime(at));
        let due = due.map(|due| due.strftime("%Y-%m-%dT%H:%M").to_string());
        same("due", due.as_deref(), Some(row.text("expected")))
    });
}
