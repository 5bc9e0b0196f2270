//! A person with two valid records is frozen until a registrar settles it.

use uuid::Uuid;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_marriage::register::{conflict, person};
use yiwang_proto::marriage::v1::{self as pb, register_server::Register};

use crate::{
    couples::Couple,
    stage::{as_caller, unwrap},
    world::{LITONG, World, XIANAN},
};

/// 张三 has a second valid record from old books, with the other couple's wife.
async fn frozen(world: &World) -> Vec<Uuid> {
    world.wed(XIANAN, Couple(1, 2)).await;
    world.wed(XIANAN, Couple(3, 4)).await;
    let key = world.key(&Couple(1, 2).a());
    sqlx::query("update marriage.spouse set person_key = $1, valid = false where person_key = $2")
        .bind(&key)
        .bind(world.key(&Couple(3, 4).a()))
        .execute(&world.db.pool)
        .await
        .unwrap();
    let mut tx = world.db.pool.begin().await.unwrap();
    person::lock(&mut tx, std::slice::from_ref(&key))
        .await
        .unwrap();
    let records: Vec<Uuid> = sqlx::query_scalar("select id from marriage.record order by number")
        .fetch_all(&mut *tx)
        .await
        .unwrap();
    let now = world.rt.now();
    for _ in 0..2 {
        conflict::open(&mut tx, conflict::TWO_VALID, &key, &records, now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    records
}

async fn list(world: &World, caller: &Caller) -> Result<Vec<pb::Conflict>, Fault> {
    let request = as_caller(caller, pb::ListConflictsRequest::default());
    unwrap(world.register.list_conflicts(request).await).map(|list| list.conflicts)
}

async fn settle(
    world: &World,
    caller: &Caller,
    id: &str,
    keep: &str,
) -> Result<pb::Conflict, Fault> {
    let request = pb::SettleConflictRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: id.into(),
        keep: keep.into(),
        reason: "核对原始档案，另一条为录入错误".into(),
    };
    let request = as_caller(caller, request);
    unwrap(world.register.settle_conflict(request).await)
}

#[tokio::test]
async fn a_registrar_of_the_region_keeps_one_record() {
    let world = World::new().await;
    let records = frozen(&world).await;
    let refused = world
        .declared(LITONG, Couple(1, 6).wedding(LITONG))
        .await
        .unwrap();
    let refused = world.register(LITONG, &refused).await.unwrap_err();
    assert!(["FROZEN", "ALREADY_MARRIED"].contains(&&*refused.reason));

    assert!(list(&world, &LITONG.registrar()).await.unwrap().is_empty());
    let citizen = world.citizen(&Couple(1, 2).a());
    assert_eq!(
        list(&world, &citizen).await.unwrap_err().code,
        Code::Forbidden
    );
    let found = list(&world, &XIANAN.registrar()).await.unwrap();
    assert_eq!(found.len(), 1);
    let conflict = &found[0];
    assert_eq!(
        (conflict.kind.as_str(), conflict.records.len()),
        ("two_valid", 2)
    );
    assert_eq!(conflict.records[0].names, ["张*", "李*"]);

    let keep = records[0].to_string();
    let far = settle(&world, &LITONG.registrar(), &conflict.id, &keep).await;
    assert_eq!(far.unwrap_err().reason, "CONFLICT_NOT_FOUND");
    let trainee = XIANAN.officer(7, "新人", Role::Clerk);
    let refused = settle(&world, &trainee, &conflict.id, &keep).await;
    assert_eq!(refused.unwrap_err().reason, "REGISTRAR_NOT_QUALIFIED");
    let nothing = Uuid::nil().to_string();
    let refused = settle(&world, &XIANAN.registrar(), &conflict.id, &nothing).await;
    assert_eq!(refused.unwrap_err().reason, "KEEP_NOT_VALID");
    let settled = settle(&world, &XIANAN.registrar(), &conflict.id, &keep).await;
    assert!(settled.unwrap().settled);
    let again = settle(&world, &XIANAN.registrar(), &conflict.id, &keep).await;
    assert_eq!(again.unwrap_err().reason, "SETTLED");

    let states = "select state from marriage.record order by number";
    assert_eq!(world.texts(states).await, ["valid", "revoked"]);
    let frozen = "select person_key from marriage.person where frozen is not null";
    assert!(world.texts(frozen).await.is_empty());
    assert!(list(&world, &XIANAN.registrar()).await.unwrap().is_empty());
}

#[tokio::test]
async fn all_may_stand_as_they_are() {
    let world = World::new().await;
    frozen(&world).await;
    let found = list(&world, &XIANAN.registrar()).await.unwrap();
    settle(&world, &XIANAN.registrar(), &found[0].id, "")
        .await
        .unwrap();
    let states = "select state from marriage.record order by number";
    assert_eq!(world.texts(states).await, ["valid", "valid"]);
    let still = world
        .declared(XIANAN, Couple(1, 6).wedding(XIANAN))
        .await
        .unwrap();
    let refused = world.register(XIANAN, &still).await.unwrap_err();
    assert_eq!(refused.reason, "ALREADY_MARRIED");
}
