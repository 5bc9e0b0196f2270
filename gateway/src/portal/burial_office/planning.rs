//! Facilities, zones, yearly plans and coverage of a county.

mod acts;
mod facility;
mod fields;
mod forms;

use axum::{extract::Request, response::Response};
use futures::future;
use yiwang_chassis::fault::Fault;

use super::{COUNTY, chosen, counties, only, sheet, tabs};
use crate::portal::{
    desk::Desk,
    view::{
        Section,
        burial_office::planning::{PlanningPage, Records},
        chrome::query,
    },
};

const PATH: &str = "/burial/planning";

/// What a county has and plans.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, COUNTY)?;
    let counties = counties(&desk, COUNTY)?;
    let county = chosen(&counties, desk.query("county"), |one| &one.0);
    let (county, name) = county.cloned().ok_or_else(Fault::forbidden)?;
    let (who, backends) = (desk.who()?, desk.state.backends());
    let (coverage, facilities, zones, plans, graves) = future::try_join5(
        backends.burial_coverage(&county),
        backends.burial_facilities(&county),
        backends.burial_zones(who, &county),
        backends.burial_plans(&county),
        backends.grave_progress(&county),
    )
    .await?;
    let told = match desk.query("done") {
        "facility" => "设施已经保存。",
        "zone" => "草案已经保存。公告以后才生效。",
        "announce" => "已经公告。",
        "end" => "已经公告终止。",
        "plan" => "规划已经保存。",
        "report" => "年度报告已经生成。",
        "price" => "价格已经公布，到执行日起生效。",
        _ => "",
    };
    let records = Records {
        coverage,
        facilities,
        zones,
        plans,
        graves,
    };
    let chrome = desk
        .chrome()
        .titled(format!("{name}殡葬设施和规划"), Section::Burial);
    let mut page = PlanningPage::of(chrome, tabs(&desk, PATH), &county, records);
    page.told = told;
    page.counties = counties;
    page.edits = acts::may(&desk);
    Ok(desk.page(&page))
}

/// The form of an act.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let (act, _) = acts::describe(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, known) = acts::describe(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let answer = acts::send(&desk, known.as_ref(), &typed).await;
    let county = desk.query("county");
    let done = query(PATH, &[("county", county), ("done", desk.param(0)?)]);
    sheet::end(&desk, &act, &typed, answer, &done)
}
