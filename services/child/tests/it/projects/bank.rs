//! What the projects pay and the bank sends back, and who may not receive it.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_child::entitlements::EntitlementsService;
use yiwang_proto::child::v1::{self as pb, entitlements_server::Entitlements as _};

use super::{
    county, county2, file, guardian, medical, reason, student, study, township, with_bank,
};
use crate::world::{CHENGGUAN, World, born, pay};

/// Treated and billed, to be paid to the guardian; its number.
async fn billed(world: &World) -> String {
    let mut form = medical();
    form["payee"] = json!("guardian");
    let applicant = world.citizen(&guardian());
    let case = world.submit(&applicant, "medical-project", CHENGGUAN, form);
    let number = case.await.unwrap().number;
    for (who, act, data) in [
        (
            township(),
            "check",
            json!({ "recommend": true, "findings": "看了孤儿证" }),
        ),
        (
            county(),
            "approve",
            json!({ "orphan": true, "named": true }),
        ),
        (
            township(),
            "treat",
            json!({ "from": "2026-04-01", "to": "2026-05-11", "findings": "手术成功" }),
        ),
        (
            township(),
            "bill",
            json!({ "total": 100, "insurance": 0, "aid": 0, "invoice": "1", "papers": file() }),
        ),
    ] {
        world.act(&who, &number, act, data).await.unwrap();
    }
    number
}

/// By two, to this account.
async fn ordered(world: &World, number: &str, to: Value) {
    world.act(&county(), number, "pay", to).await.unwrap();
    let signed = world.act(&county2(), number, "sign", Value::Null).await;
    signed.unwrap();
}

#[tokio::test]
async fn no_bill_is_paid_to_a_guardian_under_suspicion() {
    let (world, departments, payments) = with_bank().await;
    let number = billed(&world).await;
    let own = json!({ "holder": "陈桂兰", "bank": "农商行", "account": "6217000000000001",
                      "id_number": guardian() });
    world.act(&county(), &number, "pay", own).await.unwrap();
    for sql in [
        "insert into child.protection (case_number, division, state, reported_at, channel,
                duty_bound, danger_now, sealed)
         values ('GA1', '420323100', 'assessing', now(), 'page', false, false, '')",
        "insert into child.suspect (case_number, person_key)
         select 'GA1', applicant_key from casework.case_file",
    ] {
        sqlx::query(sql).execute(&world.db.pool).await.unwrap();
    }
    let signed = world.act(&county2(), &number, "sign", Value::Null).await;
    signed.unwrap();
    pay(&payments).await;
    let row = "select state from child.payment";
    assert_eq!(world.texts(row).await, ["held"]);
    // What has not left may go to somebody else.
    let aunt = json!({ "holder": "陈桂芳", "bank": "农商行", "account": "6217000000000002",
                       "id_number": born("19750101", 77) });
    ordered(&world, &number, aunt).await;
    pay(&payments).await;
    assert_eq!(world.texts(row).await, ["paid"]);
    assert_eq!(departments.paid()["6217000000000002"], 100);
    assert_eq!(departments.paid().len(), 1);
}

#[tokio::test]
async fn the_same_account_once_more_is_the_same_bill_again() {
    let (world, departments, payments) = with_bank().await;
    let number = billed(&world).await;
    let own = json!({ "holder": "陈桂兰", "bank": "农商行", "account": "6217000000009990",
                      "id_number": guardian() });
    for nth in 1..=2 {
        ordered(&world, &number, own.clone()).await;
        pay(&payments).await;
        let row = "select state from child.payment";
        assert_eq!(world.texts(row).await, ["returned"]);
        assert_eq!(departments.0.lock().unwrap().batches.len(), nth);
    }
    // The family is told.
    let told = "select count(*)::text from chassis.outbox where subject like '%case.changed'
                   and convert_from(payload, 'UTF8') like '%被银行退回%'";
    assert_eq!(world.text(told).await, "2");
}

#[tokio::test]
async fn a_bill_ordered_again_after_a_restore_is_the_line_that_the_bank_knows() {
    let (world, departments, payments) = with_bank().await;
    let number = billed(&world).await;
    let own = json!({ "holder": "陈桂兰", "bank": "农商行", "account": "6217000000009990",
                      "id_number": guardian() });
    for nth in 1..=2 {
        ordered(&world, &number, own.clone()).await;
        pay(&payments).await;
        assert_eq!(departments.0.lock().unwrap().batches.len(), nth);
        let lost = "delete from child.payment";
        sqlx::query(lost).execute(&world.db.pool).await.unwrap();
        // The officers do it again in another month.
        world.go_to("2026-08-03T09:00:00").await;
    }
    assert_eq!(departments.line_ids().len(), 1);
}

#[tokio::test]
async fn an_instalment_that_came_back_waits_for_another_account() {
    let (world, departments, payments) = with_bank().await;
    let applicant = world.citizen(&student());
    let mut form = study();
    form["account"] = json!("6228480400000009990");
    let case = world.submit(&applicant, "study-project", CHENGGUAN, form);
    let number = case.await.unwrap().number;
    let checked = json!({ "recommend": true, "findings": "看了学籍" });
    world
        .act(&township(), &number, "check", checked)
        .await
        .unwrap();
    let confirm = json!({ "orphan": true, "at_school": true });
    world
        .act(&county(), &number, "confirm", confirm)
        .await
        .unwrap();
    let two = async || {
        world
            .act(&county(), &number, "pay", Value::Null)
            .await
            .unwrap();
        world.act(&county2(), &number, "sign", Value::Null).await
    };
    two().await.unwrap();
    pay(&payments).await;
    let rows = "select period || ' ' || state from child.payment order by period";
    assert_eq!(world.texts(rows).await, ["2025-Q1 returned"]);
    // The next one is signed: the first does not go to the refused account again.
    two().await.unwrap();
    assert_eq!(
        world.texts(rows).await,
        ["2025-Q1 returned", "2025-Q2 held"]
    );
    // Nor by the list of the month: the case knows better.
    let id = world.text("select id::text from child.payment where state = 'returned'");
    let request = pb::RepeatPaymentRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: id.await,
    };
    let service = EntitlementsService::new(world.rt.clone());
    let again = service.repeat_payment(as_caller(&county(), request)).await;
    assert_eq!(reason(unwrap(again)), "IN_THE_CASE");
    // The third was ordered in another case of the student already.
    let other =
        "insert into child.payment (id, case_number, kind, person, division, month, run_month,
                        part, period, fen, state, made_at, noted_at)
                 select gen_random_uuid(), 'ZX0', kind, person, division, month, run_month, part,
                        '2025-Q3', fen, 'paid', made_at, made_at
                   from child.payment where period = '2025-Q1'";
    sqlx::query(other).execute(&world.db.pool).await.unwrap();
    assert_eq!(reason(two().await), "ALREADY_PAID");
    let account = json!({ "bank": "农业银行竹山支行", "account": "6228480400000000002" });
    world
        .act(&county(), &number, "account", account)
        .await
        .unwrap();
    pay(&payments).await;
    assert_eq!(departments.paid()["6228480400000000002"], 500_000);
}
