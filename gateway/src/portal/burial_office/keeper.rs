//! Places and ashes of a cemetery or columbarium, for its staff and its county.

use axum::{extract::Request, response::Response};
use futures::future;
use serde_json::json;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    HOME, chosen, only, scopes,
    sheet::{self, Act, Typed, object},
    tabs,
};
use crate::portal::{
    desk::Desk,
    form::{Form, normalise},
    view::{
        Section,
        burial_office::keeper::{KINDS, KeeperPage, Parts},
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
    let area = match name {
        "area" => typed.text("area"),
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

async fn describe(desk: &Desk) -> Result<Act, Fault> {
    let name = desk.param(0)?;
    let (facility, area) = (desk.query("facility"), desk.query("area"));
    let spot = desk.query("spot");
    let label = match name {
        "block" | "unblock" | "inspect" => label(desk).await?,
        _ => String::new(),
    };
    let line = |title: &str, hint: &str| json!({"type": "string", "title": title, "description": hint, "maxLength": 100});
    let whole = |title: &str, min: i64, max: i64| json!({"type": "integer", "title": title, "minimum": min, "maximum": max});
    let (roles, title, lead, button, schema) = match name {
        "stock" => (
            HOME,
            "盘点骨灰".to_owned(),
            "把扫到的骨灰编号一行一个贴进来。寄存的和格位里的都要扫到；少了哪个、多了哪个，系统会列出来。",
            "盘点",
            json!({"required": ["scanned"], "properties": {"scanned": {"type": "string",
                "x-widget": "textarea", "title": "扫到的骨灰编号", "maxLength": 500_000,
                "description": "用扫码枪连续扫，或者从表格里复制。"}}}),
        ),
        "block" => (
            HOME,
            format!("暂停使用：{label}"),
            "暂停后家属选不到这个位置。已经安放的不受影响。",
            "暂停使用",
            json!({"required": ["reason"], "properties": {
                "reason": line("原因", "例如维修、保留、审计。")}}),
        ),
        "unblock" => (
            HOME,
            format!("恢复可选：{label}"),
            "恢复后家属可以选这个位置。",
            "恢复可选",
            json!({"properties": {"reason": line("说明", "没有就不填。")}}),
        ),
        "inspect" => (
            HOME,
            format!("验收：{label}"),
            "迁出的位置清理、查验完好以后，才可以再给别人选。",
            "验收合格",
            json!({"required": ["note"], "properties": {
                "note": line("验收情况", "例如已清理、完好。")}}),
        ),
        "area" => (
            COUNTY,
            "新建区域".to_owned(),
            "按现行的面积限额核对。建好后是“规划中”，建成验收以后再开放选位。",
            "新建",
            json!({"required": ["area", "kind", "rows", "places", "width_cm", "depth_cm",
                "capacity", "price"], "properties": {
                "area": line("区域名称", "例如松鹤区，最多20个字。"),
                "kind": {"title": "位置种类", "x-widget": "select",
                    "oneOf": sheet::options(&KINDS)},
                "rows": whole("几排", 1, 5_000), "places": whole("每排几个", 1, 5_000),
                "width_cm": whole("每个宽（厘米）", 1, 1_000),
                "depth_cm": whole("每个深（厘米）", 1, 1_000),
                "capacity": whole("每个安放几位", 1, 100),
                "price": line("收费项目代码", "和价目表上的代码一样。")}}),
        ),
        "open" => (
            COUNTY,
            format!("开放选位：{area}"),
            "建成并且验收合格的区域，开放后家属就能选。",
            "开放选位",
            json!({"required": ["accepted"], "properties": {"accepted": {"type": "boolean",
                "const": true, "x-widget": "checkbox", "title": "这个区域已经建成并验收合格"}}}),
        ),
        _ => return Err(Fault::not_found()),
    };
    only(desk, roles)?;
    let about = [("facility", facility), ("area", area), ("spot", spot)];
    Ok(Act {
        title,
        lead: lead.to_owned(),
        button,
        post: query(&format!("{PATH}/{name}"), &about),
        back: query(PATH, &[("facility", facility), ("area", area)]),
        form: Form::read(&schema),
        value: object(json!({})),
    })
}

/// What the place of the address is called; never what the address says it is called.
async fn label(desk: &Desk) -> Result<String, Fault> {
    only(desk, HOME)?;
    let (facility, area, spot) = (
        desk.query("facility"),
        desk.query("area"),
        desk.query("spot"),
    );
    let backends = desk.state.backends();
    let spots = match area {
        "" => {
            backends
                .keeper_list(desk.who()?, facility)
                .await?
                .to_inspect
        }
        area => backends.place_plan(facility, area).await?.spots,
    };
    let found = spots.into_iter().find(|one| one.id == spot);
    found.map(|one| one.label).ok_or_else(|| {
        let message = "没有找到这个位置，请从平面图下面的表里重新选。";
        Fault::new(Code::NotFound, "SPOT_UNKNOWN", message)
    })
}
