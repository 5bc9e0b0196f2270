//! One person, one support.

use serde_json::json;

use crate::world::{World, approver, family};

#[tokio::test]
async fn a_supported_person_cannot_apply_again() {
    let world = World::new().await;
    let form = family(1);
    world.granted(&form).await;
    let mut other = family(2);
    other.members[0].id_number = form.members[0].id_number.clone();
    let refused = world.submit(&other).await.unwrap_err();
    assert_eq!(refused.reason, "ALREADY_SUPPORTED");
}

#[tokio::test]
async fn of_two_confirmations_at_the_same_instant_one_is_refused() {
    let world = World::new().await;
    let form = family(1);
    let mut other = family(2);
    other.members[1].id_number = form.members[1].id_number.clone();
    let (first, second) = (world.to_county(&form).await, world.to_county(&other).await);
    world.go_to("2026-03-12T10:00:00").await;
    world.report(&first).await;
    world.report(&second).await;
    let who = approver();
    let (one, two) = tokio::join!(
        world.act(&who, &first, "confirm", json!({})),
        world.act(&who, &second, "confirm", json!({})),
    );
    let refused: Vec<_> = [one, two].into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!(refused[0].reason, "ALREADY_SUPPORTED");
    assert_eq!(
        world.count("select count(*) from assistance.benefit").await,
        1
    );
    assert_eq!(
        world
            .count("select count(*) from assistance.benefit_member")
            .await,
        3
    );
}
