//! Places and ashes of a cemetery or columbarium, for its staff and its county.

mod forms;

use axum::{extract::Request, response::Response};
use futures::future;
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::burial::v1 as pb;

use self::forms::describe;
use super::{
    HOME, chosen, only, scopes,
    sheet::{self, Typed},
    tabs,
};
use crate::portal::{
    desk::Desk,
    form::normalise,
    view::{
        Section,
        burial_office::keeper::{KeeperPage, Parts},
        chrome::query,
    },
};

const PATH: &str = "/cemetery/keeper";
/// Who plans areas.
const COUNTY: &[Role] = &[Role::CountyOfficer];

/// Areas with the plan of one, what ends, what is to be looked at, the last count.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    only(&desk, HOME)?;
    let facilities = facilities(&desk).await?;
    let facility = chosen(&facilities, desk.query("facility"), |one| &one.code);
    let facility = facility.cloned().ok_or_else(no_facility)?;
    let (who, backends) = (desk.who()?, desk.state.backends());
    let (detail, list, takings) = future::try_join3(
        backends.cemetery(&facility.code),
        backends.keeper_list(who, &facility.code),
        backends.stock_takings(who, &facility.code),
    )
    .await?;
    let area = chosen(&detail.areas, desk.query("area"), |one| &one.area);
    let plan = match area {
        Some(area) => Some(backends.place_plan(&facility.code, &area.area).await?),
        None => None,
    };
    let told = match desk.query("done") {
        "stock" => "已经盘点，结果在下面。",
        "block" => "已经暂停使用。",
        "unblock" => "已经恢复可选。",
        "inspect" => "已经验收，位置恢复可选。",
        "area" => "已经建好区域。建成验收后请开放选位。",
        "open" => "已经开放选位。",
        "edit" => "已经修改区域。",
        "close" => "已经关闭区域，家属不能再选；已经安放和正在办理的不受影响。",
        _ => "",
    };
    let parts = Parts {
        plan: plan.as_ref(),
        list: &list,
        takings: &takings,
        areas: &detail.areas,
        plans: only(&desk, COUNTY).is_ok(),
    };
    let chrome = desk.chrome().titled(facility.name.clone(), Section::Burial);
    let choices = facilities.into_iter().map(|one| (one.code, one.name));
    let mut page = KeeperPage::of(chrome, tabs(&desk, PATH), facility, &parts);
    page.told = told;
    page.choices = choices.collect();
    Ok(desk.page(&page))
}

/// The facilities the reader keeps: those with places first, then by code.
async fn facilities(desk: &Desk) -> Result<Vec<pb::Cemetery>, Fault> {
    let mut kept: Vec<pb::Cemetery> = Vec::new();
    for scope in scopes(desk, HOME)? {
        kept.extend(desk.state.backends().cemeteries(&scope).await?);
        // Ashes stand in funeral homes too, with or without niches.
        let homes = desk.state.backends().funeral_homes(&scope).await?;
        kept.extend(homes.into_iter().map(|home| pb::Cemetery {
            code: home.code,
            name: home.name,
            kind: "funeral_home".to_owned(),
            address: home.address,
            phone: home.phone,
            division: home.division,
            ..Default::default()
        }));
    }
    kept.sort_by(|a, b| a.code.cmp(&b.code));
    kept.dedup_by(|a, b| a.code == b.code);
    kept.sort_by_key(|one| one.kind == "funeral_home");
    Ok(kept)
}

fn no_facility() -> Fault {
    Fault {
        reason: "NO_FACILITY".into(),
        message: "您的岗位所在地区没有公墓或者骨灰堂。".to_owned(),
        ..Fault::forbidden()
    }
}

/// The form of an act.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let act = describe(&desk).await?;
    sheet::show(&desk, &act)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let act = describe(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let name = desk.param(0)?;
    let answer = send(&desk, name, &typed).await;
    let area = match (name, typed.text("name")) {
        ("area", _) => typed.text("area"),
        ("edit", name) if !name.is_empty() => name,
        _ => desk.query("area").to_owned(),
    };
    let done = query(
        PATH,
        &[
            ("facility", desk.query("facility")),
            ("area", &area),
            ("done", name),
        ],
    );
    sheet::end(&desk, &act, &typed, answer, &done)
}

async fn send(desk: &Desk, name: &str, typed: &Typed) -> Result<(), Fault> {
    let (who, backends) = (desk.who()?, desk.state.backends());
    let idempotency_key = typed.key.clone();
    let (facility, spot) = (
        desk.query("facility").to_owned(),
        desk.query("spot").to_owned(),
    );
    match name {
        "stock" => {
            let scanned = typed.lines("scanned").into_iter().flatten();
            let request = pb::TakeStockRequest {
                idempotency_key,
                facility,
                scanned: scanned.map(|one| normalise::code(&one)).collect(),
            };
            backends.take_stock(who, request).await.map(drop)
        }
        "inspect" => {
            let request = pb::InspectSpotRequest {
                idempotency_key,
                spot,
                note: typed.text("note"),
            };
            backends.inspect_spot(who, request).await.map(drop)
        }
        "area" => {
            let request = pb::SaveAreaRequest {
                idempotency_key,
                facility,
                area: typed.text("area"),
                kind: typed.text("kind"),
                rows: typed.number("rows"),
                places: typed.number("places"),
                width_cm: typed.number("width_cm"),
                depth_cm: typed.number("depth_cm"),
                capacity: typed.number("capacity"),
                price: typed.text("price"),
            };
            backends.save_area(who, request).await.map(drop)
        }
        "open" => {
            let request = pb::OpenAreaRequest {
                idempotency_key,
                facility,
                area: desk.query("area").to_owned(),
            };
            backends.open_area(who, request).await.map(drop)
        }
        "edit" => {
            let request = pb::EditAreaRequest {
                idempotency_key,
                facility,
                area: desk.query("area").to_owned(),
                name: typed.text("name"),
                price: typed.text("price"),
                width_cm: typed.number("width_cm"),
                depth_cm: typed.number("depth_cm"),
                capacity: typed.number("capacity"),
            };
            backends.edit_area(who, request).await.map(drop)
        }
        "close" => {
            let request = pb::CloseAreaRequest {
                idempotency_key,
                facility,
                area: desk.query("area").to_owned(),
                reason: typed.text("reason"),
            };
            backends.close_area(who, request).await.map(drop)
        }
        // block, unblock: `describe` knows no other.
        name => {
            let request = pb::BlockSpotRequest {
                idempotency_key,
                spot,
                blocked: name == "block",
                reason: typed.text("reason"),
            };
            backends.block_spot(who, request).await.map(drop)
        }
    }
}
