//! Month's runs: once, however often and wherever they are cut; what the bank sends back.

use serde_json::json;
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::identity::Role;
use yiwang_child::{entitlements::EntitlementsService, payment::Payments};
use yiwang_proto::child::v1::{self as pb, entitlements_server::Entitlements as _};

use super::desk::Desk;

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn run(month: &str) -> pb::GetPaymentRunRequest {
    pb::GetPaymentRunRequest {
        county: "420323".into(),
        month: month.into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_paid_once_however_often_it_is_cut() {
    let desk = Desk::new().await;
    desk.unattended().await;
    desk.go_to("2026-06-10T09:00:00").await;
    desk.departments.0.lock().unwrap().slow = true;
    // Many replicas at once, each killed after any number of steps.
    let mut cut = tokio::task::JoinSet::new();
    for replica in 0..6_u64 {
        let payments = Payments::new(desk.rt.clone());
        cut.spawn(async move {
            let work = async {
                for _ in 0..20 {
                    drop(payments.step().await);
                }
            };
            let wait = std::time::Duration::from_millis(3 + replica * 17);
            drop(tokio::time::timeout(wait, work).await);
        });
    }
    cut.join_all().await;
    // Who was killed held a lease of a minute.
    sqlx::query("update child.payment_batch set lease_until = null, next_at = now()")
        .execute(&desk.db.pool)
        .await
        .unwrap();
    desk.departments.0.lock().unwrap().slow = false;
    for _ in 0..4 {
        desk.pay().await;
        sqlx::query("update child.payment_batch set next_at = now()")
            .execute(&desk.db.pool)
            .await
            .unwrap();
    }
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 paid"]);
    assert_eq!(desk.departments.paid()["6217000000000001"], 112_000);
    assert_eq!(desk.departments.0.lock().unwrap().batches.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_made_again_after_a_restore_has_the_line_that_the_bank_knows() {
    let desk = Desk::new().await;
    desk.unattended().await;
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    // The database is back at the moment before the pay day; the bank is not.
    for lost in ["payment", "payment_batch", "payment_run"] {
        let lost = sqlx::AssertSqlSafe(format!("delete from child.{lost}"));
        sqlx::query(lost).execute(&desk.db.pool).await.unwrap();
    }
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 paid"]);
    assert_eq!(desk.departments.0.lock().unwrap().batches.len(), 2);
    assert_eq!(desk.departments.line_ids().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_waits_for_another_card() {
    let desk = Desk::new().await;
    let number = desk.unattended().await;
    let service = EntitlementsService::new(desk.rt.clone());
    let card = |account: &str| json!({ "holder": "张大山", "bank": "农商行", "account": account });
    let other = json!({ "holder": "李四", "bank": "农商行", "account": "6217" });
    let refused = desk
        .act(&desk.guardian, &number, "change_account", other)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "OTHER_HOLDER");
    desk.act(
        &desk.guardian,
        &number,
        "change_account",
        card("6217000000009990"),
    )
    .await
    .unwrap();
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(
        desk.payments().await,
        ["2026-06 WF monthly 112000 returned"]
    );
    let seen = unwrap(
        service
            .get_payment_run(as_caller(&desk.first, run("2026-06")))
            .await,
    )
    .unwrap();
    assert!(seen.made);
    assert_eq!((seen.sums[0].children, seen.sums[0].returned), (1, 1));
    assert_eq!(seen.rest[0].reason, "账号不存在");
    assert_eq!(
        (
            seen.rest[0].label.as_str(),
            seen.rest[0].payee_name.as_str()
        ),
        ("张**", "张**")
    );
    // Once more to the same card by the county: it comes back again.
    let again = pb::RepeatPaymentRequest {
        idempotency_key: key(),
        id: seen.rest[0].id.clone(),
    };
    let far = officer(30, "别县", Role::ChildCounty, "421221");
    let hidden = unwrap(service.repeat_payment(as_caller(&far, again.clone())).await).unwrap_err();
    assert_eq!(hidden.reason, "PAYMENT_NOT_FOUND");
    unwrap(service.repeat_payment(as_caller(&desk.first, again)).await).unwrap();
    desk.pay().await;
    assert_eq!(
        desk.payments().await,
        ["2026-06 WF monthly 112000 returned"]
    );
    desk.act(
        &desk.guardian,
        &number,
        "change_account",
        card("6217000000000002"),
    )
    .await
    .unwrap();
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 paid"]);
    assert_eq!(desk.departments.paid()["6217000000000002"], 112_000);
    let list = pb::ListPaymentsRequest {
        case_number: number,
    };
    let paid = unwrap(
        service
            .list_payments(as_caller(&desk.guardian, list.clone()))
            .await,
    )
    .unwrap();
    assert_eq!((paid.paid_fen, paid.owed_fen), (112_000, 0));
    let hidden = unwrap(service.list_payments(as_caller(&far, list)).await).unwrap_err();
    assert_eq!(hidden.reason, "CASE_NOT_FOUND");
    let foreign = unwrap(service.get_payment_run(as_caller(&far, run(""))).await).unwrap_err();
    assert_eq!(foreign.reason, "NOT_YOUR_DIVISION");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspect_is_not_paid_for_another_child_either() {
    let desk = Desk::new().await;
    desk.unattended().await;
    for sql in [
        "insert into child.protection (case_number, division, state, reported_at, channel,
                duty_bound, danger_now, sealed)
         values ('GA1', '420323100', 'assessing', now(), 'page', false, false, '')",
        "insert into child.suspect (case_number, person_key)
         select 'GA1', person from child.payee",
    ] {
        sqlx::query(sql).execute(&desk.db.pool).await.unwrap();
    }
    desk.go_to("2026-06-10T09:00:00").await;
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 held"]);
    sqlx::query("update child.protection set state = 'closed'")
        .execute(&desk.db.pool)
        .await
        .unwrap();
    desk.pay().await;
    assert_eq!(desk.payments().await, ["2026-06 WF monthly 112000 paid"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_county_draws_a_month_up_in_order() {
    let desk = Desk::new().await;
    desk.unattended().await;
    let service = EntitlementsService::new(desk.rt.clone());
    let make = |month: &str| pb::MakePaymentRunRequest {
        idempotency_key: key(),
        county: "420323".into(),
        month: month.into(),
    };
    let ahead = unwrap(
        service
            .make_payment_run(as_caller(&desk.first, make("2026-06")))
            .await,
    );
    assert_eq!(ahead.unwrap_err().reason, "MONTH_AHEAD");
    desk.go_to("2026-07-02T09:00:00").await;
    let skipped = unwrap(
        service
            .make_payment_run(as_caller(&desk.first, make("")))
            .await,
    );
    assert_eq!(skipped.unwrap_err().reason, "MONTH_BEFORE");
    let june = make("2026-06");
    let made = unwrap(
        service
            .make_payment_run(as_caller(&desk.first, june.clone()))
            .await,
    )
    .unwrap();
    assert!(made.made);
    assert_eq!(
        (made.sums[0].fen, made.townships[0].division.as_str()),
        (112_000, "420323100")
    );
    let again = unwrap(service.make_payment_run(as_caller(&desk.first, june)).await).unwrap();
    assert_eq!(again.sums[0].children, 1);
    let standard = pb::GetStandardRequest {
        division: "420323100".into(),
        day: String::new(),
    };
    let found = unwrap(
        service
            .get_standard(as_caller(&desk.guardian, standard))
            .await,
    )
    .unwrap();
    assert_eq!(
        (
            found.orphan_family_fen,
            found.unattended_fen,
            found.verified
        ),
        (112_000, 112_000, true)
    );
}
