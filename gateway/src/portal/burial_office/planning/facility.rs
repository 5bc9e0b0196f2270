//! The form of a facility: read out of what is there, and read back.

use serde_json::{Map, Value, json};
use yiwang_proto::burial::v1 as pb;

use super::fields::{day, line};
use crate::portal::{
    burial_office::{
        sheet::{self, Typed, object},
        townships,
    },
    view::burial_office::planning::KINDS,
};

/// A facility; where it stands and what it is stands in its code and is asked once.
pub(super) fn form(county: &str, there: bool) -> Value {
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

pub(super) fn value_of(one: &pb::PlannedFacility) -> Value {
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

pub(super) fn read(typed: &Typed, known: Option<&pb::PlannedFacility>) -> pb::PlannedFacility {
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
