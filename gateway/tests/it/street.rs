//! Signing out on the phone of a patrol or of a children's director: what is not sent yet is asked
//! for, then all is cleared.

use reqwest::{Method, Response};
use serde_json::Value;

use crate::harness::{Gateway, id_number};

async fn sign_out(gateway: &Gateway, cookie: &str, body: String) -> Response {
    let request = gateway
        .request(Method::POST, "/logout")
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    request.send().await.unwrap()
}

#[tokio::test]
async fn what_the_station_does_not_have_is_not_lost_by_a_slip() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let session = gateway.browser(account, false).await;
    let told = gateway
        .request(Method::GET, "/session")
        .header("cookie", &session)
        .send();
    let told: Value = told.await.unwrap().json().await.unwrap();
    let csrf = told["csrf"].as_str().unwrap();

    let phone = format!("{session}; yiwang_street=3");
    let asked = sign_out(&gateway, &phone, format!("csrf={csrf}")).await;
    assert_eq!(asked.status(), 200);
    assert!(!asked.headers().contains_key("clear-site-data"));
    let page = asked.text().await.unwrap();
    assert!(
        page.contains("还有3条") && page.contains("/rescue/street"),
        "{page}"
    );

    let both = format!("{session}; yiwang_street=0; yiwang_day=2");
    let asked = sign_out(&gateway, &both, format!("csrf={csrf}")).await;
    let page = asked.text().await.unwrap();
    assert!(
        page.contains("还有2条走访") && page.contains("/child/day"),
        "{page}"
    );

    let phone = format!("{phone}; yiwang_day=0");
    let left = sign_out(&gateway, &phone, format!("csrf={csrf}&do=leave")).await;
    assert_eq!(left.status(), 303);
    assert_eq!(left.headers()["clear-site-data"], "\"storage\"");
    let cookies = left.headers().get_all("set-cookie").iter();
    let cookies: Vec<_> = cookies.map(|one| one.to_str().unwrap()).collect();
    let forgotten = |name: &str| {
        let mut cookies = cookies.iter();
        cookies.any(|one| one.starts_with(&format!("{name}=;")) && one.contains("Max-Age=0"))
    };
    assert!(
        forgotten("yiwang_street") && forgotten("yiwang_day") && forgotten("yiwang_session"),
        "{cookies:?}"
    );

    // Everything was sent: no question, but the phone is cleared all the same.
    let session = gateway.browser(account, false).await;
    let told = gateway
        .request(Method::GET, "/session")
        .header("cookie", &session)
        .send();
    let told: Value = told.await.unwrap().json().await.unwrap();
    let body = format!("csrf={}", told["csrf"].as_str().unwrap());
    let sent = sign_out(&gateway, &format!("{session}; yiwang_street=0"), body).await;
    assert_eq!(sent.status(), 303);
    assert!(sent.headers().contains_key("clear-site-data"));
}
