//! Care fees: a month is paid when it is over, once, by the fee of that month, to the carer.

use serde_json::{Value, json};
use yiwang_child::payment::Payments;

use super::{Desk, fostering};
use crate::{
    entitlements::departments::Departments,
    world::{World, pay},
};

const ROWS: &str = "select to_char(month, 'YYYY-MM') || ' ' || fen || ' ' || state
                      from child.payment where part = 'fee' order by month";

fn account(number: &str) -> Value {
    json!({ "bank": "竹山农商银行", "account": number })
}

/// A child in a family since 2026-07-11, without an account for the fee.
async fn placed() -> (Desk, Departments, Payments, String) {
    let departments = Departments::default();
    let (sharing, bank) = departments.start().await;
    let desk = Desk::over(World::with(&sharing, &bank).await);
    let number = fostering::in_trial(&desk, "orphan").await;
    desk.world.go_to("2026-07-11T10:00:00").await;
    let end = json!({ "on": "2026-07-11", "good": true, "words": "喜欢", "findings": "融洽" });
    desk.act(&number, "end_trial", end).await.unwrap();
    let agree = json!({ "number": "寄养1号", "until": "2027-07-10", "signed": true });
    desk.act(&number, "agree", agree).await.unwrap();
    let place = json!({ "on": "2026-07-11", "receiver": "熊秀兰" });
    let case = desk.act(&number, "place", place).await.unwrap();
    assert_eq!(case.expected, ["account", "visit"]);
    let payments = Payments::new(desk.world.rt.clone());
    (desk, departments, payments, number)
}

