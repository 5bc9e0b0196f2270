//! Booking a time at a hall 婚姻登记处: one question a page, every answer in the address
//! until people are named.
//!
//! ```text
//! kind ─→ place, hall ─→ day ─→ time ─→ (sign in) people ─POST─→ done
//!                                          ▲ └─ full meanwhile: other times
//!                                          └─ signed out meanwhile: sign in, nothing lost
//! ```

mod own;
mod people;

use axum::response::Response;
use jiff::civil::{Date, DateTime};
use yiwang_chassis::fault::Fault;
use yiwang_civic::division;
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::{
    own::{cancel, done, show as mine},
    people::{post, take_up},
};
use super::{
    desk::Desk,
    form::place,
    view::{
        Section,
        book::{
            Choices, ChooseDay, ChooseHall, ChooseKind, ChooseTime, HallLink, TimeLink, bookable,
        },
        format,
        hall::Kind,
    },
};

/// Longest name of a place that is looked for.
const LONGEST: usize = 40;

/// The next question.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let Some(kind) = bookable(desk.query("kind")) else {
        let chrome = desk.chrome().titled("预约婚姻登记", Section::Items);
        return Ok(desk.page(&ChooseKind::new(chrome)));
    };
    let mut choices = Choices {
        kind: Some(kind),
        place: desk.query("place").chars().take(LONGEST).collect(),
        ..Choices::default()
    };
    choices.hall = hall(&desk, desk.query("hall")).await?;
    if choices.hall.is_none() {
        return ask_hall(&desk, &choices).await;
    }
    if let Ok(at) = desk.query("at").parse::<DateTime>() {
        choices.at = Some(at);
        return people::show(&desk, &choices);
    }
    match desk.query("day").parse::<Date>() {
        Ok(day) => ask_time(&desk, &choices, day).await,
        Err(_) => ask_day(&desk, &choices).await,
    }
}

/// The hall with this code; its first nine digits are its division.
async fn hall(desk: &Desk, code: &str) -> Result<Option<pb::Hall>, Fault> {
    let Some(township) = code.get(..9) else {
        return Ok(None);
    };
    let halls = desk.state.backends().halls(township).await?;
    Ok(halls.into_iter().find(|hall| hall.code == code))
}

async fn ask_hall(desk: &Desk, choices: &Choices) -> Result<Response, Fault> {
    let (told, halls) = match choices.place.as_str() {
        "" => (String::new(), vec![]),
        typed => halls_of(desk, typed).await?,
    };
    let chrome = desk.chrome().titled("到哪里办？", Section::Items);
    Ok(desk.page(&ChooseHall {
        chrome,
        chosen: choices.chosen(),
        kind: choices.kind.map_or("", |kind| kind.code()),
        place: choices.place.clone(),
        told,
        halls: halls
            .into_iter()
            .map(|hall| HallLink::of(hall, choices))
            .collect(),
    }))
}

/// The halls of a place, else of the next wider one that has any, with what to say.
async fn halls_of(desk: &Desk, typed: &str) -> Result<(String, Vec<pb::Hall>), Fault> {
    let found = place::candidates(typed, None);
    let Some(first) = found.first() else {
        let told = format!("没有找到“{typed}”这个地方。请写县（市、区）的名称，例如“咸安区”。");
        return Ok((told, vec![]));
    };
    let mut wider = division::find(&first.code);
    while let Some(here) = wider {
        let halls = desk.state.backends().halls(here.code).await?;
        if !halls.is_empty() {
            let name = division::full_name(here.code).unwrap_or_default();
            let told = if here.code == first.code {
                format!("{name}的登记处：")
            } else {
                format!("{}没有可以网上预约的登记处。下面是{name}的：", first.name)
            };
            return Ok((told, halls));
        }
        wider = here.parent.and_then(division::find);
    }
    let told = format!("{}没有可以网上预约的登记处，请换一个地方。", first.name);
    Ok((told, vec![]))
}

/// Whose places are looked at: counselling has its own.
fn kind_of(choices: &Choices) -> &'static str {
    choices.kind.map_or("", Kind::code)
}

async fn ask_day(desk: &Desk, choices: &Choices) -> Result<Response, Fault> {
    let code = choices.hall.as_ref().map_or("", |hall| &hall.code);
    let days = desk
        .state
        .backends()
        .hall_days(code, kind_of(choices))
        .await?;
    let chrome = desk.chrome().titled("哪一天来？", Section::Items);
    Ok(desk.page(&ChooseDay::new(chrome, choices, &days)))
}

async fn ask_time(desk: &Desk, choices: &Choices, day: Date) -> Result<Response, Fault> {
    let code = choices.hall.as_ref().map_or("", |hall| &hall.code);
    let found = desk
        .state
        .backends()
        .hall_slots(code, &day.to_string(), kind_of(choices))
        .await?;
    let chrome = desk.chrome().titled("几点来？", Section::Items);
    let times = found.slots.iter();
    Ok(desk.page(&ChooseTime {
        chrome,
        chosen: choices.chosen(),
        day: format!("{} {}", format::day(day), format::weekday(day)),
        closed: found.closed,
        times: times
            .filter_map(|slot| TimeLink::of(slot, choices))
            .collect(),
        other_day: choices.href(&[]),
    }))
}
