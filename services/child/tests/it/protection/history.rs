//! Over random histories no child has two responsible placements, nor none while in care, and
//! nobody under suspicion ever has it.

use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use super::{Desk, said, three, with_relative};
use crate::world::{CHENGGUAN, born};

#[derive(Debug, Clone)]
enum Step {
    Open {
        child: usize,
        relative: bool,
        named: bool,
    },
    Move {
        case: usize,
        to: usize,
    },
    Assess {
        case: usize,
        fit: bool,
    },
    Home {
        case: usize,
    },
    Other {
        case: usize,
        suspect: bool,
    },
    Long {
        case: usize,
    },
    Known {
        case: usize,
        child: usize,
    },
    Wait {
        hours: i64,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let case = 0_usize..4;
    let child = 0_usize..2;
    let step = prop_oneof![
        3 => (child.clone(), any::<bool>(), any::<bool>())
            .prop_map(|(child, relative, named)| Step::Open { child, relative, named }),
        4 => (case.clone(), 0_usize..4).prop_map(|(case, to)| Step::Move { case, to }),
        3 => (case.clone(), any::<bool>()).prop_map(|(case, fit)| Step::Assess { case, fit }),
        2 => case.clone().prop_map(|case| Step::Home { case }),
        1 => (case.clone(), any::<bool>()).prop_map(|(case, suspect)| Step::Other { case, suspect }),
        2 => case.clone().prop_map(|case| Step::Long { case }),
        1 => (case, child).prop_map(|(case, child)| Step::Known { case, child }),
        2 => (0_i64..2000).prop_map(|hours| Step::Wait { hours }),
    ];
    vec(step, 1..14)
}

/// A history of children of its own.
struct Run<'a> {
    desk: &'a Desk,
    nth: u32,
    suspect: &'a str,
    cases: Vec<String>,
}

impl Run<'_> {
    fn child(&self, child: usize) -> Value {
        let order = self.nth * 2 + u32::try_from(child).unwrap();
        json!({ "name": "孩子", "id_number": born("20120301", order), "born_on": "", "looks_age": 0 })
    }

    fn placing(&self, to: usize) -> Value {
        match to {
            0 => json!({ "place": "centre", "carer": "救助保护中心" }),
            1 => json!({ "place": "home", "carer": "福利院", "home_reason": "no_centre" }),
            2 => with_relative(self.suspect),
            _ => with_relative(&born("19600101", 12)),
        }
    }

    /// A step may be refused; what it leaves must be right.
    async fn take(&mut self, step: &Step) {
        let (first, second) = (&self.desk.first, &self.desk.second);
        let (code, case, data) = match step {
            Step::Open {
                child,
                relative,
                named,
            } => {
                let who = match named {
                    true => self.child(*child),
                    false => json!({}),
                };
                let form = json!({
                    "child": who, "ground": "3", "decision": "1号",
                    "placing": self.placing(if *relative { 3 } else { 0 }),
                    "voice": said("好"), "handed_over": true,
                });
                let world = &self.desk.world;
                let case = world
                    .submit(first, "temporary-guardianship", CHENGGUAN, form)
                    .await;
                self.cases.extend(case.ok().map(|case| case.number));
                return;
            }
            Step::Wait { hours } => {
                let hours = jiff::SignedDuration::from_hours(*hours);
                self.desk.world.clock.advance(hours);
                self.desk.world.rest().await;
                return;
            }
            Step::Move { case, to } => {
                let data =
                    json!({ "placing": self.placing(*to), "voice": said("好"), "reasons": "换" });
                ("move", *case, data)
            }
            Step::Assess { case, fit } => (
                "assess",
                *case,
                json!({ "assessors": three(), "fit": fit, "words": "评估" }),
            ),
            Step::Home { case } => {
                let data = json!({ "to": "父亲", "relation": "父亲", "record": "1号", "voice": said("好") });
                ("return_home", *case, data)
            }
            Step::Other { case, suspect } => {
                let id = if *suspect {
                    self.suspect.to_owned()
                } else {
                    born("19600101", 12)
                };
                let data = json!({ "name": "奶奶", "id_number": id, "relation": "奶奶",
                                   "by": "law", "paper": "1号", "voice": said("好") });
                ("other_guardian", *case, data)
            }
            Step::Long { case } => {
                let data = json!({ "ground": "3", "paper": "1号", "crime": false,
                                   "placing": self.placing(1), "voice": said("好") });
                ("to_long", *case, data)
            }
            Step::Known { case, child } => {
                ("child_known", *case, json!({ "child": self.child(*child) }))
            }
        };
        let Some(number) = self.cases.get(case).cloned() else {
            return;
        };
        // Who assesses does not decide.
        let by = if code == "assess" { first } else { second };
        let _ = self.desk.act(by, &number, code, data).await;
        if code == "to_long" {
            let _ = self
                .desk
                .act(first, &number, "countersign", Value::Null)
                .await;
        }
    }
}

/// What is wrong in the tables; nothing may be.
const WRONG: &str = "
    select 'gap in ' || c.case_number from child.custody c
     where (select range_agg(tstzrange(p.from_at, p.to_at)) from child.placement p
             where p.custody = c.id)
           is distinct from tstzmultirange(tstzrange(c.started_at, c.until))
    union all
    select 'two places in ' || a.case_number from child.placement a
      join child.placement b on b.custody = a.custody and b.nth > a.nth
       and tstzrange(a.from_at, a.to_at) && tstzrange(b.from_at, b.to_at)
    union all
    select 'no one place for ' || g.case_number from child.guardianship g
     where g.open and (select count(*) from child.custody c
                         join child.placement p on p.custody = c.id
                        where c.case_number = g.case_number and not isfinite(p.to_at)) <> 1
    union all
    select 'custody without a case ' || c.case_number from child.custody c
     where not isfinite(c.until)
       and not exists (select from child.guardianship g
                        where g.case_number = c.case_number and g.open)
    union all
    select 'two guardians of ' || a.case_number from child.custody a
      join child.custody b on b.child_key = a.child_key and b.id > a.id
       and tstzrange(a.started_at, a.until) && tstzrange(b.started_at, b.until)
    union all
    select 'a suspect has ' || p.case_number from child.placement p
      join child.suspect s on s.person_key = p.carer_key";

#[test]
fn no_history_leaves_a_child_in_two_places_or_in_none() {
    let tokio = tokio::runtime::Runtime::new().unwrap();
    let desk = tokio.block_on(Desk::new());
    let suspect = born("19850303", 11);
    tokio.block_on(async {
        let number = desk.judged("high").await;
        let somebody = json!({ "somebody": { "relation": "father", "name": "李大",
            "id_number": suspect, "phone": "", "suspect": true, "words": "" } });
        desk.does(&desk.centre, &number, "somebody", somebody).await;
    });
    let config = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let nth = std::cell::Cell::new(0);
    let ran = TestRunner::new(config).run(&steps(), |steps| {
        nth.set(nth.get() + 1);
        let mut run = Run {
            desk: &desk,
            nth: nth.get(),
            suspect: &suspect,
            cases: Vec::new(),
        };
        tokio.block_on(async {
            for step in &steps {
                run.take(step).await;
                let wrong = desk.world.texts(WRONG).await;
                prop_assert!(wrong.is_empty(), "{wrong:?} after {step:?}");
            }
            Ok(())
        })
    });
    let began = tokio.block_on(desk.world.text("select count(*)::text from child.custody"));
    ran.unwrap();
    assert!(began.parse::<u32>().unwrap() > 10, "{began}");
    let _inside = tokio.enter();
    drop(desk);
}
