//! Grave-sweeping visits: booked, given back, let in once, missed.

mod rush;
mod stage;

use yiwang_burial::visits::no_show;
use yiwang_chassis::{fault::Code, identity::Role};
use yiwang_proto::burial::v1::{self as pb, visits_server::Visits};

use self::stage::{Stage, photo, wish};
use crate::world::{as_caller, officer, unwrap};

use tonic::Request;
use yiwang_burial::places::demo::{CEMETERY, COLUMBARIUM, ZHUSHAN};

#[tokio::test]
async fn the_database_has_the_last_word_on_overselling() {
    let stage = Stage::new().await;
    stage.book(1, "2027-04-04T09:00", 4).await.unwrap();
    let oversold = sqlx::query("update burial.visit_slot set booked = capacity + 1")
        .execute(stage.pool())
        .await;
    let error = oversold.unwrap_err();
    let constraint = error.as_database_error().unwrap().constraint().unwrap();
    assert_eq!(constraint, "visits_not_oversold");
}

#[tokio::test]
async fn people_are_counted_and_a_family_that_does_not_fit_hears_of_other_times() {
    let stage = Stage::new().await;
    let time = "2027-04-04T09:00";
    stage.room(CEMETERY, 8).await;
    let first = stage.book(1, time, 4).await.unwrap();
    assert_eq!((first.companions.len(), &*first.state), (4, "booked"));
    assert_eq!(stage.free(time).await, 3);
    // Five do not fit, three do.
    let refused = stage.book(2, time, 4).await.unwrap_err();
    assert_eq!(
        (refused.code, &*refused.reason),
        (Code::PreconditionFailed, "VISITS_FULL")
    );
    assert!(
        refused.fields[0].message.starts_with("2027-04-04T08:00"),
        "{refused:?}"
    );
    stage.book(3, time, 2).await.unwrap();
    assert_eq!(stage.free(time).await, 0);
    let alone = stage.book(4, time, 0).await.unwrap_err();
    assert_eq!(alone.reason, "VISITS_FULL");
    // The same call again gets the same answer, although all is full.
    let mut again = wish("book-1", time, 4);
    assert_eq!(
        stage.send(&stage.citizen(1), again.clone()).await.unwrap(),
        first
    );
    again.phone = "13900001234".into();
    let other = stage.send(&stage.citizen(1), again).await.unwrap_err();
    assert_eq!(other.code, Code::IdempotencyMismatch);
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field() {
    let stage = Stage::new().await;
    let right = wish("k", "2027-04-04T09:00", 1);
    let cases: [(&str, &str, pb::BookVisitRequest); 8] = [
        ("/companions", "TOO_MANY", wish("k", "2027-04-04T09:00", 5)),
        (
            "/cars",
            "TOO_MANY",
            pb::BookVisitRequest {
                cars: 2,
                ..right.clone()
            },
        ),
        (
            "/phone",
            "PHONE",
            pb::BookVisitRequest {
                phone: "没有".into(),
                ..right.clone()
            },
        ),
        (
            "/kind",
            "NOT_OFFERED",
            pb::BookVisitRequest {
                kind: "x".into(),
                ..right.clone()
            },
        ),
        (
            "/place",
            "REQUIRED",
            pb::BookVisitRequest {
                kind: "on_behalf".into(),
                companions: vec![],
                cars: 0,
                ..right.clone()
            },
        ),
        ("/starts_at", "TOO_EARLY", wish("k", "2027-04-09T09:00", 1)),
        ("/starts_at", "TOO_LATE", wish("k", "2027-03-31T09:00", 1)),
        (
            "/starts_at",
            "NO_SUCH_TIME",
            wish("k", "2027-04-04T09:10", 1),
        ),
    ];
    for (field, reason, request) in cases {
        let fault = stage.send(&stage.citizen(1), request).await.unwrap_err();
        let found = (&*fault.fields[0].field, &*fault.fields[0].reason);
        assert_eq!(found, (field, reason), "{fault:?}");
    }
    // Real names only.
    let mut typed = stage.citizen(1);
    typed.grants.clear();
    let fault = stage.send(&typed, right.clone()).await.unwrap_err();
    assert_eq!(
        (fault.code, &*fault.reason),
        (Code::Forbidden, "NOT_VERIFIED")
    );
    // One visit a day.
    stage.send(&stage.citizen(1), right).await.unwrap();
    let twice = stage
        .send(&stage.citizen(1), wish("k2", "2027-04-04T15:00", 0))
        .await;
    assert_eq!(twice.unwrap_err().reason, "ALREADY_BOOKED");
}

#[tokio::test]
async fn a_cancelled_place_is_free_at_once() {
    let stage = Stage::new().await;
    let time = "2027-04-04T09:00";
    stage.room(CEMETERY, 5).await;
    let first = stage.book(1, time, 4).await.unwrap();
    let stranger = stage.cancel(2, &first.number, "x").await.unwrap_err();
    assert_eq!(
        (stranger.code, &*stranger.reason),
        (Code::NotFound, "VISIT_NOT_FOUND")
    );
    let cancelled = stage.cancel(1, &first.number, "c").await.unwrap();
    assert_eq!(cancelled.state, "cancelled");
    assert_eq!(stage.free(time).await, 5);
    assert_eq!(
        stage.cancel(1, &first.number, "c").await.unwrap(),
        cancelled
    );
    let again = stage.cancel(1, &first.number, "c2").await.unwrap_err();
    assert_eq!(again.reason, "NOT_BOOKED");
    assert_eq!(stage.free(time).await, 5);
    stage.book(2, time, 4).await.unwrap();
    // Whoever gave it back may book the day again.
    stage.book(1, "2027-04-04T10:00", 0).await.unwrap();
    assert_eq!(stage.audited("visit.cancelled").await, 1);
    assert_eq!(stage.raised("cancelled").await, 1);
}

#[tokio::test]
async fn the_gate_lets_in_once_on_the_right_day_at_the_right_place() {
    let stage = Stage::new().await;
    let visit = stage.book(1, "2027-04-04T09:00", 2).await.unwrap();
    let enter = |key: &'static str, facility: &'static str, number: String| {
        stage.enter(&stage.gate, key, facility, number, "")
    };
    let code = visit.number.clone();
    let reason = |fault: yiwang_chassis::fault::Fault| fault.reason.to_string();
    let wrong_day = enter("e0", CEMETERY, code.clone()).await.unwrap_err();
    assert_eq!(reason(wrong_day), "WRONG_DAY");
    stage.at("2027-04-04T08:29");
    let early = enter("e1", CEMETERY, code.clone()).await.unwrap_err();
    assert_eq!(reason(early), "TOO_EARLY");
    stage.at("2027-04-04T08:30");
    let elsewhere = enter("e2", COLUMBARIUM, code.clone()).await.unwrap_err();
    assert_eq!(reason(elsewhere), "WRONG_PLACE");
    let mut mistyped = code.clone();
    let last = mistyped.pop().unwrap();
    mistyped.push(if last == '0' { '1' } else { '0' });
    let mistyped = enter("e3", CEMETERY, mistyped).await.unwrap_err();
    assert_eq!(mistyped.fields[0].reason, "NUMBER");
    // Staff of elsewhere, clerks and the family itself do not open the gate.
    for (caller, facility) in [
        (officer(702, "外县", Role::Funeral, "420323"), CEMETERY),
        (officer(703, "窗口", Role::Clerk, "421224"), CEMETERY),
        (stage.citizen(1), CEMETERY),
        (stage.gate.clone(), ZHUSHAN),
    ] {
        let refused = stage.enter(&caller, "f", facility, code.clone(), "").await;
        assert_eq!(refused.unwrap_err().code, Code::Forbidden);
    }
    // Typed with blanks and small letters; the name is masked at the gate.
    let typed = format!(" {} ", code.to_lowercase());
    let entered = enter("e4", CEMETERY, typed.clone()).await.unwrap();
    assert_eq!((&*entered.state, &*entered.name), ("entered", "张*"));
    assert_eq!(enter("e4", CEMETERY, typed).await.unwrap(), entered);
    let twice = enter("e5", CEMETERY, code.clone()).await.unwrap_err();
    assert_eq!(reason(twice), "ALREADY_ENTERED");
    let given_back = stage.cancel(1, &code, "late").await.unwrap_err();
    assert_eq!(given_back.reason, "NOT_BOOKED");
    assert_eq!(stage.audited("visit.entered").await, 1);

    let list = pb::ListVisitsOfDayRequest {
        facility: CEMETERY.into(),
        day: String::new(),
    };
    let list = stage
        .visits
        .list_visits_of_day(as_caller(&stage.gate, list))
        .await;
    let list = unwrap(list).unwrap().visits;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].companions[0].name, "李*");
    assert_eq!(stage.audited("visit.list").await, 1);
}

