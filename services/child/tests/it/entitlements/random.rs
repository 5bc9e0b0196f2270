//! Random histories: never GE and WF at once, never more than a month is worth, never to anybody
//! barred (rules B5.8, B5.12).

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::json;

use super::desk::{Desk, form, grandfather, opinion, yes};
use crate::world::born;

/// The accounts of the grandfather, and of somebody new.
const OLD: &str = "6217000000000001";
const NEW: &str = "6217000000000031";

/// Something that happens to one child.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// Apply, verify, confirm for this item.
    Grant(bool),
    /// Another benefit of so much from next month.
    Aid(usize, i64),
    /// Custody changes; it is over.
    Custody(bool),
    /// Another payee: who had it, or somebody new.
    Payee(bool),
    /// Stop, go on.
    Suspend(bool),
    /// The second look ends it.
    End,
    /// A month goes by.
    Month,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => any::<bool>().prop_map(Event::Grant),
        2 => (0_usize..3, prop_oneof![Just(0_i64), Just(38_000), Just(150_000)]).prop_map(|(at, fen)| Event::Aid(at, fen)),
        1 => any::<bool>().prop_map(Event::Custody),
        2 => any::<bool>().prop_map(Event::Payee),
        1 => any::<bool>().prop_map(Event::Suspend),
        1 => Just(Event::End),
        4 => Just(Event::Month),
    ]
}

/// What happens, as far as the law lets it.
async fn happens(desk: &Desk, month: &mut i32, event: Event) {
    let cases = desk
        .texts("select case_number from child.entitlement where not closed order by 1")
        .await;
    let next = format!("2026-{:02}", (*month + 1).min(12));
    match event {
        Event::Grant(orphan) => {
            let (item, mother) = if orphan {
                ("orphan", "dead")
            } else {
                ("unattended-child", "out_of_contact")
            };
            let form = form("dead", mother, "2025-10-01");
            let Ok(case) = desk
                .submit(&desk.guardian, item, crate::world::CHENGGUAN, form)
                .await
            else {
                return;
            };
            desk.rest().await;
            let verify = opinion("dead", mother, "2025-10-01");
            drop(
                desk.act(&desk.supervisor, &case.number, "verify", verify)
                    .await,
            );
            drop(desk.both(&case.number, yes()).await);
        }
        Event::Aid(at, fen) => {
            let benefit = ["DB", "TK", "CJ"][at];
            let data = json!({ "benefit": benefit, "from_month": next, "monthly_fen": fen });
            for number in cases {
                drop(desk.told(&number, "aid_changed", data.clone()).await);
            }
        }
        Event::Custody(begins) => {
            let kind = if begins { "temporary" } else { "ended" };
            for number in cases {
                let data = json!({ "kind": kind, "case_number": "LJ1" });
                drop(desk.told(&number, "custody_changed", data).await);
            }
        }
        Event::Payee(old) => {
            let (id, account) = match old {
                true => (grandfather(), OLD),
                false => (born("19700101", 31), NEW),
            };
            let data = json!({ "kind": "carer", "guardian_able": false, "holder": "某某", "id_number": id,
                               "bank": "农商行", "account": account, "duties": "照顾孩子" });
            for number in cases {
                drop(
                    desk.act(&desk.first, &number, "propose_payee", data.clone())
                        .await,
                );
                drop(desk.act(&desk.second, &number, "decide", yes()).await);
            }
        }
        Event::Suspend(stop) => {
            let act = if stop { "suspend" } else { "resume" };
            for number in cases {
                drop(
                    desk.act(&desk.first, &number, act, json!({ "reasons": "核实" }))
                        .await,
                );
            }
        }
        Event::End => {
            let today = format!("2026-{:02}-10", *month);
            let ends = json!({ "outcome": "ends", "findings": "父母一方能够抚养", "reason": "parent_back", "on": today });
            for number in cases {
                drop(
                    desk.act(
                        &desk.first,
                        &number,
                        "start_recheck",
                        json!({ "reasons": "核实" }),
                    )
                    .await,
                );
                drop(
                    desk.act(&desk.supervisor, &number, "recheck", ends.clone())
                        .await,
                );
                drop(desk.both(&number, yes()).await);
            }
        }
        Event::Month => {
            if *month < 12 {
                *month += 1;
                desk.go_to(&format!("2026-{:02}-10T09:00:00", *month)).await;
            }
            let barred = barred(desk).await;
            let before = desk.departments.paid();
            desk.pay().await;
            let after = desk.departments.paid();
            // Whoever is barred today gets nothing today.
            for account in barred {
                assert_eq!(after.get(account), before.get(account), "{account}");
            }
        }
    }
}

/// The accounts of those who are payee only where they are barred.
async fn barred(desk: &Desk) -> Vec<&'static str> {
    let sql = "select y.person from child.payee y left join child.barred_payee b
                   on b.case_number = y.case_number and b.person = y.person and b.lifted_at is null
                group by 1 having bool_and(b.person is not null)";
    let people = desk.texts(sql).await;
    let accounts = [(grandfather(), OLD), (born("19700101", 31), NEW)];
    let barred = accounts
        .into_iter()
        .filter(|(id, _)| people.contains(&desk.world.key(id)));
    barred.map(|(_, account)| account).collect()
}

/// What must hold at every moment.
async fn holds(desk: &Desk) {
    let both = "select count(*)::text from child.payment a join child.payment b using (person, month)
                 where a.kind <> b.kind and a.state in ('sent', 'paid') and b.state in ('sent', 'paid')
                   and a.part = 'monthly' and b.part = 'monthly'";
    assert_eq!(desk.text(both).await, "0", "GE and WF for one month");
    let much = "select count(*)::text from (
                  select p.case_number, p.month, sum(p.fen) - coalesce(max(o.fen), 0) kept
                    from child.payment p left join child.overpayment o using (case_number, month)
                   where p.state in ('sent', 'paid') group by 1, 2) months where kept > 112000";
    assert_eq!(desk.text(much).await, "0", "more than a month is worth");
}

#[test]
fn no_double_benefit_and_nothing_to_the_barred() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases: 6,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    };
    let histories = prop::collection::vec(event(), 10..24);
    TestRunner::new(config)
        .run(&histories, |history| {
            runtime.block_on(async {
                let desk = Desk::new().await;
                let mut month = 5;
                happens(&desk, &mut month, Event::Grant(false)).await;
                for event in history {
                    happens(&desk, &mut month, event).await;
                    holds(&desk).await;
                }
            });
            Ok(())
        })
        .unwrap();
}
