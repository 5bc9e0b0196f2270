//! One-things that somebody starts for themselves, or an office for somebody; and what people say of
//! them when they are over.

use serde_json::{Value, json};
use yiwang_chassis::identity::Role;

use crate::harness::{Gateway, failure, id_number};

async fn number_of(answer: reqwest::Response) -> String {
    assert_eq!(answer.status(), 201);
    let body: Value = answer.json().await.unwrap();
    body["number"].as_str().unwrap().to_owned()
}

async fn listed(gateway: &Gateway, token: &str) -> Vec<Value> {
    let answer = gateway.get("/api/v1/one-things", token).await;
    let body: Value = answer.json().await.unwrap();
    body["one_things"].as_array().unwrap().clone()
}

fn home(name: &str) -> Value {
    json!({"code": "eldercare-home", "form": {
        "name": name, "kind": "nonprofit", "place": "420323100", "address": "人民路1号",
        "beds": 60, "phone": "13800001234", "canteen": true, "clinic": false, "subsidy": true,
        "consent": true,
    }})
}

#[tokio::test]
async fn a_station_brings_somebody_home_who_may_follow_it() {
    let gateway = Gateway::start().await;
    let id = id_number("19600512", 101);
    gateway.citizen("returned", &id).await;
    gateway.citizen("other", &id_number("19610512", 103)).await;
    let (returned, _) = gateway.tokens("returned").await;
    let (other, _) = gateway.tokens("other").await;
    let worker = id_number("19850512", 105);
    let station = gateway
        .holds("station9", &worker, Role::Station, "421202")
        .await;
    let body = json!({"code": "homecoming", "form": {
        "name": "张德福", "id_number": id, "household": "420323100", "phone": "13800001234",
        "household_lost": true, "medical": true, "disability": false, "assistance": true,
    }});
    let refused = gateway.say(&other, "/api/v1/one-things", "k", &body).await;
    assert_eq!(failure(refused).await.0, 403, "an office starts it");
    let number = number_of(
        gateway
            .say(&station, "/api/v1/one-things", "k", &body)
            .await,
    )
    .await;
    assert!(number.starts_with("FX420323"), "{number}");
    assert_eq!(listed(&gateway, &returned).await[0]["number"], number);
    let path = format!("/api/v1/one-things/{number}");
    assert_eq!(gateway.get(&path, &returned).await.status(), 200);
    assert_eq!(failure(gateway.get(&path, &other).await).await.0, 404);
    let withdraw = format!("{path}/withdraw");
    let refused = gateway.say(&returned, &withdraw, "w", &json!({})).await;
    assert_eq!(
        failure(refused).await.0,
        404,
        "only the station takes it back"
    );
}

#[tokio::test]
async fn two_homes_are_two_one_things_and_only_the_founder_says_that_it_opens() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("founder", &id_number("19700512", 101))
        .await;
    gateway.citizen("other", &id_number("19610512", 103)).await;
    let (founder, _) = gateway.tokens("founder").await;
    let (other, _) = gateway.tokens("other").await;
    let start = async |key: &str, name: &str| {
        let body = home(name);
        number_of(
            gateway
                .say(&founder, "/api/v1/one-things", key, &body)
                .await,
        )
        .await
    };
    let first = start("k1", "幸福养老院").await;
    assert_eq!(start("k2", "幸福养老院").await, first);
    assert_ne!(start("k3", "夕阳红养老院").await, first);
    assert_eq!(listed(&gateway, &founder).await.len(), 2);
    let answer = |step: &str| format!("/api/v1/one-things/{first}/steps/{step}/answer");
    let opened = gateway
        .say(&founder, &answer("opening"), "a", &json!({}))
        .await;
    assert_eq!(opened.status(), 202);
    for (token, step) in [(&other, "opening"), (&founder, "filing"), (&founder, "tea")] {
        let refused = gateway.say(token, &answer(step), "b", &json!({})).await;
        assert_eq!(failure(refused).await.0, 404, "{step}");
    }
}

#[tokio::test]
async fn what_is_over_is_rated_once_and_a_bad_one_is_answered_to_nobody_knows_whom() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("founder", &id_number("19700512", 101))
        .await;
    gateway.citizen("other", &id_number("19610512", 103)).await;
    let (founder, _) = gateway.tokens("founder").await;
    let (other, _) = gateway.tokens("other").await;
    let body = home("幸福养老院");
    let number = number_of(
        gateway
            .say(&founder, "/api/v1/one-things", "k", &body)
            .await,
    )
    .await;
    let rating = json!({"number": number, "level": 1, "words": "跑了三趟。"});
    let rate = async |token: &str, key: &str, rating: &Value| {
        gateway.say(token, "/api/v1/ratings", key, rating).await
    };
    let early = failure(rate(&founder, "r", &rating).await).await;
    assert_eq!(early.1, "NOT_OVER");
    sqlx::query("update gateway.one_thing set state = 'done', finished_at = started_at")
        .execute(&gateway.db.pool)
        .await
        .unwrap();
    assert_eq!(failure(rate(&other, "r", &rating).await).await.0, 404);
    let much = json!({"number": number, "level": 6});
    assert_eq!(failure(rate(&founder, "m", &much).await).await.0, 422);
    for _ in 0..2 {
        assert_eq!(rate(&founder, "r", &rating).await.status(), 201);
    }
    let again = failure(rate(&founder, "again", &rating).await).await;
    assert_eq!(again.1, "RATED_BEFORE");

    let here = id_number("19850512", 105);
    let here = gateway
        .holds("here", &here, Role::CountyOfficer, "420323")
        .await;
    let elsewhere = id_number("19860512", 107);
    let elsewhere = gateway
        .holds("elsewhere", &elsewhere, Role::CountyOfficer, "421200")
        .await;
    assert_eq!(
        failure(gateway.get("/api/v1/ratings", &founder).await)
            .await
            .0,
        403
    );
    let far: Value = gateway
        .get("/api/v1/ratings", &elsewhere)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(far["bad"], json!([]));
    let near: Value = gateway
        .get("/api/v1/ratings", &here)
        .await
        .json()
        .await
        .unwrap();
    let bad = &near["bad"][0];
    assert_eq!(bad["words"], "跑了三趟。");
    assert!(bad["due_on"].is_string(), "{near}");
    assert!(!near.to_string().contains(&number), "it tells who rated");
    let path = format!("/api/v1/ratings/{}/answer", bad["id"].as_str().unwrap());
    let text = json!({"answer": "已经核实，以后一次告知。"});
    let refused = gateway.say(&elsewhere, &path, "a", &text).await;
    assert_eq!(failure(refused).await.0, 404);
    let silent = gateway.say(&here, &path, "a", &json!({"answer": ""})).await;
    assert_eq!(failure(silent).await.0, 422);
    for _ in 0..2 {
        assert_eq!(gateway.say(&here, &path, "a", &text).await.status(), 204);
    }
    let inbox = gateway
        .get("/api/v1/messages", &founder)
        .await
        .text()
        .await
        .unwrap();
    assert!(inbox.contains("以后一次告知"), "{inbox}");
}
