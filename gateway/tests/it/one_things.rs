//! One-things over REST and on pages: who may start, see and steer one.

use reqwest::Method;
use serde_json::{Value, json};
use yiwang_chassis::identity::Role;

use crate::harness::{Gateway, failure, id_number, problem};

fn form(dead: &str) -> Value {
    json!({
        "name": "张德福", "id_number": dead, "died_on": "2026-05-11", "household": "420323100",
        "relation": "child", "phone": "13800001234", "funeral": "arranged", "eco": false, "licence": true,
        "medical": true, "pension": false, "housing_fund": false,
        "bank_account": "6217000012345678901", "consent": true,
    })
}

async fn start(gateway: &Gateway, token: &str, key: &str, form: &Value) -> reqwest::Response {
    gateway
        .request(Method::POST, "/api/v1/one-things")
        .bearer_auth(token)
        .header("idempotency-key", key)
        .json(&json!({"code": "after-death", "form": form}))
        .send()
        .await
        .unwrap()
}

async fn started(gateway: &Gateway, token: &str, key: &str, form: &Value) -> String {
    let answer = start(gateway, token, key, form).await;
    assert_eq!(answer.status(), 201);
    let body: Value = answer.json().await.unwrap();
    body["number"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn one_person_s_death_is_one_one_thing_whoever_presses_how_often() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("daughter", &id_number("19780512", 102))
        .await;
    gateway
        .citizen("elder.son", &id_number("19800512", 101))
        .await;
    let (daughter, _) = gateway.tokens("daughter").await;
    let (son, _) = gateway.tokens("elder.son").await;
    let dead = form(&id_number("19500512", 101));

    let number = started(&gateway, &daughter, "k1", &dead).await;
    assert!(number.starts_with("YS420323"), "{number}");
    assert_eq!(started(&gateway, &daughter, "k1", &dead).await, number);
    assert_eq!(started(&gateway, &daughter, "k2", &dead).await, number);
    let mut other = dead.clone();
    other["licence"] = false.into();
    let refused = failure(start(&gateway, &daughter, "k1", &other).await).await;
    assert_eq!(refused, (422, "IDEMPOTENCY_MISMATCH".to_owned()));
    assert_eq!(gateway.audited("one_thing.start").await, 1);
    // Nobody learns by trying that the family does it already.
    let theirs = started(&gateway, &son, "k1", &form(&id_number("19500512", 101))).await;
    assert_ne!(theirs, number);

    let own: Value = gateway
        .get("/api/v1/one-things", &daughter)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(own["one_things"][0]["number"], number);
    let path = format!("/api/v1/one-things/{number}");
    let shown: Value = gateway.get(&path, &daughter).await.json().await.unwrap();
    assert_eq!(shown["state"], "submitted");
    assert!(shown["last_day"].is_string(), "{shown}");
    let promise = shown["promise"].as_str().unwrap();
    assert!(promise.contains("按各部门的时限办"), "{promise}");
    assert!(shown["steps"].as_array().unwrap().len() >= 10, "{shown}");
    assert_eq!(
        shown["steps"][0]["owner"], "公安机关户籍部门",
        "kinship comes first"
    );
    assert_eq!(failure(gateway.get(&path, &son).await).await.0, 404);
    let listed: Value = gateway
        .get("/api/v1/one-things", &son)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(listed["one_things"].as_array().unwrap().len(), 1);
    assert_eq!(listed["one_things"][0]["number"], theirs);
}

#[tokio::test]
async fn a_form_is_refused_with_everything_that_is_wrong_and_nobody_dies_by_own_hand() {
    let gateway = Gateway::start().await;
    let own = id_number("19780512", 102);
    gateway.citizen("daughter", &own).await;
    let (token, _) = gateway.tokens("daughter").await;
    let (status, body) =
        problem(start(&gateway, &token, "k", &json!({"name": "张德福"})).await).await;
    assert_eq!(status, 422);
    let fields = body["fields"].as_array().unwrap();
    assert!(fields.len() > 5, "{body}");
    let (status, body) = problem(start(&gateway, &token, "k", &form(&own)).await).await;
    assert_eq!(
        (status, body["fields"][0]["code"].as_str()),
        (422, Some("SAME_PERSON"))
    );
    let unknown = gateway
        .request(Method::POST, "/api/v1/one-things")
        .bearer_auth(&token)
        .header("idempotency-key", "k")
        .json(&json!({"code": "wedding", "form": {}}));
    assert_eq!(failure(unknown.send().await.unwrap()).await.0, 404);
}

#[tokio::test]
async fn only_the_county_of_the_household_steers_and_gives_a_reason() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("daughter", &id_number("19780512", 102))
        .await;
    let (daughter, _) = gateway.tokens("daughter").await;
    let number = started(&gateway, &daughter, "k", &form(&id_number("19500512", 101))).await;
    let here = gateway
        .holds(
            "here",
            &id_number("19850512", 105),
            Role::CountyOfficer,
            "420323",
        )
        .await;
    let elsewhere = gateway
        .holds(
            "elsewhere",
            &id_number("19860512", 107),
            Role::CountyOfficer,
            "421200",
        )
        .await;
    let path = format!("/api/v1/one-things/{number}");

    assert_eq!(gateway.get(&path, &here).await.status(), 200);
    assert_eq!(
        gateway.audited("one_thing.read").await,
        1,
        "an officer's look leaves a row"
    );
    assert_eq!(failure(gateway.get(&path, &elsewhere).await).await.0, 404);
    let skip = format!("{path}/steps/household/skip");
    let why = json!({"reason": "户口已经在窗口注销"});
    let refused = gateway.say(&elsewhere, &skip, "s", &why).await;
    assert_eq!(failure(refused).await.0, 404);
    let silent = gateway.say(&here, &skip, "s", &json!({})).await;
    assert_eq!(failure(silent).await.0, 422);
    for _ in 0..2 {
        assert_eq!(gateway.say(&here, &skip, "s", &why).await.status(), 202);
    }
    assert_eq!(
        gateway.audited("one_thing.say").await,
        1,
        "the same word twice is one"
    );
    for path in ["/steps/nothing/skip", "/steps/household/eat"] {
        let path = format!("/api/v1/one-things/{number}{path}");
        assert_eq!(
            failure(gateway.say(&here, &path, "t", &why).await).await.0,
            404
        );
    }
    let withdraw = format!("{path}/withdraw");
    assert_eq!(
        failure(gateway.say(&here, &withdraw, "w", &json!({})).await)
            .await
            .0,
        404
    );
    assert_eq!(
        gateway
            .say(&daughter, &withdraw, "w", &json!({}))
            .await
            .status(),
        202
    );
    let stuck: Value = gateway
        .get("/api/v1/one-things/stuck", &here)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        stuck["one_things"],
        json!([]),
        "nothing waits for an officer yet"
    );
}

