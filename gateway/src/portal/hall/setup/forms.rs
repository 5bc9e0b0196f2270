//! The forms of a hall, a registrar and a day, and what they say as contracts have it.

use serde_json::{Map, Value, json};
use yiwang_proto::marriage::v1 as pb;

use crate::portal::form::{Form, Problem};

/// Codes and names of those whom halls are competent for.
pub(super) const KINDS: [(&str, &str); 5] = [
    ("mainland", "双方都是内地居民"),
    ("foreign", "涉外"),
    ("hk_macao", "涉港澳"),
    ("taiwan", "涉台"),
    ("overseas_chinese", "涉华侨"),
];

fn kinds(title: &str, hint: &str) -> Value {
    let options = KINDS.map(|(code, name)| json!({"const": code, "title": name}));
    json!({"type": "array", "title": title, "description": hint, "items": {"oneOf": options}})
}

fn clock(title: &str) -> Value {
    json!({"type": "string", "title": title, "description": "例如8:30。", "maxLength": 5})
}

/// A hall; a new one also says its township.
pub(super) fn hall(townships: &[(String, String)], there: bool) -> Form {
    let mut properties = Map::new();
    let mut required = vec![
        "name",
        "address",
        "phone",
        "competence",
        "opens",
        "closes_noon",
        "opens_noon",
        "closes",
        "slot_minutes",
        "slot_capacity",
    ];
    if !there {
        required.push("division");
        let title = "所在乡镇、街道";
        let field = if townships.is_empty() {
            json!({"type": "string", "title": title, "x-widget": "township"})
        } else {
            let options = townships.iter();
            let options: Vec<Value> = options
                .map(|(code, name)| json!({"const": code, "title": name}))
                .collect();
            json!({"title": title, "x-widget": "select", "oneOf": options})
        };
        properties.insert("division".to_owned(), field);
    }
    let rest = json!({
        "name": {"type": "string", "title": "名称", "maxLength": 40},
        "address": {"type": "string", "title": "地址", "maxLength": 100},
        "phone": {"type": "string", "title": "咨询电话", "x-widget": "phone", "maxLength": 20},
        "competence": kinds("可以办理的婚姻登记", "除内地居民外，须是省级民政部门确定的登记处。"),
        "opens": clock("上午开门"),
        "closes_noon": clock("上午关门"),
        "opens_noon": {"type": "string", "title": "下午开门", "maxLength": 5,
            "description": "中午不休息的，和上午关门填一样的时间。"},
        "closes": clock("下午关门"),
        "slot_minutes": {"type": "integer", "title": "每个时段多少分钟", "minimum": 5, "maximum": 120},
        "slot_capacity": {"type": "integer", "title": "每个时段的名额（对）", "minimum": 1,
            "maximum": 100, "description": "改少以后，已经预约的照常办理，不再放新的预约。"},
        "grade": {"title": "等级（MZ/T 024-2011）", "default": "", "oneOf": [
            {"const": "", "title": "没有"}, {"const": "3A", "title": "3A"},
            {"const": "4A", "title": "4A"}, {"const": "5A", "title": "5A"}]},
        "population": {"type": "integer", "title": "本县（市、区）人口（人）", "minimum": 1,
            "maximum": 20_000_000, "description": "用来核对等级要求的登记员人数。"},
    });
    if let Value::Object(rest) = rest {
        properties.extend(rest);
    }
    if there {
        let field = json!({"type": "boolean", "x-widget": "checkbox",
            "title": "正常办公（不勾选就是停用，不再接受预约和登记）"});
        properties.insert("active".to_owned(), field);
    }
    Form::read(&json!({"required": required, "properties": properties}))
}

/// What a new hall usually has.
pub(super) fn usual() -> Map<String, Value> {
    object(json!({
        "competence": ["mainland"], "opens": "8:30", "closes_noon": "12:00",
        "opens_noon": "14:30", "closes": "17:30", "slot_minutes": 30, "slot_capacity": 2,
    }))
}

/// A hall as its form has it.
pub(super) fn value_of(setup: &pb::HallSetup) -> Map<String, Value> {
    let hall = setup.hall.clone().unwrap_or_default();
    let hours = setup.hours.clone().unwrap_or_default();
    let mut value = object(json!({
        "name": hall.name, "address": hall.address, "phone": hall.phone, "grade": hall.grade,
        "competence": hall.competence, "opens": hours.opens, "closes_noon": hours.closes_noon,
        "opens_noon": hours.opens_noon, "closes": hours.closes,
        "slot_minutes": setup.slot_minutes, "slot_capacity": setup.slot_capacity,
        "active": setup.active,
    }));
    if setup.population > 0 {
        value.insert("population".to_owned(), setup.population.into());
    }
    value
}

/// What to ask of the service.
pub(super) fn request(
    value: &Map<String, Value>,
    setup: Option<&pb::HallSetup>,
) -> pb::SaveHallRequest {
    let there = setup.and_then(|setup| setup.hall.as_ref());
    pb::SaveHallRequest {
        code: there.map(|hall| hall.code.clone()).unwrap_or_default(),
        division: match there {
            Some(hall) => hall.division.clone(),
            None => text(value, "division"),
        },
        name: text(value, "name"),
        address: text(value, "address"),
        phone: text(value, "phone"),
        grade: text(value, "grade"),
        competence: list(value, "competence"),
        hours: Some(hours(value)),
        slot_minutes: number(value, "slot_minutes"),
        slot_capacity: number(value, "slot_capacity"),
        population: number(value, "population"),
        active: there.is_none() || value.get("active") == Some(&Value::Bool(true)),
        ..Default::default()
    }
}

