//! A step that an officer sent back: what may be corrected, by whom, and how often.

use reqwest::Method;
use serde_json::{Value, json};
use yiwang_chassis::identity::Role;

use crate::harness::{Gateway, failure, id_number, problem};

/// Pensions are refused, and the engine rests in these tests.
const REFUSED: &str = "update gateway.one_thing_step set state = 'stuck', attempts = 1,
    reason_class = 'business', reason_code = 'ACCOUNT', reason_text = '账号不符'
    where step = 'pension'";
const RETURNED: &str = "update gateway.one_thing_step set state = 'returned',
    reason_class = 'officer', reason_text = '银行账号少一位', asked = '{/bank_account}'
    where step = 'pension'";

const AGED: &str = "update gateway.one_thing_step set changed_at = now() -";

async fn started(gateway: &Gateway, token: &str) -> String {
    let form = json!({
        "name": "张德福", "id_number": id_number("19500512", 101), "died_on": "2026-05-11",
        "household": "420323100", "relation": "child", "phone": "13800001234",
        "funeral": "arranged", "licence": true, "medical": true, "pension": true,
        "housing_fund": false, "bank_account": "621700001234567890", "consent": true,
    });
    let body = json!({"code": "after-death", "form": form});
    let answer = gateway.say(token, "/api/v1/one-things", "k", &body).await;
    let body: Value = answer.json().await.unwrap();
    body["number"].as_str().unwrap().to_owned()
}

