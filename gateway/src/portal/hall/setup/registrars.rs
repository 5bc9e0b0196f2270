//! The registrars of a hall: added by their login names, changed, taken off duty.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value};
use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use super::{code, forms, name, setup};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::{self, Problem, Surroundings},
    view::{
        Section, Trouble,
        hall::setup::{RegistrarView, RegistrarsPage, SetupView},
    },
};

/// The list, with the form for a new one or for the one of the address.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let setup = setup(&desk).await?;
    let registrars = registrars(&desk, &setup).await?;
    let chosen = find(&registrars, desk.query("account")).cloned();
    let value = chosen.as_ref().map(forms::value_of_registrar);
    let value = value.unwrap_or_else(blank);
    let sheet = (chosen, value, vec![]);
    draw(&desk, &setup, registrars, sheet, StatusCode::OK)
}

fn blank() -> Map<String, Value> {
    let kinds = ("kinds".to_owned(), Value::from(vec!["mainland"]));
    Map::from_iter([kinds])
}

async fn registrars(desk: &Desk, setup: &pb::HallSetup) -> Result<Vec<pb::Registrar>, Fault> {
    let backends = desk.state.backends();
    backends.registrars(desk.who()?, code(setup)).await
}

fn find<'a>(registrars: &'a [pb::Registrar], account: &str) -> Option<&'a pb::Registrar> {
    registrars.iter().find(|one| one.account == account)
}

/// Adds one or changes one.
pub(crate) async fn save(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let setup = setup(&desk).await?;
    let registrars = registrars(&desk, &setup).await?;
    let chosen = find(&registrars, body.text("account")).cloned();
    let form = forms::registrar(chosen.is_some());
    let value = form::read(&form.fields, &body.posted());
    let mut problems = form::check(&form.fields, &value, "");
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if problems.is_empty() {
        match who(&desk, chosen.as_ref(), &value).await? {
            None => {
                let message = "本地区窗口人员里没有这个登录名，请核对。";
                problems.push(Problem::new("/login", message));
            }
            Some((account, name)) => {
                let request = pb::SaveRegistrarRequest {
                    idempotency_key: body.text("key").to_owned(),
                    hall: code(&setup).to_owned(),
                    account,
                    name,
                    active: chosen.is_none() || value.get("active") == Some(&Value::Bool(true)),
                    qualified_until: forms::text(&value, "qualified_until"),
                    trained_on: forms::text(&value, "trained_on"),
                    examined_on: forms::text(&value, "examined_on"),
                    kinds: forms::list(&value, "kinds"),
                };
                let backends = desk.state.backends();
                match backends.save_registrar(desk.who()?, request).await {
                    Ok(_) => {
                        let code = code(&setup);
                        return Ok(go(&format!("/hall/setup/{code}/registrars?done=saved")));
                    }
                    Err(fault) => {
                        status = fault.http_status();
                        problems = failure::problems(fault)?;
                    }
                }
            }
        }
    }
    for problem in &mut problems {
        // The account was found by its login name.
        if matches!(problem.pointer.as_str(), "/account" | "/name") {
            "/login".clone_into(&mut problem.pointer);
        }
    }
    draw(&desk, &setup, registrars, (chosen, value, problems), status)
}

/// Account and name of the one who is meant; none when there is nobody.
async fn who(
    desk: &Desk,
    chosen: Option<&pb::Registrar>,
    value: &Map<String, Value>,
) -> Result<Option<(String, String)>, Fault> {
    if let Some(one) = chosen {
        return Ok(Some((one.account.clone(), one.name.clone())));
    }
    let login = forms::text(value, "login");
    let found = desk.state.accounts().clerk(desk.who()?, &login).await?;
    Ok(found.map(|one| (one.account.to_string(), one.name)))
}

fn draw(
    desk: &Desk,
    setup: &pb::HallSetup,
    registrars: Vec<pb::Registrar>,
    (chosen, value, problems): (Option<pb::Registrar>, Map<String, Value>, Vec<Problem>),
    status: StatusCode,
) -> Result<Response, Fault> {
    let form = forms::registrar(chosen.is_some());
    let around = Surroundings {
        problems: &problems,
        ..Surroundings::default()
    };
    let path = format!("/hall/setup/{}/registrars", code(setup));
    let title = format!("{}：登记员", name(setup));
    let page = RegistrarsPage {
        chrome: desk
            .clone()
            .at(path.clone())
            .chrome()
            .titled(title, Section::Hall),
        told: match desk.query("done") {
            "saved" => "已经保存。",
            _ => "",
        },
        problems: Trouble::of_form(&form, &problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        post: path.clone(),
        hall: SetupView::of(setup),
        registrars: registrars
            .iter()
            .map(|one| RegistrarView::of(one, &path))
            .collect(),
        account: chosen.as_ref().map(|one| one.account.clone()),
        heading: match &chosen {
            Some(one) => format!("修改：{}", one.name),
            None => "增加登记员".to_owned(),
        },
        fields: form::draw(&form.fields, &value, &around),
    };
    Ok(desk.page_with(status, &page))
}
