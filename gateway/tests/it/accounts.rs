//! Registration.

use serde_json::{Value, json};

use crate::harness::{Gateway, PASSWORD, failure, id_number, problem};

fn registration() -> Value {
    json!({
        "login": "zhang.san", "password": PASSWORD, "name": "张三",
        "id_number": id_number("19780512", 101), "phone": "13800001234",
    })
}

#[tokio::test]
async fn a_citizen_registers_and_sees_the_own_account_masked() {
    let gateway = Gateway::start().await;
    let response = gateway.post("/api/v1/accounts", &registration()).await;
    assert_eq!(response.status(), 201);
    let (token, _) = gateway.tokens("ZHANG.SAN").await;
    let account: Value = gateway
        .get("/api/v1/account", &token)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(account["name"], "张三");
    assert_eq!(account["phone"], "138****1234");
    let masked = account["id_number"].as_str().unwrap();
    assert!(masked.starts_with("420323********"), "{masked}");
    // Nobody has seen the ID card yet.
    assert_eq!(account["grants"].as_array().map(Vec::len), Some(0));
    assert_eq!(gateway.audited("account.register").await, 1);
}

#[tokio::test]
async fn every_wrong_field_is_told_at_once() {
    let gateway = Gateway::start().await;
    let body = json!({
        "login": "张", "password": "short", "name": "<b>张三</b>",
        "id_number": "420323197805121019", "phone": "12345",
    });
    let (status, problem) = problem(gateway.post("/api/v1/accounts", &body).await).await;
    assert_eq!(status, 422);
    let pointers: Vec<&str> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        ["/login", "/name", "/id_number", "/phone", "/password"]
    );
    let accounts: i64 = sqlx::query_scalar("select count(*) from gateway.account")
        .fetch_one(&gateway.db.pool)
        .await
        .unwrap();
    assert_eq!(accounts, 0);
}

#[tokio::test]
async fn one_login_and_one_person_have_one_account_even_at_the_same_instant() {
    let gateway = Gateway::start().await;
    let one = gateway.post("/api/v1/accounts", &registration()).await;
    assert_eq!(one.status(), 201);
    let mut same_login = registration();
    same_login["id_number"] = id_number("19800101", 11).into();
    let (status, taken) = problem(gateway.post("/api/v1/accounts", &same_login).await).await;
    assert_eq!(
        (status, taken["fields"][0]["code"].as_str()),
        (409, Some("LOGIN_TAKEN"))
    );
    let mut same_person = registration();
    same_person["login"] = "someone.else".into();
    let (status, taken) = problem(gateway.post("/api/v1/accounts", &same_person).await).await;
    assert_eq!(
        (status, taken["fields"][0]["code"].as_str()),
        (409, Some("PERSON_REGISTERED"))
    );

    let body = |n: u16| {
        let mut body = registration();
        body["login"] = format!("racer-{n}").into();
        body["id_number"] = id_number("19900101", 12).into();
        body
    };
    let bodies: Vec<Value> = (0..8).map(body).collect();
    let racing = bodies
        .iter()
        .map(|body| gateway.post("/api/v1/accounts", body));
    let created = futures::future::join_all(racing).await;
    assert_eq!(
        created
            .iter()
            .filter(|response| response.status() == 201)
            .count(),
        1
    );
    assert_eq!(
        created
            .iter()
            .filter(|response| response.status() == 409)
            .count(),
        7
    );
}

#[tokio::test]
async fn names_and_numbers_are_sealed_in_the_database() {
    let gateway = Gateway::start().await;
    gateway.post("/api/v1/accounts", &registration()).await;
    let dump: String = sqlx::query_scalar("select a::text from gateway.account a")
        .fetch_one(&gateway.db.pool)
        .await
        .unwrap();
    let hidden = [
        "张三".to_owned(),
        id_number("19780512", 101),
        "13800001234".to_owned(),
    ];
    for secret in hidden {
        assert!(
            !dump.contains(&secret) && !dump.contains(&hex::encode(&secret)),
            "{secret}"
        );
    }
}

#[tokio::test]
async fn a_disabled_account_frees_its_person() {
    let gateway = Gateway::start().await;
    let number = id_number("19780512", 101);
    let account = gateway.citizen("first", &number).await;
    gateway.state.accounts().disable(account).await.unwrap();
    assert_eq!(
        failure(gateway.sign_in("first", PASSWORD, None).await)
            .await
            .1,
        "SIGN_IN_FAILED"
    );
    gateway.citizen("second", &number).await;
    gateway.tokens("second").await;
}
