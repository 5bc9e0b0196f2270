//! Electronic certificates as far as the gateway decides by itself: whose signature it is.

use reqwest::{Method, Response, Url};
use serde_json::Value;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    keys::Keys,
};
use yiwang_civic::certificate::{Statement, read_key_set, sign, verify};

use crate::harness::{Gateway, failure, id_number};

fn statement() -> Statement {
    Statement {
        service: "marriage".into(),
        kind: "marriage".into(),
        title: "结婚证".into(),
        number: "J421221-2026-000001".into(),
        issuer: "嘉鱼县民政局婚姻登记处".into(),
        issued_on: jiff::civil::date(2026, 5, 20),
        holders: vec!["张*".into(), "欧**".into()],
    }
}

/// A statement signed with the key of this gateway.
fn signed(gateway: &Gateway) -> String {
    let keys = Keys::load(&gateway.dir.path().join("keys")).unwrap();
    sign(&keys.certificate, &statement(), SystemClock.now())
}

async fn page(gateway: &Gateway, path: &str) -> (u16, String) {
    let answer = gateway.request(Method::GET, path).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn ask(gateway: &Gateway, path: &str, text: &str) -> Response {
    let path = format!("{}{path}", gateway.url);
    let url = Url::parse_with_params(&path, [("c", text)]).unwrap();
    gateway.client.get(url).send().await.unwrap()
}

async fn check(gateway: &Gateway, text: &str) -> Value {
    let answer = ask(gateway, "/api/v1/certificates/check", text).await;
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn the_published_keys_verify_offline() {
    let gateway = Gateway::start().await;
    let (status, keys) = page(&gateway, "/.well-known/yiwang-certificate-keys.json").await;
    assert_eq!(status, 200);
    assert!(!keys.contains("\"d\""), "no private part: {keys}");
    let keys = read_key_set(&keys).unwrap();
    assert_eq!(verify(&keys, &signed(&gateway)), Ok(statement()));
}

#[tokio::test]
async fn the_published_keys_tell_when_each_was_in_use() {
    let mut old = String::new();
    let gateway = Gateway::start_with(|_, dir| {
        let (keys, now) = (dir.path().join("keys"), SystemClock.now());
        old = sign(&Keys::load(&keys).unwrap().certificate, &statement(), now);
        Keys::rotate_certificate(&keys, now).unwrap();
    })
    .await;
    let (_, body) = page(&gateway, "/.well-known/yiwang-certificate-keys.json").await;
    let set: Value = serde_json::from_str(&body).unwrap();
    let told = |at: usize| ["from", "to"].map(|name| set["keys"][at][name].is_string());
    assert_eq!([told(0), told(1)], [[false, true], [true, false]], "{body}");
    let keys = read_key_set(&body).unwrap();
    for text in [old, signed(&gateway)] {
        assert_eq!(verify(&keys, &text), Ok(statement()));
        assert_eq!(check(&gateway, &text).await["verdict"], "unknown");
    }
}

#[tokio::test]
async fn anybody_reads_in_plain_words_what_a_certificate_is_worth() {
    let gateway = Gateway::start().await;
    let text = signed(&gateway);
    let forged = text.replacen("YW2.e", "YW2.f", 1);
    // No service is there that could say more.
    for (c, words) in [
        (text.as_str(), "查不到"),
        (&forged, "签名不对"),
        ("结婚证", "不是电子证照"),
    ] {
        let answer = ask(&gateway, "/verify", c).await;
        assert_eq!(answer.status(), 200);
        let html = answer.text().await.unwrap();
        assert!(
            html.contains(&format!("<h1>{words}</h1>")),
            "{words}: {html}"
        );
        assert_eq!(html.contains("J421221-2026-000001"), c == text);
    }
    let (_, form) = page(&gateway, "/verify").await;
    assert!(form.contains("name=\"c\""));
}

#[tokio::test]
async fn a_program_gets_the_same_verdict() {
    let gateway = Gateway::start().await;
    let text = signed(&gateway);
    // The whole link of the QR code does as well.
    let known = check(&gateway, &format!("{}/verify?c={text}", gateway.url)).await;
    assert_eq!(known["verdict"], "unknown");
    assert_eq!(known["certificate"]["number"], "J421221-2026-000001");
    let forged = check(&gateway, &text.replacen("YW2.e", "YW2.f", 1)).await;
    assert_eq!(forged["verdict"], "wrong");
    assert!(forged["certificate"].is_null());
    let long = check(&gateway, &"A".repeat(20_000)).await;
    assert_eq!(long["verdict"], "wrong");
    let none = gateway
        .request(Method::GET, "/api/v1/certificates/check")
        .send();
    assert_eq!(failure(none.await.unwrap()).await.0, 400);
}

#[tokio::test]
async fn an_old_code_and_a_strange_certificate_are_said_to_be_so() {
    let gateway = Gateway::start().await;
    let (status, html) = page(&gateway, "/show/00000000000000000000000000000000").await;
    assert_eq!(status, 404);
    assert!(html.contains("<h1>这个码已经过期</h1>"), "{html}");
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    for path in [
        "marriage/x",
        "nobody/0190c8a0-0000-7000-8000-000000000000/pdf",
    ] {
        let path = format!("/api/v1/certificates/{path}");
        let refused = failure(gateway.get(&path, &token).await).await;
        assert_eq!(refused, (404, "CERTIFICATE_NOT_FOUND".to_owned()));
    }
}

#[tokio::test]
async fn a_configured_font_that_is_none_stops_the_start() {
    let gateway = Gateway::start().await;
    let mut config = gateway.state.config().clone();
    config.certificates.font = gateway.dir.path().join("no.ttf");
    let keys = Keys::load(&gateway.dir.path().join("keys")).unwrap();
    let vault = yiwang_gateway::vault(&keys).unwrap();
    let clock = std::sync::Arc::new(gateway.clock.clone());
    let pool = gateway.db.pool.clone();
    let built = yiwang_gateway::build(config, pool, vault, clock.clone(), clock).await;
    let error = built.err().unwrap();
    assert!(
        format!("{error:#}").starts_with("certificates.font"),
        "{error:#}"
    );
}
