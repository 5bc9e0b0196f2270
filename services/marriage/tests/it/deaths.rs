//! A death ends the marriage; one that is revoked gives it back (民法典 51).

use jiff::Timestamp;
use prost::Message as _;
use uuid::Uuid;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_marriage::reactions::Deaths;
use yiwang_proto::{
    burial::v1::DeathRecorded,
    marriage::v1::{self as pb, register_server::Register},
};

use crate::{
    couples::Couple,
    stage::{as_caller, unwrap},
    world::{World, XIANAN, ZHUSHAN},
};

pub(crate) async fn told(
    world: &World,
    event: &str,
    id: &str,
    on: &str,
) -> Result<(), HandlerError> {
    told_by(world, event, (id, "SW1"), on).await
}

async fn told_by(
    world: &World,
    event: &str,
    (id, paper): (&str, &str),
    on: &str,
) -> Result<(), HandlerError> {
    let payload = DeathRecorded {
        person: world.key(id),
        died_on: on.to_owned(),
        certificate: paper.to_owned(),
    };
    let event = Incoming {
        id: Uuid::now_v7(),
        event_type: format!("yiwang.burial.death.{event}.v1"),
        source: "burial".into(),
        subject: format!("yiwang.burial.death.{event}"),
        aggregate: "death".into(),
        aggregate_id: "1".into(),
        version: 1,
        occurred_at: Timestamp::UNIX_EPOCH,
        traceparent: None,
        payload: payload.encode_to_vec(),
    };
    let handler = Deaths {
        runtime: world.rt.clone(),
    };
    assert!(handler.wants(&event.event_type));
    let mut tx = world.db.pool.begin().await.unwrap();
    handler.handle(&mut tx, &event).await?;
    tx.commit().await.unwrap();
    Ok(())
}

const STATES: &str = "select state || coalesce(' ' || ended_on, '') from marriage.record
                       order by registered_on, id";

#[tokio::test]
async fn a_death_ends_the_marriage_and_the_divorce_and_may_prove_wrong() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let divorce = world.divorce_accepted(ZHUSHAN, couple).await;
    // Told twice, applied once; a stranger's death touches nobody.
    for _ in 0..2 {
        told(&world, "recorded", &couple.a(), "2026-05-10")
            .await
            .unwrap();
    }
    told(&world, "recorded", &Couple(5, 6).a(), "2026-05-10")
        .await
        .unwrap();
    assert_eq!(world.texts(STATES).await, ["ended_death 2026-05-10"]);
    assert_eq!(world.get(&divorce).await.state, "terminated");
    let survivor = world.told(&couple.b()).await;
    assert_eq!(survivor.last().unwrap(), &("widowed".into(), "30".into()));
    assert_eq!(survivor.len(), 2);

    told(&world, "corrected", &couple.a(), "2026-05-09")
        .await
        .unwrap();
    assert_eq!(world.texts(STATES).await, ["ended_death 2026-05-09"]);

    told(&world, "revoked", &couple.a(), "2026-05-09")
        .await
        .unwrap();
    assert_eq!(world.texts(STATES).await, ["valid"]);
    let survivor = world.told(&couple.b()).await;
    assert_eq!(survivor.last().unwrap(), &("restored".into(), "21".into()));
    told(&world, "revoked", &couple.a(), "2026-05-09")
        .await
        .unwrap();
    assert_eq!(world.told(&couple.b()).await.len(), survivor.len());
}

#[tokio::test]
async fn the_death_of_who_died_first_ended_the_marriage_with_its_paper() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    let (a, b) = (couple.a(), couple.b());
    let (a, b) = ((a.as_str(), "SW1"), (b.as_str(), "PJ2"));
    let steps = [
        ("recorded", a, "2026-05-08", "ended_death 2026-05-08 SW1"),
        // Later: nothing follows.
        ("declared", b, "2026-05-10", "ended_death 2026-05-08 SW1"),
        ("declared", b, "2026-05-06", "ended_declared 2026-05-06 PJ2"),
        ("corrected", a, "2026-05-05", "ended_death 2026-05-05 SW1"),
        (
            "corrected",
            a,
            "2026-05-09",
            "ended_declared 2026-05-06 PJ2",
        ),
        ("corrected", a, "2026-05-04", "ended_death 2026-05-04 SW1"),
        ("revoked", a, "2026-05-04", "ended_declared 2026-05-06 PJ2"),
        ("revoked", b, "2026-05-06", "valid"),
    ];
    for (event, who, on, expected) in steps {
        told_by(&world, event, who, on).await.unwrap();
        let stands = "select concat_ws(' ', state, ended_on, ended_by) from marriage.record";
        assert_eq!(world.texts(stands).await, [expected], "{event} {on}");
    }
}

