//! Pages and posted forms of the matrix.

use anyhow::bail;
use reqwest::{Method, Url};
use serde_json::Value;
use yiwang_e2e::id_number;

use crate::{
    burial,
    calls::{OBJECTION, REASON, act_data, colleague, inquiry, path, send},
    cast::Actor,
    marriage,
    outcome::Answer,
    scene::Ids,
    table::Row,
    world::World,
};

/// Makes the call of a page or form.
pub(crate) async fn call(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    ids: &Ids,
) -> anyhow::Result<Answer> {
    let (method, template) = row.parts();
    let path = path(world, template, row, ids)?;
    let method: Method = method.parse()?;
    let mut request = world
        .http
        .request(method.clone(), world.suite.url(&path))
        .header("Cookie", &actor.cookie);
    if method == Method::POST {
        let mut fields = fields(world, row, actor, template)?;
        // The page that the form was on knew the version of the case.
        let of_case = template.contains("/cases/{number}") && !template.starts_with("/child/");
        let version = match of_case {
            true => version(world, ids).await?,
            false => 0,
        };
        fields.push(("version", version.to_string()));
        let form = encoded(&fields)?;
        // As a browser does; a form from elsewhere is refused before it is read.
        request = request
            .header("Origin", world.suite.base())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form);
    }
    let mut answer = send(request, ids).await?;
    for secret in [&actor.csrf, &actor.tag]
        .into_iter()
        .filter(|secret| !secret.is_empty())
    {
        answer.whole = answer.whole.replace(secret.as_str(), "<own>");
    }
    Ok(answer)
}

