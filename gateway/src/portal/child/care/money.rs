//! What is paid: allowances of directors, the month's run for children, projects; and what the
//! monthly comparison found.

use axum::{extract::Request, response::Response};
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use super::{
    super::{COUNTY, FUNDED, OFFICE, Region, only, tabs},
    ground, month,
};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    view::{
        Section,
        child::care::money::{
            AllowancesPage, ComparisonsPage, PaidPage, ProjectPaidPage, ProjectsPage, RunPage,
        },
        chrome::query,
    },
};

/// Allowances of a month.
pub(crate) async fn allowances(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, COUNTY)?;
    let month = month(&desk);
    let request = pb::ListAllowancesRequest {
        division: region.chosen.clone(),
        month: month.code.clone(),
    };
    let roll = desk
        .state
        .backends()
        .child_allowances(desk.who()?, request)
        .await?;
    let title = format!("儿童主任、儿童督导员{}补贴发放表", month.words());
    Ok(desk.page(&AllowancesPage {
        chrome: desk.chrome().titled(title, Section::Child),
        tabs: tabs(&desk, "/child/allowances")?,
        place: region.name().trim().to_owned(),
        places: region.all,
        division: region.chosen,
        month,
        roll,
    }))
}

/// The run of a month.
pub(crate) async fn run(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, COUNTY)?;
    let month = month(&desk);
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let request = pb::GetPaymentRunRequest {
        county: region.chosen.clone(),
        month: month.code.clone(),
    };
    let run = backends.child_payment_run(who, request).await?;
    let request = pb::GetStandardRequest {
        division: region.chosen.clone(),
        day: String::new(),
    };
    let told = match desk.query("done") {
        "made" => "已经造册，能发的交给了银行。",
        "repeated" => "已经重新交给银行。",
        _ => "",
    };
    Ok(desk.page(&RunPage {
        chrome: desk.chrome().titled("生活费发放", Section::Child),
        tabs: tabs(&desk, "/child/payments")?,
        told,
        csrf: who.csrf.clone(),
        key: desk.fresh_key(),
        places: region.all,
        division: region.chosen,
        month,
        run,
        // The page is of use without it.
        standard: backends.child_standard(who, request).await.ok(),
    }))
}

/// Draws a month up and hands to the bank what is ready.
pub(crate) async fn make(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let request = pb::MakePaymentRunRequest {
        idempotency_key: body.text("key").to_owned(),
        county: body.text("division").to_owned(),
        month: body.text("month").to_owned(),
    };
    let backends = desk.state.backends();
    backends
        .make_child_payment_run(desk.who()?, request)
        .await?;
    Ok(go(&back(&body, "made")))
}

/// Sends a returned payment once more.
pub(crate) async fn repeat(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = posted(&desk, request).await?;
    let request = pb::RepeatPaymentRequest {
        idempotency_key: body.text("key").to_owned(),
        id: body.text("id").to_owned(),
    };
    let backends = desk.state.backends();
    backends.repeat_child_payment(desk.who()?, request).await?;
    Ok(go(&back(&body, "repeated")))
}

async fn posted(desk: &Desk, request: Request) -> Result<Body, Fault> {
    only(desk, COUNTY)?;
    let body = Body::read(desk, request).await?;
    desk.verify(&body)?;
    Ok(body)
}

fn back(body: &Body, done: &str) -> String {
    let pairs = [
        ("division", body.text("division")),
        ("month", body.text("month")),
        ("done", done),
    ];
    query("/child/payments", &pairs)
}

/// What was paid on a case, for whoever stands on it.
pub(crate) async fn paid(desk: Desk) -> Result<Response, Fault> {
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let number = desk.param(0)?.to_owned();
    let case = backends.case(who, &number).await?;
    let chrome = desk.chrome().titled("发放记录", Section::None);
    let case_number = number.clone();
    if matches!(case.item.as_str(), "medical-project" | "study-project") {
        let request = pb::ListProjectPaymentsRequest { case_number };
        let found = backends.child_project_payments(who, request).await?;
        return Ok(desk.page(&ProjectPaidPage {
            chrome,
            number,
            found,
        }));
    }
    let request = pb::ListPaymentsRequest { case_number };
    let found = backends.child_payments(who, request).await?;
    Ok(desk.page(&PaidPage {
        chrome,
        number,
        found,
    }))
}

/// Differences that nobody has settled.
pub(crate) async fn comparisons(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, OFFICE)?;
    let mut month = month(&desk);
    if desk.query("month").is_empty() {
        // The latest one, whichever it is.
        month.code.clear();
    }
    let request = pb::ListComparisonsRequest {
        division: region.chosen.clone(),
        month: month.code.clone(),
    };
    let found = desk
        .state
        .backends()
        .child_comparisons(desk.who()?, request)
        .await?;
    Ok(desk.page(&ComparisonsPage {
        chrome: desk.chrome().titled("数据比对", Section::Child),
        tabs: tabs(&desk, "/child/comparisons")?,
        places: region.all,
        division: region.chosen,
        month,
        found,
    }))
}

/// Figures of both projects in a year.
pub(crate) async fn projects(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, FUNDED)?;
    let this_year = i32::from(desk.today().year());
    let typed = desk.query("year").parse().ok();
    let year = typed.filter(|year| (2000..=this_year).contains(year));
    let year = year.unwrap_or(this_year);
    let request = pb::GetYearRequest {
        division: region.chosen.clone(),
        year,
    };
    let projects = desk
        .state
        .backends()
        .child_project_year(desk.who()?, request)
        .await?;
    Ok(desk.page(&ProjectsPage {
        chrome: desk.chrome().titled("明天计划、助学工程", Section::Child),
        tabs: tabs(&desk, "/child/projects")?,
        places: region.all,
        division: region.chosen,
        year,
        projects,
    }))
}
