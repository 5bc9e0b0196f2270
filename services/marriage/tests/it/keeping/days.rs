//! Single days: more places, opened, closed with people who booked.

use std::sync::Arc;

use prost::Message as _;
use tokio::task::JoinSet;
use yiwang_proto::marriage::v1::{self as pb, halls_server::Halls};

use super::{DAY, TIME, day, hours, keeper, set};
use crate::stage::{HALL, Stage, as_caller, unwrap};

/// Texts that an event of this type carried to people.
async fn told(stage: &Stage) -> Vec<pb::AppointmentChanged> {
    let payloads: Vec<Vec<u8>> = sqlx::query_scalar(
        "select payload from chassis.outbox
          where event_type = 'yiwang.marriage.appointment.cancelled.v1' order by seq",
    )
    .fetch_all(stage.pool())
    .await
    .unwrap();
    let events = payloads.iter();
    events
        .map(|bytes| pb::AppointmentChanged::decode(bytes.as_slice()).unwrap())
        .collect()
}

#[tokio::test]
async fn a_popular_day_has_more_places_and_a_weekend_is_opened() {
    let stage = Stage::new().await;
    let officer = keeper("421202");
    let popular = pb::SetDayRequest {
        slot_capacity: 5,
        hours: hours(["7:00", "12:00", "12:00", "20:00"]),
        ..day("open")
    };
    let shown = set(&stage, &officer, popular).await.unwrap();
    assert_eq!((shown.places, shown.set.as_str()), (26 * 5, "open"));
    for at in 0..5 {
        let serials = [10 + at * 2, 11 + at * 2];
        stage.book(serials, HALL, "2026-05-20T07:00").await.unwrap();
    }
    let full = stage
        .book([30, 31], HALL, "2026-05-20T07:00")
        .await
        .unwrap_err();
    assert_eq!(full.reason, "SLOT_FULL");
    assert_eq!(stage.free(HALL, "2026-05-21T09:00").await, 3);
    // Counselling has no more places for it.
    let counselling = pb::ListSlotsRequest {
        hall: HALL.into(),
        day: DAY.into(),
        kind: "counselling".into(),
    };
    let slots = unwrap(
        stage
            .halls
            .list_slots(tonic::Request::new(counselling))
            .await,
    )
    .unwrap();
    assert!(slots.slots[0].capacity < 5);

    let saturday = pb::SetDayRequest {
        day: "2026-05-16".into(),
        ..day("open")
    };
    assert!(!stage.slots(HALL, "2026-05-16").await.closed.is_empty());
    set(&stage, &officer, saturday).await.unwrap();
    stage
        .book([40, 41], HALL, "2026-05-16T09:00")
        .await
        .unwrap();

    // As usual again: those at seven have no time any more.
    let refused = set(&stage, &officer, day("usual")).await.unwrap_err();
    assert_eq!(
        (&*refused.reason, refused.fields.len()),
        ("DAY_HAS_BOOKINGS", 5)
    );
    assert_eq!(stage.slots(HALL, DAY).await.slots.len(), 26);
}

#[tokio::test]
async fn a_closed_day_cancels_only_what_the_officer_saw_and_tells_the_people() {
    let stage = Stage::new().await;
    let officer = keeper("421202");
    let first = stage.book([1, 2], HALL, TIME).await.unwrap();
    let closing = pb::SetDayRequest {
        reason: "停电检修".into(),
        ..day("closed")
    };
    let refused = set(&stage, &officer, closing.clone()).await.unwrap_err();
    assert_eq!(refused.reason, "DAY_HAS_BOOKINGS");
    assert_eq!(refused.fields[0].field, "/cancels");
    assert!(refused.fields[0].message.contains(&first.number));
    // Somebody books meanwhile: the officer looks again.
    stage.book([3, 4], HALL, "2026-05-20T10:00").await.unwrap();
    let one = pb::SetDayRequest {
        cancels: 1,
        ..closing.clone()
    };
    let again = set(&stage, &officer, one).await.unwrap_err();
    assert_eq!(again.fields.len(), 2);
    assert_eq!(stage.free(HALL, TIME).await, 2, "nothing was done");

    let both = pb::SetDayRequest {
        cancels: 2,
        ..closing
    };
    let done = set(&stage, &officer, both.clone()).await.unwrap();
    assert_eq!((done.cancelled, done.booked, done.open), (2, 0, false));
    assert_eq!(set(&stage, &officer, both).await.unwrap(), done, "repeated");
    let told = told(&stage).await;
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].number, first.number);
    assert!(told[0].message.contains("停电检修") && told[0].message.contains("9:00"));
    assert_eq!(told[0].persons.len(), 2);
    assert_eq!(stage.audited("appointment.cancel_by_hall").await, 2);
    assert_eq!(stage.audited("hall.day").await, 1);
    let left: i64 = sqlx::query_scalar("select sum(booked) from marriage.slot")
        .fetch_one(stage.pool())
        .await
        .unwrap();
    assert_eq!(left, 0);

    let closed = stage.slots(HALL, DAY).await.closed;
    assert!(closed.contains("停电检修"));
    let late = stage.book([5, 6], HALL, TIME).await.unwrap_err();
    assert_eq!(late.fields[0].reason, "CLOSED");
    // They may book again at once.
    stage.book([1, 2], HALL, "2026-05-21T09:00").await.unwrap();
    let calendar = pb::GetCalendarRequest {
        hall: HALL.into(),
        ..Default::default()
    };
    let calendar = stage
        .halls
        .get_calendar(as_caller(&officer, calendar))
        .await;
    let days = unwrap(calendar).unwrap().days;
    assert_eq!((days.len(), days[0].day.as_str()), (62, "2026-05-12"));
    let at = |day: &str| days.iter().find(|one| one.day == day).unwrap();
    assert_eq!((at(DAY).set.as_str(), at(DAY).places), ("closed", 0));
    assert_eq!((at("2026-05-21").booked, at("2026-05-21").places), (1, 39));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_books_into_a_day_that_is_being_closed() {
    let stage = Arc::new(Stage::new().await);
    let officer = keeper("421202");
    let mut tries = JoinSet::new();
    for at in 0..20_u32 {
        let stage = stage.clone();
        tries.spawn(async move {
            let time = format!("2026-05-20T{:02}:00", 9 + at % 3);
            let booked = stage.book([at * 2, at * 2 + 1], HALL, &time).await;
            booked.err().map(|fault| fault.reason.to_string())
        });
    }
    let closing = pb::SetDayRequest {
        reason: "停电检修".into(),
        cancels: 100,
        ..day("closed")
    };
    let done = set(&stage, &officer, closing).await.unwrap();
    while let Some(answer) = tries.join_next().await {
        answer.unwrap();
    }
    let (open, cancelled): (i64, i64) = sqlx::query_as(
        "select count(*) filter (where state = 'booked'),
                count(*) filter (where state = 'cancelled') from marriage.appointment",
    )
    .fetch_one(stage.pool())
    .await
    .unwrap();
    assert_eq!((open, cancelled), (0, i64::from(done.cancelled)));
}
