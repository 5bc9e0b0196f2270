//! The morning when 清明 opens: never more people than places, and everybody gets an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;
use yiwang_burial::places::demo::CEMETERY;
use yiwang_chassis::fault::{Code, Fault};

use super::stage::Stage;

/// Everybody has an answer before this.
const PATIENCE: Duration = Duration::from_secs(20);

/// 200 families of so many people want these times at the same instant.
async fn rush(stage: &Arc<Stage>, times: &[&str], people: fn(u32) -> usize) -> (i64, Vec<Fault>) {
    let mut families = JoinSet::new();
    for family in 0..200_u32 {
        let stage = stage.clone();
        let wanted = format!("2027-04-05T{}", times[family as usize % times.len()]);
        families.spawn(async move {
            let began = Instant::now();
            let answer = stage.book(family, &wanted, people(family)).await;
            assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
            answer
        });
    }
    let (mut booked, mut refused) = (0, Vec::new());
    while let Some(answer) = families.join_next().await {
        match answer.unwrap() {
            Ok(visit) => booked += 1 + i64::try_from(visit.companions.len()).unwrap(),
            Err(fault) => refused.push(fault),
        }
    }
    for fault in &refused {
        assert_eq!(
            (fault.code, &*fault.reason),
            (Code::PreconditionFailed, "VISITS_FULL")
        );
    }
    (booked, refused)
}

async fn sold(stage: &Stage) -> (i64, i64, i64) {
    sqlx::query_as(
        "select (select sum(booked) from burial.visit_slot),
                (select sum(1 + companions) from burial.visit),
                (select count(*) from burial.visit_slot where booked > capacity)",
    )
    .fetch_one(stage.pool())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_families_on_thirty_places() {
    let stage = Arc::new(Stage::new().await);
    stage.room(CEMETERY, 30).await;
    let (booked, refused) = rush(&stage, &["09:00"], |_| 0).await;
    assert_eq!((booked, refused.len()), (30, 170));
    assert_eq!(sold(&stage).await, (30, 30, 0));
    assert_eq!(stage.free("2027-04-05T09:00").await, 0);
    // The nearest first, each of them really free.
    let late = stage.book(9000, "2027-04-05T09:00", 0).await.unwrap_err();
    assert_eq!(late.fields.len(), 5);
    for other in &late.fields {
        assert_eq!((&*other.field, &*other.reason), ("/starts_at", "FREE"));
        let (starts_at, _) = other.message.split_once(' ').unwrap();
        assert!(stage.free(starts_at).await > 0, "{}", other.message);
    }
    assert_eq!(stage.audited("visit.booked").await, 30);
    assert_eq!(stage.raised("booked").await, 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn families_of_all_sizes_on_three_times() {
    let stage = Arc::new(Stage::new().await);
    stage.room(CEMETERY, 17).await;
    let times = ["08:00", "09:00", "10:00"];
    let (booked, refused) = rush(&stage, &times, |family| family as usize % 5).await;
    assert!(!refused.is_empty());
    let (taken, people, oversold) = sold(&stage).await;
    assert_eq!((taken, people, oversold), (booked, booked, 0));
    // At most four places of a time are left, too few for a family of five.
    assert!(booked > 3 * (17 - 5), "{booked}");
}
