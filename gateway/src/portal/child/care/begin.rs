//! An application begun from a file: what the file says, and the reader may see, is already in it.

use axum::{extract::Request, response::Response};
use serde_json::{Map, Value};
use yiwang_chassis::fault::{Code, Fault};

use super::super::{VILLAGE, only};
use crate::portal::{
    body::Body,
    desk::{Desk, go},
    prefill::prefill_with,
};

/// What can be applied for from a file.
pub(super) const ITEMS: [(&str, &str); 3] = [
    ("entrusted-care", "办理委托照护"),
    ("unattended-child", "申请事实无人抚养儿童补贴"),
    ("orphan", "申请孤儿基本生活费"),
];

/// Groups that the forms have in common.
const SHARED: [&str; 4] = ["child", "father", "mother", "carer"];

/// Goes on to the application.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, VILLAGE)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let asked = body.text("item");
    let item = ITEMS.iter().find(|(code, _)| *code == asked);
    let (item, _) = item.ok_or_else(Fault::not_found)?;
    let backends = desk.state.backends();
    let (case, found) = (
        backends.case(desk.who()?, desk.param(0)?).await?,
        backends.item(item).await?,
    );
    let form: Value = serde_json::from_str(&case.form).unwrap_or_default();
    let schema: Value = serde_json::from_str(&found.form_schema).unwrap_or_default();
    let township = case.division.get(..9).unwrap_or(&case.division);
    let answers = shared(&form, &schema);
    nobody_else(&desk, item, &answers).await?;
    prefill_with(&desk, item, township, answers).await?;
    Ok(go(&format!("/apply/{item}")))
}

/// Refuses when the draft is about another child: two children must never be mixed.
async fn nobody_else(desk: &Desk, item: &str, answers: &Map<String, Value>) -> Result<(), Fault> {
    let draft = match desk.state.backends().draft(desk.who()?, item).await {
        Ok(draft) => draft,
        Err(fault) if fault.code == Code::NotFound => return Ok(()),
        Err(fault) => return Err(fault),
    };
    let form: Value = serde_json::from_str(&draft.form).unwrap_or_default();
    let drafted = form["child"]["name"].as_str().unwrap_or_default();
    let here = answers
        .get("child")
        .and_then(|child| child["name"].as_str());
    match drafted.is_empty() || here == Some(drafted) {
        true => Ok(()),
        false => {
            let message = "您有一份给别的孩子填的申请还没有提交。先在“我的办件”里提交或者放弃那一份，再从这里开始。";
            Err(Fault::new(
                Code::Conflict,
                "DRAFT_OF_ANOTHER_CHILD",
                message,
            ))
        }
    }
}

/// The groups that the application asks for too, without what is masked.
fn shared(form: &Value, schema: &Value) -> Map<String, Value> {
    let asked = |key: &&&str| schema["properties"].get(**key).is_some();
    let groups = SHARED.iter().filter(asked);
    let known = groups.filter_map(|key| {
        let group = open(form.get(*key)?)?;
        Some(((*key).to_owned(), group))
    });
    known.collect()
}

/// What is readable of a value; none: nothing.
fn open(value: &Value) -> Option<Value> {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter();
            let open = fields.filter_map(|(key, value)| Some((key.clone(), self::open(value)?)));
            let open: Map<String, Value> = open.collect();
            (!open.is_empty()).then_some(Value::Object(open))
        }
        Value::String(text) => (!text.is_empty() && !text.contains('*')).then(|| value.clone()),
        Value::Null => None,
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_masked_is_asked_again() {
        let form = json!({
            "child": {"name": "李小明", "id_number": "4212************1234"},
            "father": {"name": "李*", "state": "left"}, "mother": {"name": "*"},
            "level": "high"});
        let schema = json!({"properties": {"child": {}, "father": {}, "mother": {}}});
        let known = Value::Object(shared(&form, &schema));
        assert_eq!(
            known,
            json!({"child": {"name": "李小明"}, "father": {"state": "left"}})
        );
    }
}
