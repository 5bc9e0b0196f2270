//! The own account: devices, password, second factor.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use secrecy::ExposeSecret;
use yiwang_chassis::fault::{Code, Fault};

use super::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section, Trouble,
        entry::{Account, Device, Enrol, grouped},
        format,
    },
};

/// The own account.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("done") {
        "password" => "密码改好了，其他设备都已退出，需要重新登录。",
        "session" => "那台设备已经退出。",
        "totp" => "动态验证码已启用，下次登录时要用。",
        "texts" => "已经改好。",
        _ => "",
    };
    draw(&desk, told, vec![], StatusCode::OK).await
}

async fn draw(
    desk: &Desk,
    told: &'static str,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let who = desk.who()?;
    let own = desk.state.accounts().own(who).await?;
    let sessions = desk.state.sessions().list(who).await?;
    let device = |session: crate::session::SessionInfo| Device {
        id: session.id.to_string(),
        device: session.device,
        created: format::moment(session.created_at),
        seen: format::moment(session.last_seen_at),
        current: session.current,
    };
    let mut rows = vec![("登录名", own.login.clone())];
    rows.extend(own.id_number.map(|number| ("身份证号", number)));
    let has_phone = own.phone.is_some();
    rows.extend(own.phone.map(|phone| ("手机号码", phone)));
    for grant in who.grants.iter().filter(|grant| grant.role.is_staff()) {
        let place = yiwang_civic::division::full_name(&grant.division);
        let place = place.unwrap_or_else(|| "全国".to_owned());
        rows.push(("职责", format!("{}（{place}）", grant.role.label())));
    }
    let page = Account {
        chrome: desk
            .clone()
            .at("/account")
            .chrome()
            .titled("我的账号", Section::None),
        problems,
        told,
        csrf: who.csrf.clone(),
        login: own.login,
        name: own.name,
        rows,
        totp: own.second_factor,
        texts: (!desk.state.config().notifier.sms.is_empty() && has_phone).then_some(own.texts),
        sessions: sessions.into_iter().map(device).collect(),
    };
    Ok(desk.page_with(status, &page))
}

/// Changes the password.
pub(crate) async fn password(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let who = desk.who()?;
    let (current, new) = (
        body.raw("current").to_owned().into(),
        body.raw("new").to_owned().into(),
    );
    match desk
        .state
        .accounts()
        .change_password(who, &current, &new, &desk.client)
        .await
    {
        Ok(()) => Ok(go("/account?done=password")),
        Err(fault) if matches!(fault.code, Code::Internal | Code::Unavailable) => Err(fault),
        Err(fault) => {
            let trouble = match fault.fields.first() {
                Some(field) => Trouble::at("new", field.message.clone()),
                None => Trouble::at("current", fault.message.clone()),
            };
            draw(&desk, "", vec![trouble], fault.http_status()).await
        }
    }
}

/// Wants texts about news, or none.
pub(crate) async fn texts(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let wanted = body.text("texts") == "yes";
    desk.state
        .accounts()
        .want_texts(desk.who()?, wanted)
        .await?;
    Ok(go("/account?done=texts"))
}

/// Ends one of the own sessions.
pub(crate) async fn end_session(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let session = desk.param(0)?.parse().map_err(|_| Fault::not_found())?;
    desk.state.sessions().end(desk.who()?, session).await?;
    Ok(go("/account?done=session"))
}

/// Begins to enrol a second factor.
pub(crate) async fn totp(desk: Desk) -> Result<Response, Fault> {
    enrolment(&desk, vec![]).await
}

async fn enrolment(desk: &Desk, problems: Vec<Trouble>) -> Result<Response, Fault> {
    let who = desk.who()?;
    let enrolment = desk.state.accounts().enrol_totp(who).await?;
    let page = Enrol {
        chrome: desk
            .clone()
            .at("/account/totp")
            .chrome()
            .titled("启用动态验证码", Section::None),
        problems,
        csrf: who.csrf.clone(),
        reason: "",
        secret_grouped: grouped(enrolment.secret_base32.expose_secret()),
        uri: enrolment.uri.expose_secret().to_owned(),
        action: "/account/totp",
        hidden: vec![("ticket", enrolment.ticket.expose_secret().to_owned())],
    };
    Ok(desk.page(&page).into_response())
}

/// Enrols the second factor.
pub(crate) async fn confirm_totp(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let ticket = body.text("ticket").to_owned().into();
    let password = body.raw("current").to_owned().into();
    let code = body.text("totp");
    match desk
        .state
        .accounts()
        .replace_totp(desk.who()?, &password, &ticket, code, &desk.client)
        .await
    {
        Ok(_) => Ok(go("/account?done=totp")),
        Err(fault) if matches!(fault.code, Code::Internal | Code::Unavailable) => Err(fault),
        Err(fault) if fault.reason == "SIGN_IN_FAILED" => {
            let message = "密码不对。请用下面的新密钥再来一次，把验证器里刚才那一条删掉。";
            enrolment(&desk, vec![Trouble::at("current", message)]).await
        }
        // A new secret is drawn: the reader must not type an old one.
        Err(fault) => {
            let message = format!(
                "{}请把验证器里刚才那一条删掉，用下面的新密钥再来一次。",
                fault.message
            );
            enrolment(&desk, vec![Trouble::at("totp", message)]).await
        }
    }
}
