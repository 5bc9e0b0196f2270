//! What holds for every request.

use axum_extra::extract::cookie::CookieJar;
use reqwest::Method;
use serde_json::json;
use yiwang_gateway::{
    route::{Auth, Door},
    security::csrf,
};

use crate::harness::{Gateway, PASSWORD, failure, id_number, problem};

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let gateway = Gateway::start().await;
    let paths = [
        "/",
        "/login",
        "/nowhere",
        "/api/v1/items",
        "/api/v1/nowhere",
        "/api/v1/account",
    ];
    for path in paths {
        let response = gateway.request(Method::GET, path).send().await.unwrap();
        let header = |name: &str| {
            let value = response.headers().get(name);
            value
                .map(|value| value.to_str().unwrap().to_owned())
                .unwrap_or_default()
        };
        let policy = header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; style-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"));
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(
            header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            header("permissions-policy").contains("geolocation=()"),
            "{path}"
        );
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert_eq!(header("x-request-id").len(), 32, "{path}");
        assert_eq!(
            header("strict-transport-security"),
            "",
            "plain http on a laptop"
        );
    }
}

#[tokio::test]
async fn malformed_requests_are_problems_and_never_500() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    let post = async |kind: &str, body: Vec<u8>| {
        let request = gateway
            .request(Method::POST, "/api/v1/cases")
            .bearer_auth(&token);
        let request = request
            .header("content-type", kind)
            .header("idempotency-key", "k1");
        failure(request.body(body).send().await.unwrap()).await
    };
    let json = "application/json";
    let expect = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(
        post(json, b"{".to_vec()).await,
        expect(400, "JSON_MALFORMED")
    );
    assert_eq!(post(json, vec![]).await, expect(400, "JSON_MALFORMED"));
    assert_eq!(
        post(json, b"\xff\xfe\"".to_vec()).await,
        expect(400, "JSON_MALFORMED")
    );
    assert_eq!(
        post(json, b"[".repeat(100_000)).await,
        expect(400, "JSON_TOO_DEEP")
    );
    assert_eq!(
        post("text/plain", b"{}".to_vec()).await,
        expect(415, "CONTENT_TYPE")
    );
    assert_eq!(
        post(json, b"{}".to_vec()).await,
        expect(422, "INVALID_INPUT")
    );
    assert_eq!(
        post(json, vec![b' '; 2 * 1024 * 1024]).await,
        expect(413, "BODY_TOO_LARGE")
    );
    let nul = br#"{"item":"x","division":"420323100","form":{"name":"a\u0000"}}"#;
    assert_eq!(post(json, nul.to_vec()).await, expect(422, "INVALID_INPUT"));
    let good = br#"{"item":"no-such-item","division":"420323100","form":{}}"#;
    assert_eq!(
        post(json, good.to_vec()).await,
        expect(404, "ITEM_NOT_FOUND")
    );

    let body = json!({ "item": "x", "division": "1", "form": {}, "extra": 1 });
    let request = gateway
        .request(Method::POST, "/api/v1/cases")
        .bearer_auth(&token);
    let (_, problem) = problem(
        request
            .header("idempotency-key", "k")
            .json(&body)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(problem["fields"][0]["pointer"], "/extra");
    assert_eq!(problem["fields"][0]["code"], "UNKNOWN_FIELD");
}

#[tokio::test]
async fn odd_paths_and_queries_are_not_found_or_refused() {
    let gateway = Gateway::start().await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    for path in [
        "/api/v1/cases/%00",
        "/api/v1/cases/%ff",
        "/api/v1/files/x",
        "/api/v1/none",
    ] {
        assert_eq!(
            failure(gateway.get(path, &token).await).await.0,
            404,
            "{path}"
        );
    }
    for path in [
        "/api/v1/cases?limit=x",
        "/api/v1/messages?before=x",
        "/api/v1/notices?cursor=%00",
    ] {
        assert_eq!(
            failure(gateway.get(path, &token).await).await.0,
            400,
            "{path}"
        );
    }
    let forged = failure(gateway.get("/api/v1/cases?cursor=forged", &token).await).await;
    assert_eq!(forged, (422, "CURSOR".to_owned()));
    let wrong = gateway
        .request(Method::PATCH, "/api/v1/cases")
        .send()
        .await
        .unwrap();
    assert_eq!(failure(wrong).await, (405, "METHOD_NOT_ALLOWED".to_owned()));
}

#[tokio::test]
async fn what_changes_a_case_needs_an_idempotency_key() {
    let gateway = Gateway::start().await;
    gateway.officer("officer").await;
    let token = gateway.officer_token("officer").await;
    let calls = [
        (
            "/api/v1/cases",
            json!({ "item": "x", "division": "1", "form": {} }),
        ),
        ("/api/v1/cases/DB1/actions/accept", json!({})),
        (
            "/api/v1/cases/DB1/handover",
            json!({ "to_account": "", "reason": "" }),
        ),
        ("/api/v1/notices/1/objections", json!({ "content": "不实" })),
    ];
    for (path, body) in calls {
        let request = || {
            gateway
                .request(Method::POST, path)
                .bearer_auth(&token)
                .json(&body)
        };
        let missing = failure(request().send().await.unwrap()).await;
        assert_eq!(
            missing,
            (400, "IDEMPOTENCY_KEY_MISSING".to_owned()),
            "{path}"
        );
        for key in ["", "with space", &"k".repeat(129)] {
            let odd = request()
                .header("idempotency-key", key)
                .send()
                .await
                .unwrap();
            assert_eq!(
                failure(odd).await.1,
                "IDEMPOTENCY_KEY_INVALID",
                "{path} {key}"
            );
        }
    }
}

