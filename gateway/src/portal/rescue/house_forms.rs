//! The forms of places, articles, and their stock.

use serde_json::{Map, json};

use crate::portal::{
    burial_office::sheet::options,
    form::Form,
    view::rescue::station::{ARTICLES, KINDS, SIDES},
};

pub(super) fn place_form(new: bool) -> Form {
    let mut properties = Map::new();
    let mut required = vec!["label", "side", "berths"];
    if new {
        required.push("kind");
        let kind = json!({"title": "种类", "oneOf": options(&KINDS)});
        properties.insert("kind".to_owned(), kind);
    }
    let label = json!({"type": "string", "title": "名称", "maxLength": 40,
        "description": "写在门上、车上的名称，例如“男区101”。"});
    properties.insert("label".to_owned(), label);
    let side = json!({"title": "给谁住", "oneOf": options(&SIDES)});
    properties.insert("side".to_owned(), side);
    let berths = json!({"type": "integer", "title": "几个床位（座位）", "minimum": 1,
        "maximum": 200});
    properties.insert("berths".to_owned(), berths);
    if !new {
        let active = json!({"type": "boolean", "x-widget": "checkbox",
            "title": "正在使用（不勾选就是停用）"});
        properties.insert("active".to_owned(), active);
    }
    Form::read(&json!({"required": required, "properties": properties}))
}

pub(super) fn article_form() -> Form {
    Form::read(
        &json!({"required": ["name", "unit", "kind"], "properties": {
            "name": {"type": "string", "title": "名称", "maxLength": 40},
            "unit": {"type": "string", "title": "单位", "maxLength": 10,
                "description": "例如：份、件、床。"},
            "kind": {"title": "种类", "oneOf": options(&ARTICLES)},
        }}),
    )
}

pub(super) fn stock_form(unit: &str) -> Form {
    let title = format!("数量（{unit}）");
    Form::read(
        &json!({"required": ["direction", "quantity", "reason"], "properties": {
            "direction": {"title": "入库还是出库", "x-widget": "radio", "oneOf": options(&[
                ("in", "入库（采购、捐赠、退回）"), ("out", "出库（损坏、过期、盘亏）")])},
            "quantity": {"type": "integer", "title": title, "minimum": 1, "maximum": 100_000},
            "reason": {"type": "string", "title": "原因", "maxLength": 100,
                "description": "例如：5月采购，发票号123。"},
        }}),
    )
}

/// Which meal.
pub(super) fn meal_form() -> Form {
    Form::read(&json!({"required": ["meal"], "properties": {
        "meal": {"title": "哪一餐", "x-widget": "radio", "oneOf": options(&[
            ("breakfast", "早餐"), ("lunch", "午餐"), ("supper", "晚餐")])},
    }}))
}
