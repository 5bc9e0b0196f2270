//! What a county writes down: facilities, zones, plans, the yearly report.

use serde_json::json;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::burial::v1 as pb;

use super::{
    PATH, facility,
    fields::{whole, year},
    forms::{announce_form, end_form, price, price_form, zone_form},
};
use crate::portal::{
    burial_office::{
        counties, only,
        sheet::{Act, Typed, object},
    },
    desk::Desk,
    form::Form,
    view::chrome::query,
};

/// Whose acts these are.
const PLANNERS: &[Role] = &[Role::CountyOfficer];

/// Whether the reader may do them.
pub(super) fn may(desk: &Desk) -> bool {
    only(desk, PLANNERS).is_ok()
}

/// The act of the address; with the facility as it is, where one is changed.
pub(super) async fn describe(desk: &Desk) -> Result<(Act, Option<pb::PlannedFacility>), Fault> {
    only(desk, PLANNERS)?;
    let (name, id) = (desk.param(0)?, desk.query("id"));
    let kept = counties(desk, PLANNERS)?;
    let county = super::chosen(&kept, desk.query("county"), |one| &one.0);
    let county = county.map(|one| one.0.clone()).unwrap_or_default();
    if matches!(name, "announce" | "end") && id.is_empty() {
        let message = "请从列表选择一个区域划定。";
        return Err(Fault::new(Code::NotFound, "ZONE_UNKNOWN", message));
    }
    let known = match (name, desk.query("code")) {
        ("facility", code) if !code.is_empty() => Some(found(desk, code).await?),
        _ => None,
    };
    let this_year = i64::from(desk.today().year());
    let (title, lead, button, schema, value) = match name {
        "facility" => {
            let lead = "编号由系统给。每次更改都保留原来的版本和理由。";
            let title = known
                .as_ref()
                .map_or_else(|| "登记设施".to_owned(), |one| one.name.clone());
            let value = known.as_ref().map_or_else(|| json!({}), facility::value_of);
            let schema = facility::form(&county, known.is_some());
            (title, lead, "保存", schema, value)
        }
        "zone" => {
            let lead = "火葬区、土葬改革区由省级人民政府划定并公告（殡葬管理条例）。先存草案，公告以后才生效。";
            (
                "划定区域".to_owned(),
                lead,
                "保存草案",
                zone_form(&county),
                json!({}),
            )
        }
        "announce" => {
            let lead = "公告以后，办件按这个区域判断。同一个地方同一时间只能有一个区域。";
            (
                "公告区域".to_owned(),
                lead,
                "公告",
                announce_form(),
                json!({}),
            )
        }
        "end" => {
            let lead = "从终止的那一天起不再适用；以前的办件不变。";
            (
                "终止区域".to_owned(),
                lead,
                "公告终止",
                end_form(),
                json!({}),
            )
        }
        "plan" => {
            let lead = "每年新建的公益性安葬（放）设施，按现行指标核对。";
            let schema = json!({"required": ["year", "total", "target_new"], "properties": {
                "year": year(this_year),
                "total": whole("规划设置的公益性安葬（放）设施总数"),
                "target_new": whole("当年新建几个")}});
            let value = json!({"year": this_year});
            ("年度规划".to_owned(), lead, "保存", schema, value)
        }
        "report" => {
            let lead = "年度报告由系统按记录生成，生成以后规划和报告都不能再改。";
            let schema = json!({"required": ["year"], "properties": {"year": year(this_year)}});
            let value = json!({"year": this_year - 1});
            ("生成年度报告".to_owned(), lead, "生成", schema, value)
        }
        "price" => {
            let lead = "从明天起或者更晚的一天起执行；以前的价格保留，不能改。清单之外不得收费（国令824号）。";
            let value = json!({"class": "basic", "pricing": "guided"});
            ("公布收费项目".to_owned(), lead, "公布", price_form(), value)
        }
        _ => return Err(Fault::not_found()),
    };
    let about = [
        ("county", county.as_str()),
        ("code", desk.query("code")),
        ("id", id),
    ];
    let act = Act {
        title,
        lead: lead.to_owned(),
        button,
        post: query(&format!("{PATH}/{name}"), &about),
        back: query(PATH, &[("county", &county)]),
        form: Form::read(&schema),
        value: object(value),
    };
    Ok((act, known))
}

/// Sends what was typed.
pub(super) async fn send(
    desk: &Desk,
    known: Option<&pb::PlannedFacility>,
    typed: &Typed,
) -> Result<(), Fault> {
    let (who, backends) = (desk.who()?, desk.state.backends());
    let (idempotency_key, id) = (typed.key.clone(), desk.query("id").to_owned());
    let county = desk.query("county").to_owned();
    match desk.param(0)? {
        "facility" => {
            let request = pb::SaveFacilityRequest {
                idempotency_key,
                facility: Some(facility::read(typed, known)),
                reason: typed.text("reason"),
            };
            backends.save_facility(who, request).await.map(drop)
        }
        "zone" => {
            let request = pb::SaveZoneRequest {
                idempotency_key,
                id,
                division: typed.text("division"),
                kind: typed.text("kind"),
                valid_from: typed.text("valid_from"),
            };
            backends.save_zone(who, request).await.map(drop)
        }
        "announce" => {
            let request = pb::AnnounceZoneRequest {
                idempotency_key,
                id,
                document: typed.text("document"),
                approval: typed.text("approval"),
                announced_on: typed.text("announced_on"),
            };
            backends.announce_zone(who, request).await.map(drop)
        }
        "end" => {
            let request = pb::EndZoneRequest {
                idempotency_key,
                id,
                valid_to: typed.text("valid_to"),
                document: typed.text("document"),
            };
            backends.end_zone(who, request).await.map(drop)
        }
        "plan" => {
            let request = pb::SavePlanRequest {
                idempotency_key,
                county,
                year: typed.number("year"),
                total: typed.number("total"),
                target_new: typed.number("target_new"),
            };
            backends.save_plan(who, request).await.map(drop)
        }
        "price" => {
            let request = pb::SavePriceRequest {
                idempotency_key,
                price: Some(price(county, typed)),
            };
            backends.save_price(who, request).await.map(drop)
        }
        _ => {
            let request = pb::ReportYearRequest {
                idempotency_key,
                county,
                year: typed.number("year"),
            };
            backends.report_year(who, request).await.map(drop)
        }
    }
}

async fn found(desk: &Desk, code: &str) -> Result<pb::PlannedFacility, Fault> {
    let unknown = || {
        let message = "没有找到这个设施，请从列表重新打开。";
        Fault::new(Code::NotFound, "FACILITY_UNKNOWN", message)
    };
    let township = code.get(..9).ok_or_else(unknown)?;
    let all = desk.state.backends().burial_facilities(township).await?;
    all.into_iter()
        .find(|one| one.code == code)
        .ok_or_else(unknown)
}
