//! Values of the wrong type, missing and unknown ones, at every place of the schema.

use serde_json::{Value, json};
use yiwang_e2e::{Api, Family, ITEM, Suite, TOWNSHIP, submission};

use crate::{nasty::crowded, schema};

#[tokio::test]
async fn every_place_refuses_what_it_cannot_hold() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let family = Family::new(1);
    let (citizen, _) = family.register(&suite).await?;
    let item = citizen
        .get(&format!("/api/v1/items/{ITEM}"))
        .await?
        .expect(200)?
        .json()?;
    let form = crowded(&family);
    let mut wrong = Vec::new();
    let mut tried = 0;
    for place in schema::places(&item["form_schema"], &form) {
        for value in misfits(&place) {
            tried += 1;
            let sent = schema::with(&form, &place.pointer, value.clone());
            if let Err(error) = refused_at(&citizen, &sent, &place.pointer).await {
                wrong.push(format!("{} = {value}: {error:#}", place.pointer));
            }
        }
    }
    for (pointer, name) in required(&item["form_schema"], &form) {
        tried += 1;
        let at = format!("{pointer}/{name}");
        if let Err(error) = refused_at(&citizen, &schema::without(&form, &at), &at).await {
            wrong.push(format!("{at} missing: {error:#}"));
        }
    }
    for object in objects(&form) {
        tried += 1;
        let at = format!("{object}/__proto__");
        if let Err(error) = refused_at(&citizen, &schema::with(&form, &at, json!(1)), &object).await
        {
            wrong.push(format!("{at} unknown: {error:#}"));
        }
    }
    assert!(tried > 300, "only {tried} tried");
    assert!(
        wrong.is_empty(),
        "{} of {tried}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let cases = citizen.get("/api/v1/cases").await?.expect(200)?.json()?;
    assert_eq!(cases["cases"], json!([]));
    Ok(())
}

async fn refused_at(citizen: &Api, form: &Value, pointer: &str) -> anyhow::Result<()> {
    let reply = citizen
        .post("/api/v1/cases", &submission(ITEM, TOWNSHIP, form, &[]))
        .await?;
    anyhow::ensure!(
        (400..500).contains(&reply.status),
        "{}: {}",
        reply.status,
        reply.text()
    );
    let problem = reply.problem()?;
    anyhow::ensure!(
        problem.names(&format!("/form{pointer}")),
        "{}: {:?}",
        problem.code,
        problem.fields
    );
    Ok(())
}

/// Values that this place cannot hold.
pub(crate) fn misfits(place: &schema::Place) -> Vec<Value> {
    let all = [
        json!("x"),
        json!(7),
        json!(1.5),
        json!(true),
        json!([]),
        json!({}),
        json!([[["x"]]]),
    ];
    let fits = |value: &Value| match value {
        Value::String(_) => {
            place.is("string") && !place.is_choice() && place.schema["format"] != "date"
        }
        Value::Number(number) if number.is_i64() => {
            let most = place.schema["maximum"].as_i64().unwrap_or(i64::MAX);
            place.is("number") || place.is("integer") && number.as_i64() <= Some(most)
        }
        Value::Number(_) => place.is("number"),
        Value::Bool(_) => place.is("boolean"),
        Value::Array(entries) => place.is("array") && entries.is_empty(),
        Value::Object(_) => place.is("object"),
        Value::Null => place.is("null"),
    };
    let mut misfits: Vec<Value> = all.into_iter().filter(|value| !fits(value)).collect();
    if place.is("integer") {
        let huge: Value = serde_json::from_str("123456789012345678901234567890").unwrap();
        misfits.extend([json!(-1), json!(i64::MAX), json!(1e300), huge]);
    }
    // Misfits of optional objects that hold only optional fields are fine when empty.
    misfits
}

fn required(schema: &Value, form: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let root = schema::Place {
        pointer: String::new(),
        schema: schema.clone(),
    };
    for place in std::iter::once(root).chain(schema::places(schema, form)) {
        for name in place.schema["required"].as_array().into_iter().flatten() {
            found.push((
                place.pointer.clone(),
                name.as_str().unwrap_or_default().to_owned(),
            ));
        }
    }
    found
}

fn objects(form: &Value) -> Vec<String> {
    fn walk(value: &Value, pointer: String, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    walk(value, format!("{pointer}/{name}"), found);
                }
                found.push(pointer);
            }
            Value::Array(entries) => {
                for (index, value) in entries.iter().enumerate() {
                    walk(value, format!("{pointer}/{index}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(form, String::new(), &mut found);
    found
}
