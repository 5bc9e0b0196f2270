//! The officers' and the applicant's acts with data that does not fit: refused with
//! the field, and the case stays exactly as it was.

use serde_json::{Value, json};
use yiwang_e2e::{Api, Case, Family, Office, Reply, Suite};

use crate::{
    schema::{self, Place},
    types::misfits,
};

#[tokio::test]
async fn acts_with_data_that_does_not_fit_change_nothing() -> anyhow::Result<()> {
    let suite = Suite::start().await?;
    let (citizen, _) = Family::new(1).register(&suite).await?;
    let number = Family::new(1).submit(&citizen).await?.number().to_owned();
    let office = Office::open(&suite).await?;
    let people = [&citizen, &office.township, &office.county, &office.approver];
    let mut tally = Tally::default();
    tally.try_all(&people, &number).await?;
    office.accept(&number).await?;
    tally.try_all(&people, &number).await?;
    office.investigate(&suite, &number).await?;
    tally.try_all(&people, &number).await?;
    office.publish(&number).await?;
    office.let_notice_end(&suite, &number).await?;
    office
        .township
        .act(&number, "report_to_county", &json!({}))
        .await?;
    office.county.act(&number, "review", &json!({})).await?;
    tally.try_all(&people, &number).await?;
    office.grant(&number).await?;
    let next = suite.clock().today().await?.last_of_month().tomorrow()?;
    suite.clock().set_day(next, 9).await?;
    office.wait_for(&number, "in_payment").await?;
    tally.try_all(&people, &number).await?;
    assert!(tally.tried > 300, "only {} tried", tally.tried);
    let wrong = &tally.wrong;
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        tally.tried,
        wrong.join("\n")
    );
    Ok(())
}

/// How many bodies were tried, and what was wrong with the answers.
#[derive(Default)]
struct Tally {
    tried: usize,
    wrong: Vec<String>,
}

impl Tally {
    /// Tries every act of everybody in the present state.
    async fn try_all(&mut self, people: &[&Api], number: &str) -> anyhow::Result<()> {
        for who in people {
            let case = who.case(number).await?;
            for action in case.list("actions") {
                let code = action["code"].as_str().unwrap_or_default();
                for (body, pointer) in bodies(&schema_of(action)?) {
                    self.tried += 1;
                    let reply = who.act_reply(number, code, &body).await?;
                    if let Err(error) = names(&reply, &pointer) {
                        let state = case.state();
                        self.wrong
                            .push(format!("{code} in {state} with {body}: {error:#}"));
                    }
                }
            }
            unchanged(&case, &who.case(number).await?)?;
        }
        Ok(())
    }
}

fn names(reply: &Reply, pointer: &str) -> anyhow::Result<()> {
    anyhow::ensure!(
        (400..500).contains(&reply.status),
        "{}: {}",
        reply.status,
        reply.text()
    );
    let problem = reply.problem()?;
    anyhow::ensure!(
        problem.names(pointer),
        "{} names {:?}",
        problem.code,
        problem.fields
    );
    Ok(())
}

fn unchanged(before: &Case, after: &Case) -> anyhow::Result<()> {
    for part in [
        "version",
        "state",
        "form",
        "sections",
        "documents",
        "materials",
    ] {
        anyhow::ensure!(
            before.0[part] == after.0[part],
            "{part} changed: {} → {}",
            before.0[part],
            after.0[part]
        );
    }
    Ok(())
}

/// The data schema of an act; null when it takes none.
fn schema_of(action: &Value) -> anyhow::Result<Value> {
    Ok(match &action["data_schema"] {
        Value::String(text) if text.is_empty() => Value::Null,
        Value::String(text) => serde_json::from_str(text)?,
        other => other.clone(),
    })
}

/// Bodies that this act cannot take, each with the pointer that must be named.
fn bodies(data: &Value) -> Vec<(Value, String)> {
    let mut bodies = Vec::new();
    let good = sample(data);
    for place in schema::places(data, &json!({})) {
        // Deeper places need everything around them; the forms have tests of their own.
        if place.pointer.matches('/').count() > 1 {
            continue;
        }
        for value in misfits(&place).into_iter().chain(texts(&place)) {
            bodies.push((
                schema::with(&good, &place.pointer, value),
                place.pointer.clone(),
            ));
        }
    }
    for name in data["required"].as_array().into_iter().flatten() {
        bodies.push((json!({}), format!("/{}", name.as_str().unwrap_or_default())));
    }
    if data.is_object() {
        let more = schema::with(&good, "/no_such_field", json!(1));
        bodies.push((more, "/no_such_field".to_owned()));
    }
    bodies
}

/// The least that fits a schema.
fn sample(schema: &Value) -> Value {
    if let Some(option) = schema["oneOf"].get(0).or(schema["enum"].get(0)) {
        return option.get("const").unwrap_or(option).clone();
    }
    let kind = schema["type"].as_str().or(schema["type"][0].as_str());
    match kind.unwrap_or_default() {
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten();
            let names = required.filter_map(Value::as_str);
            let fields = names.map(|name| (name.to_owned(), sample(&schema["properties"][name])));
            Value::Object(fields.collect())
        }
        "array" => json!(vec![
            sample(&schema["items"]);
            schema["minItems"].as_u64().unwrap_or(0) as usize
        ]),
        "boolean" => json!(true),
        "integer" => json!(schema["minimum"].as_i64().unwrap_or(0)),
        _ if schema["format"] == "date" => json!("2026-11-02"),
        _ => json!("甲"),
    }
}

/// Texts that no field takes.
fn texts(place: &Place) -> Vec<Value> {
    if !place.is("string") {
        return vec![];
    }
    let longest = usize::try_from(place.schema["maxLength"].as_u64().unwrap_or(0)).unwrap_or(0);
    ["a\u{0}b", "a\u{202e}b", &"长".repeat(longest + 1)]
        .map(|text| json!(text))
        .to_vec()
}
