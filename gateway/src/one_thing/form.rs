//! The one form of a one-thing: JSON Schema for page and REST, and what must be right in it.
//!
//! Nothing is asked that the account says already or another office tells us (国令第716号 7): no
//! certificate of death or cremation, no copy of an ID card, no own name.

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::{Fault, FieldViolation};
use yiwang_civic::{citizen_id::CitizenId, time};

use super::definition::Definition;
use crate::portal::form::{self, Form};

/// The form's schema; `homes` are the funeral homes to choose from, as (code, name), empty: the
/// code is typed.
pub(crate) fn schema(definition: &Definition, homes: &[(String, String)]) -> Value {
    match definition.code {
        "after-death" => after_death(homes),
        _ => json!({"properties": {}}),
    }
}

fn after_death(homes: &[(String, String)]) -> Value {
    let arranging = json!({"pointer": "funeral", "equals": "arrange"});
    let yes_no = |title: &str, hint: &str| {
        json!({"type": "boolean", "title": title, "description": hint, "x-widget": "radio",
               "x-step": "一并办理"})
    };
    let mut home = json!({"type": "string", "title": "殡仪馆", "maxLength": 14,
        "description": "选就近的殡仪馆。", "x-step": "身后事", "x-show-if": arranging});
    if !homes.is_empty() {
        home["oneOf"] = options(homes);
    }
    json!({
        "title": "公民身后一件事",
        "required": ["name", "id_number", "died_on", "household", "relation", "phone", "funeral",
                     "place", "address", "home", "licence", "medical", "pension", "housing_fund",
                     "consent"],
        "properties": {
            "name": {"type": "string", "title": "逝者姓名", "maxLength": 100, "x-mask": "name",
                "description": "照身份证写。", "x-step": "逝者"},
            "id_number": {"type": "string", "title": "逝者身份证号码", "maxLength": 18,
                "x-widget": "id_number", "x-mask": "id_number",
                "description": "18位，末位可以是X。", "x-step": "逝者"},
            "died_on": {"type": "string", "format": "date", "x-widget": "date",
                "title": "去世日期", "description": "以死亡证明为准，我们会核对。", "x-step": "逝者"},
            "household": {"type": "string", "maxLength": 9, "x-widget": "division",
                "pattern": "^[0-9]{6}([0-9]{3})?$", "title": "逝者户籍所在地",
                "description": "选到县（市、区）或乡镇（街道）。", "x-step": "逝者"},
            "relation": {"type": "string", "title": "您是逝者的", "description": "",
                "x-step": "您", "oneOf": options(&RELATIONS)},
            "phone": {"type": "string", "maxLength": 20, "x-widget": "phone", "x-mask": "phone",
                "title": "联系电话", "description": "请保持畅通。", "x-step": "您"},
            "funeral": {"type": "string", "title": "后事怎么办", "description": "",
                "x-step": "身后事", "x-widget": "radio", "oneOf": options(&FUNERALS)},
            "place": {"type": "string", "maxLength": 9, "x-widget": "division",
                "pattern": "^$|^[0-9]{6}([0-9]{3})?$", "title": "遗体现在在哪个县（市、区）",
                "description": "选到县（市、区）或乡镇（街道）。", "x-step": "身后事",
                "x-show-if": arranging},
            "address": {"type": "string", "maxLength": 100, "title": "接运地点",
                "description": "写到门牌或者医院科室。", "x-step": "身后事",
                "x-show-if": arranging},
            "home": home,
            "licence": yes_no("注销驾驶证", "没有驾驶证的选“否”。"),
            "medical": yes_no("医保停保、支取个人账户", "不清楚有没有的选“是”，由医保部门查。"),
            "pension": yes_no("养老待遇、丧葬补助金和抚恤金", "不清楚有没有的选“是”，由人社部门查。"),
            "housing_fund": yes_no("提取住房公积金", "没有缴存过的选“否”。"),
            "bank_account": {"type": "string", "maxLength": 30, "x-widget": "bank_account",
                "x-mask": "bank_account", "title": "您本人的银行账号",
                "description": "有钱要发的，都发到这里。上面都选“否”的不填。", "x-step": "一并办理"},
            "consent": {"type": "boolean", "const": true, "x-step": "一并办理",
                "title": "我同意民政部门把以上内容提供给公安、医保、人社、公积金等部门，只用来办这件事。"},
        }
    })
}

const RELATIONS: [(&str, &str); 7] = [
    ("spouse", "配偶"),
    ("child", "子女"),
    ("parent", "父母"),
    ("sibling", "兄弟姐妹"),
    ("grandchild", "孙子女、外孙子女"),
    ("grandparent", "祖父母、外祖父母"),
    ("relative", "其他亲属"),
];

const FUNERALS: [(&str, &str); 3] = [
    ("arrange", "还没有联系殡仪馆，请一并安排"),
    ("arranged", "已经联系好殡仪馆"),
    ("burial", "按当地规定土葬，不火化"),
];

