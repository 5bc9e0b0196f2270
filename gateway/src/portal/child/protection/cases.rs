//! Protection cases, the most urgent first.

use axum::response::Response;
use yiwang_chassis::fault::Fault;
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    child::{ALERT, Region, tabs},
    desk::Desk,
    view::{
        Section,
        child::protection::cases::{CasesPage, Filter},
    },
};

/// The list.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let region = Region::of(&desk, ALERT)?;
    let filter = Filter {
        step: desk.query("step").to_owned(),
        level: desk.query("level").to_owned(),
        late: desk.query("late") == "yes",
    };
    let request = pb::ListProtectionCasesRequest {
        division: region.chosen.clone(),
        state: String::new(),
        closed: filter.step == "closed",
    };
    let backends = desk.state.backends();
    let found = backends.protection_cases(desk.who()?, request).await?;
    let cases = found.cases;
    let all = cases.len();
    Ok(desk.page(&CasesPage {
        chrome: desk.chrome().titled("保护个案", Section::Child),
        tabs: tabs(&desk, "/child/cases")?,
        today: desk.today().to_string(),
        cases: cases.into_iter().filter(|one| filter.takes(one)).collect(),
        all,
        filter,
        region,
    }))
}
