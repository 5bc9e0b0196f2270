//! Files of children, as far as the reader stands on them.

use axum::response::Response;
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::child::v1 as pb;

use super::{
    super::{OFFICE, VILLAGE, only, tabs},
    begin, ground,
};
use crate::portal::{
    desk::Desk,
    view::{
        Section,
        child::care::files::{
            FilePage, FilesPage, Filter, KINDS, LEVELS, ONLY, OverduePage, network,
        },
        facts::SectionView,
    },
};

/// Files on a page.
const PAGE: i32 = 50;

/// A page of them.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, VILLAGE)?;
    let filter = Filter {
        division: region.chosen,
        kind: Filter::known(&KINDS, desk.query("kind")),
        level: Filter::known(&LEVELS, desk.query("level")),
        only: Filter::known(&ONLY, desk.query("only")),
    };
    let request = pb::ListFilesRequest {
        division: filter.division.clone(),
        kind: filter.kind.clone(),
        level: filter.level.clone(),
        overdue: filter.only == "overdue",
        ownerless: filter.only == "ownerless",
        ended: filter.only == "ended",
        cursor: desk.query("cursor").to_owned(),
        limit: PAGE,
    };
    let found = desk
        .state
        .backends()
        .child_files(desk.who()?, request)
        .await?;
    Ok(desk.page(&FilesPage {
        chrome: desk.chrome().titled("儿童档案", Section::Child),
        tabs: tabs(&desk, "/child/files")?,
        places: region.all,
        next: match found.next_cursor.as_str() {
            "" => String::new(),
            cursor => filter.link(cursor),
        },
        filter,
        files: found.files,
        total: found.total,
    }))
}

/// One of them: who stands around the child, visits, what is written down.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, VILLAGE)?;
    let (backends, who) = (desk.state.backends(), desk.who()?);
    let case = backends.case(who, desk.param(0)?).await?;
    let about = pb::GetNetworkRequest {
        case_number: case.number.clone(),
    };
    let of = pb::ListVisitsRequest {
        case_number: case.number.clone(),
    };
    let network = network(backends.child_network(who, about).await?);
    let child = network.nodes.first().map_or("", |node| node.label.as_str());
    let title = format!("档案：{child}");
    Ok(desk.page(&FilePage {
        chrome: desk.chrome().titled(title, Section::Child),
        tabs: tabs(&desk, "/child/files")?,
        csrf: who.csrf.clone(),
        state: case.state_label.clone(),
        explanation: case.explanation.clone(),
        visits_now: !case.closed && who.has_role(Role::ChildWorker),
        applies: match case.closed {
            true => vec![],
            false => begin::ITEMS.to_vec(),
        },
        network,
        visits: backends.child_visits(who, of).await?,
        sections: SectionView::added(&case, None),
        number: case.number,
    }))
}

/// Visits that are late.
pub(crate) async fn overdue(desk: Desk) -> Result<Response, Fault> {
    let region = ground(&desk, OFFICE)?;
    let request = pb::ListOverdueRequest {
        division: region.chosen.clone(),
    };
    let backends = desk.state.backends();
    let visits = backends.overdue_child_visits(desk.who()?, request).await?;
    Ok(desk.page(&OverduePage {
        chrome: desk.chrome().titled("超期家访", Section::Child),
        tabs: tabs(&desk, "/child/overdue")?,
        places: region.all,
        division: region.chosen,
        visits,
    }))
}
