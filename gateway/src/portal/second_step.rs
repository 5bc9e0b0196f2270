//! The second step of signing in: the code, and enrolling it first.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret;
use yiwang_chassis::fault::Fault;

use super::{
    body::Body,
    desk::Desk,
    login::{Journey, demo_accounts, draw, enter, is_own_mistake},
    view::{
        Section, Trouble,
        entry::{Code, Enrol, grouped},
    },
};
use crate::account::Enrolment;

pub(super) async fn ask_code(
    desk: &Desk,
    journey: &Journey,
    ticket: &str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (jar, csrf) = desk.csrf();
    let codes = demo_accounts(desk)
        .await?
        .into_iter()
        .filter(|account| !account.code.is_empty());
    let page = Code {
        chrome: desk
            .clone()
            .at("/login")
            .chrome()
            .titled("再填一个验证码", Section::None),
        problems,
        csrf,
        hidden: journey.hidden(ticket),
        demo_codes: codes.map(|account| (account.login, account.code)).collect(),
    };
    Ok((jar, desk.page_with(status, &page)).into_response())
}

pub(super) fn ask_enrolment(
    desk: &Desk,
    journey: &Journey,
    enrolment: &Enrolment,
) -> Result<Response, Fault> {
    let (jar, csrf) = desk.csrf();
    let page = Enrol {
        chrome: desk
            .clone()
            .at("/login")
            .chrome()
            .titled("启用动态验证码", Section::None),
        problems: vec![],
        csrf,
        reason: "工作人员登录必须启用动态验证码，只需设置一次。",
        secret_grouped: grouped(enrolment.secret_base32.expose_secret()),
        uri: enrolment.uri.expose_secret().to_owned(),
        action: "/login/enrol",
        hidden: journey.hidden(enrolment.ticket.expose_secret()),
    };
    Ok((jar, desk.page(&page)).into_response())
}

/// The code of the second factor.
pub(crate) async fn code(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let journey = Journey::of(&body);
    let ticket = body.text("ticket").to_owned().into();
    let accounts = desk.state.accounts();
    match accounts
        .second_step(&ticket, body.text("totp"), &desk.client)
        .await
    {
        Ok(who) => enter(&desk, &who, &journey).await,
        Err(fault) if fault.reason == "TICKET_EXPIRED" => {
            let status = fault.http_status();
            draw(
                &desk,
                &journey,
                "",
                vec![Trouble::at("login", fault.message)],
                status,
            )
            .await
        }
        Err(fault) if is_own_mistake(&fault) => {
            let status = fault.http_status();
            let problems = vec![Trouble::at("totp", fault.message)];
            ask_code(&desk, &journey, ticket.expose_secret(), problems, status).await
        }
        Err(fault) => Err(fault),
    }
}

/// The first code of a second factor that staff must enrol.
pub(crate) async fn enrol(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let journey = Journey::of(&body);
    let ticket = body.text("ticket").to_owned().into();
    let accounts = desk.state.accounts();
    match accounts
        .confirm_totp(&ticket, body.text("totp"), &desk.client)
        .await
    {
        Ok(who) => enter(&desk, &who, &journey).await,
        // The secret is shown once: a wrong code starts again with the password.
        Err(fault) if is_own_mistake(&fault) => {
            let status = fault.http_status();
            let message = format!("{}请重新登录，再设置一次。", fault.message);
            draw(
                &desk,
                &journey,
                "",
                vec![Trouble::at("login", message)],
                status,
            )
            .await
        }
        Err(fault) => Err(fault),
    }
}
