//! Once for a dead person in all counties: waivers of the nameless, and each use of a death
//! certificate.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_burial::{
    deaths::{read, uses},
    domain::death::UsedFor,
    money::benefits::{self, Benefit, Kind},
    places::demo::CEMETERY,
};
use yiwang_chassis::{
    clock::Clock as _,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1::{self as cases, casework_server::Casework};

use super::{
    bank, code,
    paying::{application, family, refund, under_a_tree},
};
use crate::{
    cemetery::{Cemetery, grave},
    house::id_number,
    world::{TONGSHAN, World, as_caller, officer, unwrap},
};

async fn waive(world: &World, person: &str, case_number: &str) -> &'static str {
    let benefit = Benefit {
        person,
        kind: Kind::Waiver,
        case_number,
        division: "421224100",
        fen: 50_000,
        at_once: true,
    };
    let mut conn = world.db.pool.acquire().await.unwrap();
    match benefits::grant(&mut conn, benefit, world.clock.now()).await {
        Ok(()) => "granted",
        refused => code(refused),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_waiver_of_the_nameless_becomes_the_persons() {
    let world = World::new().await;
    let tag = benefits::nameless("421224100-BY01-26-00009");
    assert_eq!(waive(&world, &tag, "ZS-1").await, "granted");
    let man = world.key(&id_number("19640202", 15));
    let mut conn = world.db.pool.acquire().await.unwrap();
    // Twice: the answer of the DNA may come again.
    for _ in 0..2 {
        benefits::identified(&mut conn, "421224100-BY01-26-00009", &man)
            .await
            .unwrap();
    }
    let whose = world.texts("select person_key from burial.benefit").await;
    assert_eq!(whose, std::slice::from_ref(&man));
    // Nobody waives for him again, anywhere.
    assert_eq!(
        waive(&world, &man, "BX-竹山").await,
        "BENEFIT_ALREADY_GRANTED"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_had_one_keeps_that_one() {
    let world = World::new().await;
    let man = world.key(&id_number("19640202", 15));
    let tag = benefits::nameless("T1");
    assert_eq!(waive(&world, &man, "BX-武汉").await, "granted");
    assert_eq!(waive(&world, &tag, "ZS-1").await, "granted");
    let mut conn = world.db.pool.acquire().await.unwrap();
    benefits::identified(&mut conn, "T1", &man).await.unwrap();
    let own = benefits::granted(&mut conn, &man, Kind::Waiver)
        .await
        .unwrap();
    assert_eq!(own.as_deref(), Some("BX-武汉"));
    let left = benefits::granted(&mut conn, &tag, Kind::Waiver)
        .await
        .unwrap();
    assert_eq!(left.as_deref(), Some("ZS-1"), "for the county to see");
}

/// Another case has used the certificate already.
async fn used(world: &World, id: &str, what: UsedFor) {
    let mut tx = world.db.pool.begin().await.unwrap();
    let (rt, now) = (&world.rt, world.clock.now());
    let death = read::of_person(rt, &mut tx, &world.key(id)).await.unwrap();
    let key = death.unwrap().number_key;
    uses::take(&mut tx, &key, what, "何明", "别处的办件", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn accepted(it: &Cemetery, caller: &Caller, form: Value) -> String {
    let world = it.world();
    let clerk = officer(701, "陈静", Role::Clerk, "421224100");
    let case = world.submit(caller, "grave", TONGSHAN, form).await.unwrap();
    world
        .act(&clerk, &case.number, "accept", json!({}))
        .await
        .unwrap();
    case.number
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_serves_for_one_grave() {
    let it = Cemetery::new().await;
    let world = it.world();
    let dead = it.cremated(1).await;
    let caller = world.citizen(&family(1));
    let spot = it.free(CEMETERY, "松鹤区").await;
    let number = accepted(&it, &caller, grave(&family(1), &dead, CEMETERY, &spot)).await;
    used(world, &dead.id, UsedFor::Grave).await;
    let sign = json!({ "receipt": "鄂001" });
    let refused = world
        .act(&it.keeper, &number, "sign", sign)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "DEATH_ALREADY_USED");
    // Nothing was taken and nothing charged.
    assert_eq!(
        world.text("select count(*)::text from burial.bill").await,
        "0"
    );
    assert_eq!(world.get(&number).await.state, "approved");
    // A funeral on the same paper is another use.
    used(world, &dead.id, UsedFor::Funeral).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_serves_for_one_subsidy_and_one_refund() {
    let (base, book) = bank::open().await;
    let it = Cemetery::over(World::with_bank(&base).await).await;
    let world = it.world();
    let (dead, caller) = under_a_tree(&it, 1).await;
    let uses = world
        .texts("select used_for from burial.death_use order by used_for")
        .await;
    assert_eq!(uses, ["grave"]);
    let form = application(1, &dead, "6228480000000001");
    let case = world
        .submit(&caller, "eco-subsidy", TONGSHAN, form)
        .await
        .unwrap();
    used(world, &dead.id, UsedFor::EcoSubsidy).await;
    let refused = world
        .act(&it.county, &case.number, "approve", json!({}))
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "DEATH_ALREADY_USED");
    assert_eq!(
        world
            .text("select count(*)::text from burial.benefit")
            .await,
        "0"
    );

    let id = id_number("19500505", 11);
    it.house.died("SW-W1", "王芳", &id, false).await;
    let other = world.citizen(&family(3));
    let case = world
        .submit(
            &other,
            "cremation-refund",
            TONGSHAN,
            refund(&id, "2026-05-12"),
        )
        .await
        .unwrap();
    used(world, &id, UsedFor::Refund).await;
    let approve = json!({ "originals_seen": true, "not_waived_there": true });
    let refused = world
        .act(&it.county, &case.number, "approve", approve)
        .await
        .unwrap_err();
    assert_eq!(refused.reason, "DEATH_ALREADY_USED");
    assert!(book.lock().unwrap().is_empty(), "the bank was told nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objection_sets_the_certificate_free_again() {
    let (base, _) = bank::open().await;
    let it = Cemetery::over(World::with_bank(&base).await).await;
    let world = it.world();
    let county = officer(620, "汪洋", Role::CountyOfficer, "420323");
    let dead = it.cremated(4).await;
    let caller = world.citizen(&family(4));
    let mut form = application(4, &dead, "6228480000000001");
    form["proof"] = json!("竹山树葬证7");
    let case = world
        .submit(&caller, "eco-subsidy", "420323100", form)
        .await
        .unwrap();
    let seen = json!({ "placed_on": "2026-05-12", "place": "银杏林7号",
                       "photo": [Uuid::now_v7()], "witness": "李四" });
    world
        .act(&county, &case.number, "verify", seen)
        .await
        .unwrap();
    let approved = world
        .act(&county, &case.number, "approve", json!({}))
        .await
        .unwrap();
    let count = "select count(*)::text from burial.death_use where used_for = 'eco_subsidy'";
    assert_eq!(world.text(count).await, "1");
    let request = cases::ObjectToNoticeRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        notice_id: approved.notices[0].id.clone(),
        content: "骨灰还在家里。".into(),
        ..cases::ObjectToNoticeRequest::default()
    };
    unwrap(
        world
            .service
            .object_to_notice(as_caller(&caller, request))
            .await,
    )
    .unwrap();
    assert_eq!(world.get(&case.number).await.state, "verified");
    assert_eq!(world.text(count).await, "0");
}
