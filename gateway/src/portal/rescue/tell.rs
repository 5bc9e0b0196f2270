//! A passer-by tells of somebody who needs help: no account, no name.

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::portal::{
    body::Body,
    desk::Desk,
    failure,
    form::Problem,
    near::{county_of, cut},
    view::{
        Section, Trouble,
        rescue::{TellPage, ToldPage, Word},
    },
};

/// The empty form.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let word = Word {
        county: cut(desk.query("place")),
        ..Word::default()
    };
    Ok(draw(&desk, word, &[], StatusCode::OK))
}

/// Passes it on to the station.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let word = read(&body);
    let county = county_of(&word.county);
    let mut problems = vec![];
    if county.is_empty() {
        let message = "请写县（市、区）的名称，例如“咸安区”。";
        problems.push(Problem::new("/county".to_owned(), message.to_owned()));
    }
    let age = match word.looks_age.parse::<i32>() {
        Ok(age) if (1..=120).contains(&age) => age,
        _ if word.looks_age.is_empty() => 0,
        _ => {
            let message = "大约多少岁，请填数字，例如70；说不准可以不填。";
            problems.push(Problem::new("/looks_age".to_owned(), message.to_owned()));
            0
        }
    };
    if !problems.is_empty() {
        return Ok(draw(
            &desk,
            word,
            &problems,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    }
    let request = pb::TellOfSomebodyRequest {
        idempotency_key: body.text("key").to_owned(),
        division: county,
        place: word.place.clone(),
        said: word.said.clone(),
        sex: word.sex.clone(),
        looks_age: age,
        groups: word.groups.clone(),
        phone: word.phone.clone(),
    };
    match desk.state.backends().tell_of_somebody(request).await {
        Ok(told) => Ok(desk.page(&ToldPage {
            chrome: desk
                .chrome()
                .titled("谢谢您，已经告诉救助站", Section::Rescue),
            told,
        })),
        Err(fault) => {
            let status = fault.http_status();
            let problems = failure::problems(fault)?;
            Ok(draw(&desk, word, &problems, status))
        }
    }
}

fn read(body: &Body) -> Word {
    Word {
        county: cut(body.text("county")),
        place: body.text("place").to_owned(),
        said: body.text("said").to_owned(),
        sex: body.text("sex").to_owned(),
        looks_age: body.text("looks_age").to_owned(),
        groups: body.all("groups").map(str::to_owned).collect(),
        phone: body.text("phone").to_owned(),
    }
}

fn draw(desk: &Desk, word: Word, problems: &[Problem], status: StatusCode) -> Response {
    let (jar, csrf) = desk.csrf();
    let trouble = |one: &Problem| {
        let field = one.pointer.trim_start_matches('/');
        match Word::has(field) {
            true => Trouble::at(field, one.message.clone()),
            false => Trouble::general(one.message.clone()),
        }
    };
    let page = TellPage {
        chrome: desk
            .clone()
            .at("/rescue/tell")
            .chrome()
            .titled("看到有人需要帮助", Section::Rescue),
        problems: problems.iter().map(trouble).collect(),
        csrf,
        key: desk.fresh_key(),
        word,
    };
    (jar, desk.page_with(status, &page)).into_response()
}