async fn signals(gateway: &Gateway, kind: &str) -> i64 {
    sqlx::query_scalar("select count(*) from gateway.one_thing_signal where kind = $1")
        .bind(kind)
        .fetch_one(&gateway.db.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn an_officer_lists_everything_and_neither_the_person_nor_the_place_can_change() {
    let gateway = Gateway::start().await;
    gateway
        .citizen("daughter", &id_number("19780512", 102))
        .await;
    let (daughter, _) = gateway.tokens("daughter").await;
    let number = started(&gateway, &daughter).await;
    let officer = id_number("19850512", 105);
    let here = gateway
        .holds("here", &officer, Role::CountyOfficer, "420323")
        .await;
    sqlx::raw_sql(REFUSED)
        .execute(&gateway.db.pool)
        .await
        .unwrap();
    let path = format!("/api/v1/one-things/{number}");
    let waits = "/api/v1/one-things/stuck";
    let listed: Value = gateway.get(waits, &here).await.json().await.unwrap();
    assert_eq!(listed["one_things"][0]["number"], number);
    let shown: Value = gateway.get(&path, &here).await.json().await.unwrap();
    let steps = shown["steps"].as_array().unwrap();
    let pension = steps.iter().find(|step| step["code"] == "pension").unwrap();
    assert_eq!(pension["verbs"], json!(["retry", "return", "skip"]));

    let back = format!("{path}/steps/pension/return");
    let rows: [(&[&str], &str); 5] = [
        (&[], "nothing is listed"),
        (&["/id_number"], "whom it is about"),
        (&["/household"], "where it belongs"),
        (&["/bank_account", "/medical"], "what is to be done"),
        (&["/colour"], "no field"),
    ];
    for (asked, told) in rows {
        let body = json!({"reason": "银行账号少一位", "asked": asked});
        let (status, body) = problem(gateway.say(&here, &back, "r", &body).await).await;
        let code = body["fields"][0]["code"].as_str();
        assert_eq!((status, code), (422, Some("ASKED_MISSING")), "{told}");
    }
    let body = json!({"reason": "银行账号少一位", "asked": ["/bank_account"]});
    let strange = failure(gateway.say(&daughter, &back, "r", &body).await).await;
    assert_eq!(strange.0, 403);
    for _ in 0..2 {
        assert_eq!(gateway.say(&here, &back, "r", &body).await.status(), 202);
    }
    assert_eq!(signals(&gateway, "return").await, 1);

    for (days, waiting) in [(29, 0), (31, 1)] {
        let sent = format!("{RETURNED}; {AGED} interval '{days} days' where step = 'pension'");
        sqlx::raw_sql(sqlx::AssertSqlSafe(sent))
            .execute(&gateway.db.pool)
            .await
            .unwrap();
        let listed: Value = gateway.get(waits, &here).await.json().await.unwrap();
        let listed = listed["one_things"].as_array().unwrap().len();
        assert_eq!(listed, waiting, "nobody has corrected it for {days} days");
    }
}

#[tokio::test]
async fn the_applicant_corrects_what_is_asked_and_nothing_else() {
    let gateway = Gateway::start().await;
    let account = gateway
        .citizen("daughter", &id_number("19780512", 102))
        .await;
    gateway.citizen("other", &id_number("19610512", 103)).await;
    let (daughter, _) = gateway.tokens("daughter").await;
    let (other, _) = gateway.tokens("other").await;
    let number = started(&gateway, &daughter).await;
    let path = format!("/api/v1/one-things/{number}/correction");
    let nothing = failure(gateway.get(&path, &daughter).await).await;
    assert_eq!(nothing.1, "NOTHING_TO_CORRECT");
    sqlx::raw_sql(RETURNED)
        .execute(&gateway.db.pool)
        .await
        .unwrap();
    assert_eq!(failure(gateway.get(&path, &other).await).await.0, 404);
    let read: Value = gateway.get(&path, &daughter).await.json().await.unwrap();
    assert_eq!(read["asked"], "pension");
    assert_eq!(read["form"], json!({"bank_account": "621700001234567890"}));
    assert_eq!(read["steps"][0]["reason"], "银行账号少一位");
    let properties = read["form_schema"]["properties"].as_object().unwrap();
    assert_eq!(properties.len(), 1, "{read}");

    let good = json!({"bank_account": "6217000012345678901"});
    let rows = [
        ("", &good, "ASKED_CHANGED"),
        ("death,pension", &good, "ASKED_CHANGED"),
        ("pension", &json!({}), "MISSING"),
        (
            "pension",
            &json!({"bank_account": "1", "name": "李四"}),
            "NOT_ASKED",
        ),
    ];
    for (asked, form, expected) in rows {
        let body = json!({"asked": asked, "form": form});
        let (_, body) = problem(gateway.say(&daughter, &path, "c", &body).await).await;
        assert!(body.to_string().contains(expected), "{expected}: {body}");
    }
    let body = json!({"asked": "pension", "form": good});
    assert_eq!(
        failure(gateway.say(&other, &path, "c", &body).await)
            .await
            .0,
        404
    );
    for _ in 0..2 {
        assert_eq!(
            gateway.say(&daughter, &path, "c", &body).await.status(),
            202
        );
    }
    assert_eq!(signals(&gateway, "correct").await, 1);
    assert_eq!(gateway.audited("one_thing.say").await, 1);

    let cookie = gateway.browser(account, false).await;
    let page = format!("/one-things/{number}/correction");
    let request = gateway
        .request(Method::GET, &page)
        .header("cookie", &cookie);
    let html = request.send().await.unwrap().text().await.unwrap();
    for words in [
        "银行账号少一位",
        "621700001234567890",
        "name=\"asked\" value=\"pension\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("张德福"), "only what is asked is shown");
    let csrf = html.split("name=\"csrf\" value=\"").nth(1).unwrap();
    let csrf = csrf.split('"').next().unwrap().to_owned();
    let post = async |account: &str| {
        let fields = [
            ("csrf", csrf.as_str()),
            ("key", "p"),
            ("asked", "pension"),
            ("bank_account", account),
        ];
        let request = gateway
            .request(Method::POST, &page)
            .header("cookie", &cookie)
            .header("origin", &gateway.url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(serde_urlencoded::to_string(fields).unwrap());
        request.send().await.unwrap()
    };
    assert_eq!(post("").await.status(), 422);
    let done = post("6217 0000 1234 5678 901").await;
    assert_eq!(done.status(), 303);
    let to = done.headers()["location"].to_str().unwrap();
    assert_eq!(to, format!("/one-things/{number}?done=correct"));
    assert_eq!(signals(&gateway, "correct").await, 2);
}
