//! One bad row stops nobody else's money.

use serde_json::json;

use yiwang_assistance::payment::held::{self, Released};

use crate::world::{COUNTY, World, family};

/// The bank is asked now, not after a pause.
async fn hurry(world: &World) {
    sqlx::query("update assistance.payment_batch set next_at = '2020-01-01'")
        .execute(&world.db.pool)
        .await
        .unwrap();
}

async fn steps(world: &World, count: usize) {
    let payments = world.payments();
    for _ in 0..count {
        payments.step().await.unwrap();
    }
}

#[tokio::test]
async fn an_account_that_does_not_open_holds_up_no_other() {
    let world = World::new().await;
    let forms: Vec<_> = (1..=3).map(family).collect();
    let numbers = world.all_granted(&forms).await;
    sqlx::query("update assistance.payee set body = 'broken' where case_number = $1")
        .bind(&numbers[0])
        .execute(&world.db.pool)
        .await
        .unwrap();
    world.go_to("2026-04-10T09:00:00").await;
    steps(&world, 20).await;
    assert_eq!(world.town.paid().len(), 2);
    let aside = "select count(*) from assistance.payment
                  where state = 'pending' and tries > 0 and next_at is not null
                    and error = 'sealed value'";
    assert_eq!(world.count(aside).await, 1);
}

#[tokio::test]
async fn a_case_that_cannot_be_told_holds_up_no_other() {
    let world = World::new().await;
    let forms: Vec<_> = (1..=3).map(family).collect();
    let numbers = world.all_granted(&forms).await;
    world.go_to("2026-04-10T09:00:00").await;
    sqlx::query("update casework.case_file set body = 'broken' where number = $1")
        .bind(&numbers[0])
        .execute(&world.db.pool)
        .await
        .unwrap();
    steps(&world, 12).await;
    hurry(&world).await;
    steps(&world, 12).await;
    let noted = "select count(*) from assistance.payment where noted_at is not null";
    assert_eq!(world.count(noted).await, 2);
    let aside =
        "select count(*) from assistance.payment where noted_at is null and error like 'case %'";
    assert_eq!(world.count(aside).await, 1);
}

#[tokio::test]
async fn a_county_without_a_pay_day_holds_up_no_other() {
    let world = World::new().await;
    world.granted(&family(1)).await;
    // A county that comes first, long before any rule was in force.
    sqlx::query(
        "insert into assistance.benefit (case_number, benefit, division, from_month)
         values ('X', 'DB', '110101001', '1990-01-01')",
    )
    .execute(&world.db.pool)
    .await
    .unwrap();
    world.go_to("2026-04-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-04").await.payments, 1);
    let aside = "select count(*) from assistance.payment_run where error = 'parameter'";
    assert_eq!(world.count(aside).await, 1);
}

#[tokio::test]
async fn a_line_the_bank_is_unclear_about_is_neither_paid_nor_returned() {
    let world = World::new().await;
    let number = world.granted(&family(1)).await;
    world.go_to("2026-04-10T09:00:00").await;
    world.town.book().odd = "held".to_owned();
    steps(&world, 4).await;
    hurry(&world).await;
    steps(&world, 3).await;
    let open = "select count(*) from assistance.payment
                 where state = 'batched' and error = 'line_unknown'";
    assert_eq!(world.count(open).await, 1);
    let batch = "select count(*) from assistance.payment_batch
                  where state = 'sent' and error = 'lines_unclear'";
    assert_eq!(world.count(batch).await, 1);

    // The bank made up its mind.
    world.town.book().odd.clear();
    hurry(&world).await;
    world.pay().await;
    let shown = format!("{:?}", world.get(&number).await.sections);
    assert!(shown.contains("2026年4月，840.00元"), "{shown}");
    let clear = "select count(*) from assistance.payment_batch
                  where state = 'settled' and error is null";
    assert_eq!(world.count(clear).await, 1);
}

#[tokio::test]
async fn what_comes_back_after_the_account_was_changed_goes_out_again() {
    let world = World::new().await;
    let mut form = family(1);
    form.payee.account = "6217000000000009990".to_owned();
    let number = world.granted(&form).await;
    world.go_to("2026-04-10T09:00:00").await;
    world.town.book().slow = true;
    steps(&world, 3).await;
    let payee = json!({ "payee": { "holder": form.payee.holder, "bank": "农村商业银行",
        "account": "6217000000000000002" } });
    let citizen = world.citizen(&form);
    world
        .act(&citizen, &number, "change_account", payee)
        .await
        .unwrap();
    world.rest().await;
    world.town.book().slow = false;
    hurry(&world).await;
    world.pay().await;
    let paid = world.town.paid();
    assert_eq!(paid.len(), 1, "{paid:?}");
    assert!(paid.values().all(|amounts| amounts == &[84_000]));
    let sums = world.sums("2026-04").await;
    assert!(sums.agree(), "{sums:?}");
    let events = "select count(*) from chassis.outbox where aggregate = 'payment'";
    assert_eq!(world.count(events).await, 3, "ordered, returned, posted");
}

#[tokio::test]
async fn a_month_whose_sums_differ_is_held_until_it_is_released() {
    let world = World::new().await;
    let forms: Vec<_> = (1..=3).map(family).collect();
    let numbers = world.all_granted(&forms).await;
    // Somebody's money without a line of the roll.
    sqlx::query(
        "insert into assistance.payment
             (id, case_number, benefit, county, month, kind, amount_fen, state, made_at, next_at)
         select gen_random_uuid(), case_number, benefit, '420323', '2026-04-01', 'by hand', 100,
                'pending', now(), '2099-01-01'
           from assistance.benefit where case_number = $1",
    )
    .bind(&numbers[0])
    .execute(&world.db.pool)
    .await
    .unwrap();
    let (county, month) = (COUNTY, "2026-04".parse().unwrap());
    world.go_to("2026-04-10T09:00:00").await;
    steps(&world, 20).await;
    let pending = "select count(*) from assistance.payment where state = 'pending'";
    assert_eq!(world.count(pending).await, 4);
    assert!(world.town.paid().is_empty());
    let pool = &world.db.pool;
    let held = held::runs(pool).await.unwrap();
    assert_eq!(held, [(county.to_owned(), month)]);

    let now = world.rt.now();
    let refused = held::release(pool, county, month, None, now).await.unwrap();
    assert!(matches!(refused, Released::StillDiffers(_)), "{refused:?}");
    steps(&world, 20).await;
    assert!(world.town.paid().is_empty());

    sqlx::query("delete from assistance.payment where kind = 'by hand'")
        .execute(pool)
        .await
        .unwrap();
    let done = held::release(pool, county, month, None, now).await.unwrap();
    assert_eq!(done, Released::Done);
    let again = held::release(pool, county, month, None, now).await.unwrap();
    assert_eq!(again, Released::NotHeld);
    steps(&world, 20).await;
    assert_eq!(world.town.paid().len(), 3);
}
