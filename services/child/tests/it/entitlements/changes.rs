//! What changes while it is paid: benefits, custody, adoption, death, school, comparison.

use serde_json::json;

use super::desk::{Desk, child, form, grandfather, mother, opinion, reasons, yes};
use crate::world::born;

#[tokio::test(flavor = "multi_thread")]
async fn a_top_up_follows_the_benefit_to_the_fen() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    let begins = json!({ "benefit": "DB", "from_month": "2026-07", "monthly_fen": 38_001 });
    desk.told(&number, "aid_changed", begins).await.unwrap();
    for day in ["2026-06-10T09:00:00", "2026-07-10T09:00:00"] {
        desk.go_to(day).await;
        desk.pay().await;
    }
    assert_eq!(
        desk.payments().await,
        [
            "2026-06 WF monthly 112000 paid",
            "2026-07 WF monthly 73999 paid"
        ]
    );
    // Known late that it had ended in July: the difference is paid on with August.
    let ends = json!({ "benefit": "DB", "from_month": "2026-07", "monthly_fen": 0 });
    desk.told(&number, "aid_changed", ends).await.unwrap();
    desk.go_to("2026-08-10T09:00:00").await;
    desk.pay().await;
    let all = desk.payments().await;
    assert!(
        all.contains(&"2026-07 WF back_pay 38001 paid".to_owned()),
        "{all:?}"
    );
    assert!(
        all.contains(&"2026-08 WF monthly 112000 paid".to_owned()),
        "{all:?}"
    );
    let changed = "yiwang.child.sw.amount_changed".to_owned();
    assert_eq!(
        desk.events()
            .await
            .iter()
            .filter(|it| **it == changed)
            .count(),
        2
    );
    // Known late that there was one: what was paid too much is noted, and recovered.
    let late = json!({ "benefit": "CJ", "from_month": "2026-08", "monthly_fen": 8_000 });
    desk.told(&number, "aid_changed", late).await.unwrap();
    desk.go_to("2026-09-10T09:00:00").await;
    desk.pay().await;
    let owed = "select fen || ' ' || recovered_fen from child.overpayment";
    assert_eq!(desk.texts(owed).await, ["8000 0"]);
    let much = json!({ "fen": 9_000, "paper": "收据1号" });
    let refused = desk
        .act(&desk.first, &number, "recover", much)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "TOO_MUCH");
    let recover = json!({ "fen": 8_000, "paper": "收据1号" });
    desk.act(&desk.first, &number, "recover", recover)
        .await
        .unwrap();
    assert_eq!(desk.texts(owed).await, ["8000 8000"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_follows_the_child_to_the_relative_who_took_it_in() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    let custody =
        |carer: &str| json!({ "kind": "temporary", "case_number": "LJ1", "carer": carer });
    let payee = json!({ "kind": "carer", "guardian_able": false, "holder": "张大山",
                        "id_number": grandfather(), "bank": "农商行",
                        "account": "6217000000000001", "duties": "照顾孩子" });
    let propose = || desk.act(&desk.first, &number, "propose_payee", payee.clone());
    // First in an institution: the grandfather receives nothing.
    desk.told(&number, "custody_changed", custody(""))
        .await
        .unwrap();
    assert_eq!(propose().await.unwrap_err().reason, "PAYEE_BARRED");
    // Then with him.
    let carer = desk.key(&grandfather());
    desk.told(&number, "custody_changed", custody(&carer))
        .await
        .unwrap();
    propose().await.unwrap();
    desk.act(&desk.second, &number, "decide", yes())
        .await
        .unwrap();
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.departments.paid()["6217000000000001"], 112_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_never_goes_to_who_lost_the_child() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    let custody = json!({ "kind": "temporary", "case_number": "LJ1" });
    desk.told(&number, "custody_changed", custody)
        .await
        .unwrap();
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 held"]);
    let payee = |kind: &str, number: String, account: &str| {
        json!({ "kind": kind, "guardian_able": false, "holder": "某某", "id_number": number,
                "bank": "农商行", "account": account, "duties": "照顾孩子" })
    };
    let old = payee("carer", grandfather(), "6217000000000001");
    let refused = desk
        .act(&desk.first, &number, "propose_payee", old)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "PAYEE_BARRED");
    let new = payee("carer", born("19700101", 31), "6217000000000031");
    desk.act(&desk.first, &number, "propose_payee", new)
        .await
        .unwrap();
    let alone = desk
        .act(&desk.first, &number, "decide", yes())
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "SAME_PERSON");
    desk.act(&desk.second, &number, "decide", yes())
        .await
        .unwrap();
    desk.pay().await;
    let paid = desk.departments.paid();
    assert_eq!((paid.len(), paid["6217000000000031"]), (1, 112_000));
    let moved = json!({ "holder": "某某", "bank": "农商行", "account": "6217000000000001" });
    let refused = desk
        .act(&desk.guardian, &number, "change_account", moved)
        .await;
    assert_eq!(refused.unwrap_err().reason, "NOT_PAYEE");
    // The database says so too.
    let raw = sqlx::query("update child.payment set state = 'ready'")
        .execute(&desk.db.pool)
        .await;
    raw.unwrap();
    let forced = sqlx::query("update child.payment set state = 'sent', payee_person = $1")
        .bind(desk.key(&grandfather()))
        .execute(&desk.db.pool)
        .await
        .unwrap_err();
    assert_eq!(
        forced.as_database_error().unwrap().constraint(),
        Some("not_to_barred")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn adopted_ends_the_same_day_and_stops_the_month_after() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    desk.go_to("2026-06-20T09:00:00").await;
    let adopted = json!({ "case_number": "SY1", "on": "2026-06-20" });
    desk.told(&number, "adopted", adopted.clone())
        .await
        .unwrap();
    assert_eq!(desk.case(&number).await.state, "ended");
    let again = desk.told(&number, "adopted", adopted).await.unwrap_err();
    assert_eq!(again.reason, "WRONG_STATE");
    desk.go_to("2026-07-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 paid"]);
    assert_eq!(
        desk.events().await,
        ["yiwang.child.sw.confirmed", "yiwang.child.sw.ended"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_known_late_leaves_what_was_paid_too_much() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    for day in ["2026-06-10T09:00:00", "2026-07-10T09:00:00"] {
        desk.go_to(day).await;
        desk.pay().await;
    }
    let died = json!({ "died_on": "2026-06-02", "certificate": "S1" });
    desk.told(&number, "child_died", died).await.unwrap();
    desk.go_to("2026-08-10T09:00:00").await;
    desk.pay().await;
    let owed = "select to_char(month, 'YYYY-MM') || ' ' || fen from child.overpayment";
    assert_eq!(desk.texts(owed).await, ["2026-07 112000"]);
    assert_eq!(desk.payments().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_eighteen_school_is_looked_at_first() {
    let desk = Desk::new().await;
    let mut young = form("dead", "out_of_contact", "2025-10-01");
    young["child"]["id_number"] = born("20080701", 22).into();
    let number = desk.applied("unattended-child", young).await;
    let verify = opinion("dead", "out_of_contact", "2025-10-01");
    desk.act(&desk.supervisor, &number, "verify", verify)
        .await
        .unwrap();
    desk.both(&number, yes()).await.unwrap();
    desk.go_to("2026-06-30T23:00:00").await;
    assert!(
        !desk
            .case(&number)
            .await
            .clocks
            .iter()
            .any(|it| it.name == "school")
    );
    desk.go_to("2026-07-01T09:00:00").await;
    let case = desk.case(&number).await;
    assert!(
        case.clocks.iter().any(|it| it.name == "school"),
        "to look at"
    );
    // Nobody has looked for two months: it is paid on.
    for day in ["2026-07-10T09:00:00", "2026-08-10T09:00:00"] {
        desk.go_to(day).await;
        desk.pay().await;
    }
    assert_eq!(desk.payments().await.len(), 3);
    let check = |attends: bool, on: &str| json!({ "attends": attends, "on": on, "school": "县一中高三", "until": "" });
    let case = desk
        .act(
            &desk.supervisor,
            &number,
            "school_check",
            check(true, "2026-08-10"),
        )
        .await
        .unwrap();
    assert_eq!(case.state, "paid");
    assert!(!case.clocks.iter().any(|it| it.name == "school"));
    // Of age alone is no reason to end.
    desk.act(
        &desk.supervisor,
        &number,
        "start_recheck",
        reasons("年满18周岁"),
    )
    .await
    .unwrap();
    let ends = json!({ "outcome": "ends", "findings": "已满18周岁", "reason": "adult", "on": "2026-08-10" });
    let refused = desk
        .act(&desk.supervisor, &number, "recheck", ends.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "SCHOOL_FIRST");
    desk.go_to("2026-09-05T09:00:00").await;
    desk.act(
        &desk.supervisor,
        &number,
        "school_check",
        check(false, "2026-08-31"),
    )
    .await
    .unwrap();
    desk.act(&desk.supervisor, &number, "recheck", ends)
        .await
        .unwrap();
    let case = desk.both(&number, yes()).await.unwrap();
    assert_eq!(case.state, "ended");
    desk.go_to("2026-09-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await.len(), 3, "August was the last");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_month_s_comparison_finds_a_parent_who_is_back() {
    let desk = Desk::new().await;
    desk.departments
        .know(&mother(), json!({ "out_of_contact_since": "2025-10-01" }));
    let number = desk.unattended().await;
    desk.go_to("2026-06-01T09:00:00").await;
    assert_eq!(desk.case(&number).await.state, "paid", "nothing new");
    let row = "select to_char(month, 'YYYY-MM') || ' ' || array_to_string(found, ',') from child.comparison order by month";
    assert_eq!(desk.texts(row).await, ["2026-06 "]);
    desk.departments.know(&mother(), json!({}));
    let low = json!([{ "benefit": "DB", "from_month": "2026-07", "monthly_fen": 20_000 }]);
    desk.departments.know(&child(), json!({ "benefits": low }));
    desk.go_to("2026-07-01T09:00:00").await;
    let case = desk.case(&number).await;
    assert_eq!(case.state, "recheck");
    assert_eq!(desk.texts(row).await, ["2026-06 ", "2026-07 parent_back"]);
    // The fee goes on, less what the child draws.
    desk.go_to("2026-07-10T09:00:00").await;
    desk.pay().await;
    assert!(
        desk.payments()
            .await
            .contains(&"2026-07 WF monthly 92000 paid".to_owned())
    );
    let goes_on = json!({ "outcome": "goes_on", "findings": "母亲没有回来，数据已核实" });
    desk.act(&desk.supervisor, &number, "recheck", goes_on)
        .await
        .unwrap();
    let case = desk.both(&number, yes()).await.unwrap();
    assert_eq!(case.state, "paid");
    let open = "select count(*)::text from child.comparison where not settled";
    assert_eq!(desk.text(open).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_dead_now_it_is_the_other_entitlement_never_both() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    let orphan = desk
        .applied("orphan", form("dead", "dead", "2026-05-12"))
        .await;
    let verify = opinion("dead", "dead", "2026-05-12");
    desk.act(&desk.supervisor, &orphan, "verify", verify)
        .await
        .unwrap();
    let refused = desk
        .act(&desk.first, &orphan, "propose", yes())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "OTHER_GRANTED");
    let person = json!({ "relation": "mother", "change": "died", "on": "2026-05-12" });
    desk.told(&number, "person_changed", person).await.unwrap();
    assert_eq!(desk.case(&number).await.state, "recheck");
    let ends = json!({ "outcome": "ends", "findings": "母亲死亡", "reason": "other_entitlement", "on": "2026-05-12" });
    desk.act(&desk.supervisor, &number, "recheck", ends)
        .await
        .unwrap();
    desk.both(&number, yes()).await.unwrap();
    desk.both(&orphan, yes()).await.unwrap();
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 GE monthly 112000 paid"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orphan_in_extreme_poverty_has_to_choose() {
    let desk = Desk::new().await;
    let number = desk
        .applied("orphan", form("dead", "dead", "2025-10-01"))
        .await;
    let verify = opinion("dead", "dead", "2025-10-01");
    desk.act(&desk.supervisor, &number, "verify", verify)
        .await
        .unwrap();
    desk.both(&number, yes()).await.unwrap();
    let begins = json!({ "benefit": "TK", "from_month": "2026-07", "monthly_fen": 49_400 });
    desk.told(&number, "aid_changed", begins).await.unwrap();
    assert_eq!(desk.case(&number).await.state, "recheck");
    for day in ["2026-06-10T09:00:00", "2026-07-10T09:00:00"] {
        desk.go_to(day).await;
        desk.pay().await;
    }
    assert_eq!(
        desk.payments().await,
        ["2026-06 GE monthly 112000 paid"],
        "nothing while both stand"
    );
}
