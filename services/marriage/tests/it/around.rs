//! Services around the registration: counselling, ceremonies.

use yiwang_chassis::fault::Code;
use yiwang_marriage::halls::no_show;
use yiwang_proto::marriage::v1::{self as pb, halls_server::Halls};

use crate::stage::{HALL, Stage, as_caller, clerk, unwrap, wish};

/// A wish to talk, of the first alone or of both.
fn talk(key: &str, serials: [u32; 2], alone: bool, starts_at: &str) -> pb::BookRequest {
    let mut wish = wish(key, serials, HALL, starts_at);
    wish.kind = "counselling".into();
    if alone {
        wish.visitors.truncate(1);
    }
    wish
}

fn note(key: &str, number: &str, held: bool, topic: &str) -> pb::RecordCounsellingRequest {
    pb::RecordCounsellingRequest {
        idempotency_key: key.into(),
        number: number.into(),
        held,
        topic: topic.into(),
    }
}

async fn own(stage: &Stage, serial: u32) -> Vec<pb::Appointment> {
    let request = as_caller(&stage.citizen(serial), pb::ListOwnAppointmentsRequest {});
    let own = unwrap(stage.halls.list_own_appointments(request).await).unwrap();
    own.appointments
}

#[tokio::test]
async fn counselling_stands_beside_the_counter_and_in_nobodys_way() {
    let stage = Stage::new().await;
    let time = "2026-05-20T09:00";
    let wedding = stage.book([1, 2], HALL, time).await.unwrap();
    // The same person, the same time: a talk is no second appointment at the counter.
    let session = stage
        .send(&stage.citizen(1), talk("t1", [1, 2], true, time))
        .await
        .unwrap();
    assert_eq!(session.visitors.len(), 1);
    assert_eq!(stage.free(HALL, time).await, 2, "no place of the counter");
    // One room: the next one gets another time, and the counter does not care.
    let full = stage
        .send(&stage.citizen(3), talk("t2", [3, 4], false, time))
        .await
        .unwrap_err();
    assert_eq!(full.reason, "SLOT_FULL");
    stage.book([3, 4], HALL, time).await.unwrap();
    let slots = pb::ListSlotsRequest {
        hall: HALL.into(),
        day: "2026-05-20".into(),
        kind: "counselling".into(),
    };
    let slots = unwrap(stage.halls.list_slots(tonic::Request::new(slots)).await).unwrap();
    let free = |at: &str| {
        slots
            .slots
            .iter()
            .find(|slot| slot.starts_at == at)
            .unwrap()
            .free
    };
    assert_eq!((free(time), free("2026-05-20T09:30")), (0, 1));
    // Nobody takes two rooms.
    let again = stage
        .send(
            &stage.citizen(1),
            talk("t3", [1, 2], true, "2026-05-20T10:00"),
        )
        .await
        .unwrap_err();
    assert_eq!(again.reason, "ALREADY_BOOKED");
    // Who talks alone, talks alone: the other one does not see it.
    let seen = own(&stage, 2).await;
    let numbers: Vec<_> = seen.iter().map(|one| one.number.as_str()).collect();
    assert_eq!(numbers, [wedding.number.as_str()]);
    // Given back, the room is free again.
    stage
        .cancel(&stage.citizen(1), &session.number, "c1")
        .await
        .unwrap();
    stage
        .send(&stage.citizen(3), talk("t4", [3, 4], false, time))
        .await
        .unwrap();
}

