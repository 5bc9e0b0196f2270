//! The page for something that went wrong: what happened, what to do now.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use yiwang_chassis::fault::{Code, Fault, FieldViolation};
use yiwang_civic::time;

use super::{
    burial_office, child,
    form::Problem,
    hall, rescue,
    view::{Chrome, Section, User, format, public::Message},
};
use crate::{security::request_id, session::SignedIn, state::AppState};

/// What the person can mend, at their fields; anything else is a failure.
///
/// # Errors
/// The fault itself.
pub(crate) fn problems(fault: Fault) -> Result<Vec<Problem>, Fault> {
    let mendable = matches!(
        fault.code,
        Code::InvalidInput | Code::PreconditionFailed | Code::AlreadyExists | Code::Forbidden
    );
    if !mendable {
        return Err(fault);
    }
    if fault.fields.is_empty() {
        return Ok(vec![Problem::new("", fault.message)]);
    }
    let problem = |field: FieldViolation| Problem::new(field.field, field.message);
    Ok(fault.fields.into_iter().map(problem).collect())
}

/// The page for `fault`, where no request is at hand.
pub(crate) fn error_page(state: &AppState, who: Option<&SignedIn>, fault: &Fault) -> Response {
    let user = who.map(|who| User {
        name: who.name.clone(),
        staff: who.is_staff(),
        counter: hall::opens_to(who),
        burial: burial_office::entry(who),
        rescue: rescue::entry(who),
        child: child::entry(who),
        csrf: who.csrf.clone(),
    });
    let demo = state
        .demo()
        .map(|demo| format::day(time::beijing_date(demo.now())));
    let chrome = Chrome {
        path: "/".to_owned(),
        large: request_id::large_print(),
        user,
        demo,
        ..Chrome::default()
    };
    draw(chrome, state.clock().now(), fault)
}

/// The page for `fault` in this frame.
pub(crate) fn draw(chrome: Chrome, now: Timestamp, fault: &Fault) -> Response {
    let mut page = message(chrome, fault);
    page.trace = match fault.code {
        Code::Internal | Code::Unavailable | Code::DeadlineExceeded => {
            format!("{}（{}）", request_id::current(), format::moment(now))
        }
        _ => String::new(),
    };
    match page.render() {
        Ok(html) => (fault.http_status(), Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Heading, sentences and ways on for `fault`.
pub(crate) fn message(chrome: Chrome, fault: &Fault) -> Message {
    let staff = chrome.user.as_ref().is_some_and(|user| user.staff);
    let signed_in = chrome.user.is_some();
    let home = match (staff, signed_in) {
        (true, _) => ("/work".to_owned(), "回到待办"),
        (_, true) => ("/my".to_owned(), "回到我的办件"),
        _ => ("/".to_owned(), "回到首页"),
    };
    let closed = child::closed_case(&chrome).filter(|_| fault.code == Code::NotFound);
    let (title, lines): (&str, Vec<String>) = match fault.code {
        Code::NotFound => {
            let gone = "网址可能写错了，或者内容已经到期撤下，或者您没有查看的权限。";
            let mut lines = vec![gone.to_owned()];
            if closed.is_some() {
                lines.push("如果因工作需要查阅，可以申请。".to_owned());
            }
            ("没有找到这一页", lines)
        }
        Code::Unauthenticated => ("请先登录", vec!["登录以后就能继续。".to_owned()]),
        Code::Forbidden => ("这一步办不了", vec![fault.message.clone()]),
        Code::Conflict | Code::AlreadyExists | Code::PreconditionFailed => {
            ("现在不能这样办", vec![fault.message.clone()])
        }
        Code::TooLarge => ("内容太大了", vec![fault.message.clone()]),
        Code::RateLimited => ("点得太快了", vec![fault.message.clone()]),
        Code::InvalidInput | Code::IdempotencyMismatch => {
            let mut lines = vec![fault.message.clone()];
            lines.extend(fault.fields.iter().map(|field| field.message.clone()));
            ("请返回修改", lines)
        }
        Code::Unavailable | Code::DeadlineExceeded => (
            "暂时连不上，请稍后再试",
            vec!["系统的一部分正在恢复。已经保存的内容都在，过一两分钟再试就好。".to_owned()],
        ),
        Code::Internal => (
            "系统出了错",
            vec!["这不是您的问题，我们已经收到记录。已经保存的内容都在，请稍后再试。".to_owned()],
        ),
    };
    let mut links = vec![home];
    if fault.code == Code::Unauthenticated {
        links.insert(0, (chrome.login_link(), "去登录"));
    }
    if let Some(ask) = closed {
        links.insert(0, (ask, "申请查阅"));
    }
    links.push(("/help".to_owned(), "使用帮助"));
    Message {
        chrome: chrome.titled(title, Section::None),
        lines,
        links,
        trace: String::new(),
    }
}
