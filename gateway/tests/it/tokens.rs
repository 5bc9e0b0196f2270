//! Access tokens and the keys that sign them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};
use yiwang_chassis::{testing::TestIssuer, verifier::Verifier};

use crate::harness::{Gateway, id_number};

async fn jwks(gateway: &Gateway) -> JwkSet {
    let response = gateway.get("/.well-known/jwks.json", "").await;
    response.json().await.unwrap()
}

#[tokio::test]
async fn services_accept_our_tokens_for_the_right_audience_only() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let keys = jwks(&gateway).await;
    let public: Value = serde_json::to_value(&keys).unwrap();
    assert_eq!(public["keys"][0]["kty"], "EC");
    assert!(
        public["keys"][0].get("d").is_none(),
        "a private key was published"
    );

    let verifier = Verifier::from_jwks(&gateway.url, "gateway", &keys);
    let caller = verifier.verify(&token).await.unwrap();
    assert_eq!(caller.account, account);
    assert_eq!(caller.name, "张建国");
    assert_eq!(caller.person.unwrap().len(), 64);
    let elsewhere = Verifier::from_jwks(&gateway.url, "assistance", &keys);
    assert!(elsewhere.verify(&token).await.is_err());
    let impostor = Verifier::from_jwks("https://other.example", "gateway", &keys);
    assert!(impostor.verify(&token).await.is_err());
    // A service fetches the keys by itself.
    let url = format!("{}/.well-known/jwks.json", gateway.url);
    let fetching = Verifier::new(&gateway.url, "gateway", url).unwrap();
    assert_eq!(fetching.verify(&token).await.unwrap().account, account);
}

#[tokio::test]
async fn forged_tokens_open_nothing() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let parts: Vec<&str> = token.split('.').collect();
    let decode = |part: &str| -> Value {
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let (header, claims) = (decode(parts[0]), decode(parts[1]));

    let mut none = header.clone();
    none["alg"] = json!("none");
    let mut swapped = header.clone();
    swapped["alg"] = json!("HS256");
    let mut id_token = header.clone();
    id_token["typ"] = json!("JWT");
    let mut unknown = header.clone();
    unknown["kid"] = json!("somebody-else");
    let mut longer = claims.clone();
    longer["exp"] = json!(claims["exp"].as_i64().unwrap() + 3600);
    let issuer = TestIssuer::new();
    let mut forged = vec![
        format!("{}.{}.", encode(&none), parts[1]),
        format!("{}.{}.{}", encode(&swapped), parts[1], parts[2]),
        format!("{}.{}.{}", encode(&id_token), parts[1], parts[2]),
        format!("{}.{}.{}", encode(&unknown), parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], encode(&longer), parts[2]),
        issuer.sign(&claims),
        "a".repeat(6_000),
        String::new(),
        "..".to_owned(),
    ];
    forged.push(format!("{token}x"));
    for token in forged {
        let answer = gateway.get("/api/v1/account", &token).await;
        assert_eq!(answer.status(), 401, "{token}");
    }
    assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 200);
}

#[tokio::test]
async fn keys_rotate_with_overlap() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (old, refresh) = gateway.tokens("zhang").await;
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    let new_kid = gateway.state.keyring().rotate().await.unwrap();
    assert_eq!(jwks(&gateway).await.keys.len(), 2);

    // Announced, not yet used.
    let (access, _) = gateway.tokens("zhang").await;
    assert_eq!(kid(&access), kid(&old));
    gateway.later(61);
    let (access, _) = gateway.tokens("zhang").await;
    assert_eq!(kid(&access), new_kid);
    assert_eq!(gateway.get("/api/v1/account", &old).await.status(), 200);
    assert_eq!(gateway.refresh(&refresh).await.status(), 200);

    // Gone when the last token it signed has expired.
    gateway.later(600);
    assert_eq!(jwks(&gateway).await.keys.len(), 1);
    let (access, _) = gateway.tokens("zhang").await;
    assert_eq!(kid(&access), new_kid);
}

#[tokio::test]
async fn the_private_key_is_sealed() {
    let gateway = Gateway::start().await;
    let sealed: Vec<u8> = sqlx::query_scalar("select private_sealed from gateway.signing_key")
        .fetch_one(&gateway.db.pool)
        .await
        .unwrap();
    // No PKCS #8 header in sight: the private key is sealed.
    assert!(
        !sealed
            .windows(7)
            .any(|part| part == b"\x2a\x86\x48\xce\x3d\x02\x01")
    );
}