#[tokio::test]
async fn whoever_did_not_come_may_book_again_and_a_sweep_on_behalf_is_owed() {
    let stage = Stage::new().await;
    let time = "2027-04-04T09:00";
    let missed = stage.book(1, time, 1).await.unwrap();
    let mut behalf = wish("b", time, 0);
    behalf.kind = "on_behalf".into();
    behalf.cars = 0;
    behalf.place = "张德福，松鹤区3排5号".into();
    let behalf = stage.send(&stage.citizen(2), behalf).await.unwrap();
    stage.at("2027-04-04T11:00");
    assert_eq!(no_show::sweep(stage.rt()).await.unwrap(), 0);
    stage.at("2027-04-04T11:01");
    assert_eq!(no_show::sweep(stage.rt()).await.unwrap(), 1);
    assert_eq!(no_show::sweep(stage.rt()).await.unwrap(), 0);
    let own = as_caller(&stage.citizen(1), pb::ListOwnVisitsRequest {});
    let own = unwrap(stage.visits.list_own_visits(own).await)
        .unwrap()
        .visits;
    assert_eq!(own[0].state, "no_show");
    assert_eq!(stage.raised("no_show").await, 1);
    let late = stage
        .enter(&stage.gate, "e", CEMETERY, missed.number, "")
        .await;
    assert_eq!(late.unwrap_err().reason, "NO_SHOW");
    stage.book(1, "2027-04-04T15:00", 0).await.unwrap();

    let number = behalf.number;
    let silent = stage
        .enter(&stage.gate, "s", CEMETERY, number.clone(), "")
        .await;
    let silent = silent.unwrap_err();
    let asked: Vec<_> = silent.fields.iter().map(|one| &*one.field).collect();
    assert_eq!(asked, ["/note", "/photos"]);
    let note = "已擦拭墓碑，献菊花一束。";
    let swept = stage
        .enter(&stage.gate, "s2", CEMETERY, number, note)
        .await
        .unwrap();
    assert_eq!((&*swept.state, &*swept.note), ("entered", note));
    let own = as_caller(&stage.citizen(2), pb::ListOwnVisitsRequest {});
    let own = unwrap(stage.visits.list_own_visits(own).await)
        .unwrap()
        .visits;
    assert_eq!(own[0].note, note);
    // What was photographed is for the family, and only photos are.
    assert_eq!(own[0].photos, [photo()]);
}

