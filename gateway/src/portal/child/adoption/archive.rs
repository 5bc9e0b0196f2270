//! The sealed archive of adoptions: asked for with a ground, approved by another registrar,
//! opened with a reason; each opening is logged.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, json};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    body::Body,
    burial_office::sheet::{self, Act, object, options},
    child::{COUNTY, Region, only, tabs},
    desk::Desk,
    form::Form,
    view::{
        Section, Trouble,
        child::adoption::{ArchivePage, GROUNDS, RequestsPage},
    },
};

/// Where the requests are.
const HERE: &str = "/child/adoption/archive";

/// Requests of the county.
pub(in crate::portal::child) async fn show(desk: Desk) -> Result<Response, Fault> {
    let found = requests(&desk).await?;
    Ok(desk.page(&RequestsPage {
        chrome: desk.chrome().titled("收养档案查阅", Section::Child),
        tabs: tabs(&desk, "/child/adoption")?,
        told: match desk.query("told") {
            "asked" => "已经提交，由另一名登记员决定。",
            "decided" => "已经记下您的决定。",
            _ => "",
        },
        now: desk.state.clock().now(),
        requests: found,
    }))
}

async fn requests(desk: &Desk) -> Result<Vec<pb::ArchiveRequest>, Fault> {
    let region = Region::of(desk, COUNTY)?;
    let request = pb::ListArchiveRequestsRequest {
        county: region.chosen,
    };
    let backends = desk.state.backends();
    let found = backends.adoption_archive_requests(desk.who()?, request);
    Ok(found.await?.requests)
}

/// The form of a request.
pub(in crate::portal::child) async fn new(desk: Desk) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    sheet::show(&desk, &request_of(&desk))
}

/// Asks.
pub(in crate::portal::child) async fn ask(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    let act = request_of(&desk);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::RequestArchiveRequest {
        idempotency_key: typed.key.clone(),
        case_number: typed.text("case_number"),
        ground: typed.text("ground"),
        reason: typed.text("reason"),
    };
    let backends = desk.state.backends();
    let answer = backends
        .request_adoption_archive(desk.who()?, request)
        .await;
    let done = "/child/adoption/archive?told=asked";
    sheet::end(&desk, &act, &typed, answer, done)
}

/// The form of a decision.
pub(in crate::portal::child) async fn deciding(desk: Desk) -> Result<Response, Fault> {
    let one = waiting(&desk).await?;
    sheet::show(&desk, &decision(&one))
}

/// Decides.
pub(in crate::portal::child) async fn decide(
    desk: Desk,
    request: Request,
) -> Result<Response, Fault> {
    let one = waiting(&desk).await?;
    let act = decision(&one);
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let request = pb::ApproveArchiveRequest {
        idempotency_key: typed.key.clone(),
        id: one.id,
        approve: typed.text("approve") == "yes",
        reason: typed.text("reason"),
    };
    let backends = desk.state.backends();
    let answer = backends.decide_adoption_archive(desk.who()?, request).await;
    let done = "/child/adoption/archive?told=decided";
    sheet::end(&desk, &act, &typed, answer, done)
}

async fn waiting(desk: &Desk) -> Result<pb::ArchiveRequest, Fault> {
    let id = desk.param(0)?;
    let mut found = requests(desk).await?.into_iter();
    found.find(|one| one.id == id).ok_or_else(Fault::not_found)
}

/// Why just now?
pub(in crate::portal::child) async fn opening(desk: Desk) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    draw(&desk, "", None, vec![], StatusCode::OK)
}

/// Opens it.
pub(in crate::portal::child) async fn open(
    desk: Desk,
    request: Request,
) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let reason = body.text("reason").to_owned();
    let asked = pb::OpenArchiveRequest {
        case_number: desk.param(0)?.to_owned(),
        reason: reason.clone(),
    };
    let backends = desk.state.backends();
    match backends.open_adoption_archive(desk.who()?, asked).await {
        Ok(archive) => draw(&desk, &reason, Some(archive), vec![], StatusCode::OK),
        Err(fault) if matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed) => {
            let status = fault.http_status();
            let first = fault.fields.first().map(|field| field.message.clone());
            let troubles = vec![Trouble::at("reason", first.unwrap_or(fault.message))];
            draw(&desk, &reason, None, troubles, status)
        }
        Err(fault) => Err(fault),
    }
}

fn draw(
    desk: &Desk,
    reason: &str,
    archive: Option<pb::Archive>,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    let page = ArchivePage {
        chrome: desk
            .clone()
            .at(HERE)
            .chrome()
            .titled("收养档案", Section::Child),
        problems,
        csrf: desk.who()?.csrf.clone(),
        number: desk.param(0)?.to_owned(),
        reason: reason.to_owned(),
        archive,
    };
    Ok(desk.page_with(status, &page))
}

fn request_of(desk: &Desk) -> Act {
    Act {
        title: "申请查阅收养档案".to_owned(),
        lead: "收养登记以后，档案封存。有依据的才能查阅，由另一名登记员决定，每次打开都有记录。"
            .to_owned(),
        button: "提交申请",
        post: "/child/adoption/archive/new".to_owned(),
        back: HERE.to_owned(),
        form: Form::read(&json!({
            "required": ["case_number", "ground", "reason"], "properties": {
                "case_number": {"type": "string", "title": "收养登记的办件编号", "maxLength": 30},
                "ground": {"title": "依据", "oneOf": options(&GROUNDS)},
                "reason": {"type": "string", "x-widget": "textarea", "title": "查阅原因",
                    "maxLength": 200},
            },
        })),
        value: object(json!({"case_number": desk.query("number")})),
    }
}

fn decision(one: &pb::ArchiveRequest) -> Act {
    Act {
        title: "决定收养档案查阅".to_owned(),
        lead: format!(
            "{}要查阅{}的档案。依据：{}。原因：{}",
            one.asked_by, one.case_number, one.ground_label, one.reason
        ),
        button: "决定",
        post: format!("{HERE}/{}/decide", one.id),
        back: HERE.to_owned(),
        form: Form::read(&json!({
            "required": ["approve"], "properties": {
                "approve": {"title": "是不是同意", "x-widget": "radio",
                    "oneOf": options(&[("yes", "同意"), ("no", "不同意")])},
                "reason": {"type": "string", "x-widget": "textarea", "title": "理由",
                    "maxLength": 200, "description": "不同意的必须写。"},
            },
        })),
        value: Map::new(),
    }
}
