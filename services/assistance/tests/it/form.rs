//! What a family may write, and what it is told.

use serde_json::{Value, json};
use yiwang_assistance::domain::{MinimumLiving, minimum_living::Form};
use yiwang_casework::{Item, form::schema_of};

use crate::world::{World, family};

/// What is wrong with the form.
type Change = &'static dyn Fn(&mut Value);

async fn refused(world: &World, change: impl Fn(&mut Value)) -> Vec<(String, String)> {
    let form = family(1);
    let mut json = serde_json::to_value(&form).unwrap();
    change(&mut json);
    let fault = world.submit_json(&form, json).await.unwrap_err();
    fault
        .fields
        .into_iter()
        .map(|field| (field.field, field.message))
        .collect()
}

#[tokio::test]
async fn every_wrong_field_is_named_in_chinese() {
    let world = World::new().await;
    let cases: &[(&str, Change)] = &[
        ("/members/0/id_number", &|f| {
            f["members"][0]["id_number"] = json!("420323198203010025")
        }),
        ("/members/0/id_number", &|f| {
            f["members"][0]["id_number"] = json!("420323820301002")
        }),
        ("/members/1/id_number", &|f| {
            f["members"][1]["id_number"] = f["members"][0]["id_number"].clone();
        }),
        ("/applicant/about/income/wage", &|f| {
            f["applicant"]["about"]["income"]["wage"] = json!(-1)
        }),
        ("/applicant/name", &|f| {
            f["applicant"]["name"] = json!("<script>alert(1)</script>")
        }),
        ("/applicant/name", &|f| {
            f["applicant"]["name"] = json!("x'; drop table benefit; --")
        }),
        ("/applicant/phone", &|f| {
            f["applicant"]["phone"] = json!("电话")
        }),
        ("/applicant/registration_division", &|f| {
            f["applicant"]["registration_division"] = json!("999999999");
        }),
        ("/payee/account", &|f| {
            f["payee"]["account"] = json!("６２１７")
        }),
        ("/payee/holder", &|f| f["payee"]["holder"] = json!("别人")),
        ("/pledge/truthful", &|f| {
            f["pledge"]["truthful"] = json!(false)
        }),
        ("/members/0/about/disability_grade", &|f| {
            f["members"][0]["about"]["disability"] = json!("limbs");
        }),
        ("/single_person", &|f| {
            f["scope"] = json!("single");
            f["single_person"] = json!("谁");
        }),
        ("/surprise", &|f| f["surprise"] = json!(1)),
    ];
    for (pointer, change) in cases {
        let fields = refused(&world, change).await;
        let found = fields.iter().find(|(field, _)| field == pointer);
        let (_, message) = found.unwrap_or_else(|| panic!("{pointer}: {fields:?}"));
        assert!(
            message.chars().any(|c| c > '\u{2E80}'),
            "{pointer}: {message}"
        );
    }
    assert_eq!(
        world.count("select count(*) from casework.case_file").await,
        0
    );
}

#[tokio::test]
async fn two_hundred_members_are_refused_as_one_error() {
    let world = World::new().await;
    let fields = refused(&world, |form| {
        let member = form["members"][0].clone();
        form["members"] = json!(vec![member; 200]);
    });
    let fields = fields.await;
    assert!(
        fields.iter().any(|(field, _)| field == "/members"),
        "{fields:?}"
    );
}

#[tokio::test]
async fn four_byte_han_is_a_name_like_any_other() {
    let world = World::new().await;
    let mut form = family(1);
    form.members[0].name = "李𠮷华".to_owned();
    form.hardship.story = "𠮷 <b>'; --".to_owned();
    world.submit(&form).await.unwrap();
}

#[test]
fn everything_a_person_reads_is_chinese() {
    let mut schemas = vec![("form", schema_of::<Form>().to_value())];
    for spec in MinimumLiving::actions() {
        schemas.extend(spec.data.map(|data| (spec.code, data().to_value())));
    }
    for (name, schema) in schemas {
        speaks_chinese(name, &schema);
    }
}

/// Titles and hints, at any depth; every property has a title.
fn speaks_chinese(name: &str, schema: &Value) {
    let han = |text: &str| text.chars().any(|c| c > '\u{2E80}');
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (key, property) in properties {
            let title = property.get("title").and_then(Value::as_str).unwrap_or("");
            assert!(han(title), "{name}: {key} has no Chinese title");
        }
    }
    for word in ["title", "description"] {
        if let Some(text) = schema.get(word).and_then(Value::as_str) {
            assert!(han(text), "{name}: {text}");
        }
    }
    match schema {
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(key, _)| *key != "properties") {
                if key != "default" {
                    speaks_chinese(name, value);
                }
            }
            let properties = fields.get("properties").and_then(Value::as_object);
            properties
                .into_iter()
                .flatten()
                .for_each(|(_, value)| speaks_chinese(name, value));
        }
        Value::Array(items) => items.iter().for_each(|item| speaks_chinese(name, item)),
        _ => {}
    }
}
