//! REST calls of the matrix.

use anyhow::bail;
use reqwest::{Method, RequestBuilder, multipart};
use serde_json::{Value, json};
use yiwang_e2e::{Family, TOWNSHIP, photo, submission};

use crate::{
    burial,
    calls::{OBJECTION, REASON, act_data, colleague, inquiry, path, send},
    cast::{Actor, BROKEN},
    marriage,
    outcome::Answer,
    scene::{Ids, WHAT},
    table::Row,
    world::World,
};

/// The material that lets somebody file for another person.
pub(crate) const MANDATE: &str = "mandate";
/// Families of their own for everybody who files: over REST, without a mandate, over gRPC.
const REST_FAMILIES: u16 = 3;
const UNMANDATED_FAMILIES: u16 = 73;
pub(crate) const RPC_FAMILIES: u16 = 143;

/// Makes the call of a route.
pub(crate) async fn call(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    let (method, template) = row.parts();
    let path = path(world, template, row, ids)?;
    let method: Method = method.parse()?;
    let request = request(world, actor, method.clone(), &path).await?;
    let request = if method == Method::POST {
        body(world, row, actor, template, request).await?
    } else {
        request
    };
    send(request, ids).await
}

/// Tries an act with nothing in it.
pub(crate) async fn act(
    world: &World<'_>,
    code: &str,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    let path = format!("/api/v1/cases/{}/actions/{code}", ids.number);
    let request = request(world, actor, Method::POST, &path).await?;
    send(request.json(&json!({})), ids).await
}

async fn request(
    world: &World<'_>,
    actor: &Actor,
    method: Method,
    path: &str,
) -> anyhow::Result<RequestBuilder> {
    let key = uuid::Uuid::new_v4().to_string();
    let request = world
        .http
        .request(method, world.suite.url(path))
        .header("Idempotency-Key", key);
    Ok(match &actor.rest {
        Some(rest) => match rest.token().await? {
            Some(token) => request.bearer_auth(token),
            None => request,
        },
        None if actor.is_broken() => request.bearer_auth(BROKEN),
        None => request,
    })
}

async fn body(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    template: &str,
    request: RequestBuilder,
) -> anyhow::Result<RequestBuilder> {
    let json: Value = match template {
        "/api/v1/messages/{id}/read"
        | "/api/v1/certificates/{service}/{id}/show"
        | "/api/v1/appointments/{number}/cancel"
        | "/api/v1/visits/{number}/cancel"
        | "/api/v1/archive/batches/{id}/publish" => {
            return Ok(request);
        }
        "/api/v1/archive/batches" => json!({"title": "", "division": ""}),
        "/api/v1/archive/batches/{id}/rows/{row}/decision" => {
            json!({"choice": "first", "reason": "与原件核对"})
        }
        "/api/v1/appointments" => marriage::strangers_wish(),
        "/api/v1/visits" => json!({
            "facility": burial::CEMETERY, "starts_at": "2026-05-20T09:00", "kind": "in_person",
            "phone": "13800001234",
        }),
        "/api/v1/burial/holds" | "/api/v1/burial/holds/release" => json!({"spot": "0"}),
        "/api/v1/rescue/articles/{id}/moves" => json!({"quantity": 1, "reason": "采购"}),
        "/api/v1/rescue/stays/{number}/candidates" => json!({"purpose": REASON}),
        "/api/v1/rescue/stays/{number}/comparison" => json!({"report": "0", "purpose": REASON}),
        "/api/v1/rescue/told" => json!({"division": "", "place": "", "said": ""}),
        "/api/v1/rescue/patrols/{id}/check-ins" => json!({"points": []}),
        "/api/v1/rescue/stations/{code}/encounters" => json!({"device": "", "rows": []}),
        "/api/v1/rescue/reports" => json!({"source": ""}),
        "/api/v1/rescue/faces" => json!({"case_number": "0", "face": "", "module": ""}),
        "/api/v1/rescue/conflicts/{id}" => json!({"version": 1, "choices": []}),
        "/api/v1/visits/facilities/{code}/entries" => json!({"number": "JS1"}),
        "/api/v1/files" => {
            let part = multipart::Part::bytes(photo())
                .file_name("x.jpg")
                .mime_str("image/jpeg")?;
            return Ok(request.multipart(multipart::Form::new().part("file", part)));
        }
        "/api/v1/callbacks/{department}" => {
            let request = request.body("{}");
            return Ok(match row.label.as_str() {
                "unsigned" => request,
                _ => request.header("X-Signature", "00".repeat(32)),
            });
        }
        "/api/v1/session" | "/api/v1/accounts" => json!({}),
        "/api/v1/session/refresh" => json!({"refresh_token": BROKEN}),
        "/api/v1/drafts/{item}" => json!({"form": {}}),
        "/api/v1/cases" => filing(row, actor).await?,
        "/api/v1/cases/{number}/actions/{action}" => act_data(world, &row.label)?,
        "/api/v1/cases/{number}/reveal" => {
            json!({"pointer": "/applicant/id_number", "reason": REASON})
        }
        "/api/v1/cases/{number}/handover" => {
            let (account, _) = colleague(world, actor, &row.label)?;
            json!({"to_account": account, "reason": "下乡一周"})
        }
        "/api/v1/notices/{id}/objections" => match row.label.as_str() {
            "too-short" => json!({"content": "不"}),
            _ => json!({"content": OBJECTION}),
        },
        "/api/v1/marriage/status" => {
            let fields = inquiry().into_iter();
            fields
                .map(|(name, value)| (name, Value::from(value)))
                .collect()
        }
        "/api/v1/demo/clock" => json!({"advance": "PT1S"}),
        // Nothing is filled in.
        _ if [
            "/api/v1/child/",
            "/api/v1/access/",
            "/api/v1/one-things",
            "/api/v1/ratings",
        ]
        .iter()
        .any(|start| template.starts_with(start)) =>
        {
            json!({})
        }
        other => bail!("no body for {other}: extend rest.rs"),
    };
    Ok(request.json(&json))
}

/// An application in the name of somebody else, with a mandate or without.
async fn filing(row: &Row, actor: &Actor) -> anyhow::Result<Value> {
    let families = match row.label.as_str() {
        "without-mandate" => UNMANDATED_FAMILIES,
        _ => REST_FAMILIES,
    };
    let family = Family::new(families + u16::try_from(actor.index)?);
    let mandate = match &actor.rest {
        Some(rest) if row.label != "without-mandate" => {
            vec![rest.upload(MANDATE, "委托书.jpg", photo()).await?]
        }
        _ => vec![],
    };
    Ok(submission(WHAT, TOWNSHIP, &family.form(), &mandate))
}
