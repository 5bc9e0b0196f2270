//! What a family has told, and what has been done about it, in plain words.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::portal::{
    desk::Desk,
    view::{
        Section,
        rescue::mine::{MinePage, Search},
    },
};

/// Item of a family's report.
const ITEM: &str = "missing-person";
/// Newest cases that are looked through, and searches that are shown.
const LOOKED: usize = 100;
const SHOWN: usize = 10;

/// The own searches, the newest first.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let (who, backends) = (desk.who()?, desk.state.backends());
    let cases = backends.own_cases(who, "", LOOKED).await?.entries;
    let cases = cases.into_iter().filter(|case| case.item == ITEM);
    let mut searches = vec![];
    for case in cases.take(SHOWN) {
        let done = match case.closed {
            true => pb::ReportFollowed::default(),
            false => backends.follow_report(who, &case.number).await?,
        };
        searches.push(Search::of(&case, &done));
    }
    Ok(desk.page(&MinePage {
        chrome: desk.chrome().titled("我登记的寻人", Section::Rescue),
        searches,
    }))
}
