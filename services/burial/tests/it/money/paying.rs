//! Subsidies and refunds through the bank, each once.

use serde_json::{Value, json};
use yiwang_burial::places::demo::CEMETERY;
use yiwang_chassis::identity::{Caller, Role};

use super::bank;
use crate::{
    cemetery::{Cemetery, Cremated, grave, handler},
    house::id_number,
    world::{TONGSHAN, World, officer},
};

pub(super) fn family(nth: u32) -> String {
    id_number("19750101", nth * 2 + 1)
}

pub(super) fn account(number: &str) -> Value {
    json!({ "holder": "张三", "bank": "农业银行通山支行", "number": number })
}

pub(super) fn application(nth: u32, dead: &Cremated, number: &str) -> Value {
    json!({
        "handler": handler(&family(nth)),
        "user": { "name": "张大山", "id_number": dead.id, "household": "421224101" },
        "cremation_certificate": dead.certificate,
        "form": "tree", "placed_on": "2026-05-12", "place": "香樟树葬区", "proof": "",
        "account": account(number),
    })
}

/// The `nth` family's ashes under a tree.
pub(super) async fn under_a_tree(it: &Cemetery, nth: u32) -> (Cremated, Caller) {
    let world = it.world();
    let dead = it.cremated(nth).await;
    let caller = world.citizen(&family(nth));
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let spot = it.free(CEMETERY, "香樟树葬区").await;
    it.hold(&caller, &spot).await.unwrap();
    let form = grave(&family(nth), &dead, CEMETERY, &spot);
    let case = world
        .submit(&caller, "grave", TONGSHAN, form)
        .await
        .unwrap();
    world
        .act(&clerk, &case.number, "accept", json!({}))
        .await
        .unwrap();
    let sign = json!({ "receipt": "鄂001" });
    world
        .act(&it.keeper, &case.number, "sign", sign)
        .await
        .unwrap();
    let lay = json!({
        "urn": dead.urn, "on": "2026-05-12", "witness": "李四",
        "photo": [uuid::Uuid::now_v7()], "place": "香樟12号东侧",
    });
    it.both(&case.number, "lay", lay, &dead.urn).await.unwrap();
    (dead, caller)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ecological_burial_of_the_register_is_paid_once() {
    let (base, book) = bank::open().await;
    let it = Cemetery::over(World::with_bank(&base).await).await;
    let world = it.world();
    let (dead, caller) = under_a_tree(&it, 1).await;
    // The contract's fee stands on the list.
    let fee = world
        .text("select code || ' ' || fen from burial.bill_line")
        .await;
    assert_eq!(fee, "tree 30000");

    let mut wrong = application(1, &dead, "6228480000009990");
    wrong["form"] = json!("sea");
    let refused = world
        .submit(&caller, "eco-subsidy", TONGSHAN, wrong)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "FORM_DIFFERS");
    // Photo, time and place are in the register: verified at once.
    let form = application(1, &dead, "6228480000009990");
    let case = world
        .submit(&caller, "eco-subsidy", TONGSHAN, form)
        .await
        .unwrap();
    assert_eq!(case.state, "verified");
    let form = application(1, &dead, "6228480000000001");
    let second = world
        .submit(&caller, "eco-subsidy", TONGSHAN, form)
        .await
        .unwrap();

    world
        .act(&it.county, &case.number, "approve", json!({}))
        .await
        .unwrap();
    world.rest().await;
    assert_eq!(world.get(&case.number).await.state, "returned");
    // Meanwhile the other application of the same dead person is refused.
    let refused = world
        .act(&it.county, &second.number, "approve", json!({}))
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "BENEFIT_ALREADY_GRANTED");
    let other = json!({ "account": account("6228480000000001") });
    world
        .act(&caller, &case.number, "change_account", other)
        .await
        .unwrap();
    world.rest().await;
    assert_eq!(world.get(&case.number).await.state, "paid");
    let orders: Vec<i64> = book
        .lock()
        .unwrap()
        .values()
        .map(|batch| batch["lines"][0]["amount_fen"].as_i64().unwrap())
        .collect();
    assert_eq!(orders, [200_000, 200_000], "the first came back");
    let paid = world
        .text("select count(*)::text from burial.benefit where kind = 'eco_subsidy' and paid_at is not null")
        .await;
    assert_eq!(paid, "1");
    let told = world
        .text("select count(*)::text from chassis.outbox where subject = 'yiwang.burial.funeral.subsidy.paid'")
        .await;
    assert_eq!(told, "1");

    // 骗取追回, by two; and not paid again.
    let recover = json!({ "reasons": "骨灰次日迁走", "receipt": "JK1" });
    world
        .act(&it.county, &case.number, "recover", recover)
        .await
        .unwrap();
    let alone = world
        .act(&it.county, &case.number, "confirm_recovery", Value::Null)
        .await;
    assert_eq!(alone.unwrap_err().reason, "SAME_PERSON");
    let colleague = officer(604, "何明", Role::CountyOfficer, "421224");
    let case = world
        .act(&colleague, &case.number, "confirm_recovery", Value::Null)
        .await
        .unwrap();
    assert_eq!(case.state, "recovered");
    let refused = world
        .act(&it.county, &second.number, "approve", json!({}))
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "BENEFIT_ALREADY_GRANTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_burial_outside_the_register_is_verified_by_an_office() {
    let (base, _) = bank::open().await;
    let it = Cemetery::over(World::with_bank(&base).await).await;
    let world = it.world();
    let dead = it.cremated(2).await;
    let caller = world.citizen(&family(2));
    let mut form = application(2, &dead, "6228480000000001");
    form["form"] = json!("sea");
    let refused = world
        .submit(&caller, "eco-subsidy", TONGSHAN, form.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "PROOF_REQUIRED");
    form["proof"] = json!("海葬证2026-7");
    let case = world
        .submit(&caller, "eco-subsidy", TONGSHAN, form)
        .await
        .unwrap();
    assert_eq!(case.state, "submitted");
    let seen = json!({ "placed_on": "2026-05-12", "place": "东经122.5 北纬29.9", "photo": [uuid::Uuid::now_v7()],
                       "witness": "李四" });
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    world
        .act(&clerk, &case.number, "verify", seen)
        .await
        .unwrap();
    world
        .act(&it.county, &case.number, "approve", json!({}))
        .await
        .unwrap();
    world.rest().await;
    assert_eq!(world.get(&case.number).await.state, "paid");
}