#[tokio::test]
async fn browsers_cannot_be_made_to_post_for_another_site() {
    let gateway = Gateway::start().await;
    let body = json!({ "account": "zhang", "password": PASSWORD });
    let post = |name: &'static str, value: &'static str| {
        let request = gateway.request(Method::POST, "/api/v1/session").json(&body);
        request.header(name, value).send()
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let refused = failure(post(name, value).await.unwrap()).await;
        assert_eq!(refused, (403, "CROSS_SITE".to_owned()), "{name}: {value}");
    }
    let own = failure(post("sec-fetch-site", "same-origin").await.unwrap()).await;
    assert_eq!(own, (401, "SIGN_IN_FAILED".to_owned()));
    let form = gateway
        .request(Method::POST, "/login")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(form.send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn anonymous_forms_carry_a_token_that_fits_their_cookie() {
    let gateway = Gateway::start().await;
    let (jar, token) = csrf::issue(&gateway.state, CookieJar::new());
    csrf::check(&gateway.state, &jar, &token).unwrap();
    let (jar, again) = csrf::issue(&gateway.state, jar);
    assert_eq!(token, again, "a second tab must not break the first");
    let cookie = jar.iter().next().unwrap();
    assert!(cookie.http_only() == Some(true) && !token.contains(cookie.value()));
    let (_, other) = csrf::issue(&gateway.state, CookieJar::new());
    for wrong in [other.as_str(), "", cookie.value()] {
        assert_eq!(
            csrf::check(&gateway.state, &jar, wrong).unwrap_err().reason,
            "CSRF"
        );
    }
    assert!(csrf::check(&gateway.state, &CookieJar::new(), &token).is_err());
    for path in ["/login", "/register"] {
        assert_eq!(
            posted_without_token(&gateway, path, "").await,
            403,
            "{path}"
        );
    }
}

#[tokio::test]
async fn forms_of_a_session_carry_its_token() {
    let gateway = Gateway::start().await;
    let account = gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let cookie = gateway.browser(account, false).await;
    let forms = yiwang_gateway::routes();
    let forms = forms
        .iter()
        .filter(|route| route.door == Door::Portal && route.method == Method::POST);
    let mut tried = 0;
    for route in forms.filter(|route| matches!(route.auth, Auth::Any | Auth::Citizen)) {
        let path = route.path.replace(['{', '}'], "");
        let status = posted_without_token(&gateway, &path, &cookie).await;
        // A page that draws its form again looks first for what it is about, and there is none.
        let drawn_again = path.starts_with("/cases/") || path == "/visits/facility";
        let refused = status == 403 || (status == 404 && drawn_again);
        assert!(refused, "{path}: {status}");
        tried += 1;
    }
    assert!(tried >= 5, "{tried}");
    assert_eq!(
        posted_without_token(&gateway, "/logout", &cookie).await,
        403
    );
}

async fn posted_without_token(gateway: &Gateway, path: &str, cookie: &str) -> u16 {
    let form = gateway.request(Method::POST, path).header("cookie", cookie);
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    let form = form.body("login=zhang&password=x&content=x");
    form.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn one_request_too_many_is_told_when_to_come_again() {
    let gateway = Gateway::start_with(|config, _| {
        config.limits.per_address = 20;
        config.limits.sign_in = 3;
    })
    .await;
    let body = json!({ "account": "zhang", "password": "wrong" });
    for _ in 0..3 {
        assert_eq!(gateway.post("/api/v1/session", &body).await.status(), 401);
    }
    let limited = gateway.post("/api/v1/session", &body).await;
    assert!(
        limited.headers()["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
            > 0
    );
    assert_eq!(failure(limited).await, (429, "RATE_LIMITED".to_owned()));
    let mut answers = Vec::new();
    for _ in 0..20 {
        answers.push(gateway.get("/api/v1/items", "").await.status().as_u16());
    }
    assert!(
        answers.contains(&200) && answers.contains(&429),
        "{answers:?}"
    );
    let ask = || gateway.request(Method::GET, "/").send();
    let mut page = ask().await.unwrap();
    // Every three seconds one more is let through.
    if page.status() != 429 {
        page = ask().await.unwrap();
    }
    assert_eq!(page.status(), 429);
    assert!(
        page.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
}

#[tokio::test]
async fn an_account_is_limited_wherever_it_calls_from() {
    let gateway = Gateway::start_with(|config, _| config.limits.per_account = 5).await;
    gateway.citizen("zhang", &id_number("19780512", 101)).await;
    let (token, _) = gateway.tokens("zhang").await;
    for _ in 0..5 {
        assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 200);
    }
    assert_eq!(gateway.get("/api/v1/account", &token).await.status(), 429);
}

#[tokio::test]
async fn divisions_are_found_by_parent_and_by_name() {
    let gateway = Gateway::start().await;
    let list = async |query: &str| -> serde_json::Value {
        let path = format!("/api/v1/divisions?{query}");
        gateway.get(&path, "").await.json().await.unwrap()
    };
    let provinces = list("").await;
    assert!(provinces["divisions"].as_array().unwrap().len() > 30);
    let townships = list("parent=420323").await;
    assert_eq!(townships["divisions"][0]["code"], "420323100");
    assert_eq!(
        townships["divisions"][0]["full_name"],
        "湖北省十堰市竹山县城关镇"
    );
    let named = list("q=%E7%AB%B9%E5%B1%B1%E5%8E%BF").await;
    assert_eq!(named["divisions"][0]["code"], "420323");
    assert_eq!(list("parent=nonsense").await["divisions"], json!([]));
}
