//! A report of harm to a child: whatever goes wrong, nothing typed is lost and the page says whom
//! to call. And what the inbox may say of a child: nothing.

use axum_extra::extract::cookie::CookieJar;
use prost::Message as _;
use reqwest::{Method, Response};
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    ids,
    inbox::{Handler as _, Incoming},
};
use yiwang_gateway::{messages::CaseMessages, security::csrf};
use yiwang_proto::event::v1::CaseChanged;

use crate::harness::{Gateway, failure, id_number};

const SEEN: &str = "手臂上都是伤，不敢回家";

async fn report(gateway: &Gateway, csrf: &str, cookie: &str, county: &str) -> Response {
    let fields = [
        ("csrf", csrf),
        ("key", "one"),
        ("danger", "yes"),
        ("happened", SEEN),
        ("county", county),
        ("grounds", "4"),
    ];
    let request = gateway
        .request(Method::POST, "/child/report")
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(serde_urlencoded::to_string(fields).unwrap());
    request.send().await.unwrap()
}

fn token(gateway: &Gateway) -> (String, String) {
    let (jar, token) = csrf::issue(&gateway.state, CookieJar::new());
    let cookie = jar.iter().next().unwrap();
    (token, format!("{}={}", cookie.name(), cookie.value()))
}

#[tokio::test]
async fn nothing_typed_about_a_child_is_lost() {
    let gateway = Gateway::start_with(|config, _| config.limits.sign_in = 4).await;
    let (csrf, cookie) = token(&gateway);
    let mut answers = vec![];
    // A page that was open too long; a place that nobody knows; a service that is away; all
    // reports of a minute.
    answers.push((403, report(&gateway, "", &cookie, "竹山县").await));
    answers.push((422, report(&gateway, &csrf, &cookie, "没有这个县").await));
    answers.push((404, report(&gateway, &csrf, &cookie, "竹山县").await));
    report(&gateway, &csrf, &cookie, "竹山县").await;
    answers.push((429, report(&gateway, &csrf, &cookie, "竹山县").await));
    for (status, answer) in answers {
        assert_eq!(answer.status(), status);
        let headers = answer.headers().clone();
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers.contains_key("retry-after"), status == 429);
        let page = answer.text().await.unwrap();
        assert!(page.contains(SEEN), "{status}: the words are gone");
        assert!(page.contains(r#"value="4" checked"#), "{status}");
        assert!(page.contains(r#"href="tel:110""#), "{status}");
        assert!(page.contains("快速离开"), "{status}");
    }
}

#[tokio::test]
async fn over_rest_too_many_reports_are_told_whom_to_call() {
    let gateway = Gateway::start_with(|config, _| config.limits.sign_in = 1).await;
    let body = serde_json::json!({ "division": "420323", "happened": SEEN });
    let post = || gateway.post("/api/v1/child/reports", &body);
    assert_eq!(failure(post().await).await.1, "IDEMPOTENCY_KEY_MISSING");
    let refused = post().await;
    assert_eq!(refused.status(), 429);
    let said = refused.text().await.unwrap();
    assert!(said.contains("110") && said.contains("12345"), "{said}");
}

#[tokio::test]
async fn the_inbox_says_nothing_of_a_child() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let now = SystemClock.now();
    let changed = CaseChanged {
        number: "GE420323260512000001".into(),
        item: "orphan".into(),
        item_title: "孤儿认定".into(),
        state_label: "待核实".into(),
        account: account.to_string(),
        message: "请补交李小明父亲的死亡证明。".into(),
        ..CaseChanged::default()
    };
    let event = Incoming {
        id: ids::new(now),
        event_type: "yiwang.child.case.changed.v1".to_owned(),
        source: "child".to_owned(),
        subject: "yiwang.child.case.changed".to_owned(),
        aggregate: "case".to_owned(),
        aggregate_id: changed.number.clone(),
        version: 1,
        occurred_at: now,
        traceparent: None,
        payload: changed.encode_to_vec(),
    };
    let mut conn = gateway.db.pool.acquire().await.unwrap();
    CaseMessages.handle(&mut conn, &event).await.unwrap();
    let all: String = sqlx::query_scalar(
        "select item || item_title || state_label || text from gateway.message where account = $1",
    )
    .bind(account)
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    for word in ["李小明", "孤儿", "orphan", "待核实"] {
        assert!(!all.contains(word), "{all}");
    }
}
