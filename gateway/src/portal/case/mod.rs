//! One case: for its applicant what happens and what is asked, for officers
//! what the law asks next.

pub(crate) mod acting;
pub(crate) mod ashes;
mod brought;
mod offers;
pub(crate) mod officer;
mod papers;
pub(crate) mod ripple;
pub(crate) mod task;

use axum::{extract::Request, http::StatusCode, response::Response};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use self::{
    acting::{Again, Outcome},
    officer::Overlay,
    task::Filled,
};
pub(crate) use self::{
    officer::{hand_over, reveal},
    papers::{document, material, own_file},
};
use super::{
    bills,
    body::Body,
    desk::{Desk, go},
    view::{
        Section,
        case::{ActionPage, BigDates, CasePage, HistoryLine, Paper},
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
pub(crate) fn told(desk: &Desk, item: Option<&pb::Item>) -> String {
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

/// Who has the case, in words.
pub(crate) fn waiting(case: &pb::Case) -> String {
    match (case.waiting_for.as_str(), case.closed, case.own) {
        ("申请人", _, true) => "您".to_owned(),
        ("", true, _) => "已经办结".to_owned(),
        ("", false, _) => "正在执行，没有要等的人".to_owned(),
        (waiting, ..) => waiting.to_owned(),
    }
}

/// The item of a case, when its service answers.
pub(crate) async fn item_of(desk: &Desk, case: &pb::Case) -> Option<pb::Item> {
    desk.state.backends().item(&case.item).await.ok()
}

/// The materials of an item's guide.
pub(crate) fn specs(item: Option<&pb::Item>) -> &[pb::MaterialSpec] {
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
    let mut sections = SectionView::added(&case, None);
    Ok(desk.page(&CasePage {
        chrome: desk.chrome().titled(case.item_title.clone(), Section::Mine),
        told: told(desk, item.as_ref()),
        waiting: waiting(&case),
        due: case
            .due
            .as_ref()
            .map(|clock| DueView::of(clock, desk.today())),
        dates: BigDates::take(&mut sections),
        missing: case.missing.clone(),
        tasks,
        history: HistoryLine::all(&history, &case),
        notices: case.notices.clone(),
        documents: Paper::documents(&case),
        materials: Paper::materials(&case, specs(item.as_ref())),
        sections,
        bills: bills::of(desk, &case).await,
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
    let mut spec = acting::find(&case, &code)?;
    ashes::with_fee(&desk, &case, &mut spec).await;
    let filled = Filled::blank(&case, &spec);
    draw(&desk, case, filled, StatusCode::OK).await
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
    let mut task = filled.task(desk, &case, specs(item.as_ref()));
    if !case.own {
        ripple::foresee(desk, &case, vec![&mut task]).await;
    }
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
    match acting::take(&desk, &number, desk.param(1)?, &body).await? {
        Outcome::Done(code) => Ok(go(&format!("/cases/{number}?done={code}"))),
        Outcome::Repeated => Ok(go(&format!("/cases/{number}"))),
        Outcome::Again(again) => {
            let Again {
                case,
                filled,
                status,
            } = *again;
            draw(&desk, case, filled, status).await
        }
    }
}
