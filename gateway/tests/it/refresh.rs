//! Refresh tokens.

use futures::future::join_all;

use crate::harness::{Gateway, failure, id_number, read_tokens};

#[tokio::test]
async fn simultaneous_exchanges_have_exactly_one_successor() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (_, token) = gateway.tokens("zhang").await;
    let answers = join_all((0..8).map(|_| gateway.refresh(&token))).await;
    let pairs = join_all(answers.into_iter().map(read_tokens)).await;
    let mut successors: Vec<&String> = pairs.iter().map(|(_, refresh)| refresh).collect();
    successors.dedup();
    assert_eq!(successors.len(), 1);
    let rows: i64 = sqlx::query_scalar("select count(*) from gateway.refresh_token")
        .fetch_one(&gateway.db.pool)
        .await
        .unwrap();
    assert_eq!(rows, 2);
}

#[tokio::test]
async fn a_retry_within_ten_seconds_gets_the_same_successor() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (_, token) = gateway.tokens("zhang").await;
    let first = read_tokens(gateway.refresh(&token).await).await;
    gateway.later(10);
    let retry = read_tokens(gateway.refresh(&token).await).await;
    assert_eq!(first.1, retry.1);
    let next = read_tokens(gateway.refresh(&first.1).await).await;
    assert_ne!(next.1, first.1);
    assert_eq!(gateway.get("/api/v1/account", &next.0).await.status(), 200);
}

#[tokio::test]
async fn reuse_after_that_ends_the_whole_family() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (_, stolen) = gateway.tokens("zhang").await;
    let (access, current) = read_tokens(gateway.refresh(&stolen).await).await;
    let other = gateway.tokens("zhang").await;
    gateway.later(11);
    let refused = failure(gateway.refresh(&stolen).await).await;
    assert_eq!(refused, (401, "REFRESH_TOKEN_INVALID".to_owned()));
    assert_eq!(gateway.audited("session.refresh_token_reused").await, 1);
    assert_eq!(gateway.get("/api/v1/account", &access).await.status(), 401);
    assert_eq!(gateway.refresh(&current).await.status(), 401);
    // Another sign-in of the same person is another family.
    assert_eq!(gateway.get("/api/v1/account", &other.0).await.status(), 200);
}

#[tokio::test]
async fn nothing_is_refreshed_after_signing_out_or_with_an_invented_token() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (access, refresh) = gateway.tokens("zhang").await;
    let out = gateway
        .request(reqwest::Method::DELETE, "/api/v1/session")
        .bearer_auth(&access);
    assert_eq!(out.send().await.unwrap().status(), 204);
    assert_eq!(gateway.refresh(&refresh).await.status(), 401);
    assert_eq!(
        failure(gateway.refresh("invented").await).await.1,
        "REFRESH_TOKEN_INVALID"
    );
}
