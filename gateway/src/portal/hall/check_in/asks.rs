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
                hint(&field.key).clone_into(&mut field.hint);
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
            {"const": "other_paper", "title": "护照、通行证等其他证件"},
        ],
    }}});
    Form::read(&schema).fields
}
