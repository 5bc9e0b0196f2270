//! The demonstration: there when configured, and nowhere else.

use serde_json::{Value, json};
use yiwang_gateway::{config, demo};

use crate::harness::{Gateway, failure, read_tokens};

async fn demonstration() -> Gateway {
    let gateway = Gateway::start_with(|config, dir| {
        let clock_file = dir.path().join("demo-clock");
        config.demo = Some(config::Demo {
            clock_file,
            accounts: true,
            pictures: false,
        });
    })
    .await;
    demo::seed(gateway.state.accounts()).await.unwrap();
    gateway
}

#[tokio::test]
async fn every_published_account_signs_in_again_and_again() {
    let gateway = demonstration().await;
    // A second start finds them.
    demo::seed(gateway.state.accounts()).await.unwrap();
    for _ in 0..2 {
        let codes = gateway.state.demo().unwrap().totp_codes().await.unwrap();
        assert_eq!(codes.len(), demo::ACCOUNTS.len());
        for found in codes {
            assert_eq!(found.code.is_some(), found.account.is_staff());
            let login = found.account.login;
            let answer = gateway
                .sign_in(login, demo::PASSWORD, found.code.as_deref())
                .await;
            assert_eq!(answer.status(), 200, "{login}");
            read_tokens(answer).await;
        }
    }
}

#[tokio::test]
async fn the_demo_clock_only_moves_forward() {
    let gateway = demonstration().await;
    let now = async || -> jiff::Timestamp {
        let body: Value = gateway
            .get("/api/v1/demo/clock", "")
            .await
            .json()
            .await
            .unwrap();
        body["now"].as_str().unwrap().parse().unwrap()
    };
    let before = now().await;
    let moved = gateway
        .post("/api/v1/demo/clock", &json!({ "advance": "P7D" }))
        .await;
    assert_eq!(moved.status(), 200);
    let week = now().await.duration_since(before);
    assert!((week.as_secs() - 7 * 24 * 3600).abs() < 60, "{week}");
    let body: Value = gateway
        .post(
            "/api/v1/demo/clock",
            &json!({ "set": "2099-05-12T09:00:00+08:00" }),
        )
        .await
        .json()
        .await
        .unwrap();
    assert!(
        body["now"]
            .as_str()
            .unwrap()
            .starts_with("2099-05-12T09:00:0"),
        "{body}"
    );
    for wrong in [
        json!({ "set": "2026-05-12T09:00:00+08:00" }),
        json!({ "advance": "-P1D" }),
        json!({ "advance": "a week" }),
        json!({ "set": "2026-05-12" }),
        json!({ "set": "2100-01-01T00:00:00+08:00", "advance": "P1D" }),
        json!({}),
    ] {
        let refused = failure(gateway.post("/api/v1/demo/clock", &wrong).await).await;
        assert_eq!(refused.0, 422, "{wrong}");
    }
}

#[tokio::test]
async fn production_has_no_demo() {
    let gateway = Gateway::start().await;
    let answer = gateway.get("/api/v1/demo/clock", "").await;
    assert_eq!(failure(answer).await, (404, "NOT_FOUND".to_owned()));
    let moved = gateway
        .post("/api/v1/demo/clock", &json!({ "advance": "P7D" }))
        .await;
    assert_eq!(failure(moved).await.0, 404);
}
