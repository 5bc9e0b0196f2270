//! Halls as their counties keep them: the list, a hall's form, registrars, days.

mod days;
mod forms;
mod registrars;

use std::collections::BTreeSet;

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_civic::division::{self, Level};
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::{
    days::{set as set_day, show as days},
    registrars::{save as save_registrar, show as registrars},
};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::{self, Problem, Surroundings},
    view::{
        Section, Trouble,
        hall::setup::{HallFormPage, SetupPage, SetupView},
    },
};

/// More townships are searched for, not listed.
const LISTED: usize = 300;

/// The halls of the reader's county.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let halls = desk.state.backends().managed_halls(desk.who()?).await?;
    let told = match desk.query("done") {
        "saved" => "已经保存。",
        "opened" => "已经新建。接着请登记登记员。",
        _ => "",
    };
    Ok(desk.page(&SetupPage {
        chrome: desk.chrome().titled("登记处设置", Section::Hall),
        told,
        halls: halls.iter().map(SetupView::of).collect(),
    }))
}

/// The form for a new hall.
pub(crate) async fn new(desk: Desk) -> Result<Response, Fault> {
    is_keeper(&desk)?;
    let sheet = Sheet {
        value: forms::usual(),
        ..Sheet::default()
    };
    draw(&desk, None, sheet, StatusCode::OK)
}

/// The form of a hall as it is.
pub(crate) async fn edit(desk: Desk) -> Result<Response, Fault> {
    let setup = setup(&desk).await?;
    let sheet = Sheet {
        value: forms::value_of(&setup),
        version: setup.version,
        problems: vec![],
    };
    draw(&desk, Some(&setup), sheet, StatusCode::OK)
}

/// Opens a hall.
pub(crate) async fn open(desk: Desk, request: Request) -> Result<Response, Fault> {
    is_keeper(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    take(&desk, &body, None).await
}

/// Changes a hall.
pub(crate) async fn save(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let setup = setup(&desk).await?;
    take(&desk, &body, Some(&setup)).await
}

/// A form with what was typed and what is wrong with it.
#[derive(Default)]
struct Sheet {
    value: Map<String, Value>,
    version: i64,
    problems: Vec<Problem>,
}

async fn take(desk: &Desk, body: &Body, setup: Option<&pb::HallSetup>) -> Result<Response, Fault> {
    let form = forms::hall(&townships(desk)?, setup.is_some());
    let mut sheet = Sheet {
        value: form::read(&form.fields, &body.posted()),
        version: body.text("version").parse().unwrap_or(0),
        problems: vec![],
    };
    sheet.problems = form::check(&form.fields, &sheet.value, "");
    if !sheet.problems.is_empty() {
        return draw(desk, setup, sheet, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut request = forms::request(&sheet.value, setup);
    body.text("key").clone_into(&mut request.idempotency_key);
    request.version = setup.map_or(0, |_| sheet.version);
    let done = match setup {
        Some(_) => "/hall/setup?done=saved",
        None => "/hall/setup?done=opened",
    };
    match desk.state.backends().save_hall(desk.who()?, request).await {
        Ok(_) => Ok(go(done)),
        Err(fault) => {
            let status = fault.http_status();
            if let (Code::Conflict, Some(setup)) = (fault.code, setup) {
                // What was typed stays; saving again goes over what the other one did.
                sheet.version = setup.version;
                let message = "您打开这一页以后，有人改过这个登记处。请核对后再保存。";
                sheet.problems = vec![Problem::new("", message)];
            } else {
                sheet.problems = forms::flat(failure::problems(fault)?);
            }
            draw(desk, setup, sheet, status)
        }
    }
}

fn draw(
    desk: &Desk,
    setup: Option<&pb::HallSetup>,
    sheet: Sheet,
    status: StatusCode,
) -> Result<Response, Fault> {
    let form = forms::hall(&townships(desk)?, setup.is_some());
    let around = Surroundings {
        problems: &sheet.problems,
        ..Surroundings::default()
    };
    let (path, title) = match setup {
        Some(setup) => (
            format!("/hall/setup/{}", code(setup)),
            name(setup).to_owned(),
        ),
        None => ("/hall/setup/new".to_owned(), "新建婚姻登记处".to_owned()),
    };
    let page = HallFormPage {
        chrome: desk
            .clone()
            .at(path.clone())
            .chrome()
            .titled(title, Section::Hall),
        problems: Trouble::of_form(&form, &sheet.problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        post: path,
        version: sheet.version,
        hall: setup.map(SetupView::of),
        fields: form::draw(&form.fields, &sheet.value, &around),
    };
    Ok(desk.page_with(status, &page))
}

/// The hall of the address.
async fn setup(desk: &Desk) -> Result<pb::HallSetup, Fault> {
    let backends = desk.state.backends();
    backends.hall_setup(desk.who()?, desk.param(0)?).await
}

fn code(setup: &pb::HallSetup) -> &str {
    setup.hall.as_ref().map_or("", |hall| &hall.code)
}

fn name(setup: &pb::HallSetup) -> &str {
    setup.hall.as_ref().map_or("", |hall| &hall.name)
}

fn is_keeper(desk: &Desk) -> Result<(), Fault> {
    if desk.who()?.has_role(Role::CountyOfficer) {
        return Ok(());
    }
    let message = "婚姻登记处由所在县（市、区）民政局的工作人员管理，您的岗位不能办理。";
    Err(Fault {
        message: message.to_owned(),
        ..Fault::forbidden()
    })
}

/// The townships where the reader may open a hall, with their names; none when there are too
/// many to list.
fn townships(desk: &Desk) -> Result<Vec<(String, String)>, Fault> {
    let grants = desk.who()?.grants.iter();
    let kept = grants.filter(|grant| grant.role == Role::CountyOfficer);
    let mut open: Vec<String> = kept.map(|grant| grant.division.clone()).collect();
    let mut found = BTreeSet::new();
    while let Some(code) = open.pop() {
        let township = division::find(&code).is_some_and(|one| one.level == Level::Township);
        if township {
            found.insert(code);
        } else {
            let below = division::children(&code).into_iter();
            open.extend(below.map(|one| one.code.to_owned()));
        }
        if found.len() > LISTED || open.len() > LISTED {
            return Ok(vec![]);
        }
    }
    let named = |code: String| {
        let name = division::full_name(&code).unwrap_or_default();
        (code, name)
    };
    Ok(found.into_iter().map(named).collect())
}
