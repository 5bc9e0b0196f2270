//! What is due no longer and was not kept does not go out; what was missed does.

use serde_json::json;
use yiwang_civic::money::Fen;

use crate::{
    deaths::{died, doubt},
    world::{World, family},
};

const OPEN: &str = "select coalesce(sum(open_fen), 0)::bigint from assistance.overpayment";
const STATES: &str = "select distinct state from assistance.payment order by 1";

#[tokio::test]
async fn a_share_due_no_longer_is_taken_off_what_the_bank_sent_back() {
    let world = World::new().await;
    let mut form = family(1);
    form.payee.account = "6217000000000009990".to_owned();
    let number = world.granted(&form).await;
    world.go_to("2026-04-10T09:00:00").await;
    world.pay().await;
    died(&world, &form.members[0].id_number, "2026-03-20")
        .await
        .unwrap();
    world.pay().await;
    // Nobody has the money: nothing is asked back.
    assert_eq!(world.count(OPEN).await, 0);
    let payee = json!({ "payee": { "holder": form.payee.holder, "bank": "农村商业银行",
        "account": "6217000000000000002" } });
    world
        .act(&world.citizen(&form), &number, "change_account", payee)
        .await
        .unwrap();
    world.pay().await;
    let paid: Vec<_> = world.town.paid().into_values().collect();
    assert_eq!(paid, [[56_000]]);
    let april = world.sums("2026-04").await;
    assert_eq!(april.amount, Fen(56_000));
    assert!(april.agree(), "{april:?}");
}

#[tokio::test]
async fn a_payment_of_which_nothing_is_left_is_cancelled() {
    let world = World::new().await;
    let mut form = family(1);
    form.payee.account = "6217000000000009990".to_owned();
    let number = world.granted(&form).await;
    world.go_to("2026-04-10T09:00:00").await;
    world.pay().await;
    let everybody = [
        &form.applicant.id_number,
        &form.members[0].id_number,
        &form.members[1].id_number,
    ];
    for one in everybody {
        died(&world, one, "2026-03-20").await.unwrap();
        world.pay().await;
    }
    assert_eq!(world.texts(STATES).await, ["cancelled"]);
    assert_eq!(world.count(OPEN).await, 0);
    let april = world.sums("2026-04").await;
    assert_eq!(april.payments, 0);
    assert!(april.agree(), "{april:?}");
    let shown = format!("{:?}", world.get(&number).await.sections);
    assert!(!shown.contains("待变更账户"), "{shown}");
}

#[tokio::test]
async fn what_is_known_while_a_run_goes_on_is_paid_for_that_month() {
    let world = World::new().await;
    let forms: Vec<_> = (1..=3).map(family).collect();
    world.all_granted(&forms).await;
    let first = &forms[0];
    let everybody = [
        &first.applicant.id_number,
        &first.members[0].id_number,
        &first.members[1].id_number,
    ];
    for one in everybody {
        doubt(&world, "doubted", one, "2026-03-14").await;
    }
    world.go_to("2026-04-10T09:00:00").await;
    // The run has passed the family, and is not over.
    assert!(world.payments().step().await.unwrap());
    for one in everybody {
        doubt(&world, "settled", one, "2026-04-10").await;
    }
    world.pay().await;
    assert_eq!(world.sums("2026-04").await.amount, Fen(3 * 84_000));
}
