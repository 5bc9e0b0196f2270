//! The filled-in form in words, for the page where the applicant checks it.

use serde_json::{Map, Value};

use super::{
    check, normalise, place,
    schema::{Field, Kind},
};

/// One line: a heading when `value` is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Label.
    pub(crate) label: String,
    /// What was filled in.
    pub(crate) value: Option<String>,
    /// How far to indent, 0 or 1.
    pub(crate) level: usize,
    /// JSON pointer into the form of a value that officers see masked.
    pub(crate) masked: Option<String>,
}

/// The lines of `fields` that were filled in.
pub(crate) fn summarise(fields: &[Field], form: &Map<String, Value>) -> Vec<Line> {
    let mut summary = Summary { lines: vec![] };
    summary.add(fields, form, 0, "");
    summary.lines
}

struct Summary {
    lines: Vec<Line>,
}

impl Summary {
    fn add(&mut self, fields: &[Field], form: &Map<String, Value>, level: usize, at: &str) {
        for field in fields
            .iter()
            .filter(|field| check::of_interest(field, form))
        {
            let value = form.get(&field.key).unwrap_or(&Value::Null);
            let at = format!("{at}/{}", field.key);
            match (&field.kind, value) {
                (Kind::Fixed(_) | Kind::Files | Kind::Brought { .. }, _) => {}
                (Kind::Group(inner), Value::Object(group)) => {
                    self.heading(&field.title, level);
                    self.add(inner, group, 1, &at);
                }
                (Kind::List { item, noun, .. }, Value::Array(entries)) => {
                    if entries.is_empty() {
                        self.line(field, "没有".to_owned(), level, None);
                    }
                    for (index, entry) in entries.iter().enumerate() {
                        let at = format!("{at}/{index}");
                        match (&item.kind, entry) {
                            (Kind::Group(inner), Value::Object(group)) => {
                                self.heading(&format!("{noun} {}", index + 1), level);
                                self.add(inner, group, 1, &at);
                            }
                            (kind, value) => {
                                let masked = item.masked.then_some(at);
                                self.line(field, words(kind, value), level, masked);
                            }
                        }
                    }
                }
                (_, Value::Null) if field.required => {
                    self.line(field, "还没有填写".to_owned(), level, None);
                }
                (_, Value::Null) => {}
                (_, Value::String(text)) if text.is_empty() => {}
                (kind, value) => {
                    let masked = field.masked.then_some(at);
                    self.line(field, words(kind, value), level, masked);
                }
            }
        }
    }

    fn line(&mut self, field: &Field, value: String, level: usize, masked: Option<String>) {
        let label = field.title.clone();
        self.lines.push(Line {
            label,
            value: Some(value),
            level,
            masked,
        });
    }

    fn heading(&mut self, label: &str, level: usize) {
        self.lines.push(Line {
            label: label.to_owned(),
            value: None,
            level,
            masked: None,
        });
    }
}

fn words(kind: &Kind, value: &Value) -> String {
    let plain = || match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match kind {
        Kind::Yuan { .. } => value
            .as_i64()
            .map_or_else(plain, |fen| format!("{} 元", normalise::yuan_input(fen))),
        Kind::Consent { .. } | Kind::YesNo => match value {
            Value::Bool(true) => "是".to_owned(),
            Value::Bool(false) => "否".to_owned(),
            _ => plain(),
        },
        Kind::Choice { options, .. } => {
            let chosen = options.iter().find(|option| option.value == *value);
            chosen.map_or_else(plain, |option| option.title.clone())
        }
        Kind::Many(options) => {
            let chosen = options.iter().filter(|option| {
                value
                    .as_array()
                    .is_some_and(|list| list.contains(&option.value))
            });
            let titles: Vec<_> = chosen.map(|option| option.title.as_str()).collect();
            if titles.is_empty() {
                "没有".to_owned()
            } else {
                titles.join("、")
            }
        }
        Kind::Place { .. } => place::name_of(&plain()).unwrap_or_else(plain),
        _ => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::schema::Form, *};
    use serde_json::json;

    #[test]
    fn the_form_is_read_back_in_words() {
        let form = Form::read(&json!({"required": ["phone"], "properties": {
            "members": {"type": "array", "title": "家庭成员", "items": {"properties": {
                "sex": {"oneOf": [{"const": "m", "title": "男"}], "title": "性别"},
                "income": {"type": "integer", "x-widget": "yuan", "title": "月收入"}}}},
            "phone": {"type": "string", "title": "电话"},
            "town": {"type": "string", "title": "乡镇", "x-widget": "township"}}}));
        let value = json!({"members": [{"sex": "m", "income": 30050}], "town": "420323100"});
        let lines = summarise(&form.fields, value.as_object().unwrap());
        let text: Vec<_> = lines
            .iter()
            .map(|line| format!("{}={}", line.label, line.value.as_deref().unwrap_or("#")))
            .collect();
        assert_eq!(
            text,
            [
                "家庭成员 1=#",
                "性别=男",
                "月收入=300.50 元",
                "电话=还没有填写",
                "乡镇=湖北省十堰市竹山县城关镇"
            ]
        );
    }
}