fn options(choices: &[(impl AsRef<str>, impl AsRef<str>)]) -> Value {
    let option = |(code, title): &(_, _)| {
        let (code, title): (&str, &str) = (AsRef::as_ref(code), AsRef::as_ref(title));
        json!({"const": code, "title": title})
    };
    choices.iter().map(option).collect()
}

/// Checks the whole form and names whom it is about. `now` is business time.
///
/// # Errors
/// `INVALID_INPUT` with the fields.
pub(crate) fn subject(
    definition: &Definition,
    answers: &Value,
    now: Timestamp,
) -> Result<CitizenId, Fault> {
    let fields = Form::read(&schema(definition, &[])).fields;
    let empty = Map::new();
    let map = answers.as_object().unwrap_or(&empty);
    let mut wrong: Vec<FieldViolation> = form::check(&fields, map, "")
        .into_iter()
        .map(|problem| FieldViolation::new(problem.pointer, "FIELD", problem.message))
        .collect();
    for key in map
        .keys()
        .filter(|key| !fields.iter().any(|field| field.key == **key))
    {
        wrong.push(FieldViolation::new(
            format!("/{key}"),
            "UNKNOWN_FIELD",
            "没有这一项。",
        ));
    }
    wrong.extend(between_fields(answers, now));
    let id = answers["id_number"]
        .as_str()
        .unwrap_or_default()
        .parse::<CitizenId>();
    match id {
        Ok(id) if wrong.is_empty() => Ok(id),
        Err(_) if wrong.is_empty() => {
            let message = "身份证号码不正确，请照证件逐位核对。";
            Err(Fault::invalid_field("/id_number", "ID_NUMBER", message))
        }
        _ => Err(Fault::invalid(wrong)),
    }
}

/// What no single field can say.
fn between_fields(answers: &Value, now: Timestamp) -> Vec<FieldViolation> {
    let mut wrong = Vec::new();
    let died = answers["died_on"]
        .as_str()
        .and_then(|text| text.parse::<Date>().ok());
    if died.is_some_and(|day| day > time::beijing_date(now)) {
        let message = "去世日期不能晚于今天。";
        wrong.push(FieldViolation::new("/died_on", "FUTURE", message));
    }
    let paid = ["medical", "pension", "housing_fund"];
    let paid = paid.iter().any(|key| answers[*key] == true);
    let account = answers["bank_account"].as_str().unwrap_or_default().trim();
    if paid && account.is_empty() {
        let message = "请填写您本人的银行账号，待遇发到这里。";
        wrong.push(FieldViolation::new("/bank_account", "MISSING", message));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::one_thing::definitions::AFTER_DEATH;

    fn now() -> Timestamp {
        "2026-05-12T01:00:00Z".parse().unwrap()
    }

    fn sound() -> Value {
        json!({
            "name": "张建国", "id_number": "42032319500512101X", "died_on": "2026-05-11",
            "household": "420323100", "relation": "child", "phone": "13800001234",
            "funeral": "arranged", "licence": false, "medical": true, "pension": true,
            "housing_fund": false, "bank_account": "6217000012345678901", "consent": true,
        })
    }

    fn wrong(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut form = with_check(sound());
        change(&mut form);
        let fault = subject(&AFTER_DEATH, &form, now()).unwrap_err();
        fault.fields.into_iter().map(|field| field.field).collect()
    }

    #[test]
    fn the_form_is_checked_whole_and_everything_is_named_at_once() {
        let id = subject(&AFTER_DEATH, &with_check(sound()), now());
        assert!(id.is_ok(), "{id:?}");
        assert_eq!(
            wrong(|form| form["died_on"] = "2026-05-13".into())[0],
            "/died_on"
        );
        let several = wrong(|form| {
            form["phone"] = "".into();
            form["consent"] = false.into();
            form["bank_account"] = "".into();
            form["colour"] = "red".into();
        });
        for pointer in ["/phone", "/consent", "/bank_account", "/colour"] {
            assert!(
                several.iter().any(|known| known == pointer),
                "{pointer}: {several:?}"
            );
        }
    }

    #[test]
    fn what_the_funeral_home_needs_is_asked_only_of_whoever_needs_it() {
        let missing = wrong(|form| form["funeral"] = "arrange".into());
        for pointer in ["/place", "/address", "/home"] {
            assert!(
                missing.iter().any(|known| known == pointer),
                "{pointer}: {missing:?}"
            );
        }
    }

    /// The same form with a right check digit.
    fn with_check(mut form: Value) -> Value {
        let body = "42032319500512101";
        let found = "0123456789X".chars().map(|check| format!("{body}{check}"));
        let mut sound = found.filter(|number| number.parse::<CitizenId>().is_ok());
        form["id_number"] = sound.next_back().unwrap().into();
        form
    }
}
