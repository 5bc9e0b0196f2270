//! Check-in: reads the cards, asks what they do not say, files the application.
//!
//! ```text
//! counter ─ asks (the item's form), reads a card, files     page ─ draws what it holds
//! ```

mod asks;
mod counter;
mod page;

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::Fault;

use self::counter::Counter;
use crate::portal::{
    body::Body,
    desk::Desk,
    form::{self, Edit, Problem},
};

/// The empty page, or what the appointment tells.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let counter = Counter::open(&desk).await?;
    counter.draw(&desk, StatusCode::OK)
}

/// Whatever was pressed: a card is read, an entry added, or the application filed.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let mut counter = Counter::open(&desk).await?;
    let desk = desk.at(counter.path("/hall/check-in"));
    counter.fill(&body);
    if desk.verify(&body).is_err() {
        let message = "页面打开得太久了，填的内容还在。请再按一次按钮。";
        counter.problems.push(Problem::new("", message));
        return counter.draw(&desk, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let button = body.text("do");
    if let Some(key) = button.strip_prefix("read:") {
        counter.read(&desk, key).await?;
        return counter.draw(&desk, StatusCode::OK);
    }
    if let Some(edit) = Edit::parse(button) {
        form::apply(&counter.form.fields, &mut counter.value, &edit);
        return counter.draw(&desk, StatusCode::OK);
    }
    if !counter.is_ready() {
        return counter.draw(&desk, StatusCode::UNPROCESSABLE_ENTITY);
    }
    counter.file(&desk, body.text("key")).await
}
