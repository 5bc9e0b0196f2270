//! What the gateway tells families of graves that were swept for them.

use prost::Message as _;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    ids,
    inbox::{Handler as _, Incoming},
};
use yiwang_gateway::messages::CaseMessages;
use yiwang_proto::burial::v1::VisitChanged;

use crate::harness::{Gateway, id_number};

fn incoming(payload: Vec<u8>) -> Incoming {
    let now = SystemClock.now();
    Incoming {
        id: ids::new(now),
        event_type: "yiwang.burial.visit.entered.v1".to_owned(),
        source: "burial".to_owned(),
        subject: "yiwang.burial.visit.entered".to_owned(),
        aggregate: "visit".to_owned(),
        aggregate_id: "JS421224270404000000197".to_owned(),
        version: 2,
        occurred_at: now,
        traceparent: None,
        payload,
    }
}

#[tokio::test]
async fn a_family_hears_of_a_sweep_on_its_behalf_and_of_nothing_else() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let mut conn = gateway.db.pool.acquire().await.unwrap();
    // Whoever came themselves is told nothing.
    for message in ["", "青松公墓已经为您代祭：已擦拭墓碑。"] {
        let changed = VisitChanged {
            number: "JS421224270404000000197".to_owned(),
            account: account.to_string(),
            message: message.to_owned(),
            ..VisitChanged::default()
        };
        let event = incoming(changed.encode_to_vec());
        CaseMessages.handle(&mut conn, &event).await.unwrap();
    }
    let told: Vec<(String, String)> =
        sqlx::query_as("select case_number, text from gateway.message where account = $1")
            .bind(account)
            .fetch_all(&gateway.db.pool)
            .await
            .unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "JS421224270404000000197");
    assert!(told[0].1.contains("代祭"));
}
