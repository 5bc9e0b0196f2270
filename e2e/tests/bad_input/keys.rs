//! The idempotency key: required, bounded, bound to what was sent with it.

use reqwest::Method;
use serde_json::json;
use yiwang_e2e::{Family, ITEM, Suite, TOWNSHIP, read, submission};

#[tokio::test]
async fn a_missing_or_unusable_key_is_refused() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let body = submission(ITEM, TOWNSHIP, &family.form(), &[]);
    let case = family.submit(&citizen).await?;
    for path in [
        "/api/v1/cases".to_owned(),
        format!("/api/v1/cases/{}/actions/withdraw", case.number()),
    ] {
        let bare = citizen.request(Method::POST, &path).await?.json(&body);
        assert_eq!(
            read(bare).await?.expect(400)?.problem()?.code,
            "IDEMPOTENCY_KEY_MISSING",
            "{path}"
        );
        for key in [
            "".to_owned(),
            "k".repeat(129),
            "a b".to_owned(),
            "键".to_owned(),
        ] {
            let request = citizen.request(Method::POST, &path).await?.json(&body);
            let reply = read(request.header("Idempotency-Key", key.as_bytes())).await?;
            assert_eq!(reply.status, 400, "{path} {key:?}: {}", reply.text());
            assert!(
                reply.problem()?.code.starts_with("IDEMPOTENCY_KEY"),
                "{key:?}"
            );
        }
    }
    let still = citizen.case(case.number()).await?;
    assert_eq!(still.state(), "submitted");
    Ok(())
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_never_another_case() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let body = submission(ITEM, TOWNSHIP, &family.form(), &[]);
    let first = citizen
        .post_with_key("/api/v1/cases", &body, "once")
        .await?
        .expect(201)?
        .json()?;
    let again = futures(&citizen, &body).await?;
    for reply in again {
        assert_eq!(reply["number"], first["number"]);
    }
    let mut other = body.clone();
    other["form"]["applicant"]["phone"] = json!("13900000000");
    let refused = citizen
        .post_with_key("/api/v1/cases", &other, "once")
        .await?;
    assert!((400..500).contains(&refused.status), "{}", refused.text());
    assert_eq!(refused.problem()?.code, "IDEMPOTENCY_MISMATCH");
    let own = citizen.get("/api/v1/cases").await?.expect(200)?.json()?;
    assert_eq!(own["cases"].as_array().map(Vec::len), Some(1));
    Ok(())
}

/// Ten repeats at once.
async fn futures(
    citizen: &yiwang_e2e::Api,
    body: &serde_json::Value,
) -> anyhow::Result<Vec<serde_json::Value>> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (citizen, body) = (citizen.clone(), body.clone());
        tasks.spawn(async move {
            citizen
                .post_with_key("/api/v1/cases", &body, "once")
                .await?
                .expect(201)?
                .json()
        });
    }
    let mut answers = Vec::new();
    while let Some(answer) = tasks.join_next().await {
        answers.push(answer??);
    }
    Ok(answers)
}
