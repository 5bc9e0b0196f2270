//! A visit that nobody made: the supervisor is alarmed the next day, the county a week later.

use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_chassis::identity::Caller;
use yiwang_proto::child::v1::{self as pb, welfare_server::Welfare as _};

use super::desk::{Desk, seen};

async fn late(desk: &Desk, caller: &Caller) -> Vec<pb::OverdueVisit> {
    let request = pb::ListOverdueRequest::default();
    unwrap(desk.welfare.list_overdue(as_caller(caller, request)).await)
        .unwrap()
        .visits
}

#[tokio::test(flavor = "multi_thread")]
async fn late_visits_climb_and_a_visit_ends_the_alarm() {
    let desk = Desk::new().await;
    let number = desk.served("20160512", 1).await;
    desk.world.go_to("2026-06-12T23:00:00").await;
    assert_eq!(desk.day(&desk.worker).await.visits[0].urgency, "due");
    assert!(late(&desk, &desk.supervisor).await.is_empty());
    desk.world.go_to("2026-06-13T08:00:00").await;
    let visit = &desk.day(&desk.worker).await.visits[0];
    assert_eq!(
        (visit.urgency.as_str(), visit.last_visit.as_str()),
        ("overdue", "")
    );
    assert_eq!(visit.address, "北大街3组12号");
    let one = &late(&desk, &desk.supervisor).await[0];
    assert_eq!((one.alarm.as_str(), one.days_late), ("supervisor", 1));
    assert!(late(&desk, &desk.county).await.is_empty());
    assert!(late(&desk, &desk.neighbour).await.is_empty());
    let told = "select count(*) from chassis.outbox where subject = 'yiwang.child.visit.overdue'";
    assert_eq!(desk.count(told).await, 1);
    desk.world.go_to("2026-06-24T08:00:00").await;
    assert_eq!(late(&desk, &desk.county).await[0].alarm, "county");
    desk.act(&desk.worker, &number, "visit", seen())
        .await
        .unwrap();
    assert!(late(&desk, &desk.supervisor).await.is_empty());
    assert_eq!(desk.world.text("select alarm from child.file").await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_talk_over_the_phone_is_no_visit() {
    let desk = Desk::new().await;
    let number = desk.served("20160512", 1).await;
    desk.world.go_to("2026-06-01T08:00:00").await;
    let mut talk = seen();
    talk["place"] = "phone".into();
    let case = desk
        .act(&desk.worker, &number, "visit", talk)
        .await
        .unwrap();
    let next = case.clocks.iter().find(|clock| clock.name == "visit");
    assert_eq!(next.unwrap().last_day, "2026-06-12");
}