#[tokio::test(flavor = "multi_thread")]
async fn months_that_are_over_are_paid_once() {
    let (desk, departments, payments, number) = placed().await;
    desk.world.go_to("2026-08-09T10:00:00").await;
    pay(&payments).await;
    assert!(
        desk.world.texts(ROWS).await.is_empty(),
        "not before the pay day"
    );
    desk.world.go_to("2026-08-10T10:00:00").await;
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 held"]);
    // The bank does not know the first account; another one, and the same payment goes out again.
    desk.act(&number, "account", account("6217000000009990"))
        .await
        .unwrap();
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 returned"]);
    desk.act(&number, "account", account("6217 0000 0000 0003"))
        .await
        .unwrap();
    desk.world.go_to("2026-10-12T10:00:00").await;
    pay(&payments).await;
    pay(&payments).await;
    assert_eq!(
        desk.world.texts(ROWS).await,
        [
            "2026-07 120000 paid",
            "2026-08 120000 paid",
            "2026-09 120000 paid"
        ]
    );
    assert_eq!(departments.paid()["6217000000000003"], 360_000);
    let purpose = "select count(*)::text from child.payment_batch where key like 'JY-2026-%'";
    assert_eq!(desk.world.text(purpose).await, "4");
    let told = "select count(*)::text from casework.history where note like '%劳务费%元%'";
    assert_eq!(desk.world.text(told).await, "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_month_is_paid_after_the_end_and_none_after_it() {
    let (desk, departments, payments, number) = placed().await;
    desk.act(&number, "account", account("6217000000000003"))
        .await
        .unwrap();
    desk.world.go_to("2026-08-20T10:00:00").await;
    let end = json!({ "why": "agreement", "on": "2026-08-15", "words": "舍不得",
                      "to": "竹山县儿童福利院" });
    desk.act(&number, "end", end).await.unwrap();
    desk.world.go_to("2026-12-12T10:00:00").await;
    pay(&payments).await;
    assert_eq!(
        desk.world.texts(ROWS).await,
        ["2026-07 120000 paid", "2026-08 120000 paid"]
    );
    assert_eq!(departments.paid()["6217000000000003"], 240_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_left_for_months_after_a_late_told_end_is_owed() {
    let (desk, departments, payments, number) = placed().await;
    desk.act(&number, "account", account("6217000000000003"))
        .await
        .unwrap();
    desk.world.go_to("2026-10-12T10:00:00").await;
    pay(&payments).await;
    // August is paid, September is with the bank.
    sqlx::query("update child.payment set state = 'sent' where month = '2026-09-01'")
        .execute(&desk.world.db.pool)
        .await
        .unwrap();
    let end = |on: &str| json!({ "why": "agreement", "on": on, "words": "舍不得", "to": "竹山县儿童福利院" });
    let before = desk.act(&number, "end", end("2026-07-10")).await;
    assert_eq!(before.unwrap_err().reason, "BEFORE_PLACED");
    let ended = desk.act(&number, "end", end("2026-07-31")).await.unwrap();
    let shown = format!("{ended:?}");
    assert!(shown.contains("多发2026年8月劳务费"), "{shown}");
    let owed = "select to_char(month, 'YYYY-MM') || ' ' || fen from child.overpayment
                 order by month";
    assert_eq!(
        desk.world.texts(owed).await,
        ["2026-08 120000", "2026-09 120000"]
    );
    // September comes back after all: it does not go out again, and is not owed.
    sqlx::query(
        "update child.payment set state = 'returned', noted_at = null, reason = '退回'
                  where month = '2026-09-01'",
    )
    .execute(&desk.world.db.pool)
    .await
    .unwrap();
    pay(&payments).await;
    assert_eq!(
        desk.world.texts(ROWS).await,
        [
            "2026-07 120000 paid",
            "2026-08 120000 paid",
            "2026-09 120000 cancelled"
        ]
    );
    let owed = "select to_char(month, 'YYYY-MM') || ' ' || fen from child.overpayment
                 where fen > 0";
    assert_eq!(desk.world.texts(owed).await, ["2026-08 120000"]);
    assert!(departments.paid()["6217000000000003"] > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_changed_while_the_bank_has_the_old_one_is_paid() {
    let (desk, departments, payments, number) = placed().await;
    desk.act(&number, "account", account("6217000000009990"))
        .await
        .unwrap();
    desk.world.go_to("2026-08-10T10:00:00").await;
    departments.0.lock().unwrap().slow = true;
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 sent"]);
    desk.act(&number, "account", account("6217000000000003"))
        .await
        .unwrap();
    departments.0.lock().unwrap().slow = false;
    sqlx::query("update child.payment_batch set next_at = '2026-01-01'")
        .execute(&desk.world.db.pool)
        .await
        .unwrap();
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 paid"]);
    assert_eq!(departments.paid()["6217000000000003"], 120_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_does_not_open_holds_up_nobody_else() {
    let (desk, departments, payments, number) = placed().await;
    desk.act(&number, "account", account("6217000000000003"))
        .await
        .unwrap();
    // Another family of the county, whose account was sealed with a lost key.
    for broken in [
        "insert into child.payee select 'JY0', 1, kind, person, '\\x00' from child.payee",
        "insert into child.payment (id, case_number, kind, person, division, month, run_month,
                                    part, fen, state, made_at)
         values (gen_random_uuid(), 'JY0', 'JY', 'nobody', '420323', '2026-07-01', '2026-08-01',
                 'fee', 1, 'held', now())",
    ] {
        sqlx::query(broken)
            .execute(&desk.world.db.pool)
            .await
            .unwrap();
    }
    desk.world.go_to("2026-08-10T10:00:00").await;
    pay(&payments).await;
    let rows = "select case_number || ' ' || state || ' ' || (tries > 0) from child.payment
                 order by case_number";
    assert_eq!(
        desk.world.texts(rows).await,
        ["JY0 held true".to_owned(), format!("{number} paid false")]
    );
    assert_eq!(departments.paid().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_under_suspicion_is_paid() {
    let (desk, departments, payments, number) = placed().await;
    desk.act(&number, "account", account("6217000000000003"))
        .await
        .unwrap();
    let suspect =
        "insert into child.protection (case_number, division, state, reported_at, channel,
                        duty_bound, danger_now, sealed)
                   values ('GA1', '420323100', 'assessing', now(), 'page', false, false, '')";
    sqlx::query(suspect)
        .execute(&desk.world.db.pool)
        .await
        .unwrap();
    let carer = "insert into child.suspect (case_number, person_key)
                 select 'GA1', carer_key from child.foster";
    sqlx::query(carer)
        .execute(&desk.world.db.pool)
        .await
        .unwrap();
    desk.world.go_to("2026-08-10T10:00:00").await;
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 held"]);
    assert!(departments.paid().is_empty());
    let change = async |sql: &'static str| {
        let done = sqlx::query(sql).execute(&desk.world.db.pool).await;
        assert!(done.unwrap().rows_affected() > 0, "{sql}");
    };
    // The report goes on in another case.
    change(
        "insert into child.protection select 'GA2', division, state, child_key, reported_at, channel,
                duty_bound, danger_now, police_told_at, risk, goes_on_in, custody_case, sealed
           from child.protection",
    )
    .await;
    change("update child.protection set state = 'merged', goes_on_in = 'GA2' where case_number = 'GA1'")
        .await;
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 held"]);
    change("update child.protection set state = 'closed' where case_number = 'GA2'").await;
    pay(&payments).await;
    assert_eq!(desk.world.texts(ROWS).await, ["2026-07 120000 paid"]);
    // What was found bars from caring for any child, also when the case is over.
    change(
        "insert into child.carer (person_key, barred) select carer_key, true from child.foster
            on conflict (person_key) do update set barred = true",
    )
    .await;
    change(
        "insert into child.barred_carer (person_key, code, since)
            select carer_key, 'maltreatment', '2026-08-10' from child.foster",
    )
    .await;
    desk.world.go_to("2026-09-10T10:00:00").await;
    pay(&payments).await;
    assert_eq!(
        desk.world.texts(ROWS).await,
        ["2026-07 120000 paid", "2026-08 120000 held"]
    );
}
