//! One case: for its applicant what happens and what is asked, for officers
//! what the law asks next.

mod officer;
mod papers;
mod task;

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::casework::v1 as pb;

use self::{officer::Overlay, task::Filled};
pub(crate) use self::{
    officer::{hand_over, reveal},
    papers::{document, material, own_file},
};
use super::{
    body::Body,
    desk::{Desk, go},
    form::{Edit, Problem},
    view::{
        Section,
        case::{ActionPage, CasePage, HistoryLine, Paper},
        facts::SectionView,
        format::DueView,
    },
};

/// The page of a case.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let case = desk
        .state
        .backends()
        .case(desk.who()?, desk.param(0)?)
        .await?;
    if case.own {
        return applicant(&desk, case).await;
    }
    let overlay = Overlay {
        reveal: desk.query("reveal").to_owned(),
        ..Overlay::default()
    };
    officer::draw(&desk, case, overlay, StatusCode::OK).await
}

/// What a finished action is called, for the sentence above the page.
fn told(desk: &Desk, item: Option<&pb::Item>) -> String {
    let done = desk.query("done");
    if done == "handover" {
        return "已经移交。".to_owned();
    }
    let actions = item.map_or(&[][..], |item| item.actions.as_slice());
    let action = actions.iter().find(|action| action.code == done);
    action
        .map(|action| format!("已办好：{}。", action.label))
        .unwrap_or_default()
}

fn waiting(case: &pb::Case) -> String {
    match (case.waiting_for.as_str(), case.closed, case.own) {
        ("申请人", _, true) => "您".to_owned(),
        ("", true, _) => "已经办结".to_owned(),
        ("", false, _) => "正在执行，没有要等的人".to_owned(),
        (waiting, ..) => waiting.to_owned(),
    }
}

async fn item_of(desk: &Desk, case: &pb::Case) -> Option<pb::Item> {
    desk.state.backends().item(&case.item).await.ok()
}

fn specs(item: Option<&pb::Item>) -> &[pb::MaterialSpec] {
    item.and_then(|item| item.guide.as_ref())
        .map_or(&[], |guide| guide.materials.as_slice())
}

async fn applicant(desk: &Desk, case: pb::Case) -> Result<Response, Fault> {
    let history = desk
        .state
        .backends()
        .history(desk.who()?, &case.number)
        .await?;
    let item = item_of(desk, &case).await;
    let tasks = case
        .actions
        .iter()
        .map(|spec| task::link(&case, spec))
        .collect();
    Ok(desk.page(&CasePage {
        chrome: desk.chrome().titled(case.item_title.clone(), Section::Mine),
        told: told(desk, item.as_ref()),
        waiting: waiting(&case),
        due: case
            .due
            .as_ref()
            .map(|clock| DueView::of(clock, desk.today())),
        missing: case.missing.clone(),
        tasks,
        history: HistoryLine::all(&history),
        notices: case.notices.clone(),
        documents: Paper::documents(&case),
        materials: Paper::materials(&case, specs(item.as_ref())),
        sections: SectionView::added(&case, None),
        filled: SectionView::filled(&case, item.as_ref(), None),
        case,
    }))
}

/// The form of one action.
pub(crate) async fn action(desk: Desk) -> Result<Response, Fault> {
    let case = desk
        .state
        .backends()
        .case(desk.who()?, desk.param(0)?)
        .await?;
    let code = desk.param(1)?.to_owned();
    let spec = find(&case, &code)?;
    let filled = Filled::blank(&case, &spec);
    draw(&desk, case, filled, StatusCode::OK).await
}

fn find(case: &pb::Case, code: &str) -> Result<pb::ActionSpec, Fault> {
    let spec = case.actions.iter().find(|spec| spec.code == code);
    spec.cloned().ok_or_else(|| {
        let message = "这一步现在不能办，可能已经办过了。请回到办件看最新情况。";
        Fault::precondition("ACTION_NOT_AVAILABLE", message)
    })
}

