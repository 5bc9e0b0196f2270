//! The forms of the roster.

use serde_json::{Map, Value, json};
use yiwang_proto::child::v1 as pb;

use crate::portal::{
    burial_office::sheet::{Act, object, options},
    desk::Desk,
    form::Form,
    view::child::care::roster::{RECORDS, ROLES},
};

fn day(title: &str, hint: &str) -> Value {
    json!({"type": "string", "x-widget": "date", "title": title, "description": hint})
}

/// Hours of training.
pub(super) fn training(desk: &Desk, known: &pb::Director, post: String, back: String) -> Act {
    Act {
        title: format!("登记培训：{}", known.name),
        lead: format!("今年已经登记{}学时。", known.training_hours),
        button: "登记培训",
        post,
        back,
        form: Form::read(
            &json!({"required": ["on", "hours", "title"], "properties": {
                "on": day("哪一天", ""),
                "hours": {"type": "integer", "title": "多少学时", "minimum": 1, "maximum": 200},
                "title": {"type": "string", "title": "培训内容", "maxLength": 100,
                    "description": "例如：强制报告和家访谈话。"},
            }}),
        ),
        value: object(json!({"on": desk.today().to_string()})),
    }
}

/// The yearly look at the record.
pub(super) fn record(desk: &Desk, known: &pb::Director, post: String, back: String) -> Act {
    Act {
        title: format!("登记违法犯罪记录查询：{}", known.name),
        lead: "密切接触未成年人的单位，每年要查询工作人员有没有性侵害、虐待、拐卖、暴力伤害等违法犯罪记录\
               （未成年人保护法第六十二条）。先向公安机关查询，再登记答复。"
            .to_owned(),
        button: "登记查询结果",
        post,
        back,
        form: Form::read(&json!({"required": ["on", "result", "paper"], "properties": {
            "on": day("答复日期", ""),
            "result": {"title": "结果", "x-widget": "radio", "oneOf": options(&RECORDS)},
            "paper": {"type": "string", "title": "答复文书编号", "maxLength": 60},
        }})),
        value: object(json!({"on": desk.today().to_string()})),
    }
}

/// Somebody new, or as things are.
pub(super) fn save(known: &pb::Director, post: String, back: String) -> Act {
    let role = ROLES.iter().find(|(code, _)| *code == known.role);
    let role = role.map_or("", |(_, name)| name);
    let new = known.id.is_empty();
    Act {
        title: match new {
            true => format!("登记{role}"),
            false => format!("修改：{}", known.name),
        },
        lead: match new {
            true => format!("{}。任职以前先查询违法犯罪记录。", known.division_name),
            false => format!(
                "{}。离任的，填写离任日期，他（她）负责的档案要马上交给别人。",
                known.division_name
            ),
        },
        button: "保存",
        post,
        back,
        form: Form::read(&fields(known, new)),
        value: value(known, new),
    }
}

fn fields(known: &pb::Director, new: bool) -> Value {
    let mut required = vec!["name", "phone", "since"];
    if new {
        required.push("id_number");
    }
    let number = match new {
        true => "",
        false => "不改的不填。",
    };
    let mut properties = object(json!({
        "name": {"type": "string", "title": "姓名", "maxLength": 50},
        "id_number": {"type": "string", "x-widget": "id_number", "title": "身份证号",
            "description": number},
        "phone": {"type": "string", "x-widget": "phone", "title": "手机号"},
        "account": {"type": "string", "title": "登录名", "maxLength": 60,
            "description": "由系统管理员开通以后填写；没有账号的，手机上不能写走访。"},
        "since": day("任职日期", ""),
    }));
    if known.role == "director" {
        let title = "妇女委员（村妇联主席）兼任";
        let tick = json!({"type": "boolean", "x-widget": "checkbox", "title": title});
        properties.insert("committee".to_owned(), tick);
    }
    if !new {
        properties.insert("until".to_owned(), day("离任日期", "还在任的不填。"));
    }
    json!({"required": required, "properties": properties})
}

/// What is known of somebody, as the form has it.
pub(super) fn value(known: &pb::Director, new: bool) -> Map<String, Value> {
    if new {
        return Map::new();
    }
    object(json!({
        "name": known.name, "phone": known.phone, "account": known.account,
        "since": known.since, "until": known.until, "committee": known.committee,
    }))
}
