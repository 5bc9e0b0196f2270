//! An hour without connection: everything arrives once, though it is sent three times in any order.

use serde_json::json;
use uuid::Uuid;
use yiwang_chassis::clock::Clock as _;
use yiwang_proto::rescue::v1::{self as pb, patrols_server::Patrols as _};

use super::{Street, coat, met};
use crate::{
    stay_desk::XIANNING,
    world::{as_caller, unwrap},
};

/// Visits written in that hour.
const VISITS: u128 = 12;

async fn under_way(street: &Street) -> String {
    let plan = pb::PlanPatrolRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        station: XIANNING.to_owned(),
        area: "温泉城区".to_owned(),
        route: "车站、大桥、商场".to_owned(),
        starts_at: "2026-05-12T08:30".to_owned(),
        ends_at: "2026-05-12T11:30".to_owned(),
        partners: vec!["civil".to_owned(), "police".to_owned()],
        ..Default::default()
    };
    let planned = street
        .patrols
        .plan_patrol(as_caller(&street.county, plan))
        .await;
    let patrol = unwrap(planned).unwrap();
    let change = change(&patrol.id, "");
    let started = street
        .patrols
        .start_patrol(as_caller(&street.first, change))
        .await;
    assert_eq!(unwrap(started).unwrap().state, "under_way");
    patrol.id
}

fn change(patrol: &str, summary: &str) -> pb::ChangePatrolRequest {
    pb::ChangePatrolRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        patrol: patrol.to_owned(),
        summary: summary.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_visits_arrive_once_though_sent_three_times_in_any_order() {
    let street = Street::new().await;
    let patrol = under_way(&street).await;
    let mut rows = Vec::new();
    let mut points = Vec::new();
    for nth in 1..=VISITS {
        street.later(5);
        let outcome = if nth % 2 == 0 { "declined" } else { "willing" };
        let mut fields = met(outcome);
        fields["articles"] = json!([{ "article": coat(), "quantity": 1 }]);
        let mut first = street.row(nth, (1, 0), &fields);
        first.patrol.clone_from(&patrol);
        // Written over while still offline: the later row stands for both.
        fields["note"] = "已给棉衣".into();
        let mut later = street.row(nth, (2, 0), &fields);
        later.patrol.clone_from(&patrol);
        rows.extend([first, later]);
        points.push(pb::CheckInPoint {
            id: Uuid::from_u128(1_000 + nth).to_string(),
            at: street.world.clock.now().to_string(),
            place: format!("第{nth}处"),
            latitude: 29.85,
            longitude: 114.32,
            by: String::new(),
        });
    }
    // Back on line: all of it, backwards, and interleaved; two calls at the same instant.
    let backwards: Vec<_> = rows.iter().rev().cloned().collect();
    let mut mixed = rows.clone();
    mixed.rotate_left(7);
    let both = tokio::join!(
        street.sync(&street.first, 7, backwards),
        street.sync(&street.first, 7, mixed)
    );
    let third = street.sync(&street.first, 7, rows).await.unwrap();
    let mut answers = both.0.unwrap();
    answers.extend(both.1.unwrap());
    answers.extend(third);
    assert!(
        answers
            .iter()
            .all(|one| matches!(one.result.as_str(), "stored" | "same"))
    );
    let stored = answers.iter().filter(|one| one.result == "stored").count();
    assert!((12..=24).contains(&stored), "{stored}");
    assert_eq!(
        street.count("select count(*) from rescue.encounter").await,
        12
    );
    assert_eq!(
        street.count("select count(*) from rescue.conflict").await,
        0
    );
    let given =
        "select -sum(quantity)::bigint from rescue.article_move where encounter is not null";
    assert_eq!(street.count(given).await, 12);
    for nth in 1..=VISITS {
        let one = street.get(nth).await;
        assert!(one.fields.contains("已给棉衣"), "the last word stands");
        // When the visit was, not when it came.
        assert!(one.at < one.received_at || nth == VISITS);
    }
    // One event for each change, in the transaction that stored it.
    let events = "select count(*) from chassis.outbox
                   where subject = 'yiwang.rescue.encounter.written'";
    assert_eq!(street.count(events).await, i64::try_from(stored).unwrap());
    for nth in 0..3 {
        points.rotate_left(nth);
        let request = pb::CheckInRequest {
            patrol: patrol.clone(),
            points: points.clone(),
        };
        let answer = street
            .patrols
            .check_in(as_caller(&street.first, request))
            .await;
        let answer = unwrap(answer).unwrap();
        let new = if nth == 0 { 12 } else { 0 };
        assert_eq!((answer.stored, answer.known), (new, 12 - new));
    }
    let done = change(&patrol, "劝导12人，6人愿意到站");
    let done = street
        .patrols
        .finish_patrol(as_caller(&street.first, done))
        .await;
    let done = unwrap(done).unwrap();
    assert_eq!(
        (done.state.as_str(), done.encounters, done.check_ins),
        ("done", 12, 12)
    );
    let late = change(&patrol, "下雨");
    let late = street
        .patrols
        .cancel_patrol(as_caller(&street.first, late))
        .await;
    assert_eq!(unwrap(late).unwrap_err().reason, "WRONG_STATE");
}