pub(super) fn refund(id: &str, paid_on: &str) -> Value {
    json!({
        "handler": handler(&family(3)),
        "user": { "name": "王芳", "id_number": id, "household": "421224101" },
        "death_certificate": "SW-W1", "cremation_certificate": "武火2026-1",
        "home": "湖北省武汉市汉口殡仪馆", "receipt": "鄂财1", "paid_on": paid_on,
        "items": [
            { "item": "cremation.flat", "quantity": 1, "yuan": "800.00" },
            { "item": "storage", "quantity": 24, "yuan": "480.00" },
            { "item": "urn", "quantity": 1, "yuan": "600.00" },
        ],
        "account": account("6228480000000001"),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_cremated_elsewhere_is_paid_back_at_home_within_three_months() {
    let (base, book) = bank::open().await;
    let world = World::with_bank(&base).await;
    let county = officer(602, "吴刚", Role::CountyOfficer, "421224");
    let caller = world.citizen(&family(3));
    let id = id_number("19500505", 11);
    let late = world
        .submit(
            &caller,
            "cremation-refund",
            TONGSHAN,
            refund(&id, "2026-02-11"),
        )
        .await
        .unwrap_err();
    assert_eq!(late.reason, "TOO_LATE");
    let submit = || {
        world.submit(
            &caller,
            "cremation-refund",
            TONGSHAN,
            refund(&id, "2026-02-12"),
        )
    };
    let (case, second) = (submit().await.unwrap(), submit().await.unwrap());
    let approve = json!({ "originals_seen": true, "not_waived_there": true });
    world
        .act(&county, &case.number, "approve", approve.clone())
        .await
        .unwrap();
    let refused = world
        .act(&county, &second.number, "approve", approve)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "BENEFIT_ALREADY_GRANTED");
    world.rest().await;
    assert_eq!(world.get(&case.number).await.state, "paid");
    // 500 of the furnace, 480 of the storage, nothing for the urn.
    let fen = book.lock().unwrap().values().next().unwrap()["lines"][0]["amount_fen"].clone();
    assert_eq!(fen, 98_000);
    let again = submit().await.unwrap_err();
    assert_eq!(again.reason, "BENEFIT_ALREADY_GRANTED");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_county_asks_for_it_a_notice_comes_before_the_money() {
    let (base, book) = bank::open().await;
    let it = Cemetery::over(World::with_bank(&base).await).await;
    let world = it.world();
    let zhushan = "420323100";
    let county = officer(620, "汪洋", Role::CountyOfficer, "420323");
    let caller = world.citizen(&family(4));
    let dead = it.cremated(4).await;
    let mut form = application(4, &dead, "6228480000000001");
    form["proof"] = json!("竹山树葬证7");
    let case = world
        .submit(&caller, "eco-subsidy", zhushan, form)
        .await
        .unwrap();
    let seen = json!({ "placed_on": "2026-05-12", "place": "银杏林7号", "photo": [uuid::Uuid::now_v7()],
                       "witness": "李四" });
    world
        .act(&county, &case.number, "verify", seen)
        .await
        .unwrap();
    let case = world
        .act(&county, &case.number, "approve", json!({}))
        .await
        .unwrap();
    assert_eq!(case.state, "noticed");
    // The fifth day is a Sunday: the notice runs until Monday (民法典 203).
    world.go_to("2026-05-18T09:00:00").await;
    assert!(book.lock().unwrap().is_empty());
    world.go_to("2026-05-19T09:00:00").await;
    assert_eq!(world.get(&case.number).await.state, "paid");
}
