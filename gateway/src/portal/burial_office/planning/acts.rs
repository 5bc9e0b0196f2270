//! What a county writes down: facilities, zones, plans, the yearly report.

use serde_json::{Map, Value, json};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::burial::v1 as pb;

use super::PATH;
use crate::portal::{
    burial_office::{
        counties, only,
        sheet::{self, Act, Typed, object},
        townships,
    },
    desk::Desk,
    form::Form,
    view::{burial_office::planning::KINDS, chrome::query},
};

/// Whose acts these are.
const PLANNERS: &[Role] = &[Role::CountyOfficer];

const ZONES: [(&str, &str); 2] = [("cremation", "火葬区"), ("burial_reform", "土葬改革区")];

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
        ("facility", code) if !code.is_empty() => Some(facility(desk, code).await?),
        _ => None,
    };
    let this_year = i64::from(desk.today().year());
    let (title, lead, button, schema, value) = match name {
        "facility" => {
            let lead = "编号由系统给。每次更改都保留原来的版本和理由。";
            let title = known
                .as_ref()
                .map_or_else(|| "登记设施".to_owned(), |one| one.name.clone());
            let value = known.as_ref().map_or_else(|| json!({}), value_of);
            let schema = facility_form(&county, known.is_some());
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
                facility: Some(read(typed, known)),
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

async fn facility(desk: &Desk, code: &str) -> Result<pb::PlannedFacility, Fault> {
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

fn day(title: &str, hint: &str) -> Value {
    json!({"type": "string", "x-widget": "date", "title": title, "description": hint})
}

fn line(title: &str, hint: &str) -> Value {
    json!({"type": "string", "title": title, "description": hint, "maxLength": 100})
}

fn whole(title: &str) -> Value {
    json!({"type": "integer", "title": title, "minimum": 0, "maximum": 10_000})
}

fn year(this: i64) -> Value {
    json!({"type": "integer", "title": "年度", "minimum": this - 5, "maximum": this + 10})
}

/// A facility; where it stands and what it is stands in its code and is asked once.
fn facility_form(county: &str, there: bool) -> Value {
    let mut properties = Map::new();
    let mut required = vec![
        "name",
        "address",
        "phone",
        "approval",
        "approved_on",
        "land_m2",
        "green_m2",
    ];
    let townships = townships(county);
    let area = |title: &str| json!({"type": "integer", "title": title, "minimum": 0, "maximum": 100_000_000});
    if there {
        required.push("reason");
    } else {
        required.extend(["kind", "division"]);
        let kind = json!({"title": "种类", "oneOf": sheet::options(&KINDS),
            "description": "2026年3月30日起不得新设营利性的（国令824号）。"});
        properties.insert("kind".to_owned(), kind);
        let at = json!({"title": "所在乡镇、街道", "x-widget": "select",
            "oneOf": sheet::options(&townships)});
        properties.insert("division".to_owned(), at);
    }
    properties.extend(object(json!({
        "name": line("名称", ""),
        "address": line("地址", ""),
        "phone": line("电话", "家属会打这个电话。"),
        "approval": line("批准文号", "没有批准的设施不能登记。"),
        "approved_on": day("批准日期", ""),
        "opened_on": day("启用日期", "还在建的不填。"),
        "land_m2": area("占地面积（平方米）"),
        "green_m2": area("其中绿地（平方米）"),
        "serves": {"type": "array", "title": "服务哪些乡镇、街道",
            "description": "全县都服务的不勾选。", "items": {"oneOf": sheet::options(&townships)}},
        "villages": {"type": "string", "x-widget": "textarea", "maxLength": 4_000,
            "title": "只服务部分村（社区）的", "description": "填村的12位区划代码，一行一个。"},
        "equipment": {"type": "string", "x-widget": "textarea", "maxLength": 2_000,
            "title": "设备", "description": "一行一种，例如“火化炉 3”。"},
    })));
    if there {
        let active = json!({"type": "boolean", "x-widget": "checkbox",
            "title": "正在使用（不勾选就是停用）"});
        properties.insert("active".to_owned(), active);
        let reason = line("更改的原因和依据", "");
        properties.insert("reason".to_owned(), reason);
    }
    json!({"required": required, "properties": properties})
}

fn value_of(one: &pb::PlannedFacility) -> Value {
    let whole = |code: &&String| code.len() == 9;
    let (townships, villages): (Vec<&String>, Vec<&String>) = one.serves.iter().partition(whole);
    let villages: Vec<&str> = villages.into_iter().map(String::as_str).collect();
    let things = one.equipment.iter();
    let things: Vec<String> = things
        .map(|thing| format!("{} {}", thing.name, thing.count))
        .collect();
    let mut value = json!({
        "name": one.name, "address": one.address, "phone": one.phone, "approval": one.approval,
        "approved_on": one.approved_on, "land_m2": one.land_m2, "green_m2": one.green_m2,
        "serves": townships, "villages": villages.join("\n"), "equipment": things.join("\n"),
        "active": one.active,
    });
    if !one.opened_on.is_empty() {
        value["opened_on"] = one.opened_on.as_str().into();
    }
    value
}

fn read(typed: &Typed, known: Option<&pb::PlannedFacility>) -> pb::PlannedFacility {
    let mut serves = typed.list("serves");
    serves.extend(typed.lines("villages").into_iter().flatten());
    let thing = |mut words: Vec<String>| {
        let count = words.pop().and_then(|last| last.parse().ok());
        pb::Equipment {
            name: words.concat(),
            count: count.unwrap_or(0),
        }
    };
    let old = known.cloned().unwrap_or_default();
    pb::PlannedFacility {
        kind: known.map_or_else(|| typed.text("kind"), |one| one.kind.clone()),
        division: known.map_or_else(|| typed.text("division"), |one| one.division.clone()),
        name: typed.text("name"),
        address: typed.text("address"),
        phone: typed.text("phone"),
        approval: typed.text("approval"),
        approved_on: typed.text("approved_on"),
        opened_on: typed.text("opened_on"),
        land_m2: typed.number("land_m2"),
        green_m2: typed.number("green_m2"),
        serves,
        equipment: typed.lines("equipment").into_iter().map(thing).collect(),
        active: known.is_none() || typed.yes("active"),
        ..old
    }
}

fn zone_form(county: &str) -> Value {
    let mut places = vec![(county.to_owned(), "全县（市、区）".to_owned())];
    places.extend(townships(county));
    json!({"required": ["division", "kind", "valid_from"], "properties": {
        "division": {"title": "哪里", "x-widget": "select", "oneOf": sheet::options(&places)},
        "kind": {"title": "划定为", "oneOf": sheet::options(&ZONES)},
        "valid_from": day("从哪天起", "公告日以后的一天。")}})
}

fn announce_form() -> Value {
    json!({"required": ["document", "approval", "announced_on"], "properties": {
        "document": line("公告文号", ""),
        "approval": line("省级批准文号", ""),
        "announced_on": day("公告日期", "")}})
}

fn end_form() -> Value {
    json!({"required": ["valid_to", "document"], "properties": {
        "valid_to": day("从哪天起不再适用", ""),
        "document": line("公告文号", "")}})
}

fn price_form() -> Value {
    let yuan = |title: &str, hint: &str| {
        json!({"type": "integer", "x-widget": "yuan", "title": title, "description": hint,
            "minimum": 0})
    };
    let classes = [
        ("basic", "基础项目"),
        ("other", "非基础项目"),
        ("place", "墓位、格位"),
    ];
    let pricing = [("guided", "政府指导价"), ("market", "市场调节价")];
    json!({"required": ["code", "title", "class", "unit", "fen", "pricing", "valid_from"],
        "properties": {
        "code": line("项目代码", "改价格的，和原来的代码一样。"),
        "title": line("项目名称", ""),
        "class": {"title": "类别", "oneOf": sheet::options(&classes)},
        "pricing": {"title": "怎样定价", "oneOf": sheet::options(&pricing)},
        "unit": line("单位", "例如次、小时、年。"),
        "fen": yuan("价格", "有幅度的填最低的。"),
        "fen_to": yuan("最高价格", "固定价格不填。"),
        "document": line("依据的文号", "政府指导价必须填写。"),
        "facility": line("只在哪个设施执行", "填设施编号；全县执行的不填。"),
        "valid_from": day("从哪天起执行", "")}})
}

fn price(division: String, typed: &Typed) -> pb::Price {
    let fen = |key: &str| typed.value.get(key).and_then(Value::as_i64).unwrap_or(0);
    pb::Price {
        code: typed.text("code"),
        title: typed.text("title"),
        class: typed.text("class"),
        unit: typed.text("unit"),
        fen: fen("fen"),
        fen_to: fen("fen_to"),
        document: typed.text("document"),
        valid_from: typed.text("valid_from"),
        facility: typed.text("facility"),
        pricing: typed.text("pricing"),
        division,
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_facility_comes_back_from_its_form_as_it_was() {
        let facility = pb::PlannedFacility {
            code: "421224100-GM01".into(),
            kind: "rural_public".into(),
            division: "421224100".into(),
            name: "青松公墓".into(),
            approved_on: "2020-05-01".into(),
            land_m2: 400,
            serves: vec!["421224100".into(), "421224101201".into()],
            equipment: vec![pb::Equipment {
                name: "灭火水车".into(),
                count: 2,
            }],
            active: true,
            version: 3,
            ..Default::default()
        };
        let typed = Typed {
            key: String::new(),
            value: object(value_of(&facility)),
        };
        assert_eq!(read(&typed, Some(&facility)), facility);
    }
}
