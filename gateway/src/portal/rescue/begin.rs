//! Who goes home, into foster care, or is settled: chosen from those who are here; the case is
//! filed as any other.

use axum::{extract::Request, response::Response};
use serde_json::{Map, json};
use yiwang_chassis::fault::Fault;

use super::{only, stations};
use crate::portal::{
    burial_office::sheet::{self, Act, object, options},
    desk::Desk,
    form::Form,
    prefill::prefill,
    view::chrome::query,
};

const HERE: &str = "/rescue/leaving/new";

/// Items by code.
const ITEMS: [(&str, &str); 3] = [
    ("escorted-return", "接送返回（身份已经查明）"),
    ("foster-placement", "站外托养"),
    ("settlement", "落户安置（滞留超过3个月，身份没有查明）"),
];

/// Who, and what.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = found(&desk).await?;
    sheet::show(&desk, &act)
}

/// Goes on to the application, with who it is about.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, people) = found(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let (stay, item) = (typed.text("stay"), typed.text("item"));
    let known = people.iter().find(|(number, ..)| *number == stay);
    let (_, _, division) = known.ok_or_else(Fault::not_found)?;
    let answer = prefill(&desk, &item, division, &[("stay", &stay)]).await;
    sheet::end(&desk, &act, &typed, answer, &format!("/apply/{item}"))
}

/// Number, words and division of a stay.
type Person = (String, String, String);

async fn found(desk: &Desk) -> Result<(Act, Vec<Person>), Fault> {
    only(desk)?;
    let people = people(desk).await?;
    let choices: Vec<(&str, &str)> = people
        .iter()
        .map(|(number, words, _)| (number.as_str(), words.as_str()))
        .collect();
    let stay = desk.query("stay");
    let value = match choices.iter().any(|(number, _)| *number == stay) {
        true => object(json!({"stay": stay})),
        false => Map::new(),
    };
    let act = Act {
        title: "办理返乡、托养、安置".to_owned(),
        lead: "先选受助人员和办理的事，下一页填写。".to_owned(),
        button: "下一步",
        post: query(HERE, &[("stay", stay)]),
        back: "/rescue/leaving".to_owned(),
        form: Form::read(&json!({"required": ["stay", "item"], "properties": {
            "stay": {"title": "受助人员", "x-widget": "select", "oneOf": options(&choices)},
            "item": {"title": "办理什么", "x-widget": "radio", "oneOf": options(&ITEMS)},
        }})),
        value,
    };
    Ok((act, people))
}

/// Everybody who has been admitted at the reader's stations.
async fn people(desk: &Desk) -> Result<Vec<Person>, Fault> {
    let backends = desk.state.backends();
    let mut all = Vec::new();
    for station in stations(desk).await? {
        let board = backends.station_board(desk.who()?, &station.code).await?;
        let here = board.people.into_iter();
        let here = here.filter(|person| !person.admitted_at.is_empty());
        all.extend(here.map(|person| {
            let number = &person.case_number;
            let end = number.get(number.len().saturating_sub(4)..);
            let words = format!(
                "{}（{}，尾号{}）",
                person.label,
                station.name,
                end.unwrap_or_default()
            );
            (person.case_number, words, station.division.clone())
        }));
    }
    Ok(all)
}
