//! The family's page of one funeral: the days ahead, what is missing, the bill.

use axum::response::Response;
use serde_json::Value;
use yiwang_chassis::fault::Fault;
use yiwang_proto::{burial::v1 as pb, casework::v1::Case};

use super::{ITEM, home};
use crate::portal::{
    bills,
    case::task,
    desk::{Desk, go},
    view::{
        Section,
        facts::SectionView,
        funeral::{FuneralPage, HomeCard, Kind},
    },
};

/// The blocks that come first, by their titles.
const FIRST: [&str; 3] = ["接下来几天", MISSING, "不得火化"];
const MISSING: &str = "还缺什么";
/// Acts that hardly a family needs, and none by mistake.
const SELDOM: [&str; 3] = ["send_certificate", "ask_transfer", "withdraw"];

/// The page; whoever is not of the family, and any other case, goes to the page of the case.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let case = own(&desk).await?;
    if !is_ours(&case) {
        return Ok(go(&format!("/cases/{}", case.number)));
    }
    let home = home_of(&desk, &case).await?;
    let bills = bills::of(&desk, &case).await;
    let (first, others): (Vec<_>, Vec<_>) = SectionView::added(&case, None)
        .into_iter()
        .partition(|section| FIRST.contains(&section.title.as_str()));
    let acts = case.actions.iter();
    let missing = |what: &str| {
        let blocks = first.iter().filter(|section| section.title == MISSING);
        blocks
            .flat_map(|block| &block.rows)
            .any(|row| row.label == what)
    };
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.offered(&case));
    let kinds: Vec<_> = kinds
        .map(|kind| (kind, kind == Kind::Furnace && missing("火化时间")))
        .collect();
    // What was not chosen cannot be cancelled.
    let chosen = first.iter().any(|section| section.says("告别"));
    let other_acts = acts
        .filter(|spec| Kind::ALL.iter().all(|kind| kind.action() != spec.code))
        .filter(|spec| chosen || spec.code != "drop_farewell");
    let (needed, other_acts): (Vec<_>, Vec<_>) =
        other_acts.partition(|spec| match spec.code.as_str() {
            "send_certificate" => missing("死亡证明"),
            "sign_confirmation" => missing("火化确认书"),
            _ => false,
        });
    let (seldom, tasks): (Vec<_>, Vec<_>) = other_acts
        .into_iter()
        .partition(|spec| SELDOM.contains(&spec.code.as_str()));
    let links = |acts: Vec<_>| {
        acts.into_iter()
            .map(|spec| task::link(&case, spec))
            .collect()
    };
    Ok(desk.page(&FuneralPage {
        chrome: desk.chrome().titled("治丧安排", Section::Mine),
        told: told(desk.query("done")),
        home: home.map(HomeCard::of),
        first,
        others,
        needed: links(needed),
        kinds,
        tasks: links(tasks),
        seldom: links(seldom),
        bills,
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
