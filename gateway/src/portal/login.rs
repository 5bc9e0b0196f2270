//! Signing in and out.

use axum::{
    Json,
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use secrecy::ExposeSecret;
use serde_json::json;
use yiwang_chassis::fault::{Code, Fault};

use super::{
    apply,
    body::Body,
    book,
    desk::{Desk, go, own_path},
    on_phone::{LEAVE, OnPhone},
    second_step::{ask_code, ask_enrolment},
    view::{
        Section, Trouble,
        chrome::query,
        entry::{DemoAccount, Login},
    },
};
use crate::{account::SignInOutcome, demo::PASSWORD, session::Authenticated};

/// What stays with the reader through the steps of signing in.
#[derive(Default)]
pub(super) struct Journey {
    pub(super) next: String,
    carry: String,
}

impl Journey {
    pub(super) fn of(body: &Body) -> Self {
        Self {
            next: own_path(body.text("next")).to_owned(),
            carry: body.raw("carry").to_owned(),
        }
    }

    pub(super) fn hidden(&self, ticket: &str) -> Vec<(&'static str, String)> {
        vec![
            ("ticket", ticket.to_owned()),
            ("next", self.next.clone()),
            ("carry", self.carry.clone()),
        ]
    }
}

/// Who is signed in, for the enhanced form that lost its session.
pub(crate) async fn session(desk: Desk) -> Result<Response, Fault> {
    let who = desk.who()?;
    Ok(Json(json!({ "csrf": who.csrf, "who": apply::owner_tag(who) })).into_response())
}

/// The sign-in page.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let next = own_path(desk.query("next")).to_owned();
    if desk.who.is_some() && !next.starts_with("/login") {
        return Ok(go(if next == "/" { landing(&desk) } else { &next }));
    }
    let journey = Journey {
        next,
        ..Journey::default()
    };
    draw(&desk, &journey, "", vec![], StatusCode::OK).await
}

/// The sign-in page for somebody whose session ended while filling a form in.
pub(crate) async fn resume(desk: &Desk, next: &str, carry: String) -> Result<Response, Fault> {
    let journey = Journey {
        next: next.to_owned(),
        carry,
    };
    draw(desk, &journey, "", vec![], StatusCode::UNAUTHORIZED).await
}

pub(super) async fn draw(
    desk: &Desk,
    journey: &Journey,
    login: &str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let (jar, csrf) = desk.csrf();
    let page = Login {
        chrome: desk
            .clone()
            .at("/login")
            .chrome()
            .titled("登录", Section::None),
        problems,
        csrf,
        next: journey.next.clone(),
        carries: !journey.carry.is_empty(),
        carry: Some(journey.carry.clone()).filter(|carry| !carry.is_empty()),
        login: login.to_owned(),
        register_link: query("/register", &[("next", &journey.next)]),
        demo_accounts: demo_accounts(desk).await?,
    };
    Ok((jar, desk.page_with(status, &page)).into_response())
}

pub(super) async fn demo_accounts(desk: &Desk) -> Result<Vec<DemoAccount>, Fault> {
    let Some(demo) = desk.state.demo() else {
        return Ok(vec![]);
    };
    let account = |code: crate::demo::DemoCode| DemoAccount {
        label: format!("{} {}", code.account.label, code.account.name),
        login: code.account.login.to_owned(),
        password: PASSWORD.to_owned(),
        code: code.code.unwrap_or_default(),
    };
    Ok(demo.totp_codes().await?.into_iter().map(account).collect())
}

/// Name and password.
pub(crate) async fn sign_in(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let journey = Journey::of(&body);
    let login = body.text("login");
    let refuse = async |fault: Fault| {
        if !is_own_mistake(&fault) {
            return Err(fault);
        }
        let status = fault.http_status();
        draw(
            &desk,
            &journey,
            login,
            vec![Trouble::at("login", fault.message)],
            status,
        )
        .await
    };
    if let Err(fault) = desk.verify(&body) {
        return refuse(fault).await;
    }
    let password = body.raw("password").to_owned().into();
    match desk
        .state
        .accounts()
        .sign_in(login, &password, None, &desk.client)
        .await
    {
        Ok(SignInOutcome::Done(who)) => enter(&desk, &who, &journey).await,
        Ok(SignInOutcome::TotpRequired { ticket }) => {
            ask_code(
                &desk,
                &journey,
                ticket.expose_secret(),
                vec![],
                StatusCode::OK,
            )
            .await
        }
        Ok(SignInOutcome::TotpEnrolmentRequired(enrolment)) => {
            ask_enrolment(&desk, &journey, &enrolment)
        }
        Err(fault) => refuse(fault).await,
    }
}

/// What the person can mend on the same page.
pub(super) fn is_own_mistake(fault: &Fault) -> bool {
    !matches!(
        fault.code,
        Code::Internal | Code::Unavailable | Code::DeadlineExceeded
    )
}

pub(super) async fn enter(
    desk: &Desk,
    who: &Authenticated,
    journey: &Journey,
) -> Result<Response, Fault> {
    let cookie = desk
        .state
        .sessions()
        .open_browser(who, &desk.client)
        .await?;
    let token = cookie.value().to_owned();
    let jar = CookieJar::new().add(cookie);
    let mut target = journey.next.clone();
    if !journey.carry.is_empty()
        && let Some(signed_in) = desk.state.sessions().by_cookie(&token).await?
    {
        if target == "/book" {
            let page = book::take_up(desk, signed_in, &journey.carry).await?;
            return Ok((jar, page).into_response());
        }
        if let Some(resumed) =
            apply::take_up(desk, signed_in, &journey.next, &journey.carry).await?
        {
            target = resumed;
        }
    }
    if target == "/" {
        target = if who.staff { "/work" } else { "/my" }.to_owned();
    }
    Ok((jar, go(&target)).into_response())
}

fn landing(desk: &Desk) -> &'static str {
    let staff = desk.who.as_ref().is_some_and(|who| who.is_staff());
    if staff { "/work" } else { "/my" }
}

/// Signs out.
pub(crate) async fn sign_out(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let phone = OnPhone::of(&desk);
    if let Some(who) = &desk.who {
        desk.verify(&body)?;
        if phone.waits() && body.text("do") != LEAVE {
            return Ok(desk.page(&phone.ask(&desk, who)));
        }
        desk.state.sessions().sign_out(who).await?;
    }
    let jar = CookieJar::new().add(desk.state.sessions().forget_cookie());
    // The session had ended by itself: nobody was asked, so what is unsent stays.
    if desk.who.is_none() && phone.waits() {
        return Ok((jar, go("/")).into_response());
    }
    Ok((phone.cleared(jar), go("/")).into_response())
}
