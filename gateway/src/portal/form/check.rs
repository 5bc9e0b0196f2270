//! What can be said about a step before the service decides: empty, unreadable,
//! too long. The service checks everything again; this only saves a detour.

use serde_json::{Map, Value};
use yiwang_civic::citizen_id::CitizenId;

use super::{
    Problem, place,
    schema::{Field, Kind, TextStyle},
};

/// Problems of `fields` in `form`, in the order of the page.
pub(crate) fn check(fields: &[Field], form: &Map<String, Value>, at: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for field in fields {
        if of_interest(field, form) {
            one(
                field,
                form.get(&field.key),
                &format!("{at}/{}", field.key),
                &mut problems,
            );
        }
    }
    problems
}

/// Whether the sibling that a field depends on has the value asked for.
pub(crate) fn of_interest(field: &Field, siblings: &Map<String, Value>) -> bool {
    field.show_if.as_ref().is_none_or(|condition| {
        let actual = siblings.get(&condition.sibling).unwrap_or(&Value::Null);
        match &condition.equals {
            Value::Array(several) => several.contains(actual),
            one => one == actual,
        }
    })
}

fn one(field: &Field, value: Option<&Value>, at: &str, problems: &mut Vec<Problem>) {
    let mut say = |message: String| problems.push(Problem::new(at, message));
    let title = &field.title;
    let Some(value) = value.filter(|value| !is_blank(value)) else {
        if let Kind::List { min, add, .. } = &field.kind {
            if *min > 0 {
                say(format!("请{add}，至少要有{min}项。"));
            }
        } else if field.required {
            say(match &field.kind {
                Kind::Group(fields) => {
                    problems.extend(check(fields, &Map::new(), at));
                    return;
                }
                Kind::Choice { .. } | Kind::Many(_) | Kind::YesNo => format!("请选择“{title}”。"),
                Kind::Place { .. } => format!("请填写“{title}”，再从找到的地方里选一个。"),
                Kind::Brought { photos: true } => format!("请拍照上传“{title}”。"),
                Kind::Files | Kind::Brought { .. } => format!("请上传“{title}”。"),
                _ => format!("请填写“{title}”。"),
            });
        }
        return;
    };
    match &field.kind {
        Kind::Group(fields) => match value.as_object() {
            Some(group) => problems.extend(check(fields, group, at)),
            None => say(format!("请填写“{title}”。")),
        },
        Kind::List { item, min, max, .. } => {
            let entries = value.as_array().map_or(&[][..], Vec::as_slice);
            if entries.len() < *min {
                say(format!("“{title}”至少要有{min}项。"));
            }
            if let Some(max) = max.filter(|max| entries.len() > *max) {
                say(format!(
                    "“{title}”最多{max}项，现在有{}项，请删去多余的。",
                    entries.len()
                ));
            }
            for (index, entry) in entries.iter().enumerate() {
                one(item, Some(entry), &format!("{at}/{index}"), problems);
            }
        }
        kind => {
            if let Some(message) = scalar(kind, value, title) {
                say(message);
            }
        }
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn scalar(kind: &Kind, value: &Value, title: &str) -> Option<String> {
    match kind {
        Kind::Yuan { min, max } => match value.as_i64() {
            None => Some(
                match super::normalise::fen(value.as_str().unwrap_or_default()) {
                    Err(error) => format!("{}。", error.message()),
                    Ok(_) => "请用数字写金额，例如 300 或 300.50。".to_owned(),
                },
            ),
            Some(fen) => bounds(fen, *min, *max, |fen| {
                format!("{}元", super::normalise::yuan_input(fen))
            }),
        },
        Kind::Integer { min, max } => match value.as_i64() {
            None => Some("请写一个整数，例如 3。".to_owned()),
            Some(number) => bounds(number, *min, *max, |number| number.to_string()),
        },
        Kind::Number => value
            .is_number()
            .then_some(())
            .map_or(Some("请写一个数字。".to_owned()), |()| None),
        Kind::Date => {
            let text = value.as_str().unwrap_or_default();
            let known = text.parse::<jiff::civil::Date>().is_ok();
            (!known).then(|| "请写一个日期，例如 1958-03-21，或 1958年3月21日。".to_owned())
        }
        Kind::Consent { must: true } => {
            (value != &Value::Bool(true)).then(|| format!("请阅读后勾选“{title}”。"))
        }
        Kind::YesNo => (!value.is_boolean()).then(|| format!("请选择“{title}”。")),
        Kind::Choice { options, .. } => {
            let known = options.iter().any(|option| option.value == *value);
            (!known).then(|| format!("请重新选择“{title}”。"))
        }
        Kind::Place { digits } => {
            let code = value.as_str().unwrap_or_default();
            (!place::is_valid(code, *digits)).then(|| "请从找到的地方里选一个。".to_owned())
        }
        Kind::Text { style, max } => text(*style, *max, value.as_str()?),
        _ => None,
    }
}

fn bounds(
    number: i64,
    min: Option<i64>,
    max: Option<i64>,
    show: impl Fn(i64) -> String,
) -> Option<String> {
    if let Some(min) = min.filter(|min| number < *min) {
        return Some(match min {
            0 => "这里不能是负数，请改正。".to_owned(),
            min => format!("这里不能少于{}，请改正。", show(min)),
        });
    }
    max.filter(|max| number > *max)
        .map(|max| format!("这里不能超过{}，请改正。", show(max)))
}

fn text(style: TextStyle, max: Option<usize>, typed: &str) -> Option<String> {
    let length = typed.chars().count();
    if let Some(max) = max.filter(|max| length > *max) {
        return Some(format!("最多写{max}个字，现在有{length}个字，请写短一些。"));
    }
    match style {
        TextStyle::IdNumber => typed
            .parse::<CitizenId>()
            .err()
            .map(|error| error.message().to_owned()),
        TextStyle::Phone => {
            let digits = typed.trim_start_matches('+');
            let plausible =
                (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            (!plausible).then(|| "请核对电话号码，手机号码是11位数字。".to_owned())
        }
        TextStyle::BankAccount => {
            let plausible =
                (8..=32).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
            (!plausible).then(|| "请核对银行卡号或存折账号，只写数字。".to_owned())
        }
        TextStyle::Line | TextStyle::Area | TextStyle::Chosen(..) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::schema::Form, *};
    use serde_json::json;

    #[test]
    fn each_problem_names_its_field_and_what_to_do() {
        let form = Form::read(&json!({
        "required": ["members", "oath", "cause"],
        "properties": {
            "members": {"type": "array", "title": "家庭成员", "minItems": 1, "items": {
                "type": "object", "required": ["name", "id_number"], "properties": {
                    "name": {"type": "string", "title": "姓名", "maxLength": 4},
                    "id_number": {"type": "string", "x-widget": "id_number", "title": "身份证号"},
                    "income": {"type": "integer", "x-widget": "yuan", "minimum": 0},
                    "disabled": {"type": "boolean"},
                    "grade": {"type": "string", "title": "残疾等级",
                        "x-show-if": {"pointer": "disabled", "equals": true}}
                }}},
            "oath": {"type": "boolean", "const": true, "title": "我承诺"},
            "cause": {"type": "string", "title": "困难原因"}
        }}));
        let value = json!({
            "members": [{"name": "欧阳修文长", "id_number": "421221198001011234", "income": -1}, {"income": "三百"}],
            "oath": false
        });
        let problems = check(&form.fields, value.as_object().unwrap(), "");
        let pointers: Vec<_> = problems
            .iter()
            .map(|problem| problem.pointer.as_str())
            .collect();
        assert_eq!(
            pointers,
            [
                "/members/0/name",
                "/members/0/id_number",
                "/members/0/income",
                "/members/1/name",
                "/members/1/id_number",
                "/members/1/income",
                "/oath",
                "/cause"
            ]
        );
        assert!(
            problems.iter().all(|problem| !problem.message.is_empty()),
            "{problems:?}"
        );
    }

    #[test]
    fn nothing_filled_in_asks_for_everything_that_is_required() {
        let form = Form::read(&json!({
        "required": ["home", "list"],
        "properties": {
            "home": {"type": "object", "title": "住处", "required": ["street"],
                "properties": {"street": {"type": "string", "title": "街道"}}},
            "list": {"type": "array", "title": "成员", "minItems": 1, "x-add": "添加一位家庭成员",
                "items": {"type": "object", "properties": {}}}
        }}));
        let problems = check(&form.fields, &Map::new(), "");
        assert_eq!(problems[0].pointer, "/home/street");
        assert_eq!(problems[1].message, "请添加一位家庭成员，至少要有1项。");
    }
}
