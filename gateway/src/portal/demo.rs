//! The page that moves the demo clock; it does not exist outside a demo.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::Fault;
use yiwang_civic::{calendar::WorkCalendar, time};

use super::{
    body::Body,
    desk::{Desk, go},
    form::normalise,
    view::{Section, chrome::query, demo::Demo, format},
};

/// The demo clock.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let told = match desk.query("moved") {
        "" => String::new(),
        day => format!(
            "日期已经拨到 {}，到期的事正在自动办理，稍等几秒再看办件。",
            format::iso_day(day)
        ),
    };
    draw(&desk, told, false, StatusCode::OK)
}

fn draw(desk: &Desk, told: String, wrong: bool, status: StatusCode) -> Result<Response, Fault> {
    let demo = desk.state.demo().ok_or_else(Fault::not_found)?;
    let now = demo.now();
    let today = time::beijing_date(now);
    let (jar, csrf) = desk.csrf();
    let page = Demo {
        chrome: desk
            .clone()
            .at("/demo")
            .chrome()
            .titled("调整演示日期", Section::None),
        told,
        wrong,
        csrf,
        now: format::moment(now),
        weekday: format::weekday(today),
        working: WorkCalendar::embedded().is_working_day(today),
        example: time::month_of(today).next().first_day().to_string(),
        set: String::new(),
    };
    Ok((jar, desk.page_with(status, &page)).into_response())
}

/// Moves the clock.
pub(crate) async fn turn(desk: Desk, request: Request) -> Result<Response, Fault> {
    let demo = desk.state.demo().ok_or_else(Fault::not_found)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let moved = match body.text("advance") {
        "" => match normalise::date(body.text("set")) {
            Some(day) => demo.set(&format!("{day}T09:00:00+08:00")).await,
            None => {
                let message = "请写一个日期，例如 2026-06-01。";
                Err(Fault::invalid_field("/set", "DATE", message))
            }
        },
        by => demo.advance(by).await,
    };
    match moved {
        Ok(now) => {
            let day = time::beijing_date(now).to_string();
            Ok(go(&query("/demo", &[("moved", &day)])))
        }
        Err(fault) => {
            let first = fault.fields.first().map(|field| field.message.clone());
            let told = first.unwrap_or_else(|| fault.message.clone());
            draw(&desk, told, true, fault.http_status())
        }
    }
}
