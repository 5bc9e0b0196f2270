//! Children whom civil affairs guard: where each is, and what is due.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    child::{CARE, Region, tabs},
    desk::Desk,
    view::{Section, child::protection::cases::CustodyPage},
};

/// The list.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, CARE)?;
    let request = pb::ListCustodyRequest {
        division: region.chosen.clone(),
    };
    let backends = desk.state.backends();
    let found = backends.children_in_custody(desk.who()?, request).await?;
    Ok(desk.page(&CustodyPage {
        chrome: desk.chrome().titled("监护和安置", Section::Child),
        tabs: tabs(&desk, "/child/custody")?,
        today: desk.today().to_string(),
        children: found.children,
        region,
    }))
}
