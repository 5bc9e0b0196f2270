//! Bodies that are no JSON, or JSON that no one should have to read.

use reqwest::Method;
use serde_json::json;
use yiwang_e2e::{Family, ITEM, Suite, TOWNSHIP, read, submission, until};

use crate::store;

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_in_chinese() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let before = store::rows_at_rest(&suite, "assistance").await?;
    let good = serde_json::to_string(&submission(ITEM, TOWNSHIP, &family.form(), &[]))?;
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("blank", b"  \n ".to_vec()),
        ("cut off", good.as_bytes()[..good.len() / 2].to_vec()),
        ("array", b"[]".to_vec()),
        ("null", b"null".to_vec()),
        ("text", b"\"x\"".to_vec()),
        ("trailing", format!("{good}}}").into_bytes()),
        ("two", format!("{good}{good}").into_bytes()),
        ("comment", format!("/* */{good}").into_bytes()),
        ("not a number", br#"{"item": NaN}"#.to_vec()),
        ("invalid UTF-8", b"{\"item\": \"\xff\xfe\"}".to_vec()),
        ("GBK", b"{\"item\": \"\xb5\xcd\xb1\xa3\"}".to_vec()),
        ("lone surrogate", br#"{"item": "\ud800"}"#.to_vec()),
        (
            "byte order mark",
            [b"\xef\xbb\xbf".as_slice(), good.as_bytes()].concat(),
        ),
        (
            "UTF-16",
            good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        ("deep arrays", deep(200_000).into_bytes()),
        ("deep objects", "{\"a\":".repeat(100_000).into_bytes()),
        (
            "deep in the form",
            format!(
                r#"{{"item":"{ITEM}","division":"{TOWNSHIP}","form":{{"members":{}}}}}"#,
                deep(60)
            )
            .into_bytes(),
        ),
        (
            "a large key",
            format!(r#"{{"{}": 1}}"#, "k".repeat(500_000)).into_bytes(),
        ),
        (
            "2 MB of blanks",
            format!("{good}{}", " ".repeat(2 << 20)).into_bytes(),
        ),
        (
            "other fields",
            br#"{"item": "x", "divisions": []}"#.to_vec(),
        ),
    ];
    for (what, body) in bodies {
        // Whoever refuses a long body early may close before it is all sent (RFC 9110,
        // 15.5.14); an answer must come through all the same when it is sent again.
        let reply = until(what, async || {
            citizen
                .post_raw("/api/v1/cases", body.clone())
                .await
                .map(Some)
        });
        let reply = reply.await?;
        assert!(
            matches!(reply.status, 400 | 413 | 422),
            "{what}: {} {}",
            reply.status,
            reply.text()
        );
        let problem = reply.problem().map_err(|error| error.context(what))?;
        assert!(!problem.trace.is_empty(), "{what}");
    }
    store::unchanged(&suite, "assistance", &before).await?;
    Ok(())
}

#[tokio::test]
async fn every_route_with_a_body_refuses_the_same_rubbish() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let (citizen, _) = Family::new(1).register(&suite).await?;
    let api = citizen
        .get("/api/v1/openapi.json")
        .await?
        .expect(200)?
        .json()?;
    let paths = api["paths"].as_object().expect("paths");
    let mut tried = 0;
    for (path, methods) in paths {
        if methods.get("post").is_none() || path.ends_with("/files") {
            continue;
        }
        let path = path
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part });
        let path = path.collect::<Vec<_>>().join("/");
        for body in [
            "{",
            "[]",
            "[1]",
            "{\"\\u0000\": 1}",
            "{\"x\": \"\\u0000\"}",
            "\u{feff}{}",
        ] {
            let reply = citizen.post_raw(&path, body.into()).await?;
            assert!(
                (400..500).contains(&reply.status),
                "{path} {body:?}: {} {}",
                reply.status,
                reply.text()
            );
            reply
                .problem()
                .map_err(|error| error.context(format!("{path} {body:?}")))?;
            tried += 1;
        }
    }
    assert!(tried > 60, "only {tried} tried");
    Ok(())
}

#[tokio::test]
async fn another_content_type_is_refused() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let body = submission(ITEM, TOWNSHIP, &family.form(), &[]).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "multipart/form-data",
    ] {
        let request = citizen.request(Method::POST, "/api/v1/cases").await?;
        let request = request
            .header("Idempotency-Key", "k")
            .header("Content-Type", kind)
            .body(body.clone());
        assert_eq!(
            read(request).await?.expect(415)?.problem()?.code,
            "CONTENT_TYPE"
        );
    }
    for path in [
        "/api/v1/items?x=%00",
        "/api/v1/cases?limit=x",
        "/api/v1/cases?limit=-1",
        "/api/v1/cases?cursor=%ff",
        "/api/v1/cases/%00",
        "/api/v1/cases/%ff",
        "/api/v1/cases/..%2f..%2fetc",
        "/api/v1/items/'%20or%201=1--",
    ] {
        let reply = citizen.get(path).await?;
        assert!(reply.status < 500, "{path}: {}", reply.text());
        if reply.status >= 400 {
            reply.problem().map_err(|error| error.context(path))?;
        }
    }
    assert_eq!(
        citizen.get("/api/v1/cases").await?.expect(200)?.json()?["cases"],
        json!([])
    );
    Ok(())
}
