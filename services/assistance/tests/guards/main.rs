//! Guards of the law that no table of transitions shows: what the family may not
//! be told, what the office may not change, who may not decide, what a late or
//! second message may not do.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../law/build.rs"]
#[expect(dead_code, reason = "shared with the law tables")]
mod build;
mod check;
mod filing;
mod notice;
mod office;
mod recheck;

use serde_json::{Value, json};
use yiwang_assistance::domain::minimum_living::{Action, MinimumLiving, World};
use yiwang_casework::{Actor, Case, Decision, Item, Refusal};

use build::{at, context, rules};

type Decided = Result<Decision<MinimumLiving>, Refusal>;

/// A day with nothing special about it.
const DAY: &str = "2026-07-06";

fn act(case: &Case<MinimumLiving>, actor: &Actor, code: &str, data: Value) -> Decided {
    let action: Action = serde_json::from_value(match data {
        Value::Null => json!({ "action": code }),
        data => json!({ "action": code, "data": data }),
    })
    .unwrap();
    let rules = rules("");
    let world = World {
        keys: (0..4).map(|at| format!("key-{at}")).collect(),
        ..World::default()
    };
    MinimumLiving::decide(case, action, &context(actor, at(DAY), &rules), &world)
}

/// A file in order, on that day.
fn file(state: yiwang_assistance::domain::minimum_living::State) -> Case<MinimumLiving> {
    build::case(state, at(DAY))
}

fn refused(decided: &Decided) -> &'static str {
    decided.as_ref().err().map_or("", |refusal| refusal.code)
}

fn system() -> Actor {
    Actor::System(String::new())
}
