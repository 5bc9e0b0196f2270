//! The family's page of one funeral: the days ahead, what is missing, the bill.

use axum::response::Response;
use serde_json::Value;
use yiwang_chassis::fault::Fault;
use yiwang_proto::{burial::v1 as pb, casework::v1::Case};

use super::{ITEM, home};
use crate::portal::{
    case::task,
    desk::{Desk, go},
    view::{
        Section,
        facts::SectionView,
        funeral::{BillView, FuneralPage, HomeCard, Kind},
    },
};

/// The blocks that come first, by their titles.
const FIRST: [&str; 3] = ["接下来几天", "还缺什么", "不得火化"];

/// The page; whoever is not of the family, and any other case, goes to the page of the case.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let case = own(&desk).await?;
    if !is_ours(&case) {
        return Ok(go(&format!("/cases/{}", case.number)));
    }
    let home = home_of(&desk, &case).await?;
    // There is none before the home settles; the page stands without it.
    let bill = desk
        .state
        .backends()
        .burial_bill(desk.who()?, &case.number)
        .await
        .ok();
    let (first, others) = SectionView::added(&case, None)
        .into_iter()
        .partition(|section| FIRST.contains(&section.title.as_str()));
    let acts = case.actions.iter();
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.offered(&case));
    let other_acts = acts.filter(|spec| Kind::ALL.iter().all(|kind| kind.action() != spec.code));
    Ok(desk.page(&FuneralPage {
        chrome: desk.chrome().titled("治丧安排", Section::Mine),
        told: told(desk.query("done")),
        home: home.map(HomeCard::of),
        first,
        others,
        kinds: kinds.collect(),
        tasks: other_acts.map(|spec| task::link(&case, spec)).collect(),
        bill: bill.map(|bill| BillView::of(&bill)),
        case,
    }))
}

fn told(done: &str) -> &'static str {
    match done {
        "hall" => "告别厅已经约好，时间在下面的安排里。",
        "furnace" => "火化时间已经定好，时间在下面的安排里。",
        _ => "",
    }
}

/// The case of the address.
pub(super) async fn own(desk: &Desk) -> Result<Case, Fault> {
    let number = desk.param(0)?;
    desk.state.backends().case(desk.who()?, number).await
}

/// A funeral of the reader's family.
pub(super) fn is_ours(case: &Case) -> bool {
    case.own && case.item == ITEM
}

/// The home of the form.
pub(super) async fn home_of(desk: &Desk, case: &Case) -> Result<Option<pb::Home>, Fault> {
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    home(desk, form["home"].as_str().unwrap_or_default().trim()).await
}
