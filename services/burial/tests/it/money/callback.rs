//! The bank calls back: it decides nothing, it only hurries the question. Forged, repeated and
//! late ones change nothing.

use serde_json::json;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::casework::v1::{self as cases, casework_server::Casework};

use super::{
    bank::{self, Book},
    paying::{account, application, under_a_tree},
};
use crate::{
    cemetery::{Cemetery, Cremated},
    world::{TONGSHAN, World, unwrap},
};

async fn deliver(world: &World, (body, signature): (Vec<u8>, String)) -> Result<(), Fault> {
    let request = cases::DeliverCallbackRequest {
        department: "bank".into(),
        body,
        signature,
    };
    let request = tonic::Request::new(request);
    unwrap(world.service.deliver_callback(request).await).map(|_| ())
}

/// A cemetery over a bank, and somebody under a tree.
async fn stage() -> (Cemetery, Book, Cremated, Caller) {
    let (base, book) = bank::open().await;
    let it = Cemetery::over(World::with_bank(&base).await).await;
    let (dead, caller) = under_a_tree(&it, 1).await;
    (it, book, dead, caller)
}

/// An application that the bank keeps on its desk; its number.
async fn paying(it: &Cemetery, dead: &Cremated, caller: &Caller, number: &str) -> String {
    let world = it.world();
    let form = application(1, dead, number);
    let case = world
        .submit(caller, "eco-subsidy", TONGSHAN, form)
        .await
        .unwrap();
    let case = world
        .act(&it.county, &case.number, "approve", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "paying");
    case.number
}

async fn told(world: &World) -> String {
    world
        .text("select count(*)::text from chassis.outbox where subject = 'yiwang.burial.funeral.subsidy.paid'")
        .await
}

/// Waits until the bank has the batch.
async fn ordered(book: &Book, key: &str) {
    for _ in 0..500 {
        if book.lock().unwrap().contains_key(key) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{key} never came");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_call_back_brings_the_money_once_however_often_it_comes() {
    let (it, book, dead, caller) = stage().await;
    let world = it.world();
    let number = paying(&it, &dead, &caller, "6228480000007770").await;
    let key = format!("burial-{number}-1");
    ordered(&book, &key).await;
    // Too early: the bank says so itself when it is asked, and the case waits.
    deliver(world, bank::callback(&key)).await.unwrap();
    assert_eq!(world.get(&number).await.state, "paying");
    let (body, _) = bank::callback(&key);
    let forged = deliver(world, (body, "00".repeat(32))).await.unwrap_err();
    assert_eq!(forged.reason, "SIGNATURE_WRONG");

    bank::settle(&book);
    for _ in 0..3 {
        deliver(world, bank::callback(&key)).await.unwrap();
    }
    world.rest().await;
    assert_eq!(world.get(&number).await.state, "paid");
    // Once more, long after: nothing is open any longer.
    deliver(world, bank::callback(&key)).await.unwrap();
    // And about a batch that nobody ordered.
    deliver(world, bank::callback("burial-ST0-1"))
        .await
        .unwrap();
    world.rest().await;
    assert_eq!(told(world).await, "1");
    let orders = book.lock().unwrap().len();
    assert_eq!(orders, 2, "one batch, and the mark of the test");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_comes_back_to_the_family_and_a_new_account_is_paid() {
    let (it, book, dead, caller) = stage().await;
    let world = it.world();
    let number = paying(&it, &dead, &caller, "6228480000007790").await;
    let key = format!("burial-{number}-1");
    ordered(&book, &key).await;
    bank::settle(&book);
    for _ in 0..2 {
        deliver(world, bank::callback(&key)).await.unwrap();
    }
    world.rest().await;
    let case = world.get(&number).await;
    assert_eq!(
        (case.state.as_str(), told(world).await.as_str()),
        ("returned", "0")
    );
    let open = world
        .text("select count(*)::text from burial.benefit where kind = 'eco_subsidy' and paid_at is null")
        .await;
    assert_eq!(open, "1", "it stays this case's");
    let other = json!({ "account": account("6228480000007770") });
    world
        .act(&caller, &number, "change_account", other)
        .await
        .unwrap();
    // The first round's call comes once more, late: it says nothing about the second.
    deliver(world, bank::callback(&key)).await.unwrap();
    let second = format!("burial-{number}-2");
    ordered(&book, &second).await;
    deliver(world, bank::callback(&second)).await.unwrap();
    world.rest().await;
    assert_eq!(world.get(&number).await.state, "paid");
    assert_eq!(told(world).await, "1");
}