fn fields(
    world: &World<'_>,
    row: &Row,
    actor: &Actor,
    template: &str,
) -> anyhow::Result<Vec<(&'static str, String)>> {
    let key = uuid::Uuid::new_v4().to_string();
    let mut fields: Vec<(&str, String)> = match template {
        "/login"
        | "/login/code"
        | "/login/enrol"
        | "/register"
        | "/logout"
        | "/account/password"
        | "/account/texts"
        | "/account/totp"
        | "/account/sessions/{id}/end"
        | "/drafts/{item}/discard"
        | "/certificates/{service}/{id}/show" => vec![],
        "/notices/{id}/objections" => vec![("content", OBJECTION.to_owned()), ("key", key)],
        "/demo" => vec![("advance", "PT1S".to_owned())],
        "/drafts/{item}" => draft(actor),
        "/apply/{item}" => [draft(actor), vec![("do", "save".to_owned())]].concat(),
        "/cases/{number}/actions/{action}" | "/hall/cases/{number}/actions/{action}" => {
            let data = act_data(world, "record_complaint")?;
            let text = data["text"].as_str().unwrap_or_default().to_owned();
            vec![("text", text), ("do", "act".to_owned()), ("key", key)]
        }
        "/cases/{number}/reveal" | "/hall/cases/{number}/reveal" => {
            vec![
                ("pointer", "/applicant/id_number".to_owned()),
                ("reason", REASON.to_owned()),
            ]
        }
        "/book" => booking(key),
        "/my/appointments/{number}/cancel" | "/visits/mine/{number}/cancel" => vec![("key", key)],
        "/visits/{facility}" => vec![
            ("at", "2026-05-20T09:00".to_owned()),
            ("kind", "in_person".to_owned()),
            ("phone", "13800001234".to_owned()),
            ("key", key),
        ],
        // A home of nobody, a time of no funeral, a place of no cemetery.
        "/funeral" => vec![("home", "0".to_owned())],
        "/funeral/{number}/times" => vec![
            ("kind", "hall".to_owned()),
            ("choice", "2026-05-20T09:00|".to_owned()),
            ("key", key),
        ],
        "/cemeteries/{code}" => vec![
            ("area", "南坡区".to_owned()),
            ("spot", "0".to_owned()),
            ("do", "hold".to_owned()),
            ("key", key),
        ],
        "/memorials/mine/new"
        | "/memorials/mine/{code}"
        | "/memorials/mine/{code}/words/{id}"
        | "/memorials/{code}/leave"
        | "/memorials/{code}/take-down" => vec![("key", key)],
        "/visits/gate" => vec![
            ("facility", burial::CEMETERY.to_owned()),
            ("number", "JS1".to_owned()),
            ("key", key),
        ],
        "/hall/check-in" | "/hall/archive/{id}/entries/{entry}" => vec![],
        "/hall/archive" | "/hall/archive/{id}/publish" => vec![("key", key)],
        "/hall/setup/new"
        | "/hall/setup/{code}"
        | "/hall/setup/{code}/registrars"
        | "/hall/setup/{code}/days" => vec![("key", key)],
        "/hall/archive/{id}/rows/{row}" => vec![
            ("choice", "first".to_owned()),
            ("reason", "与原件核对".to_owned()),
            ("key", key),
        ],
        "/hall/status" => inquiry().to_vec(),
        "/hall/counselling/{number}" => vec![
            ("held", "yes".to_owned()),
            ("topic", "other".to_owned()),
            ("key", key),
        ],
        "/hall/dishonesty/{id}/contest" => vec![
            ("id_number", id_number("420323", "19930405", 777)),
            ("text", "身份证是被人冒用的".to_owned()),
            ("key", key),
        ],
        "/hall/dishonesty/{id}/decide" => vec![
            ("decision", "lift".to_owned()),
            ("text", "公安机关证明为冒用".to_owned()),
            ("key", key),
        ],
        // Nothing is ticked or typed.
        "/hall/restoration" => vec![("key", key)],
        "/hall/conflicts/{id}" => {
            let reason = "核对原始档案，为同名的两个人".to_owned();
            vec![
                ("keep", "none".to_owned()),
                ("reason", reason),
                ("key", key),
            ]
        }
        // Nothing is typed.
        "/rescue/tell"
        | "/rescue/board"
        | "/rescue/house/{act}"
        | "/rescue/calls/{act}"
        | "/rescue/patrols/plan"
        | "/rescue/patrols/{id}/{act}"
        | "/rescue/campaigns/{act}"
        | "/rescue/encounters/{id}"
        | "/rescue/reports/search"
        | "/rescue/institutions/{act}"
        | "/rescue/leaving/new"
        | "/rescue/search/{number}"
        | "/rescue/search/{number}/compare"
        | "/rescue/street/visits"
        | "/rescue/street/points"
        | "/rescue/street/settle"
        | "/home/resources/edit"
        | "/home/deaths/{act}"
        | "/cemetery/keeper/{act}"
        | "/burial/planning/{act}"
        | "/burial/inspections/new"
        | "/burial/inspections/{id}/draw" => vec![("key", key)],
        _ if ["/child/", "/one-things/", "/ratings/"]
            .iter()
            .any(|pages| template.starts_with(pages)) =>
        {
            vec![("key", key)]
        }
        "/home/deaths" => vec![("number", "999999".to_owned())],
        "/cases/{number}/handover" => {
            let (account, _) = colleague(world, actor, &row.label)?;
            vec![
                ("to", account),
                ("reason", "下乡一周".to_owned()),
                ("key", key),
            ]
        }
        other => bail!("no fields for {other}: extend pages.rs"),
    };
    if row.label != "without-token" {
        fields.push(("csrf", actor.csrf.clone()));
    }
    Ok(fields)
}

/// The present version of the case; 0 for one that does not exist.
async fn version(world: &World<'_>, ids: &Ids) -> anyhow::Result<i64> {
    let version = sqlx::query_scalar("select version from casework.case_file where number = $1");
    let version: Option<i64> = version
        .bind(&ids.number)
        .fetch_optional(&world.assistance)
        .await?;
    Ok(version.unwrap_or(0))
}

/// The booking of two people who are neither of the callers.
fn booking(key: String) -> Vec<(&'static str, String)> {
    let wish = marriage::strangers_wish();
    let text = |pointer: &str| {
        let found = wish.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    vec![
        ("kind", text("/kind")),
        ("hall", text("/hall")),
        ("at", text("/starts_at")),
        ("name_a", text("/visitors/0/name")),
        ("id_a", text("/visitors/0/id_number")),
        ("name_b", text("/visitors/1/name")),
        ("id_b", text("/visitors/1/id_number")),
        ("phone", text("/phone")),
        ("key", key),
    ]
}

/// The first step of an application, with nothing filled in.
fn draft(actor: &Actor) -> Vec<(&'static str, String)> {
    vec![("who", actor.tag.clone()), ("step", "1".to_owned())]
}

fn encoded(fields: &[(&str, String)]) -> anyhow::Result<String> {
    let mut url = Url::parse("http://form.invalid/")?;
    url.query_pairs_mut().extend_pairs(fields);
    Ok(url.query().unwrap_or_default().to_owned())
}