#[tokio::test]
async fn a_day_opens_seven_days_ahead_and_is_full_when_all_its_times_are() {
    let stage = Stage::new().await;
    stage.room(CEMETERY, 1).await;
    let days = pb::ListVisitDaysRequest {
        facility: CEMETERY.into(),
    };
    let days = unwrap(stage.visits.list_visit_days(Request::new(days)).await)
        .unwrap()
        .days;
    let found: Vec<_> = days
        .iter()
        .map(|day| (&*day.day, &*day.festival, day.free))
        .collect();
    assert_eq!(found.len(), 8);
    // From nine o'clock on 2027-04-01: 10:00 to 17:00 are left of twelve.
    assert_eq!(found[0], ("2027-04-01", "清明", 8));
    assert_eq!(found[7], ("2027-04-08", "清明", 12));
    for hour in 6..18 {
        let time = format!("2027-04-04T{hour:02}:00");
        stage.book(10 + hour, &time, 0).await.unwrap();
    }
    let days = pb::ListVisitDaysRequest {
        facility: CEMETERY.into(),
    };
    let days = unwrap(stage.visits.list_visit_days(Request::new(days)).await)
        .unwrap()
        .days;
    assert_eq!((&*days[3].state, days[3].free), ("full", 0));
    let closed = stage.slots("2027-04-09").await;
    assert!(closed.slots.is_empty() && closed.closed.contains("还没有开放"));
    let listed = pb::ListVisitFacilitiesRequest {
        division: "421224".into(),
    };
    let listed = unwrap(
        stage
            .visits
            .list_visit_facilities(Request::new(listed))
            .await,
    )
    .unwrap();
    assert_eq!(listed.facilities.len(), 2);
    assert_eq!(
        (
            listed.facilities[0].most_companions,
            listed.facilities[0].most_cars
        ),
        (4, 1)
    );
}
