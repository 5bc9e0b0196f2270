//! A popular day under load: exactly as many appointments as places, and everybody gets
//! an answer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::task::JoinSet;
use yiwang_chassis::fault::{Code, Fault};

use crate::stage::{HALL, Stage};

/// Everybody has an answer before this.
const PATIENCE: Duration = Duration::from_secs(10);

/// 500 couples want these times of 5月20日 at the same instant.
async fn rush(stage: &Arc<Stage>, times: &[&str]) -> (usize, Vec<Fault>) {
    let mut couples = JoinSet::new();
    for couple in 0..500_u32 {
        let stage = stage.clone();
        let wanted = format!("2026-05-20T{}", times[couple as usize % times.len()]);
        couples.spawn(async move {
            let began = Instant::now();
            let serials = [couple * 2, couple * 2 + 1];
            let answer = stage.book(serials, HALL, &wanted).await;
            assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
            answer
        });
    }
    let (mut booked, mut refused) = (0, Vec::new());
    while let Some(answer) = couples.join_next().await {
        match answer.unwrap() {
            Ok(_) => booked += 1,
            Err(fault) => refused.push(fault),
        }
    }
    (booked, refused)
}

async fn thirty_of_five_hundred(stage: Stage, times: &[&str]) {
    let stage = Arc::new(stage);
    let (booked, refused) = rush(&stage, times).await;
    assert_eq!(booked, 30);
    for fault in &refused {
        assert_eq!(
            (fault.code, &*fault.reason),
            (Code::PreconditionFailed, "SLOT_FULL")
        );
    }
    for time in times {
        let wanted = format!("2026-05-20T{time}");
        assert_eq!(stage.free(HALL, &wanted).await, 0, "{time}");
        // The nearest first, each of them really free.
        let late = stage.book([9000, 9001], HALL, &wanted).await.unwrap_err();
        assert!(!late.fields.is_empty(), "{time}");
        for other in &late.fields {
            assert_eq!((&*other.field, &*other.reason), ("/starts_at", "FREE"));
            let (starts_at, _) = other.message.split_once(' ').unwrap();
            assert!(stage.free(HALL, starts_at).await > 0, "{}", other.message);
        }
    }
    let sold: (i64, i64) = sqlx::query_as(
        "select (select sum(booked) from marriage.slot), (select count(*) from marriage.appointment)",
    )
    .fetch_one(stage.pool())
    .await
    .unwrap();
    assert_eq!(sold, (30, 30));
    assert_eq!(stage.audited("appointment.book").await, 30);
    assert_eq!(stage.raised("booked").await, 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_couples_on_ten_times_of_three_places() {
    let stage = Stage::new().await;
    let times = [
        "08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "14:30", "15:00", "15:30",
    ];
    thirty_of_five_hundred(stage, &times).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_couples_on_one_time_of_thirty_places() {
    let stage = Stage::new().await;
    sqlx::query("update marriage.hall set slot_capacity = 30 where code = $1")
        .bind(HALL)
        .execute(stage.pool())
        .await
        .unwrap();
    thirty_of_five_hundred(stage, &["09:00"]).await;
}