#[tokio::test]
async fn the_family_fills_the_form_in_step_by_step_and_finds_it_again() {
    let gateway = Gateway::start().await;
    let account = gateway
        .citizen("daughter", &id_number("19780512", 102))
        .await;
    let cookie = gateway.browser(account, false).await;
    let get = |path: &'static str| {
        let request = gateway.request(Method::GET, path).header("cookie", &cookie);
        async move { request.send().await.unwrap().text().await.unwrap() }
    };
    let page = get("/one-things/new/after-death?step=1").await;
    assert!(page.contains("逝者姓名"), "{page}");
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).unwrap();
    let csrf = csrf.split('"').next().unwrap().to_owned();
    let post = |fields: Vec<(&'static str, String)>| {
        let request = gateway
            .request(Method::POST, "/one-things/new/after-death")
            .header("cookie", &cookie)
            .header("origin", &gateway.url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(
                serde_urlencoded::to_string(
                    [
                        vec![("csrf", csrf.clone()), ("key", "k".to_owned())],
                        fields,
                    ]
                    .concat(),
                )
                .unwrap(),
            );
        async move { request.send().await.unwrap() }
    };
    let text = |value: &str| value.to_owned();
    let wrong = post(vec![
        ("step", text("1")),
        ("do", text("next")),
        ("name", text("张德福")),
    ])
    .await;
    assert_eq!(wrong.status(), 422);
    let steps: [Vec<(&str, String)>; 4] = [
        vec![
            ("name", text("张德福")),
            ("id_number", id_number("19500512", 101)),
            ("died_on", text("2026-05-11")),
            ("household", text("420323100")),
        ],
        vec![("relation", text("child")), ("phone", text("13800001234"))],
        vec![("funeral", text("burial"))],
        vec![
            ("licence", text("true")),
            ("medical", text("false")),
            ("pension", text("false")),
            ("housing_fund", text("false")),
            ("consent", text("true")),
        ],
    ];
    for (index, fields) in steps.into_iter().enumerate() {
        let step = [("step", (index + 1).to_string()), ("do", text("next"))];
        let answer = post([step.to_vec(), fields].concat()).await;
        let status = answer.status();
        assert_eq!(
            status,
            303,
            "step {}: {}",
            index + 1,
            answer.text().await.unwrap()
        );
    }
    let listed = get("/one-things").await;
    assert!(listed.contains("接着填"), "the draft is kept");
    let done = post(vec![("step", text("5")), ("do", text("submit"))]).await;
    assert_eq!(done.status(), 303, "{}", done.text().await.unwrap());
    let to = done.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("/one-things/YS420323"), "{to}");
    let request = gateway.request(Method::GET, &to).header("cookie", &cookie);
    let page = request.send().await.unwrap().text().await.unwrap();
    for words in ["户口注销", "公安机关户籍部门", "2个工作日", "撤回", "最晚"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(
        !get("/one-things").await.contains("接着填"),
        "the draft is gone"
    );
}
