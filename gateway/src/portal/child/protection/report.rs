//! Somebody tells of harm to a child: no account, no name. Whatever goes wrong, nothing typed is
//! lost and the page says whom to call.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::child::v1 as pb;

use crate::{
    portal::{
        body::Body,
        desk::Desk,
        form::Problem,
        near::{county_of, cut},
        view::{
            Section, Trouble,
            child::protection::public::{DonePage, OLDEST, ReportPage, Word},
        },
    },
    security::rate::TooMany,
};

/// Where the form is.
const HERE: &str = "/child/report";

/// The empty form.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let word = Word {
        county: cut(desk.query("place")),
        ..Word::default()
    };
    Ok(draw(&desk, word, vec![], StatusCode::OK))
}

/// Takes it in.
pub(crate) async fn post(desk: Desk, request: Request) -> Result<Response, Fault> {
    let too_many = request.extensions().get::<TooMany>().copied();
    let body = Body::read(&desk, request).await?;
    let word = read(&body);
    if let Some(TooMany(seconds)) = too_many {
        return Ok(too_soon(&desk, word, seconds));
    }
    if desk.verify(&body).is_err() {
        let again = vec![Trouble::general(
            "这一页开得太久了。内容都还在，请再按一次“马上报告”。",
        )];
        return Ok(draw(&desk, word, again, StatusCode::FORBIDDEN));
    }
    let county = county_of(&word.county);
    let problems = check(&word, &county);
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(draw(&desk, word, troubles(problems), status));
    }
    let request = request_of(&word, county, body.text("key"));
    let danger = request.danger_now;
    match desk.state.backends().report_child(request).await {
        Ok(receipt) => Ok(desk.page_with(
            StatusCode::CREATED,
            &DonePage {
                chrome: desk
                    .clone()
                    .at(HERE)
                    .chrome()
                    .titled("已经收到", Section::Child),
                danger,
                receipt,
            },
        )),
        Err(fault) => {
            crate::error::log(&fault);
            Ok(not_taken(&desk, word, fault))
        }
    }
}

fn read(body: &Body) -> Word {
    let text = |name: &str| body.text(name).to_owned();
    Word {
        danger: text("danger"),
        happened: text("happened"),
        county: cut(body.text("county")),
        place: text("place"),
        grounds: body.all("grounds").map(str::to_owned).collect(),
        child_name: text("child_name"),
        child_age: text("child_age"),
        kind: text("kind"),
        name: text("name"),
        phone: text("phone"),
        unit: text("unit"),
    }
}

fn request_of(word: &Word, county: String, key: &str) -> pb::ReportRequest {
    pb::ReportRequest {
        idempotency_key: key.to_owned(),
        division: county,
        place: word.place.clone(),
        happened: word.happened.clone(),
        grounds: word.grounds.clone(),
        danger_now: word.danger == "yes",
        child_name: word.child_name.clone(),
        child_age: word.child_age.parse().unwrap_or(0),
        reporter_kind: word.kind.clone(),
        reporter_name: word.name.clone(),
        reporter_phone: word.phone.clone(),
        unit: word.unit.clone(),
    }
}

fn check(word: &Word, county: &str) -> Vec<Problem> {
    let mut problems = vec![];
    let mut say = |field: &str, message: &str| problems.push(Problem::new(field, message));
    if word.happened.is_empty() {
        say("/happened", "请写几个字，说说发生了什么。");
    }
    if county.is_empty() {
        say("/county", "请写县（市、区）的名称，例如“竹山县”。");
    }
    let age = word.child_age.parse::<i32>();
    let known = age.is_ok_and(|age| (0..=OLDEST).contains(&age));
    if !word.child_age.is_empty() && !known {
        say("/child_age", "大约几岁，请填数字，例如8；说不准可以不填。");
    }
    problems
}

/// What the service said, at its fields; what it could not say, with whom to call.
fn not_taken(desk: &Desk, word: Word, fault: Fault) -> Response {
    let status = fault.http_status();
    let mendable = matches!(fault.code, Code::InvalidInput | Code::PreconditionFailed);
    let found = match (mendable, fault.fields.is_empty()) {
        (true, false) => {
            let fields = fault.fields.into_iter();
            fields
                .map(|field| Problem::new(field.field, field.message))
                .collect()
        }
        (true, true) => vec![Problem::new("", fault.message)],
        _ => vec![Problem::new(
            "",
            "现在没有交上去，内容都还在这一页。急的马上打110；不急的打12345，或者过一分钟再按一次。",
        )],
    };
    draw(desk, word, troubles(found), status)
}

/// Too many reports from one place: nothing typed is lost.
fn too_soon(desk: &Desk, word: Word, seconds: u64) -> Response {
    let message = format!(
        "刚才从这里交上来的太多，还没有收下这一份。内容都还在：急的马上打110，\
         不急的打12345，或者等{seconds}秒再按一次。"
    );
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = draw(desk, word, vec![Trouble::general(message)], status);
    let after = HeaderValue::from(seconds);
    response.headers_mut().insert(header::RETRY_AFTER, after);
    response
}

fn troubles(problems: Vec<Problem>) -> Vec<Trouble> {
    let trouble = |one: Problem| {
        let field = one.pointer.trim_start_matches('/');
        match Word::has(field) {
            Some(id) => Trouble::at(id, one.message),
            None => Trouble::general(one.message),
        }
    };
    problems.into_iter().map(trouble).collect()
}

fn draw(desk: &Desk, word: Word, problems: Vec<Trouble>, status: StatusCode) -> Response {
    let (jar, csrf) = desk.csrf();
    let page = ReportPage {
        chrome: desk
            .clone()
            .at(HERE)
            .chrome()
            .titled("报告孩子受到伤害或者有危险", Section::Child),
        problems,
        csrf,
        key: desk.fresh_key(),
        word,
    };
    (jar, desk.page_with(status, &page)).into_response()
}
