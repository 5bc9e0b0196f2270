//! Grave-sweeping visits 祭扫预约: one question a page, every answer in the address until people
//! are named.
//!
//! ```text
//! place, facility ─→ day ─→ time ─→ (sign in) who comes ─POST─→ mine, with the code
//!                                        ▲ └─ full meanwhile: other times
//! gate: the staff scans the code; it lets in once
//! ```

mod gate;
mod own;
mod people;

use axum::response::Response;
use jiff::civil::{Date, DateTime};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_civic::division;
use yiwang_proto::burial::v1 as pb;

pub(crate) use self::{
    gate::{enter, show as gate},
    own::{cancel, photo, show as mine},
    people::post,
};
use super::{
    desk::Desk,
    form::place,
    view::{
        Section, format,
        visits::{ChooseDay, ChoosePlace, ChooseTime, DayLink, PlaceLink, TimeLink},
    },
};

/// Longest name of a place that is looked for.
const LONGEST: usize = 40;

/// Where the graves are.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let typed: String = desk.query("place").chars().take(LONGEST).collect();
    let (told, facilities) = match typed.as_str() {
        "" => (String::new(), vec![]),
        typed => facilities_of(&desk, typed).await?,
    };
    let chrome = desk.chrome().titled("预约祭扫", Section::Items);
    Ok(desk.page(&ChoosePlace {
        chrome,
        place: typed,
        told,
        facilities: facilities.into_iter().map(PlaceLink::of).collect(),
    }))
}

/// What can be visited in a place, else in the next wider one that has anything, with what to
/// say.
async fn facilities_of(
    desk: &Desk,
    typed: &str,
) -> Result<(String, Vec<pb::VisitFacility>), Fault> {
    let found = place::candidates(typed, None);
    let Some(first) = found.first() else {
        let told = format!("没有找到“{typed}”这个地方。请写县（市、区）的名称，例如“通山县”。");
        return Ok((told, vec![]));
    };
    let mut wider = division::find(&first.code);
    while let Some(here) = wider {
        let facilities = desk.state.backends().visit_facilities(here.code).await?;
        if !facilities.is_empty() {
            let name = division::full_name(here.code).unwrap_or_default();
            let told = if here.code == first.code {
                format!("{name}可以预约祭扫的地方：")
            } else {
                format!("{}没有可以网上预约的公墓。下面是{name}的：", first.name)
            };
            return Ok((told, facilities));
        }
        wider = here.parent.and_then(division::find);
    }
    let told = format!(
        "{}没有可以网上预约的公墓，请打电话问当地民政局。",
        first.name
    );
    Ok((told, vec![]))
}

/// The next question about a facility: day, time, who comes.
pub(crate) async fn facility(desk: Desk) -> Result<Response, Fault> {
    let facility = find(&desk, desk.param(0)?).await?;
    if let Ok(at) = desk.query("at").parse::<DateTime>() {
        return people::show(&desk, &facility, at);
    }
    match desk.query("day").parse::<Date>() {
        Ok(day) => ask_time(&desk, facility, day).await,
        Err(_) => ask_day(&desk, facility).await,
    }
}

/// The facility with this code; its first nine digits are its division.
async fn find(desk: &Desk, code: &str) -> Result<pb::VisitFacility, Fault> {
    let township = code.get(..9).ok_or_else(unknown)?;
    let found = desk.state.backends().visit_facilities(township).await?;
    let found = found.into_iter().find(|one| one.code == code);
    found.ok_or_else(unknown)
}

fn unknown() -> Fault {
    let message = "没有这个公墓（骨灰堂），请重新选择。";
    Fault::new(Code::NotFound, "FACILITY_UNKNOWN", message)
}

async fn ask_day(desk: &Desk, facility: pb::VisitFacility) -> Result<Response, Fault> {
    let days = desk.state.backends().visit_days(&facility.code).await?;
    let chrome = desk.chrome().titled("哪一天去？", Section::Items);
    Ok(desk.page(&ChooseDay {
        chrome,
        days: days
            .iter()
            .filter_map(|day| DayLink::of(day, &facility.code))
            .collect(),
        facility,
    }))
}

async fn ask_time(desk: &Desk, facility: pb::VisitFacility, day: Date) -> Result<Response, Fault> {
    let backends = desk.state.backends();
    let found = backends
        .visit_slots(&facility.code, &day.to_string())
        .await?;
    let chrome = desk.chrome().titled("几点去？", Section::Items);
    Ok(desk.page(&ChooseTime {
        chrome,
        day: format!("{} {}", format::day(day), format::weekday(day)),
        closed: found.closed,
        times: found
            .slots
            .iter()
            .filter_map(|slot| TimeLink::of(slot, &facility.code))
            .collect(),
        facility,
    }))
}

/// The facilities at whose gates the reader stands, by code.
async fn kept(desk: &Desk) -> Result<Vec<pb::VisitFacility>, Fault> {
    let who = desk.who()?;
    let mut kept: Vec<pb::VisitFacility> = Vec::new();
    let grants = who
        .grants
        .iter()
        .filter(|grant| grant.role == Role::Funeral);
    for scope in grants.filter_map(|grant| grant.scope()) {
        kept.extend(desk.state.backends().visit_facilities(scope).await?);
    }
    kept.sort_by(|a, b| a.code.cmp(&b.code));
    kept.dedup_by(|a, b| a.code == b.code);
    if kept.is_empty() {
        let message = "只有公墓、骨灰堂的工作人员可以在入口核验预约。";
        return Err(Fault {
            reason: "NO_GATE".into(),
            message: message.to_owned(),
            ..Fault::forbidden()
        });
    }
    Ok(kept)
}
