//! What was told within the reader's division, the latest first.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    child::{ALERT, Region, tabs},
    desk::Desk,
    view::{Section, child::protection::reports::ReportsPage},
};

/// The list.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, ALERT)?;
    let request = pb::ListReportsRequest {
        division: region.chosen.clone(),
    };
    let found = desk.state.backends().child_reports(desk.who()?, request);
    Ok(desk.page(&ReportsPage {
        reports: found.await?.reports,
        chrome: desk.chrome().titled("收到的报告", Section::Child),
        tabs: tabs(&desk, "/child/reports")?,
        region,
    }))
}
