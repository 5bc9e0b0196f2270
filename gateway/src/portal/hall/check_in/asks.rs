//! What is asked at check-in: the item's form without what the page knows itself, and why
//! something was typed instead of read.

use serde_json::json;
use yiwang_proto::casework::v1 as pb;

use crate::portal::{
    form::{Field, Form, schema},
    view::hall::Kind,
};

/// What the page knows itself and the reader does not fill in.
const OWN: [&str; 2] = ["hall", "appointment"];

/// The reason that a passport, a permit or the like is itself.
pub(super) const OTHER_PAPER: &str = "other_paper";

/// Name of the question why a panel was filled in by hand.
pub(super) fn typed(key: &str) -> String {
    format!("typed_{key}")
}

/// What is asked: the item's form without what the page knows, and why something was typed.
pub(super) fn form(item: &pb::Item, kind: Kind) -> Form {
    let mut fields = Form::parse(&item.form_schema).fields;
    fields.retain(|field| {
        let absent =
            matches!(field.key.as_str(), "a" | "b") && !kind.sides().contains(&field.key.as_str());
        !absent && !OWN.contains(&field.key.as_str())
    });
    for field in &mut fields {
        if let schema::Kind::Group(inner) = &mut field.kind
            && matches!(field.key.as_str(), "a" | "b")
        {
            // Who divorces or has been married is not asked whether they are single.
            inner.retain(|field| kind == Kind::Marriage || field.key != "stated");
            for field in inner {
                // Which letters a country has is known to nobody by heart.
                if field.key != "country" {
                    hint(&field.key).clone_into(&mut field.hint);
                }
            }
        }
    }
    if kind.reads_cards() {
        fields.extend(kind.sides().iter().flat_map(|key| reason(key)));
    }
    Form { fields }
}

/// What the registrar is told beside a field of a person.
fn hint(key: &str) -> &'static str {
    match key {
        "residence" => "没有居民身份证的，先选这一项，再照证件填写。",
        "household" => "选到乡镇（街道）。",
        "stated" => "由本人说明，系统会与联网核对的结果比对。",
        _ => "",
    }
}

/// Why a panel is filled in by hand. Codes only: what is audited names nobody.
fn reason(key: &str) -> Vec<Field> {
    let schema = json!({"properties": { typed(key): {
        "title": "没有读卡、手工填写的原因", "x-widget": "radio",
        "oneOf": [
            {"const": "unreadable", "title": "身份证读不出"},
            {"const": "reader_away", "title": "读卡器故障"},
            {"const": "temporary_card", "title": "临时身份证"},
            {"const": OTHER_PAPER, "title": "护照、通行证等其他证件"},
        ],
    }}});
    Form::read(&schema).fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::form;

    #[test]
    fn a_passport_is_asked_for_its_country_and_an_id_card_is_not() {
        let kinds = ["passport"];
        let party = json!({"type": "object", "title": "申请人", "properties": {
            "residence": {"title": "身份类别", "default": "mainland", "oneOf": [
                {"const": "mainland", "description": "内地居民"},
                {"const": "foreign", "description": "外国人"}]},
            "document": {"title": "证件种类", "default": "citizen_id",
                "x-show-if": {"pointer": "residence", "equals": ["foreign"]},
                "oneOf": [{"const": "citizen_id", "title": "身份证"}, {"const": "passport", "title": "护照"}]},
            "country": {"type": "string", "title": "签发国家（地区）", "description": "三位字母",
                "x-show-if": {"pointer": "document", "equals": kinds}},
        }});
        let schema = json!({"properties": {"hall": {"type": "string"}, "a": party, "b": party}});
        let item = pb::Item {
            form_schema: schema.to_string(),
            ..Default::default()
        };
        let asked = super::form(&item, Kind::Marriage);
        let schema::Kind::Group(inner) = &asked.fields[0].kind else {
            panic!()
        };
        let hints: Vec<_> = inner.iter().map(|field| field.hint.as_str()).collect();
        assert_eq!(
            hints,
            [
                "没有居民身份证的，先选这一项，再照证件填写。",
                "",
                "三位字母"
            ]
        );
        let value =
            json!({"a": {"residence": "mainland", "document": "passport", "country": "FRA"}});
        let mut value = value.as_object().cloned().unwrap();
        form::forget_hidden(&asked.fields, &mut value);
        assert_eq!(value["a"], json!({"residence": "mainland"}));
    }
}
