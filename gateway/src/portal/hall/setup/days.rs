//! The days of a hall: two months ahead as a table, and the form for one of them.

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
        chrome::query,
        hall::setup::{DayForm, DaysPage, SetupView, booked, weeks},
    },
};

/// The table; with a day, its form.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let setup = setup(&desk).await?;
    let days = calendar(&desk, &setup).await?;
    let sheet = days
        .iter()
        .find(|day| day.day == desk.query("day"))
        .map(|day| Sheet {
            day: day.day.clone(),
            value: forms::value_of_day(day),
            problems: vec![],
            booked: vec![],
        });
    draw(&desk, &setup, &days, sheet, StatusCode::OK)
}

async fn calendar(desk: &Desk, setup: &pb::HallSetup) -> Result<Vec<pb::HallDay>, Fault> {
    let backends = desk.state.backends();
    backends.hall_calendar(desk.who()?, code(setup)).await
}

/// A form with what was typed and what is wrong with it.
struct Sheet {
    day: String,
    value: Map<String, Value>,
    problems: Vec<Problem>,
    /// Appointments that the day would have no room for.
    booked: Vec<String>,
}

/// Sets a day.
pub(crate) async fn set(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let setup = setup(&desk).await?;
    let form = forms::day();
    let mut sheet = Sheet {
        day: body.text("day").to_owned(),
        value: form::read(&form.fields, &body.posted()),
        problems: vec![],
        booked: vec![],
    };
    sheet.problems = form::check(&form.fields, &sheet.value, "");
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if sheet.problems.is_empty() {
        let request = pb::SetDayRequest {
            idempotency_key: body.text("key").to_owned(),
            hall: code(&setup).to_owned(),
            day: sheet.day.clone(),
            cancels: body.text("cancels").parse().unwrap_or(0),
            ..forms::request_of_day(&sheet.value)
        };
        let backends = desk.state.backends();
        match backends.set_hall_day(desk.who()?, request).await {
            Ok(set) => {
                let path = format!("/hall/setup/{}/days", code(&setup));
                let cancelled = set.cancelled.to_string();
                let done = [("done", "set"), ("cancelled", cancelled.as_str())];
                return Ok(go(&query(&path, &done)));
            }
            Err(fault) => {
                status = fault.http_status();
                let (message, all) = (fault.message.clone(), fault.fields.len());
                let problems = failure::problems(fault)?;
                let (named, rest): (Vec<_>, Vec<_>) = problems
                    .into_iter()
                    .partition(|problem| problem.pointer == "/cancels");
                sheet.booked = named.into_iter().map(|problem| problem.message).collect();
                sheet.problems = forms::flat(rest);
                if all > 0 && sheet.booked.len() == all {
                    sheet.problems = vec![Problem::new("/cancels", message)];
                }
            }
        }
    }
    let days = calendar(&desk, &setup).await?;
    draw(&desk, &setup, &days, Some(sheet), status)
}

fn draw(
    desk: &Desk,
    setup: &pb::HallSetup,
    days: &[pb::HallDay],
    sheet: Option<Sheet>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let path = format!("/hall/setup/{}/days", code(setup));
    let title = format!("{}：开放日和名额", name(setup));
    let cancelled: u32 = desk.query("cancelled").parse().unwrap_or(0);
    let told = match (desk.query("done"), cancelled) {
        ("set", 0) => "已经设定。".to_owned(),
        ("set", count) => format!("已经设定，取消了{count}个预约，并已发消息通知。"),
        _ => String::new(),
    };
    let form = forms::day();
    let problems = sheet.as_ref().map_or(&[][..], |sheet| &sheet.problems);
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let page = DaysPage {
        chrome: desk
            .clone()
            .at(path.clone())
            .chrome()
            .titled(title, Section::Hall),
        told,
        problems: Trouble::of_form(&form, problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        post: path.clone(),
        hall: SetupView::of(setup),
        weeks: weeks(days, &path),
        form: sheet.as_ref().map(|sheet| {
            DayForm::of(
                &sheet.day,
                form::draw(&form.fields, &sheet.value, &around),
                booked(&sheet.booked),
            )
        }),
    };
    Ok(desk.page_with(status, &page))
}
