//! Cemeteries and columbaria: a place is chosen on the plan and kept for its family for a while.
//!
//! ```text
//! place ─→ cemetery ─→ area ─→ place on the plan ─POST─→ held ─→ application 骨灰安放（葬）
//!                                  ▲  └─ taken meanwhile: the next free ones
//! ```

mod hold;

use axum::{http::StatusCode, response::Response};
use yiwang_chassis::fault::{Code, Fault};
use yiwang_proto::burial::v1 as pb;

pub(crate) use self::hold::post;
use super::{
    desk::Desk,
    near::{cut, near},
    view::{
        Section, Trouble,
        cemeteries::{AreaTab, Cemeteries, CemeteryPage, Chosen, HoldView, Link, Plan},
    },
};

/// Those around a place.
pub(crate) async fn list(desk: Desk) -> Result<Response, Fault> {
    let place = cut(desk.query("place"));
    let backends = desk.state.backends();
    let near = near(&place, "公墓、骨灰堂", |code| async move {
        backends.cemeteries(&code).await
    })
    .await?;
    Ok(desk.page(&Cemeteries {
        chrome: desk.chrome().titled("选墓位、格位", Section::Items),
        holds: holds(&desk, "").await,
        place,
        told: near.told,
        found: near.found.into_iter().map(Link::of).collect(),
    }))
}

/// A cemetery, one of its areas, and the place that is looked at.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let code = desk.param(0)?.to_owned();
    let told = match desk.query("done") {
        "hold" => "这个位置为您留着了。请在时间到以前填好申请。",
        "release" => "已经放弃，位置让给别人了。",
        _ => "",
    };
    let view = Look {
        area: desk.query("area").to_owned(),
        spot: desk.query("spot").to_owned(),
        at: at(desk.query("line"), desk.query("place")),
        told,
        ..Look::default()
    };
    draw(&desk, &code, view, StatusCode::OK).await
}

/// What the page shows besides the cemetery.
#[derive(Default)]
struct Look {
    area: String,
    spot: String,
    /// Row and place as typed, for whoever does not point at the picture.
    at: Option<(i32, i32)>,
    told: &'static str,
    problems: Vec<Trouble>,
    /// Id and label of the next free places.
    others: Vec<(String, String)>,
}

async fn draw(desk: &Desk, code: &str, look: Look, status: StatusCode) -> Result<Response, Fault> {
    let backends = desk.state.backends();
    let detail = backends.cemetery(code).await?;
    let cemetery = detail.cemetery.unwrap_or_default();
    let open: Vec<pb::PlaceArea> = detail
        .areas
        .into_iter()
        .filter(|area| area.planned < area.places && !area.closed)
        .collect();
    let area = match look.area.as_str() {
        "" => None,
        name => Some(
            open.iter()
                .find(|one| one.area == name)
                .ok_or_else(unknown)?,
        ),
    };
    // The plan stands without the prices.
    let county = cemetery.division.get(..6).unwrap_or_default();
    let prices = backends.burial_prices(county, "").await.unwrap_or_default();
    let plan = match area {
        Some(area) => Some(backends.place_plan(code, &area.area).await?),
        None => None,
    };
    let mut look = look;
    if let (Some(plan), Some((line, place)), "") = (&plan, look.at, look.spot.as_str()) {
        let here = |spot: &&pb::PlacedSpot| (spot.line, spot.place) == (line, place);
        match plan.spots.iter().find(here) {
            Some(spot) => look.spot.clone_from(&spot.id),
            None => {
                let message = format!("没有第{line}排{place}号，请按下面列出的排和号填。");
                look.problems.push(Trouble::at("line", &message));
            }
        }
    }
    let chosen = plan.as_ref().and_then(|plan| Chosen::of(plan, &look.spot));
    let others = look.others.into_iter();
    let page = CemeteryPage {
        chrome: desk.chrome().titled(cemetery.name.clone(), Section::Items),
        told: look.told,
        problems: look.problems,
        others: others
            .map(|one| Plan::other(code, &look.area, one))
            .collect(),
        csrf: desk.who.as_ref().map(|who| who.csrf.clone()),
        key: desk.fresh_key(),
        holds: holds(desk, code).await,
        areas: open
            .iter()
            .map(|one| AreaTab::of(one, &look.area, &prices))
            .collect(),
        plan: plan.as_ref().map(|plan| Plan::of(plan, &look.spot)),
        chosen,
        at: look.at,
        area: look.area,
        cemetery: Link::of(cemetery),
    };
    Ok(desk.page_with(status, &page))
}

/// Row and place, when both are numbers.
fn at(line: &str, place: &str) -> Option<(i32, i32)> {
    Some((line.trim().parse().ok()?, place.trim().parse().ok()?))
}

fn unknown() -> Fault {
    let message = "没有这个区域，请重新选择。";
    Fault::new(Code::NotFound, "AREA_UNKNOWN", message)
}

/// What the reader holds; at one cemetery, or anywhere when `code` is empty.
async fn holds(desk: &Desk, code: &str) -> Vec<HoldView> {
    let Some(who) = &desk.who else {
        return vec![];
    };
    let own = desk
        .state
        .backends()
        .own_holds(who)
        .await
        .unwrap_or_default();
    let own = own
        .into_iter()
        .filter(|hold| code.is_empty() || hold.facility == code);
    own.map(|hold| HoldView::of(&hold, desk.fresh_key()))
        .collect()
}
