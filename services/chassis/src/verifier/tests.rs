//! What a service must refuse (RFC 8725) and how it survives key rotation.

#![expect(clippy::disallowed_methods, reason = "a test owns its server task")]

use std::sync::Mutex as StdMutex;

use axum::{Json, Router, extract::State, routing::get};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{EncodingKey, Header};
use serde_json::json;

use super::*;
use crate::{
    identity::Role,
    testing::{ISSUER, TestIssuer, caller},
};

const AUDIENCE: &str = "assistance";

fn claims(issuer: &str, audience: &str) -> Claims {
    let caller = caller("王五", &[(Role::Clerk, "420323")]);
    Claims::new(&caller, issuer, audience, SystemClock.now(), TOKEN_LIFETIME)
}

async fn refusal(verifier: &Verifier, token: &str) -> String {
    let fault = verifier.verify(token).await.unwrap_err();
    assert_eq!(fault.code, Code::Unauthenticated, "{fault:?}");
    assert_eq!(fault.message, "请先登录。");
    fault.source.unwrap().to_string()
}

#[tokio::test]
async fn a_valid_token_names_its_caller() {
    let issuer = TestIssuer::new();
    let clerk = caller("王五", &[(Role::Clerk, "420323")]);
    let token = issuer.token(&clerk, AUDIENCE);
    assert_eq!(
        issuer.verifier(AUDIENCE).verify(&token).await.unwrap(),
        clerk
    );
}

#[tokio::test]
async fn a_token_without_or_with_another_algorithm_is_refused() {
    let issuer = TestIssuer::new();
    let verifier = issuer.verifier(AUDIENCE);
    let body = claims(ISSUER, AUDIENCE);

    let part = |json: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(json.to_string());
    let kid = issuer.header().kid;
    let none = part(json!({"alg": "none", "typ": TOKEN_TYPE, "kid": kid}));
    let unsigned = format!("{none}.{}.", part(serde_json::to_value(&body).unwrap()));
    refusal(&verifier, &unsigned).await;

    // The classic swap: the public key used as an HMAC secret.
    let public = serde_json::to_vec(&issuer.jwks().keys[0]).unwrap();
    let header = Header {
        alg: Algorithm::HS256,
        ..issuer.header()
    };
    let swapped = jsonwebtoken::encode(&header, &body, &EncodingKey::from_secret(&public)).unwrap();
    assert!(refusal(&verifier, &swapped).await.contains("not ES256"));
}

#[tokio::test]
async fn wrong_type_audience_issuer_key_and_signature_are_refused() {
    let issuer = TestIssuer::new();
    let verifier = issuer.verifier(AUDIENCE);

    for typ in [Some("JWT".to_owned()), Some("id+jwt".to_owned()), None] {
        let token = issuer.sign_with(
            &Header {
                typ,
                ..issuer.header()
            },
            &claims(ISSUER, AUDIENCE),
        );
        assert!(
            refusal(&verifier, &token)
                .await
                .contains("not an access token")
        );
    }
    refusal(&verifier, &issuer.sign(&claims(ISSUER, "burial"))).await;
    refusal(
        &verifier,
        &issuer.sign(&claims("https://other.test", AUDIENCE)),
    )
    .await;

    let stranger = TestIssuer::new();
    let token = stranger.sign(&claims(ISSUER, AUDIENCE));
    assert!(refusal(&verifier, &token).await.contains("unknown key id"));
    let forged = stranger.sign_with(&issuer.header(), &claims(ISSUER, AUDIENCE));
    refusal(&verifier, &forged).await;
    let anonymous = issuer.sign_with(
        &Header {
            kid: None,
            ..issuer.header()
        },
        &claims(ISSUER, AUDIENCE),
    );
    assert!(refusal(&verifier, &anonymous).await.contains("no key id"));
}

#[tokio::test]
async fn times_are_checked_to_the_second() {
    let issuer = TestIssuer::new();
    let verifier = issuer.verifier(AUDIENCE);
    let shifted = |by: i64| {
        let mut body = claims(ISSUER, AUDIENCE);
        (body.iat, body.nbf, body.exp) = (body.iat + by, body.nbf + by, body.exp + by);
        issuer.sign(&body)
    };
    // Minted so long ago that it expired one second ago.
    assert!(refusal(&verifier, &shifted(-301)).await.contains("expired"));
    assert!(verifier.verify(&shifted(-290)).await.is_ok());
    assert!(verifier.verify(&shifted(LEEWAY)).await.is_ok());
    assert!(
        refusal(&verifier, &shifted(LEEWAY + 5))
            .await
            .contains("not yet valid")
    );

    let mut eternal = claims(ISSUER, AUDIENCE);
    eternal.exp += 1;
    assert!(
        refusal(&verifier, &issuer.sign(&eternal))
            .await
            .contains("lives too long")
    );
    let mut overflow = claims(ISSUER, AUDIENCE);
    overflow.iat = i64::MIN;
    refusal(&verifier, &issuer.sign(&overflow)).await;
    let mut without_end = serde_json::to_value(claims(ISSUER, AUDIENCE)).unwrap();
    without_end.as_object_mut().unwrap().remove("exp");
    refusal(&verifier, &issuer.sign(&without_end)).await;
}

#[tokio::test]
async fn garbage_is_refused_quickly() {
    let verifier = TestIssuer::new().verifier(AUDIENCE);
    assert!(
        refusal(&verifier, &"a".repeat(1 << 20))
            .await
            .contains("too long")
    );
    for token in ["", ".", "..", "a.b.c", "一网.民政.😀"] {
        refusal(&verifier, token).await;
    }
}

#[tokio::test]
async fn keys_are_fetched_on_demand_and_an_unreachable_issuer_is_not_a_refusal() {
    type Published = Arc<StdMutex<JwkSet>>;
    let issuer = TestIssuer::new();
    let published: Published = Arc::new(StdMutex::new(issuer.jwks()));
    let answer = |State(jwks): State<Published>| async move {
        Json(serde_json::to_value(&*jwks.lock().unwrap()).unwrap())
    };
    let router = Router::new()
        .route("/jwks", get(answer))
        .with_state(Arc::clone(&published));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap());
    let server = tokio::task::spawn(async move { axum::serve(listener, router).await });

    let clerk = caller("王五", &[(Role::Clerk, "420323")]);
    let verifier = Verifier::new(ISSUER, AUDIENCE, &url).unwrap();
    let token = issuer.token(&clerk, AUDIENCE);
    assert!(verifier.verify(&token).await.is_ok());

    // A rotated key: unknown within the pause between fetches, known after it.
    let next = TestIssuer::new();
    published.lock().unwrap().keys.extend(next.jwks().keys);
    let rotated = next.token(&clerk, AUDIENCE);
    refusal(&verifier, &rotated).await;
    *verifier.last_attempt.lock().await = None;
    assert!(verifier.verify(&rotated).await.is_ok());
    assert!(verifier.verify(&token).await.is_ok());

    server.abort();
    let _ = server.await;
    let cut_off = Verifier::new(ISSUER, AUDIENCE, &url).unwrap();
    let fault = cut_off.verify(&token).await.unwrap_err();
    assert_eq!(fault.code, Code::Unavailable);
}
