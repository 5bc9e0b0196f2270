//! The search workbench: candidates with their reasons, two people side by side. Why somebody
//! looks is asked first; every search is logged with it, so nothing is found by a mere address.

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::rescue::v1 as pb;

use super::only;
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    prefill::prefill,
    view::{
        Section, Trouble,
        chrome::query,
        rescue::search::{ComparePage, PurposePage, SearchPage},
    },
};

/// Candidates on the page.
const LIMIT: i32 = 20;
/// Item of a comparison.
const MATCH: &str = "kin-match";

/// Asks what for.
pub(crate) async fn ask(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let post = here(&desk)?;
    let back = "/rescue/board".to_owned();
    let page = Asked {
        duties: duties(&desk).await,
        ..Asked::at(post, back)
    };
    purpose(&desk, page, StatusCode::OK)
}

/// Searches.
pub(crate) async fn find(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let post = here(&desk)?;
    let case_number = desk.param(0)?.to_owned();
    let asked = pb::SearchForStayRequest {
        case_number: case_number.clone(),
        purpose: body.text("purpose").to_owned(),
        limit: LIMIT,
    };
    let who = desk.who()?;
    match desk.state.backends().search_for_stay(who, asked).await {
        Ok(found) => Ok(desk.page(&SearchPage {
            chrome: framed(&desk, &post, "可能的家人"),
            csrf: who.csrf.clone(),
            number: case_number,
            purpose: body.text("purpose").to_owned(),
            duties: duties(&desk).await,
            found,
        })),
        Err(fault) => {
            let back = "/rescue/board".to_owned();
            again(&desk, Asked::at(post, back), fault)
        }
    }
}

/// Asks what for before two people are shown side by side.
pub(crate) async fn ask_compare(desk: Desk) -> Result<Response, Fault> {
    only(&desk)?;
    let back = here(&desk)?;
    let report = desk.query("report").to_owned();
    let post = query(&format!("{back}/compare"), &[("match", pair(&desk))]);
    let page = Asked {
        report,
        ..Asked::at(post, back)
    };
    purpose(&desk, page, StatusCode::OK)
}

/// Shows them, or opens a comparison by two.
pub(crate) async fn compare(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let back = here(&desk)?;
    let (number, report) = (desk.param(0)?, body.text("report"));
    let backends = desk.state.backends();
    let who = desk.who()?;
    if body.text("do") == "open" {
        let stay = backends.case(who, number).await?;
        let pair = [("stay", number), ("report", report)];
        prefill(&desk, MATCH, &stay.division, &pair).await?;
        return Ok(go(&format!("/apply/{MATCH}")));
    }
    let post = query(&format!("{back}/compare"), &[("match", pair(&desk))]);
    let asked = pb::CompareViewRequest {
        case_number: number.to_owned(),
        report: report.to_owned(),
        purpose: body.text("purpose").to_owned(),
    };
    match backends.compare_kin(who, asked).await {
        Ok(found) => Ok(desk.page(&ComparePage {
            chrome: framed(&desk, &back, "并排比较"),
            csrf: who.csrf.clone(),
            pair: pair(&desk).to_owned(),
            back,
            post,
            found,
        })),
        Err(fault) => {
            let report = report.to_owned();
            let page = Asked {
                report,
                ..Asked::at(post, back)
            };
            again(&desk, page, fault)
        }
    }
}

/// Number of the comparison that this pair has already, when the way here knows it.
fn pair(desk: &Desk) -> &str {
    let number = desk.query("match");
    match number.chars().all(|c| c.is_ascii_alphanumeric()) {
        true => number,
        false => "",
    }
}

/// The page of this stay.
fn here(desk: &Desk) -> Result<String, Fault> {
    Ok(format!("/rescue/search/{}", desk.param(0)?))
}

fn framed(desk: &Desk, path: &str, title: &str) -> crate::portal::view::Chrome {
    let chrome = desk.clone().at(path).chrome();
    chrome.titled(title, Section::Rescue)
}

/// What is wrong with the purpose stands at its box; anything else is a failure.
fn again(desk: &Desk, page: Asked, fault: Fault) -> Result<Response, Fault> {
    if fault.code != Code::InvalidInput {
        return Err(fault);
    }
    let status = fault.http_status();
    let trouble = match fault.fields.first() {
        Some(field) if field.field == "/purpose" => Trouble::at("purpose", &*field.message),
        Some(field) => Trouble::general(&*field.message),
        None => Trouble::general(fault.message),
    };
    let page = Asked {
        problems: vec![trouble],
        ..page
    };
    purpose(desk, page, status)
}

/// What is asked before a search.
#[derive(Default)]
struct Asked {
    post: String,
    back: String,
    /// Of a comparison; empty: of a search.
    report: String,
    problems: Vec<Trouble>,
    duties: Vec<pb::SearchDuty>,
}

impl Asked {
    fn at(post: String, back: String) -> Self {
        Self {
            post,
            back,
            ..Self::default()
        }
    }
}

/// The steps of the search so far; none of a case that is no stay of the reader's.
async fn duties(desk: &Desk) -> Vec<pb::SearchDuty> {
    let (Ok(who), Ok(number)) = (desk.who(), desk.param(0)) else {
        return vec![];
    };
    let found = desk.state.backends().search_duties(who, number).await;
    found.unwrap_or_default()
}

fn purpose(desk: &Desk, asked: Asked, status: StatusCode) -> Result<Response, Fault> {
    let page = PurposePage {
        chrome: framed(desk, &asked.back, "为什么查找"),
        problems: asked.problems,
        csrf: desk.who()?.csrf.clone(),
        number: desk.param(0)?.to_owned(),
        report: asked.report,
        post: asked.post,
        back: asked.back,
        duties: asked.duties,
    };
    Ok(desk.page_with(status, &page))
}