#[tokio::test]
async fn a_dead_person_marries_nobody_and_what_was_pending_is_given_up() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    let pending = world
        .declared(XIANAN, couple.wedding(XIANAN))
        .await
        .unwrap();
    told(&world, "recorded", &couple.b(), "2026-05-11")
        .await
        .unwrap();
    assert_eq!(world.get(&pending).await.state, "cancelled");
    let again = world
        .declared(XIANAN, couple.wedding(XIANAN))
        .await
        .unwrap();
    let refused = world.register(XIANAN, &again).await.unwrap_err();
    assert_eq!(refused.reason, "DEAD");
}

#[tokio::test]
async fn a_declaration_that_is_revoked_gives_back_what_was_not_given_up() {
    let world = World::new().await;
    let [waits, declines, remarries] = [Couple(1, 2), Couple(3, 4), Couple(5, 6)];
    for couple in [waits, declines, remarries] {
        world.wed(XIANAN, couple).await;
        told(&world, "declared", &couple.a(), "2026-05-11")
            .await
            .unwrap();
    }
    // 张三's wife of the second couple says in writing that she does not want it back.
    let number = world
        .text("select number from marriage.record order by number offset 1 limit 1")
        .await;
    let decline = |id_number: String| pb::DeclineRestorationRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        number: number.clone(),
        id_number,
        ..Default::default()
    };
    let clerk = XIANAN.registrar();
    let stranger = world
        .register
        .decline_restoration(as_caller(&clerk, decline(waits.b())))
        .await;
    assert_eq!(unwrap(stranger).unwrap_err().reason, "RECORD_NOT_FOUND");
    let noted = world
        .register
        .decline_restoration(as_caller(&clerk, decline(declines.b())))
        .await;
    assert_eq!(unwrap(noted).unwrap().state, "ended_declared");
    // That of the third marries again.
    let form = serde_json::json!({ "hall": XIANAN.hall,
        "a": { "name": "王五", "id_number": Couple(7, 8).a() },
        "b": { "name": "李四", "id_number": remarries.b(), "stated": "widowed" } });
    let number = world.declared(XIANAN, form).await.unwrap();
    world.register(XIANAN, &number).await.unwrap();

    for couple in [waits, declines, remarries] {
        told(&world, "revoked", &couple.a(), "2026-05-11")
            .await
            .unwrap();
    }
    assert_eq!(
        world
            .texts("select state from marriage.record order by number")
            .await,
        ["valid", "ended_declared", "ended_declared", "valid"]
    );
    let conflicts = world.texts("select kind from marriage.conflict").await;
    assert!(conflicts.is_empty());
}

#[tokio::test]
async fn a_death_that_proves_wrong_after_the_survivor_married_is_for_a_registrar() {
    let world = World::new().await;
    let couple = Couple(1, 2);
    world.wed(XIANAN, couple).await;
    told(&world, "recorded", &couple.a(), "2026-05-11")
        .await
        .unwrap();
    let form = serde_json::json!({ "hall": ZHUSHAN.hall,
        "a": { "name": "王五", "id_number": Couple(7, 8).a() },
        "b": { "name": "李四", "id_number": couple.b(), "stated": "widowed" } });
    let number = world.declared(ZHUSHAN, form).await.unwrap();
    world.register(ZHUSHAN, &number).await.unwrap();
    told(&world, "revoked", &couple.a(), "2026-05-11")
        .await
        .unwrap();
    assert_eq!(
        world
            .texts("select state from marriage.record order by number desc")
            .await,
        ["ended_death", "valid"]
    );
    let conflicts = "select kind || ' ' || cardinality(records) from marriage.conflict";
    assert_eq!(world.texts(conflicts).await, ["death_revoked 2"]);
    let frozen = world
        .texts("select person_key from marriage.person where frozen is not null")
        .await;
    assert_eq!(frozen, [world.key(&couple.a())]);
}

#[tokio::test]
async fn a_malformed_death_is_rejected_for_good() {
    let world = World::new().await;
    let refused = told(&world, "recorded", &Couple(1, 2).a(), "12. Mai").await;
    assert!(matches!(refused, Err(HandlerError::Reject(_))));
}
