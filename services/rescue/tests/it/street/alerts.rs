//! Weather alerts over real HTTP: one campaign of each county for each alert.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Query, State},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;
use yiwang_proto::rescue::v1::{self as pb, patrols_server::Patrols as _};
use yiwang_rescue::patrol::weather::Feed;

use super::Street;
use crate::world::{as_caller, client, unwrap};

type Book = Arc<Mutex<Vec<Value>>>;

#[derive(Deserialize)]
struct After {
    after: u64,
}

async fn later(State(book): State<Book>, Query(after): Query<After>) -> Json<Value> {
    let book = book.lock().unwrap();
    let later = book
        .iter()
        .filter(|one| one["sequence"].as_u64() > Some(after.after));
    Json(json!({ "alerts": later.cloned().collect::<Vec<_>>() }))
}

async fn service(street: &Street) -> (Feed, Book) {
    let book = Book::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/weather/v1", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/weather/v1/alerts", get(later))
        .with_state(book.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let feed = Feed {
        runtime: street.world.rt.clone(),
        weather: client(&base),
    };
    (feed, book)
}

fn alert(sequence: u64, reference: &str, kind: &str, division: &str) -> Value {
    json!({ "sequence": sequence, "reference": reference, "kind": kind, "level": "orange",
            "division": division, "title": "寒潮橙色预警", "from": "2026-12-01",
            "to": "2026-12-03", "issued_at": "2026-11-30T08:00:00Z" })
}

async fn campaigns(street: &Street, county: &str) -> pb::CampaignList {
    let request = pb::ListCampaignsRequest {
        county: county.to_owned(),
    };
    unwrap(
        street
            .patrols
            .list_campaigns(tonic::Request::new(request))
            .await,
    )
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_opens_one_campaign_of_each_county_with_its_patrols() {
    let street = Street::new().await;
    street.world.go_to("2026-11-30T17:00:00").await;
    let (feed, book) = service(&street).await;
    assert_eq!(feed.read().await.unwrap(), 0);
    // For the prefecture 咸宁: 咸安 and 嘉鱼 have stations; prolonged once; torn; long over.
    let mut longer = alert(2, "QX1", "cold", "421200");
    longer["level"] = "red".into();
    longer["to"] = "2026-12-05".into();
    let mut over = alert(4, "QX0", "cold", "421200");
    over["from"] = "2026-11-01".into();
    over["to"] = "2026-11-02".into();
    book.lock().unwrap().extend([
        alert(1, "QX1", "cold", "421200"),
        longer,
        json!({ "sequence": 3, "kind": "storm" }),
        over,
    ]);
    let both = tokio::join!(feed.read(), feed.read());
    assert_eq!(both.0.unwrap() + both.1.unwrap(), 4);
    assert_eq!(feed.read().await.unwrap(), 0);
    let list = campaigns(&street, "421202").await;
    assert_eq!(list.season, "winter");
    let [one] = list.campaigns.as_slice() else {
        panic!("{:?}", list.campaigns)
    };
    assert_eq!(
        [&one.kind, &one.state, &one.alert],
        ["winter", "planned", "QX1"]
    );
    assert_eq!(one.patrols, 3, "one each evening");
    assert_eq!(campaigns(&street, "421221").await.campaigns.len(), 1);
    assert!(campaigns(&street, "610902").await.campaigns.is_empty());
    let opened = "select count(*) from chassis.outbox
                   where subject = 'yiwang.rescue.campaign.opened'";
    assert_eq!(street.count(opened).await, 2);
    let request = pb::ListAlertsRequest {
        division: "421202".to_owned(),
    };
    let alerts = street
        .patrols
        .list_alerts(tonic::Request::new(request))
        .await;
    let alerts = unwrap(alerts).unwrap().alerts;
    assert_eq!(alerts.len(), 2);
    assert!(
        alerts
            .iter()
            .any(|one| one.level == "red" && one.to == "2026-12-05")
    );
    // It begins and ends by its days.
    street.world.go_to("2026-12-01T00:10:00").await;
    feed.turn().await.unwrap();
    assert_eq!(
        campaigns(&street, "421202").await.campaigns[0].state,
        "running"
    );
    street.world.go_to("2026-12-04T00:10:00").await;
    feed.turn().await.unwrap();
    assert_eq!(
        campaigns(&street, "421202").await.campaigns[0].state,
        "ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_plans_a_campaign_for_the_season() {
    let street = Street::new().await;
    let plan = |kind: &str, from: &str, to: &str| pb::PlanCampaignRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        kind: kind.to_owned(),
        county: "421202".to_owned(),
        title: "寒冬送温暖".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let denied = plan("winter", "", "");
    let denied = street
        .patrols
        .plan_campaign(as_caller(&street.first, denied))
        .await;
    assert_eq!(unwrap(denied).unwrap_err().reason, "WRONG_ROLE");
    let wrong = plan("winter", "2026-06-01", "2026-07-01");
    let wrong = street
        .patrols
        .plan_campaign(as_caller(&street.county, wrong))
        .await;
    assert_eq!(unwrap(wrong).unwrap_err().fields[0].reason, "WRONG_SEASON");
    let season = plan("winter", "", "");
    let season = street
        .patrols
        .plan_campaign(as_caller(&street.county, season))
        .await;
    let season = unwrap(season).unwrap();
    assert_eq!(
        [&season.from, &season.to, &season.state],
        ["2026-11-01", "2027-03-31", "planned"]
    );
    street.world.go_to("2026-12-20T10:00:00").await;
    let end = pb::EndCampaignRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        id: season.id,
        summary: "救助36人".to_owned(),
    };
    let ended = street
        .patrols
        .end_campaign(as_caller(&street.county, end))
        .await;
    let ended = unwrap(ended).unwrap();
    assert_eq!([&ended.state, &ended.to], ["ended", "2026-12-20"]);
}
