//! Appointments: one per person, given back, repeated, by the calendar.

use std::{sync::Arc, time::Duration};

use tokio::{task::JoinSet, time::timeout};
use tonic::Request;
use yiwang_chassis::fault::Code;
use yiwang_marriage::halls::no_show;
use yiwang_proto::marriage::v1::{self as pb, halls_server::Halls};

use crate::stage::{HALL, OTHER_HALL, Stage, as_caller, unwrap, wish};

#[tokio::test]
async fn the_database_has_the_last_word_on_overselling() {
    let stage = Stage::new().await;
    stage.book([1, 2], HALL, "2026-05-20T09:00").await.unwrap();
    let oversold = sqlx::query("update marriage.slot set booked = capacity + 1")
        .execute(stage.pool())
        .await;
    let error = oversold.unwrap_err();
    let constraint = error.as_database_error().unwrap().constraint().unwrap();
    assert_eq!(constraint, "slot_not_oversold");
}

#[tokio::test]
async fn nobody_has_two_open_appointments() {
    let stage = Stage::new().await;
    let first = stage.book([1, 2], HALL, "2026-05-20T09:00").await.unwrap();
    // Oneself again, oneself with somebody else, and the other one with somebody else.
    for (serials, own) in [
        ([1, 2], true),
        ([1, 3], true),
        ([2, 3], true),
        ([4, 2], false),
    ] {
        let again = stage.book(serials, OTHER_HALL, "2026-05-21T09:00").await;
        let fault = again.unwrap_err();
        assert_eq!(
            (fault.code, &*fault.reason),
            (Code::AlreadyExists, "ALREADY_BOOKED"),
            "{serials:?}"
        );
        let at = serials.iter().position(|serial| *serial < 3).unwrap();
        assert_eq!(fault.fields[0].field, format!("/visitors/{at}/id_number"));
        // Where and when is told to those who come, not to others.
        assert_eq!(fault.message.contains(&first.number), own, "{serials:?}");
    }
    assert_eq!(stage.free(OTHER_HALL, "2026-05-21T09:00").await, 2);
    stage
        .cancel(&stage.citizen(1), &first.number, "c")
        .await
        .unwrap();
    stage
        .book([2, 1], OTHER_HALL, "2026-05-21T09:00")
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_appointments_for_the_same_person_one_is_made() {
    let stage = Arc::new(Stage::new().await);
    let mut tries = JoinSet::new();
    for other in 10..30_u32 {
        let stage = stage.clone();
        tries.spawn(async move {
            let hall = if other % 2 == 0 { HALL } else { OTHER_HALL };
            let time = format!("2026-05-2{}T{:02}:00", other % 3, 9 + other % 2);
            // The same two in both orders.
            let serials = if other % 4 < 2 { [1, 2] } else { [2, 1] };
            let caller = stage.citizen(serials[0]);
            let key = format!("try-{other}");
            stage.send(&caller, wish(&key, serials, hall, &time)).await
        });
    }
    let mut made = 0;
    while let Some(answer) = tries.join_next().await {
        match answer.unwrap() {
            Ok(_) => made += 1,
            Err(fault) => assert!(
                ["ALREADY_BOOKED", "SLOT_FULL"].contains(&&*fault.reason),
                "{fault:?}"
            ),
        }
    }
    assert_eq!(made, 1);
}

#[tokio::test]
async fn a_cancelled_place_is_free_at_once() {
    let stage = Stage::new().await;
    let (time, owner) = ("2026-05-20T09:00", stage.citizen(1));
    let first = stage.book([1, 2], OTHER_HALL, time).await.unwrap();
    stage.book([3, 4], OTHER_HALL, time).await.unwrap();
    let full = stage.book([5, 6], OTHER_HALL, time).await.unwrap_err();
    assert_eq!(full.reason, "SLOT_FULL");

    let stranger = stage.cancel(&stage.citizen(5), &first.number, "x").await;
    assert_eq!(stranger.unwrap_err().reason, "APPOINTMENT_NOT_FOUND");
    let cancelled = stage.cancel(&owner, &first.number, "c1").await.unwrap();
    assert_eq!(cancelled.state, "cancelled");
    assert_eq!(stage.free(OTHER_HALL, time).await, 1);
    // Repeated: the same answer. Once more: nothing is freed twice.
    assert_eq!(
        stage.cancel(&owner, &first.number, "c1").await.unwrap(),
        cancelled
    );
    let again = stage.cancel(&owner, &first.number, "c2").await;
    assert_eq!(again.unwrap_err().reason, "NOT_BOOKED");
    assert_eq!(stage.free(OTHER_HALL, time).await, 1);
    stage.book([5, 6], OTHER_HALL, time).await.unwrap();
    assert_eq!(stage.raised("cancelled").await, 1);
}

#[tokio::test]
async fn the_one_who_is_named_may_cancel_too() {
    let stage = Stage::new().await;
    let first = stage.book([1, 2], HALL, "2026-05-20T09:00").await.unwrap();
    let named = stage.citizen(2);
    let own = as_caller(&named, pb::ListOwnAppointmentsRequest {});
    let own = unwrap(stage.halls.list_own_appointments(own).await).unwrap();
    assert_eq!(own.appointments[0].number, first.number);
    // An ID number that was only typed shows nothing of what others booked.
    let typed = yiwang_chassis::identity::Caller {
        grants: vec![],
        ..named.clone()
    };
    let list = as_caller(&typed, pb::ListOwnAppointmentsRequest {});
    let list = unwrap(stage.halls.list_own_appointments(list).await).unwrap();
    assert!(list.appointments.is_empty());
    let refused = stage.cancel(&typed, &first.number, "c").await.unwrap_err();
    assert_eq!(refused.reason, "APPOINTMENT_NOT_FOUND");
    stage.cancel(&named, &first.number, "c").await.unwrap();
}

#[tokio::test]
async fn a_repeated_call_gets_the_same_answer_even_when_all_is_full() {
    let stage = Stage::new().await;
    let time = "2026-05-20T09:00";
    let first = stage.book([1, 2], OTHER_HALL, time).await.unwrap();
    stage.book([3, 4], OTHER_HALL, time).await.unwrap();
    assert_eq!(stage.book([1, 2], OTHER_HALL, time).await.unwrap(), first);
    let caller = stage.citizen(1);
    let mut other = wish(
        "[1,2]421221103-012026-05-20T09:00",
        [1, 2],
        OTHER_HALL,
        time,
    );
    other.phone = "13900001234".into();
    let refused = stage.send(&caller, other).await.unwrap_err();
    assert_eq!(refused.code, Code::IdempotencyMismatch);
    let mut keyless = wish("", [7, 8], HALL, time);
    keyless.idempotency_key.clear();
    let refused = stage.send(&stage.citizen(7), keyless).await.unwrap_err();
    assert_eq!(refused.reason, "IDEMPOTENCY_KEY_MISSING");
}

#[tokio::test]
async fn days_are_those_of_the_calendar_within_a_month() {
    let stage = Stage::new().await;
    stage.at("2026-04-20T08:00");
    let days = pb::ListDaysRequest {
        hall: HALL.into(),
        ..Default::default()
    };
    let days = unwrap(stage.halls.list_days(Request::new(days)).await).unwrap();
    let state = |day: &str| {
        let found = days.days.iter().find(|one| one.day == day);
        found.map(|one| one.state.as_str())
    };
    // day, state in the month ahead, why a time there is refused
    let cases = [
        ("2026-04-20", None, Some("TOO_LATE")),
        ("2026-04-21", Some("free"), None),
        ("2026-04-25", Some("closed"), Some("CLOSED")),
        ("2026-05-01", Some("closed"), Some("CLOSED")),
        ("2026-05-09", Some("free"), None),
        ("2026-05-20", Some("free"), None),
        ("2026-05-21", None, Some("TOO_EARLY")),
    ];
    for (serial, (day, expected, refused)) in (0_u32..).zip(cases) {
        assert_eq!(state(day), expected, "{day}");
        let slots = stage.slots(HALL, day).await;
        assert_eq!(slots.closed.is_empty(), refused.is_none(), "{day}");
        assert_eq!(slots.slots.len(), if refused.is_none() { 13 } else { 0 });
        let serials = [serial * 2, serial * 2 + 1];
        let booked = stage.book(serials, HALL, &format!("{day}T09:00")).await;
        let reason = booked.err().map(|fault| fault.fields[0].reason.to_string());
        assert_eq!(reason.as_deref(), refused, "{day}");
    }
    for time in ["2026-05-20T12:30", "2026-05-20T09:10", "2026-05-20T17:30"] {
        let odd = stage.book([91, 92], HALL, time).await.unwrap_err();
        assert_eq!(odd.fields[0].reason, "NO_SUCH_TIME", "{time}");
    }
}

#[tokio::test]
async fn a_day_is_full_when_all_its_times_are() {
    let stage = Stage::new().await;
    sqlx::query(
        "update marriage.hall set slot_capacity = 1, closes_noon = '9:30', opens_noon = '9:30',
                closes = '9:30' where code = $1",
    )
    .bind(HALL)
    .execute(stage.pool())
    .await
    .unwrap();
    stage.book([1, 2], HALL, "2026-05-20T08:30").await.unwrap();
    let day = async || {
        let days = pb::ListDaysRequest {
            hall: HALL.into(),
            ..Default::default()
        };
        let days = unwrap(stage.halls.list_days(Request::new(days)).await).unwrap();
        let found = days.days.into_iter().find(|one| one.day == "2026-05-20");
        found.map(|one| (one.state, one.free)).unwrap()
    };
    assert_eq!(day().await, ("free".to_owned(), 1));
    stage.book([3, 4], HALL, "2026-05-20T09:00").await.unwrap();
    assert_eq!(day().await, ("full".to_owned(), 0));
    // The whole day is gone: other days are named.
    let late = stage.book([5, 6], HALL, "2026-05-20T09:00").await;
    let others = late.unwrap_err().fields;
    assert!(
        others
            .iter()
            .all(|one| !one.message.starts_with("2026-05-20"))
    );
    assert!(others[0].message.starts_with("2026-05-21T08:30"));
}

/// Sweeps until something was closed. The refused cancellation rolls back when its connection
/// goes back to the pool; until then its row is locked, and a sweep skips it.
async fn closed_by_sweeps(stage: &Stage) -> usize {
    let sweeps = async {
        loop {
            match no_show::sweep(&stage.rt).await.unwrap() {
                0 => tokio::task::yield_now().await,
                closed => break closed,
            }
        }
    };
    timeout(Duration::from_secs(20), sweeps).await.unwrap()
}

#[tokio::test]
async fn whoever_did_not_come_may_book_again() {
    let stage = Stage::new().await;
    let (time, owner) = ("2026-05-20T09:00", stage.citizen(1));
    let missed = stage.book([1, 2], HALL, time).await.unwrap();
    stage.book([3, 4], HALL, "2026-05-20T10:00").await.unwrap();
    stage.at("2026-05-20T09:30");
    assert_eq!(no_show::sweep(&stage.rt).await.unwrap(), 0);
    let late = stage.cancel(&owner, &missed.number, "late").await;
    assert_eq!(late.unwrap_err().reason, "NOT_BOOKED");
    stage.at("2026-05-20T09:31");
    assert_eq!(closed_by_sweeps(&stage).await, 1);
    assert_eq!(no_show::sweep(&stage.rt).await.unwrap(), 0);
    let own = as_caller(&owner, pb::ListOwnAppointmentsRequest {});
    let own = unwrap(stage.halls.list_own_appointments(own).await).unwrap();
    assert_eq!(own.appointments[0].state, "no_show");
    let booked: i32 = sqlx::query_scalar("select booked from marriage.slot order by starts_at")
        .fetch_one(stage.pool())
        .await
        .unwrap();
    assert_eq!(booked, 1, "the place was theirs");
    assert_eq!(stage.audited("appointment.no_show").await, 1);
    assert_eq!(stage.raised("no_show").await, 1);
    stage.book([1, 2], HALL, "2026-05-21T09:00").await.unwrap();
}
