//! The OpenAPI 3.1 document, drawn from the table of routes.
//!
//! Schemas come from the very types that are read and written, so the document
//! cannot say something else than the code.

use http::Method;
use schemars::Schema;
use serde_json::{Map, Value, json};

use crate::{
    error::ProblemBody,
    route::{Auth, Door, Route},
};

/// The document over `table`; `public_url` is where the interface is reached.
pub(crate) fn document(table: &[Route], public_url: &str) -> Value {
    let mut components = Map::new();
    let problem = schemars::schema_for!(ProblemBody);
    let problem = lift(problem, &mut components);
    components.insert("Problem".to_owned(), problem);

    let mut paths = Map::new();
    for route in table.iter().filter(|route| route.info.door == Door::Rest) {
        let operation = operation(route, &mut components);
        let entry = paths.entry(route.info.path).or_insert_with(|| json!({}));
        entry[route.info.method.as_str().to_lowercase()] = operation;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "一网民政",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "民政事项的申请、办理、公示与查询。错误按 RFC 9457 返回，code 不变，detail 供人阅读。",
        },
        "servers": [{ "url": public_url }],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
            },
        },
    })
}

fn operation(route: &Route, components: &mut Map<String, Value>) -> Value {
    let doc = &route.doc;
    let status = if doc.status == 0 { 204 } else { doc.status };
    let mut success = json!({ "description": "成功" });
    if let Some(answer) = &doc.answer {
        let schema = lift(answer.clone(), components);
        success["content"] = json!({ "application/json": { "schema": schema } });
    }
    let problem = json!({
        "description": "失败",
        "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } },
        },
    });
    let mut operation = json!({
        "summary": doc.summary,
        "operationId": operation_id(&route.info.method, route.info.path),
        "parameters": parameters(route),
        "responses": { status.to_string(): success, "default": problem },
    });
    if doc.multipart {
        let file = json!({ "type": "string", "contentEncoding": "binary" });
        let schema = json!({
            "type": "object", "required": ["file"], "properties": { "file": file },
        });
        operation["requestBody"] =
            json!({ "required": true, "content": { "multipart/form-data": { "schema": schema } } });
    } else if let Some(body) = &doc.body {
        let schema = lift(body.clone(), components);
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    if route.info.auth != Auth::Public {
        operation["security"] = json!([{ "bearer": [] }]);
    }
    operation
}

fn parameters(route: &Route) -> Vec<Value> {
    let in_path = route.info.path.split('/').filter_map(|part| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        let schema = json!({ "type": "string" });
        Some(json!({ "name": name, "in": "path", "required": true, "schema": schema }))
    });
    let in_query = route.doc.query.iter().map(|(name, what)| {
        let schema = json!({ "type": "string" });
        json!({ "name": name, "in": "query", "description": what, "schema": schema })
    });
    let key = route.doc.idempotent.then(|| {
        let schema = json!({ "type": "string", "maxLength": 128 });
        let what = "重试时使用同一个值，不会重复办理";
        json!({
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": what, "schema": schema,
        })
    });
    in_path.chain(in_query).chain(key).collect()
}

fn operation_id(method: &Method, path: &str) -> String {
    let words = path
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "api" | "v1"));
    let words: Vec<&str> = words.collect();
    format!("{}_{}", method.as_str().to_lowercase(), words.join("_"))
}

/// Moves the definitions of a schema to the document's components.
fn lift(schema: Schema, components: &mut Map<String, Value>) -> Value {
    let mut schema = schema.to_value();
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
        if let Some(Value::Object(defs)) = object.remove("$defs") {
            for (name, mut definition) in defs {
                repoint(&mut definition);
                components.insert(name, definition);
            }
        }
    }
    repoint(&mut schema);
    schema
}

fn repoint(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::String(target)) = object.get_mut("$ref") {
                *target = target.replace("#/$defs/", "#/components/schemas/");
            }
            object.values_mut().for_each(repoint);
        }
        Value::Array(entries) => entries.iter_mut().for_each(repoint),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rest_route_is_described_and_every_reference_leads_somewhere() {
        let table = crate::rest::table();
        let document = document(&table, "https://yiwang.local");
        for route in &table {
            let method = route.info.method.as_str().to_lowercase();
            let operation = &document["paths"][route.info.path][&method];
            assert!(
                !operation["summary"].as_str().unwrap().is_empty(),
                "{:?}",
                route.info
            );
        }
        let text = document.to_string();
        for target in text.split("\"$ref\":\"").skip(1) {
            let target = target.split('"').next().unwrap().strip_prefix('#').unwrap();
            assert!(document.pointer(target).is_some(), "{target}");
        }
    }

    #[test]
    fn operation_ids_are_unique() {
        let table = crate::rest::table();
        let mut ids: Vec<String> = table
            .iter()
            .map(|route| operation_id(&route.info.method, route.info.path))
            .collect();
        ids.sort();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
