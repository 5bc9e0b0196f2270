//! The monthly run: once, whole, resumable, right to the fen.

use std::collections::BTreeSet;

use serde_json::json;
use sqlx::AssertSqlSafe;
use yiwang_civic::money::Fen;

use crate::world::{World, family};

#[tokio::test]
async fn a_run_that_stops_anywhere_goes_on_where_it_was() {
    let world = World::new().await;
    world
        .all_granted(&(1..=5).map(family).collect::<Vec<_>>())
        .await;
    world.go_to("2026-04-10T09:00:00").await;
    // Each step by another process; three chunks of two households.
    for _ in 0..4 {
        assert!(world.payments().step().await.unwrap());
    }
    world.pay().await;
    world.pay().await;
    let sums = world.sums("2026-04").await;
    assert_eq!((sums.payments, sums.amount), (5, Fen(5 * 84_000)));
    assert!(sums.agree(), "{sums:?}");
    let paid = world.town.paid();
    assert_eq!(paid.len(), 5);
    assert!(
        paid.values().all(|amounts| amounts == &[84_000]),
        "{paid:?}"
    );
    assert_eq!(
        world
            .count("select count(*) from assistance.payment_line")
            .await,
        15
    );
    let events = "select count(*) from chassis.outbox where aggregate = 'payment'";
    assert_eq!(
        world.count(events).await,
        10,
        "ordered and posted, once each"
    );
}

#[tokio::test]
async fn two_processes_pay_nobody_twice() {
    let world = World::new().await;
    world
        .all_granted(&(1..=4).map(family).collect::<Vec<_>>())
        .await;
    world.go_to("2026-04-10T09:00:00").await;
    tokio::join!(world.pay(), world.pay(), world.pay());
    let paid = world.town.paid();
    assert_eq!(paid.len(), 4);
    assert!(
        paid.values().all(|amounts| amounts == &[84_000]),
        "{paid:?}"
    );
}

#[tokio::test]
async fn an_unknown_outcome_is_asked_for_and_never_paid_again() {
    let world = World::new().await;
    world.granted(&family(1)).await;
    world.go_to("2026-04-10T09:00:00").await;
    // The bank takes the batch, but answers 500.
    world.town.book().fail_posts = 1;
    world.pay().await;
    let book = world.town.book();
    assert_eq!(
        book.taken
            .keys()
            .filter(|key| key.starts_with("DB-2026"))
            .count(),
        1
    );
    drop(book);
    assert!(
        world
            .town
            .paid()
            .values()
            .all(|amounts| amounts == &[84_000])
    );
}

#[tokio::test]
async fn a_returned_payment_goes_out_again_to_the_new_account() {
    let world = World::new().await;
    let mut form = family(1);
    form.payee.account = "6217000000000009990".to_owned();
    let number = world.granted(&form).await;
    world.go_to("2026-04-10T09:00:00").await;
    world.pay().await;
    let shown = format!("{:?}", world.get(&number).await.sections);
    assert!(
        shown.contains("账号不存在") && shown.contains("待变更账户"),
        "{shown}"
    );
    assert!(world.town.paid().is_empty());

    let payee = json!({ "payee": { "holder": form.payee.holder, "bank": "农村商业银行",
        "account": "6217000000000000002" } });
    world
        .act(&world.citizen(&form), &number, "change_account", payee)
        .await
        .unwrap();
    world.pay().await;
    assert!(
        world
            .town
            .paid()
            .values()
            .all(|amounts| amounts == &[84_000])
    );
    assert_eq!(world.town.paid().len(), 1);
    let sums = world.sums("2026-04").await;
    assert!(sums.agree(), "{sums:?}");
}

#[tokio::test]
async fn missed_months_are_made_up_in_order() {
    let world = World::new().await;
    world.granted(&family(1)).await;
    world.go_to("2026-07-09T09:00:00").await;
    world.pay().await;
    for (month, payments) in [
        ("2026-03", 0),
        ("2026-04", 1),
        ("2026-05", 1),
        ("2026-06", 1),
        ("2026-07", 0),
    ] {
        assert_eq!(world.sums(month).await.payments, payments, "{month}");
    }
}

#[tokio::test]
async fn nothing_is_paid_after_a_stop() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    world.go_to("2026-04-12T09:00:00").await;
    world.pay().await;
    let citizen = world.citizen(&form);
    world
        .act(&citizen, &number, "stop_voluntarily", json!({}))
        .await
        .unwrap();
    world.go_to("2026-06-12T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-04").await.payments, 1);
    assert_eq!(world.sums("2026-05").await.payments, 0);
    // The person is free to apply again.
    world.submit(&form).await.unwrap();
}

#[tokio::test]
async fn a_month_made_again_after_a_restore_has_the_lines_that_the_bank_knows() {
    let world = World::new().await;
    world
        .all_granted(&(1..=3).map(family).collect::<Vec<_>>())
        .await;
    world.go_to("2026-04-10T09:00:00").await;
    world.pay().await;
    let known: BTreeSet<String> = world.town.paid().into_keys().collect();
    assert_eq!(known.len(), 3);
    // The database is back at the moment before the pay day; the bank is not.
    for lost in ["payment_line", "payment", "payment_batch", "payment_run"] {
        let lost = AssertSqlSafe(format!("delete from assistance.{lost}"));
        sqlx::query(lost).execute(&world.db.pool).await.unwrap();
    }
    world.pay().await;
    assert_eq!(world.sums("2026-04").await.payments, 3);
    let paid = world.town.paid();
    assert_eq!(paid.keys().cloned().collect::<BTreeSet<_>>(), known);
    assert!(paid.values().all(|amounts| amounts.len() == 2), "{paid:?}");
}
