//! 好差评: the five levels after a matter is over, and what officers do about bad ones.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::{db::from_chrono, fault::Fault};
use yiwang_civic::{division, time};

use super::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::{self, Form, Problem, Surroundings},
    view::{
        Section, Trouble, format,
        rating::{Bad, Give, Looked},
    },
};
use crate::rating::{Given, Level, Rated, matter};

fn schema() -> Value {
    let levels: Vec<Value> = Level::ALL
        .iter()
        .map(|level| json!({"const": level.number().to_string(), "title": level.label()}))
        .collect();
    json!({
        "required": ["level"],
        "properties": {
            "level": {"type": "string", "title": "您满意吗", "x-widget": "radio", "oneOf": levels,
                "description": "只评价一次，评价以后不能改。办事的人看不到是谁评的。"},
            "words": {"type": "string", "title": "想说的话", "maxLength": 500, "x-widget": "textarea",
                "description": "哪里好，哪里不好，可以不写。"},
        }
    })
}

/// The form; or thanks, when it was rated.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    draw(&desk, &Map::new(), &[]).await
}

async fn draw(
    desk: &Desk,
    value: &Map<String, Value>,
    problems: &[Problem],
) -> Result<Response, Fault> {
    let number = desk.param(0)?;
    let matter = matter(&desk.state, desk.who()?, number).await?;
    let given = desk.state.ratings().level_of(number).await?;
    let form = Form::read(&schema());
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    let status = match problems.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Give {
        chrome: desk.chrome().titled("评价一下", Section::Mine),
        number: number.to_owned(),
        title: matter.title,
        given: given.map_or("", Level::label),
        back: matter.href,
        problems: Trouble::of_form(&form, problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        fields: form::draw(&form.fields, value, &around),
    };
    Ok(desk.page_with(status, &page))
}

/// Gives it.
pub(crate) async fn give(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let number = desk.param(0)?.to_owned();
    let matter = matter(&desk.state, desk.who()?, &number).await?;
    let form = Form::read(&schema());
    let value = form::read(&form.fields, &body.posted());
    let problems = form::check(&form.fields, &value, "");
    let level = value.get("level").and_then(Value::as_str);
    let level = level.and_then(|text| Level::of(text.parse().ok()?));
    let (Some(level), true) = (level, problems.is_empty()) else {
        return draw(&desk, &value, &problems).await;
    };
    let given = Given {
        number: &number,
        item_title: &matter.title,
        division: &matter.division,
        level,
        words: value
            .get("words")
            .and_then(Value::as_str)
            .unwrap_or_default(),
    };
    let ratings = desk.state.ratings();
    match ratings.give(desk.who()?, &given, body.text("key")).await {
        Ok(()) => Ok(go(&format!("/ratings/new/{number}"))),
        Err(fault) => draw(&desk, &value, &failure::problems(fault)?).await,
    }
}

/// The bad ones of the reader's regions.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    looked(&desk, None).await
}

async fn looked(
    desk: &Desk,
    refused: Option<(uuid::Uuid, String, String)>,
) -> Result<Response, Fault> {
    let (bad, counts) = desk.state.ratings().list(desk.who()?).await?;
    let all: i64 = counts.iter().map(|one| one.count).sum();
    let good: i64 = (counts
        .iter()
        .filter(|one| one.level >= Level::Fair.number()))
    .map(|one| one.count)
    .sum();
    let status = match refused {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Looked {
        chrome: desk.chrome().titled("好差评", Section::Work),
        told: match desk.query("done") {
            "answer" => "已经答复，评价人会收到消息。",
            _ => "",
        },
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        counts: Level::ALL
            .iter()
            .map(|level| {
                let count = counts.iter().find(|one| one.level == level.number());
                (level.label(), count.map_or(0, |one| one.count))
            })
            .collect(),
        share: match all {
            0 => String::new(),
            all => format!("满意率{}%", good * 100 / all),
        },
        bad: bad
            .iter()
            .map(|one| row(one, refused.as_ref(), desk))
            .collect(),
    };
    Ok(desk.page_with(status, &page))
}

fn row(one: &Rated, refused: Option<&(uuid::Uuid, String, String)>, desk: &Desk) -> Bad {
    let due = one.due_on.map(yiwang_chassis::db::from_chrono_date);
    let refused = refused.filter(|(id, ..)| *id == one.id);
    Bad {
        id: one.id.to_string(),
        title: one.item_title.clone(),
        place: division::full_name(&one.division).unwrap_or_default(),
        level: Level::of(one.level).map_or("", Level::label),
        words: one.words.clone(),
        given: format::day(time::beijing_date(from_chrono(one.given_at))),
        due: due.map_or_else(String::new, format::day),
        late: one.answer.is_none() && due.is_some_and(|day| day < desk.today()),
        answer: one.answer.clone().unwrap_or_default(),
        typed: refused.map_or_else(String::new, |(_, typed, _)| typed.clone()),
        problem: refused.map_or_else(String::new, |(.., problem)| problem.clone()),
    }
}

/// Answers one.
pub(crate) async fn answer(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let id: uuid::Uuid = desk.param(0)?.parse().map_err(|_| Fault::not_found())?;
    let text = body.text("answer");
    let ratings = desk.state.ratings();
    match ratings
        .answer(desk.who()?, id, text, body.text("key"))
        .await
    {
        Ok(()) => Ok(go("/ratings?done=answer")),
        Err(fault) => {
            let problems = failure::problems(fault)?;
            let said = problems.first().map(|one| one.message.clone());
            looked(&desk, Some((id, text.to_owned(), said.unwrap_or_default()))).await
        }
    }
}