/// The action's form: for applicants on its own page, for officers within the case.
async fn draw(
    desk: &Desk,
    case: pb::Case,
    filled: Filled,
    status: StatusCode,
) -> Result<Response, Fault> {
    if !case.own && !task::is_large(&filled.spec) {
        let overlay = Overlay {
            filled: Some(filled),
            ..Overlay::default()
        };
        return officer::draw(desk, case, overlay, status).await;
    }
    let item = item_of(desk, &case).await;
    let task = filled.task(desk, &case, specs(item.as_ref()));
    let title = task.label.clone();
    let page = ActionPage {
        chrome: desk
            .clone()
            .at(format!("/cases/{}", case.number))
            .chrome()
            .titled(title, Section::Mine),
        problems: filled.troubles(),
        csrf: desk.who()?.csrf.clone(),
        number: case.number.clone(),
        item_title: case.item_title.clone(),
        missing: if case.own { case.missing } else { vec![] },
        task,
    };
    Ok(desk.page_with(status, &page))
}

/// Takes an action.
pub(crate) async fn act(desk: Desk, request: Request) -> Result<Response, Fault> {
    let body = Body::read(&desk, request).await?;
    let number = desk.param(0)?.to_owned();
    let desk = desk.at(format!("/cases/{number}"));
    let case = desk.state.backends().case(desk.who()?, &number).await?;
    let spec = match find(&case, desk.param(1)?) {
        Ok(spec) => spec,
        // The button was pressed twice: the first press did it.
        Err(_) if seen_version(&body) < case.version && body.text("do") == "act" => {
            return repeat(&desk, case, &body).await;
        }
        Err(fault) => return Err(fault),
    };
    let mut filled = Filled::posted(&desk, &case, &spec, &body).await?;
    if desk.verify(&body).is_err() {
        let message = "页面打开得太久了，填的内容还在。请再按一次按钮。";
        filled.problems.push(Problem::new("", message));
        return draw(&desk, case, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if let Some(edit) = Edit::parse(body.text("do")) {
        filled.edit(&edit);
        return draw(&desk, case, filled, StatusCode::OK).await;
    }
    if body.text("do") != "act" && !body.text("do").is_empty() {
        return draw(&desk, case, filled, StatusCode::OK).await;
    }
    if !filled.is_ready(&case, body.text("sure") == "yes") {
        return draw(&desk, case, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let request = pb::ActRequest {
        idempotency_key: body.text("key").to_owned(),
        number: number.clone(),
        action: spec.code.clone(),
        data: filled.data(),
        expected_version: seen_version(&body),
    };
    match desk.state.backends().act(desk.who()?, request).await {
        Ok(_) => Ok(go(&format!("/cases/{number}?done={}", spec.code))),
        Err(fault) => after_refusal(&desk, &number, filled, fault).await,
    }
}

fn seen_version(body: &Body) -> i64 {
    body.text("version").parse().unwrap_or(0)
}

async fn repeat(desk: &Desk, case: pb::Case, body: &Body) -> Result<Response, Fault> {
    desk.verify(body)?;
    Ok(go(&format!("/cases/{}", case.number)))
}

/// The form again with what the service says; nothing typed is lost.
async fn after_refusal(
    desk: &Desk,
    number: &str,
    mut filled: Filled,
    fault: Fault,
) -> Result<Response, Fault> {
    let status = fault.http_status();
    match fault.code {
        Code::Conflict => {
            let message = "这件刚有变化，请看清最新情况，再按一次按钮。";
            filled.problems.push(Problem::new("", message));
        }
        Code::InvalidInput | Code::PreconditionFailed | Code::AlreadyExists | Code::Forbidden => {
            if fault.fields.is_empty() {
                filled.problems.push(Problem::new("", fault.message));
            }
            let problem = |field: yiwang_chassis::fault::FieldViolation| {
                Problem::new(field.field, field.message)
            };
            filled
                .problems
                .extend(fault.fields.into_iter().map(problem));
        }
        _ => return Err(fault),
    }
    let case = desk.state.backends().case(desk.who()?, number).await?;
    draw(desk, case, filled, status).await
}
