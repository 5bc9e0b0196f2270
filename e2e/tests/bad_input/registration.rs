//! Registration and sign-in with what people and machines type wrongly.

use serde_json::{Value, json};
use yiwang_e2e::{Suite, id_number, wrong_check_digit};

fn person() -> Value {
    json!({
        "login": "heshan", "password": Suite::PASSWORD, "name": "何大山",
        "id_number": id_number("420323", "19790315", 7), "phone": "13871234567",
    })
}

#[tokio::test]
async fn a_wrong_registration_names_every_wrong_field() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let stranger = suite.stranger();
    let right = id_number("420323", "19790315", 7);
    let wrong: Vec<(&str, Value, &str)> = vec![
        ("id_number", json!(wrong_check_digit(&right)), "CHECK_DIGIT"),
        ("id_number", json!("420323790315007"), "FIFTEEN_DIGITS"),
        ("id_number", json!(""), ""),
        ("id_number", json!("42032319790315007"), ""),
        ("id_number", json!("42032319791315007X"), ""),
        ("id_number", json!(id_number("990323", "19790315", 7)), ""),
        ("id_number", json!(id_number("420323", "20990315", 7)), ""),
        ("id_number", json!("𝟒20323197903150071"), ""),
        ("id_number", json!("'; drop table gateway.account; --"), ""),
        ("id_number", json!(420_323), ""),
        ("name", json!("<b>何</b>"), ""),
        ("name", json!(""), ""),
        ("name", json!("何\u{202e}山"), ""),
        ("name", json!("何\u{0}山"), ""),
        ("name", json!("何".repeat(51)), ""),
        ("name", json!(["何大山"]), ""),
        ("phone", json!("1387"), ""),
        ("phone", json!("电话"), ""),
        ("phone", json!("+8613871234567890123"), ""),
        ("login", json!("a"), ""),
        ("login", json!("有空 格"), ""),
        ("login", json!("x".repeat(33)), ""),
        ("password", json!("short"), ""),
        ("password", json!("p".repeat(129)), ""),
        ("password", json!("123456789012345"), ""),
        ("password", json!(null), ""),
    ];
    for (field, value, code) in wrong {
        let mut body = person();
        body[field] = value.clone();
        let reply = stranger.post("/api/v1/accounts", &body).await?;
        assert!(
            matches!(reply.status, 400 | 422),
            "{field} = {value}: {} {}",
            reply.status,
            reply.text()
        );
        let problem = reply.problem()?;
        assert!(
            problem.names(&format!("/{field}")),
            "{field} = {value}: {problem:?}"
        );
        assert!(
            code.is_empty() || problem.fields.iter().any(|one| one.code.contains(code)),
            "{code}: {problem:?}"
        );
    }
    for field in ["login", "password", "name", "id_number", "phone"] {
        let mut body = person();
        body.as_object_mut().unwrap().remove(field);
        let problem = stranger.post("/api/v1/accounts", &body).await?.problem()?;
        assert!(
            problem.names(&format!("/{field}")),
            "{field} missing: {problem:?}"
        );
    }
    let all = json!({"login": "", "password": "", "name": "", "id_number": "", "phone": ""});
    let problem = stranger.post("/api/v1/accounts", &all).await?.problem()?;
    assert_eq!(
        problem.fields.len(),
        5,
        "not everything at once: {problem:?}"
    );
    Ok(())
}

#[tokio::test]
async fn names_and_numbers_are_taken_as_people_write_them() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let stranger = suite.stranger();
    let id = id_number("420323", "19790315", 7);
    let wide: String = id
        .chars()
        .map(|c| char::from_u32(c as u32 - 0x20 + 0xff00).unwrap_or(c))
        .collect();
    let people = [
        ("u1001", "𠮷田𡋤", id_number("420323", "19800101", 11)),
        (
            "u1002",
            "买买提·吐尔逊",
            id_number("420323", "19800101", 12),
        ),
        (
            "u1003",
            "何大山",
            format!(
                " {} ",
                if id.ends_with('X') {
                    id.to_lowercase()
                } else {
                    wide
                }
            ),
        ),
    ];
    for (login, name, id_number) in people {
        let body = json!({"login": login, "password": Suite::PASSWORD, "name": name, "id_number": id_number, "phone": "13871234567"});
        stranger
            .post("/api/v1/accounts", &body)
            .await?
            .expect(201)
            .map_err(|e| e.context(name))?;
        let own = stranger.sign_in(login, Suite::PASSWORD, None).await?;
        assert_eq!(own.get("/api/v1/account").await?.json()?["name"], name);
    }
    // One person has one account, however the number is written.
    let body = json!({"login": "u1004", "password": Suite::PASSWORD, "name": "何大山", "id_number": id, "phone": "13871234567"});
    let problem = stranger
        .post("/api/v1/accounts", &body)
        .await?
        .expect(409)?
        .problem()?;
    assert!(problem.names("/id_number"), "{problem:?}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_sign_in_tells_nothing() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let stranger = suite.stranger();
    stranger
        .post("/api/v1/accounts", &person())
        .await?
        .expect(201)?;
    let mut answers = Vec::new();
    for (account, password) in [
        ("heshan", "not the password"),
        ("nobody-here", "not the password"),
        ("'or''='", "x"),
        ("heshan\u{202e}", "x"),
    ] {
        let reply = stranger
            .post(
                "/api/v1/session",
                &json!({"account": account, "password": password}),
            )
            .await?;
        let problem = reply.expect(401)?.problem()?;
        answers.push((problem.code, problem.detail));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "they differ: {answers:?}");
    for body in [
        json!({}),
        json!({"account": 1, "password": 2}),
        json!({"account": "a", "password": "b", "totp": 123_456}),
        json!({"account": "a\u{0}", "password": "b"}),
    ] {
        let reply = stranger.post("/api/v1/session", &body).await?;
        assert!(
            (400..500).contains(&reply.status),
            "{body}: {}",
            reply.text()
        );
        reply.problem()?;
    }
    Ok(())
}
