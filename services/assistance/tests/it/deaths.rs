//! A death that the burial service records.

use jiff::Timestamp;
use prost::Message as _;
use serde_json::json;
use uuid::Uuid;
use yiwang_assistance::reactions::Deaths;
use yiwang_chassis::inbox::{Handler, HandlerError, Incoming};
use yiwang_civic::money::Fen;
use yiwang_proto::burial::v1::DeathRecorded;

use crate::world::{World, approver, clerk, family};

async fn died(world: &World, id_number: &str, died_on: &str) -> Result<(), HandlerError> {
    let payload = DeathRecorded {
        person: world.key(id_number),
        died_on: died_on.to_owned(),
        certificate: "BZ1".to_owned(),
    };
    let event = Incoming {
        id: Uuid::now_v7(),
        event_type: "yiwang.burial.death.recorded.v1".into(),
        source: "burial".into(),
        subject: "yiwang.burial.death.recorded".into(),
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

#[tokio::test]
async fn the_share_stops_and_the_review_begins() {
    let world = World::new().await;
    let form = family(1);
    let number = world.granted(&form).await;
    world.go_to("2026-04-15T09:00:00").await;
    world.pay().await;
    let spouse = &form.members[0].id_number;
    died(&world, spouse, "2026-04-12").await.unwrap();
    let case = world.get(&number).await;
    assert_eq!(case.state, "death_review");
    let review = case
        .clocks
        .iter()
        .find(|clock| clock.name == "death_review")
        .unwrap();
    assert_eq!(review.last_day, "2026-07-13");

    // Told twice, applied once; a stranger's death touches nobody.
    died(&world, spouse, "2026-04-12").await.unwrap();
    died(&world, "420323194001011236", "2026-04-12")
        .await
        .unwrap();
    world.go_to("2026-05-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-04").await.amount, Fen(84_000));
    assert_eq!(world.sums("2026-05").await.amount, Fen(56_000));

    // Two persons with 300 yuan: 2 × 380 − 300 = 460, a cut that is heard first.
    let clerk = clerk();
    let proposal = json!({ "outcome": "cut", "reasons": "家庭减少一人" });
    world
        .act(&clerk, &number, "propose", proposal)
        .await
        .unwrap();
    let hearing = json!({ "on": "2026-05-10", "said": "没有意见" });
    world
        .act(&clerk, &number, "record_hearing", hearing)
        .await
        .unwrap();
    let decision = json!({ "outcome": "cut", "reasons": "家庭减少一人" });
    let case = world
        .act(&approver(), &number, "decide_recheck", decision)
        .await
        .unwrap();
    assert_eq!(case.state, "in_payment");
    world.go_to("2026-06-10T09:00:00").await;
    world.pay().await;
    assert_eq!(world.sums("2026-06").await.amount, Fen(46_000));
}

#[tokio::test]
async fn a_malformed_death_is_rejected_for_good() {
    let world = World::new().await;
    let refused = died(&world, "420323194001011236", "12. Mai").await;
    assert!(matches!(refused, Err(HandlerError::Reject(_))));
}
