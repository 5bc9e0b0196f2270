//! The day of a hall.

use axum::response::Response;
use futures::future;
use jiff::{civil::Date, tz};
use yiwang_chassis::fault::Fault;
use yiwang_civic::calendar::WorkCalendar;
use yiwang_proto::{casework::v1 as casework, marriage::v1 as pb};

use super::{chosen, halls, links, no_hall};
use crate::portal::{
    desk::{Desk, go},
    form::normalise,
    view::{
        Section,
        chrome::query,
        format,
        hall::{
            Kind, choices,
            counselling::Session,
            day::{DayPage, Visit, Waiting, WalkIn},
            index::IndexPage,
        },
    },
};

/// Waiting cases of one item that are shown.
const PAGE: i32 = 50;

/// Appointments by time, and the cases that wait for the hall.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let number = desk.query("number").to_uppercase();
    let mut told = String::new();
    if !number.is_empty() {
        if desk
            .state
            .backends()
            .case(desk.who()?, &number)
            .await
            .is_ok()
        {
            return Ok(go(&format!("/hall/cases/{number}")));
        }
        told = format!("没有找到编号{number}，请核对后再查。");
    }
    let halls = halls(&desk).await?;
    let links = links(desk.who()?);
    let Some(hall) = chosen(&halls, desk.query("hall")) else {
        // Officers of a county, approvers: no counter, but the pages around it.
        if links.is_empty() {
            return Err(no_hall());
        }
        let chrome = desk.chrome().titled("婚姻登记", Section::Hall);
        return Ok(desk.page(&IndexPage {
            chrome,
            told,
            links,
        }));
    };
    let today = desk.today();
    let day = match desk.query("day") {
        "" => today,
        typed => normalise::date(typed)
            .and_then(|iso| iso.parse().ok())
            .unwrap_or_else(|| {
                told = "日期没有看懂，已换成今天。".to_owned();
                today
            }),
    };
    let (appointments, cases) =
        future::try_join(appointments(&desk, &hall, day), cases(&desk, &hall)).await?;
    let now = tz::offset(8)
        .to_datetime(desk.state.clock().now())
        .to_string();
    let (sessions, visits): (Vec<_>, Vec<_>) = appointments
        .iter()
        .partition(|one| one.kind == Kind::Counselling.code());
    let link = |day: Result<Date, jiff::Error>| match day {
        Ok(day) => query("/hall", &[("hall", &hall.code), ("day", &day.to_string())]),
        Err(_) => String::new(),
    };
    Ok(desk.page(&DayPage {
        chrome: desk.chrome().titled(hall.name.clone(), Section::Hall),
        told,
        iso: day.to_string(),
        day: format::day(day),
        weekday: format::weekday(day),
        working: WorkCalendar::embedded().is_working_day(day),
        before: link(day.yesterday()),
        after: link(day.tomorrow()),
        walk_ins: WalkIn::all(&hall.code),
        visits: visits.iter().map(|one| Visit::of(one, &now)).collect(),
        sessions: sessions.into_iter().map(Session::of).collect(),
        links,
        more: cases.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX),
        cases: cases.iter().map(|case| Waiting::of(case, today)).collect(),
        halls: choices(&halls),
        hall,
    }))
}

async fn appointments(
    desk: &Desk,
    hall: &pb::Hall,
    day: Date,
) -> Result<Vec<pb::Appointment>, Fault> {
    let backends = desk.state.backends();
    let who = desk.who()?;
    let mut appointments = backends
        .appointments(who, &hall.code, &day.to_string())
        .await?;
    appointments.sort_by(|a, b| (&a.starts_at, &a.number).cmp(&(&b.starts_at, &b.number)));
    Ok(appointments)
}

/// Cases of all kinds that wait for this hall, nearest limit first.
async fn cases(desk: &Desk, hall: &pb::Hall) -> Result<Vec<casework::Case>, Fault> {
    let who = desk.who()?;
    let lists = Kind::ALL.map(|kind| {
        let filter = casework::ListWorkRequest {
            limit: PAGE,
            view: "MINE".to_owned(),
            item: kind.item().to_owned(),
            ..Default::default()
        };
        desk.state.backends().work(who, filter)
    });
    let mut cases: Vec<casework::Case> = Vec::new();
    for page in future::try_join_all(lists).await? {
        let here = |case: &casework::Case| case.division == hall.division;
        cases.extend(page.entries.into_iter().filter(here));
    }
    let due = |case: &casework::Case| case.due.as_ref().map(|clock| clock.last_day.clone());
    cases.sort_by_key(|case| (due(case).is_none(), due(case), case.number.clone()));
    cases.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    Ok(cases)
}