/// A registrar; a new one is found by the login name.
pub(super) fn registrar(there: bool) -> Form {
    let mut properties = Map::new();
    let mut required = vec!["qualified_until", "kinds"];
    if !there {
        required.push("login");
        let field = json!({"type": "string", "title": "登录名", "maxLength": 32,
            "description": "本地区窗口人员登录本系统用的名字。"});
        properties.insert("login".to_owned(), field);
    }
    let rest = json!({
        "trained_on": {"type": "string", "x-widget": "date", "title": "培训结业日期"},
        "examined_on": {"type": "string", "x-widget": "date", "title": "考核合格日期",
            "description": "没有培训、考核合格的不能办理登记（婚姻登记条例第六条）。"},
        "qualified_until": {"type": "string", "x-widget": "date", "title": "资格有效期到",
            "description": "过了这一天就不能办理登记。"},
        "kinds": kinds("受过哪些婚姻登记的培训", ""),
    });
    if let Value::Object(rest) = rest {
        properties.extend(rest);
    }
    if there {
        let field = json!({"type": "boolean", "x-widget": "checkbox",
            "title": "在岗（不勾选就是离岗，不再办理登记）"});
        properties.insert("active".to_owned(), field);
    }
    Form::read(&json!({"required": required, "properties": properties}))
}

/// A registrar as the form has it.
pub(super) fn value_of_registrar(one: &pb::Registrar) -> Map<String, Value> {
    let mut value = object(json!({
        "qualified_until": one.qualified_until, "kinds": one.kinds, "active": one.active,
    }));
    for (key, day) in [
        ("trained_on", &one.trained_on),
        ("examined_on", &one.examined_on),
    ] {
        if !day.is_empty() {
            value.insert(key.to_owned(), day.as_str().into());
        }
    }
    value
}

/// A day.
pub(super) fn day() -> Form {
    let open = json!({"pointer": "/set", "equals": "open"});
    let clock =
        |title: &str| json!({"type": "string", "title": title, "maxLength": 5, "x-show-if": open});
    let mut form = json!({
        "required": ["set"],
        "properties": {
            "set": {"title": "这一天", "oneOf": [
                {"const": "usual", "title": "照常", "description": "按节假日安排和平时的时间办公。"},
                {"const": "open", "title": "办公，另作安排",
                 "description": "例如周末加开，或者5月20日、七夕增加名额、延长时间。"},
                {"const": "closed", "title": "不办公", "description": "例如停电、搬迁、系统维护。"}]},
            "slot_capacity": {"type": "integer", "title": "每个时段的名额（对）", "minimum": 1,
                "maximum": 100, "description": "不填就和平时一样。", "x-show-if": open},
            "opens": clock("上午开门"),
            "closes_noon": clock("上午关门"),
            "opens_noon": clock("下午开门"),
            "closes": clock("下午关门"),
            "reason": {"type": "string", "title": "原因", "maxLength": 60,
                "description": "来预约的人和被取消预约的人会看到。"},
        },
    });
    form["properties"]["opens"]["description"] = "四个时间都不填就和平时一样。".into();
    Form::read(&form)
}

/// A day as the form has it.
pub(super) fn value_of_day(day: &pb::HallDay) -> Map<String, Value> {
    let set = match day.set.as_str() {
        "" => "usual",
        set => set,
    };
    let mut value = object(json!({"set": set, "reason": day.reason}));
    if day.slot_capacity > 0 {
        value.insert("slot_capacity".to_owned(), day.slot_capacity.into());
    }
    if let Some(hours) = &day.hours {
        value.extend(object(json!({
            "opens": hours.opens, "closes_noon": hours.closes_noon,
            "opens_noon": hours.opens_noon, "closes": hours.closes,
        })));
    }
    value
}

/// What to ask of the service; what belongs to another choice is left out.
pub(super) fn request_of_day(value: &Map<String, Value>) -> pb::SetDayRequest {
    let set = text(value, "set");
    let open = set == "open";
    let typed = hours(value);
    let other = open && typed != pb::DayHours::default();
    pb::SetDayRequest {
        reason: text(value, "reason"),
        hours: other.then_some(typed),
        slot_capacity: if open {
            number(value, "slot_capacity")
        } else {
            0
        },
        set,
        ..Default::default()
    }
}

fn hours(value: &Map<String, Value>) -> pb::DayHours {
    pb::DayHours {
        opens: text(value, "opens"),
        closes_noon: text(value, "closes_noon"),
        opens_noon: text(value, "opens_noon"),
        closes: text(value, "closes"),
    }
}

/// Problems at the fields of these forms, which have no groups: `/hours/opens` → `/opens`.
pub(super) fn flat(problems: Vec<Problem>) -> Vec<Problem> {
    let field = |problem: Problem| {
        let pointer = match problem.pointer.strip_prefix("/hours") {
            Some(inner) => inner.to_owned(),
            None => problem.pointer,
        };
        Problem::new(pointer, problem.message)
    };
    problems.into_iter().map(field).collect()
}

pub(super) fn text(value: &Map<String, Value>, key: &str) -> String {
    let found = value.get(key).and_then(Value::as_str);
    found.unwrap_or_default().to_owned()
}

pub(super) fn list(value: &Map<String, Value>, key: &str) -> Vec<String> {
    let found = value.get(key).and_then(Value::as_array);
    let words = found.map_or(&[][..], Vec::as_slice).iter();
    words.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn number(value: &Map<String, Value>, key: &str) -> i32 {
    let found = value.get(key).and_then(Value::as_i64).unwrap_or(0);
    i32::try_from(found).unwrap_or(i32::MAX)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests;