#[tokio::test]
async fn of_a_talk_the_hall_keeps_that_it_was_held_and_its_topic() {
    let stage = Stage::new().await;
    let mut wish = talk("t1", [1, 2], true, "2026-05-20T09:00");
    wish.by_phone = true;
    let session = stage.send(&stage.citizen(1), wish).await.unwrap();
    let number = session.number.as_str();
    let counter = clerk(&HALL[..6]);
    let strangers = [clerk("420324"), stage.citizen(1)];
    let record = async |who, note| {
        let answer = stage.halls.record_counselling(as_caller(who, note)).await;
        unwrap(answer)
    };
    let early = record(&counter, note("k0", number, true, "conflict")).await;
    assert_eq!(early.unwrap_err().reason, "TOO_EARLY");
    stage.at("2026-05-20T11:00");
    // A talk takes the time it takes: nothing is missed on its day.
    assert_eq!(no_show::sweep(&stage.rt).await.unwrap(), 0);
    for who in &strangers {
        let refused = record(who, note("k1", number, true, "conflict")).await;
        assert_eq!(refused.unwrap_err().reason, "APPOINTMENT_NOT_FOUND");
    }
    let words = record(&counter, note("k2", number, true, "他说他不想过了")).await;
    assert_eq!(words.unwrap_err().fields[0].field, "/topic");
    let held = record(&counter, note("k3", number, true, "conflict"))
        .await
        .unwrap();
    assert_eq!(
        (held.state.as_str(), held.topic.as_str()),
        ("arrived", "conflict")
    );
    assert_eq!(
        record(&counter, note("k3", number, true, "conflict"))
            .await
            .unwrap(),
        held
    );
    let twice = record(&counter, note("k4", number, false, "")).await;
    assert_eq!(twice.unwrap_err().reason, "RECORDED");

    // The topic is sealed, and for officers only.
    let note: Vec<u8> = sqlx::query_scalar("select note from marriage.appointment")
        .fetch_one(stage.pool())
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&note).contains("conflict"));
    let trail: String = sqlx::query_scalar(
        "select string_agg(detail::text, ' ') from chassis.audit_entry
          where action = 'counselling.record'",
    )
    .fetch_one(stage.pool())
    .await
    .unwrap();
    assert!(!trail.contains("conflict"), "{trail}");
    assert!(own(&stage, 1).await.iter().all(|one| one.topic.is_empty()));
    let day = pb::ListAppointmentsRequest {
        hall: HALL.into(),
        day: "2026-05-20".into(),
    };
    let day = stage
        .halls
        .list_appointments(as_caller(&counter, day))
        .await;
    let day = unwrap(day).unwrap().appointments;
    assert_eq!(
        (day.len(), day[0].topic.as_str(), day[0].by_phone),
        (1, "conflict", true)
    );
    assert_eq!(stage.raised("held").await, 1);
    // And may be booked again.
    stage
        .send(
            &stage.citizen(1),
            talk("t5", [1, 2], true, "2026-05-21T09:00"),
        )
        .await
        .unwrap();
}

#[tokio::test]
async fn a_talk_nobody_noted_is_closed_when_its_day_is_over() {
    let stage = Stage::new().await;
    let session = talk("t1", [1, 2], false, "2026-05-20T09:00");
    let session = stage.send(&stage.citizen(1), session).await.unwrap();
    stage.at("2026-05-21T08:00");
    assert_eq!(no_show::sweep(&stage.rt).await.unwrap(), 1);
    // It was held all the same: late is better than never.
    let late = note("k1", &session.number, true, "parenting");
    let counter = clerk(&HALL[..6]);
    let late = stage
        .halls
        .record_counselling(as_caller(&counter, late))
        .await;
    assert_eq!(unwrap(late).unwrap().state, "arrived");
}

#[tokio::test]
async fn a_couple_may_wish_for_a_ceremony() {
    let stage = Stage::new().await;
    let festive = |key: &str, kind: &str, guests| {
        let mut wish = wish(key, [1, 2], HALL, "2026-05-20T09:00");
        wish.kind = kind.into();
        wish.ceremony = true;
        wish.guests = guests;
        wish
    };
    let citizen = stage.citizen(1);
    for (wish, field) in [
        (festive("f1", "marriage", 21), "/guests"),
        (festive("f2", "marriage", -1), "/guests"),
        (festive("f3", "divorce", 2), "/ceremony"),
        (
            pb::BookRequest {
                ceremony: false,
                ..festive("f4", "marriage", 2)
            },
            "/guests",
        ),
        (
            pb::BookRequest {
                ceremony: false,
                by_phone: true,
                ..festive("f5", "marriage", 0)
            },
            "/by_phone",
        ),
    ] {
        let refused = stage.send(&citizen, wish).await.unwrap_err();
        assert_eq!(
            (refused.code, refused.fields[0].field.as_str()),
            (Code::InvalidInput, field)
        );
    }
    let booked = stage
        .send(&citizen, festive("f6", "marriage", 20))
        .await
        .unwrap();
    assert!(booked.ceremony && booked.guests == 20);
    let day = pb::ListAppointmentsRequest {
        hall: HALL.into(),
        day: "2026-05-20".into(),
    };
    let day = stage
        .halls
        .list_appointments(as_caller(&clerk(&HALL[..6]), day))
        .await;
    let day = unwrap(day).unwrap().appointments;
    assert!(day[0].ceremony && day[0].guests == 20);
}
