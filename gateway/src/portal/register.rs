//! Registering with name and ID number.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::Fault;

use super::{
    body::Body,
    desk::{Desk, own_path},
    login::{Journey, enter, is_own_mistake},
    view::{
        Section, Trouble,
        entry::{Entry, Register},
    },
};
use crate::account::NewAccount;

/// The registration page.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let next = own_path(desk.query("next")).to_owned();
    draw_register(&desk, next, Entry::all(), StatusCode::OK)
}

fn draw_register(
    desk: &Desk,
    next: String,
    fields: Vec<Entry>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (jar, csrf) = desk.csrf();
    let wrong = fields.iter().filter(|field| !field.error.is_empty());
    let problems = wrong
        .map(|field| Trouble::at(field.name, field.error.clone()))
        .collect();
    let chrome = desk
        .clone()
        .at("/register")
        .chrome()
        .titled("注册", Section::None);
    let page = Register {
        chrome,
        problems,
        csrf,
        next,
        fields,
    };
    Ok((jar, desk.page_with(status, &page)).into_response())
}

/// Registers and signs in.
pub(crate) async fn register(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let text = |name: &str| body.text(name).to_owned();
    let new = NewAccount {
        login: text("login"),
        password: body.raw("password").to_owned().into(),
        name: text("name"),
        id_number: text("id_number"),
        phone: text("phone"),
    };
    let journey = Journey::of(&body);
    match desk.state.accounts().register(new).await {
        Ok(who) => enter(&desk, &who, &journey).await,
        Err(fault) if is_own_mistake(&fault) => {
            let mut fields = Entry::all();
            for field in &mut fields {
                // A password is never sent back.
                if field.kind != "password" {
                    field.value = text(field.name);
                }
                let pointer = format!("/{}", field.name);
                let wrong = fault.fields.iter().find(|wrong| wrong.field == pointer);
                field.error = wrong.map(|wrong| wrong.message.clone()).unwrap_or_default();
            }
            if fields.iter().all(|field| field.error.is_empty()) {
                fields[0].error = fault.message.clone();
            }
            draw_register(&desk, journey.next, fields, fault.http_status())
        }
        Err(fault) => Err(fault),
    }
}
