//! The forms of zones and prices.

use serde_json::{Value, json};
use yiwang_proto::burial::v1 as pb;

use super::fields::{day, line};
use crate::portal::burial_office::{
    sheet::{self, Typed},
    townships,
};

const ZONES: [(&str, &str); 2] = [("cremation", "火葬区"), ("burial_reform", "土葬改革区")];

pub(super) fn zone_form(county: &str) -> Value {
    let mut places = vec![(county.to_owned(), "全县（市、区）".to_owned())];
    places.extend(townships(county));
    json!({"required": ["division", "kind", "valid_from"], "properties": {
        "division": {"title": "哪里", "x-widget": "select", "oneOf": sheet::options(&places)},
        "kind": {"title": "划定为", "oneOf": sheet::options(&ZONES)},
        "valid_from": day("从哪天起", "公告日以后的一天。")}})
}

pub(super) fn announce_form() -> Value {
    json!({"required": ["document", "approval", "announced_on"], "properties": {
        "document": line("公告文号", ""),
        "approval": line("省级批准文号", ""),
        "announced_on": day("公告日期", "")}})
}

pub(super) fn end_form() -> Value {
    json!({"required": ["valid_to", "document"], "properties": {
        "valid_to": day("从哪天起不再适用", ""),
        "document": line("公告文号", "")}})
}

pub(super) fn price_form() -> Value {
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

pub(super) fn price(division: String, typed: &Typed) -> pb::Price {
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
