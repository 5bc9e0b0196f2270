//! Forms as JSON Schema: one source for drawing, checking and masking.
//!
//! Checks here give every field its error at once; what crosses fields is the
//! item's own business in `submit` and `decide`.

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use schemars::{JsonSchema, Schema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::Value;
use yiwang_chassis::fault::FieldViolation;

use crate::guide::Mask;

/// Most levels of nesting a form may have; deeper input is refused unread.
const MAX_DEPTH: usize = 12;

/// The schema of `T` with everything inlined, so that pages can walk it.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>()
}

/// A compiled schema.
#[derive(Debug)]
pub struct FormSchema {
    schema: Value,
    validator: Validator,
}

impl FormSchema {
    /// Compiles a schema.
    ///
    /// # Errors
    /// The schema itself is wrong; a mistake of the item, found at start-up.
    pub fn compile(schema: Schema) -> anyhow::Result<Self> {
        let schema = schema.to_value();
        let validator = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| anyhow::anyhow!("schema: {error}"))?;
        Ok(Self { schema, validator })
    }

    /// The schema as JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.schema
    }

    /// Reads `text` as a `T`.
    ///
    /// # Errors
    /// Every wrong field with a Chinese sentence, pointers into the input.
    pub fn read<T: DeserializeOwned>(&self, text: &str) -> Result<T, Vec<FieldViolation>> {
        self.parse(text).and_then(|value| self.read_value(value))
    }

    /// Parses JSON text of bounded depth.
    ///
    /// # Errors
    /// The text is not JSON.
    pub fn parse(&self, text: &str) -> Result<Value, Vec<FieldViolation>> {
        let not_json = || {
            vec![FieldViolation::new(
                "",
                "NOT_JSON",
                "提交的内容无法识别，请重试。",
            )]
        };
        let value: Value = serde_json::from_str(text).map_err(|_| not_json())?;
        if depth(&value) > MAX_DEPTH {
            Err(not_json())
        } else {
            Ok(value)
        }
    }

    /// Reads a JSON value as a `T`.
    ///
    /// # Errors
    /// Every wrong field with a Chinese sentence, pointers into the input.
    pub fn read_value<T: DeserializeOwned>(&self, value: Value) -> Result<T, Vec<FieldViolation>> {
        let mut violations = Vec::new();
        unreadable_text(&value, &mut String::new(), &mut violations);
        for error in self.validator.iter_errors(&value) {
            violations.extend(explain(&error, &self.schema));
        }
        if !violations.is_empty() {
            violations.dedup_by(|a, b| a.field == b.field);
            return Err(violations);
        }
        serde_path_to_error::deserialize(value).map_err(|error| {
            let field = pointer_of(error.path());
            vec![FieldViolation::new(
                field,
                "WRONG_VALUE",
                "这一项填写有误，请检查。",
            )]
        })
    }

    /// `form` with the values that name a person masked, by `x-mask`.
    #[must_use]
    pub fn mask(&self, mut form: Value) -> Value {
        mask(&self.schema, &mut form);
        form
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn mask(schema: &Value, value: &mut Value) {
    if let Some(kind) = schema.get("x-mask").and_then(Value::as_str) {
        if let Value::String(text) = value {
            *text = Mask::from_annotation(kind).apply(text);
        }
        return;
    }
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if let Some(schema) = schema.get("properties").and_then(|p| p.get(name)) {
                    mask(schema, field);
                }
            }
        }
        Value::Array(items) => {
            if let Some(schema) = schema.get("items") {
                items.iter_mut().for_each(|item| mask(schema, item));
            }
        }
        _ => {}
    }
}

/// Control characters and bidirectional overrides never reach a page or a paper.
fn unreadable_text(value: &Value, path: &mut String, found: &mut Vec<FieldViolation>) {
    match value {
        Value::String(text) if !is_readable(text) => {
            let message = "含有无法显示的字符，请删除后重新填写。";
            found.push(FieldViolation::new(
                path.clone(),
                "UNREADABLE_TEXT",
                message,
            ));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                descend(path, &index.to_string(), |path| {
                    unreadable_text(item, path, found)
                });
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                descend(path, name, |path| unreadable_text(field, path, found));
            }
        }
        _ => {}
    }
}

/// Whether a text can be shown as it stands.
#[must_use]
pub fn is_readable(text: &str) -> bool {
    !text.chars().any(|c| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    })
}

fn descend(path: &mut String, segment: &str, visit: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push('/');
    path.push_str(&segment.replace('~', "~0").replace('/', "~1"));
    visit(path);
    path.truncate(length);
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{key}"),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => String::new(),
        })
        .collect()
}

fn explain(error: &ValidationError<'_>, schema: &Value) -> Vec<FieldViolation> {
    let path = error.instance_path().as_str();
    if let Kind::AdditionalProperties { unexpected } = error.kind() {
        let unknown = |name: &String| {
            FieldViolation::new(
                format!("{path}/{name}"),
                "UNKNOWN_FIELD",
                "没有这一项，请删除。",
            )
        };
        return unexpected.iter().map(unknown).collect();
    }
    let (field, reason, message) = match error.kind() {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let field = format!("{path}/{name}");
            let message = format!("请填写{}。", title_at(schema, &field));
            (field, "REQUIRED", message)
        }
        kind => {
            let (reason, message) = explain_value(kind, &title_at(schema, path), error.instance());
            (path.to_owned(), reason, message)
        }
    };
    vec![FieldViolation::new(field, reason, message)]
}

fn explain_value(kind: &Kind, title: &str, instance: &Value) -> (&'static str, String) {
    let empty = matches!(instance, Value::String(text) if text.trim().is_empty());
    match kind {
        _ if empty || instance.is_null() => ("REQUIRED", format!("请填写{title}。")),
        Kind::Type { .. } => ("WRONG_TYPE", format!("{title}填写有误，请检查。")),
        Kind::Enum { .. }
        | Kind::Constant { .. }
        | Kind::OneOfNotValid { .. }
        | Kind::AnyOf { .. } => ("NOT_OFFERED", format!("请从给出的选项中选择{title}。")),
        Kind::MinLength { limit: 1 } => ("REQUIRED", format!("请填写{title}。")),
        Kind::MinLength { limit } => ("TOO_SHORT", format!("{title}至少填写{limit}个字。")),
        Kind::MaxLength { limit } => ("TOO_LONG", format!("{title}最多填写{limit}个字。")),
        Kind::MinItems { limit } => ("TOO_FEW", format!("{title}至少填写{limit}项。")),
        Kind::MaxItems { limit } => ("TOO_MANY", format!("{title}最多填写{limit}项。")),
        Kind::Minimum { limit } if limit.as_i64() == Some(0) => {
            ("NEGATIVE", format!("{title}不能是负数。"))
        }
        Kind::Minimum { limit } => ("TOO_SMALL", format!("{title}不能小于{limit}。")),
        Kind::Maximum { .. } => ("TOO_LARGE", format!("{title}的数值过大，请检查。")),
        Kind::Pattern { .. } | Kind::Format { .. } => {
            ("WRONG_FORMAT", format!("{title}的格式不对，请检查。"))
        }
        _ => ("WRONG_VALUE", format!("{title}填写有误，请检查。")),
    }
}

/// The Chinese title of the field at `pointer`, in quotation marks.
fn title_at(schema: &Value, pointer: &str) -> String {
    let mut at = schema;
    let mut title = None;
    for segment in pointer.split('/').skip(1) {
        let next = if segment.bytes().all(|b| b.is_ascii_digit()) {
            at.get("items")
        } else {
            at.get("properties")
                .and_then(|properties| properties.get(segment))
        };
        let Some(next) = next else { break };
        at = next;
        title = at.get("title").and_then(Value::as_str).or(title);
    }
    title.map_or_else(|| "这一项".to_owned(), |title| format!("“{title}”"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read through serde")]
    struct Sample {
        #[schemars(title = "姓名", length(min = 1, max = 10), extend("x-mask" = "name"))]
        name: String,
        #[schemars(title = "家庭成员", length(max = 2))]
        members: Vec<Member>,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read through serde")]
    struct Member {
        #[schemars(title = "身份证号", extend("x-mask" = "id_number"))]
        id_number: String,
        #[schemars(title = "月收入", range(min = 0, max = 100_000_000))]
        income: i64,
    }

    fn schema() -> FormSchema {
        FormSchema::compile(schema_of::<Sample>()).unwrap()
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let cases = [
            (json!({"members": []}), "/name", "REQUIRED"),
            (json!({"name": "", "members": []}), "/name", "REQUIRED"),
            (
                json!({"name": "一二三四五六七八九十十一", "members": []}),
                "/name",
                "TOO_LONG",
            ),
            (
                json!({"name": "张\u{0}三", "members": []}),
                "/name",
                "UNREADABLE_TEXT",
            ),
            (
                json!({"name": "张\u{202e}三", "members": []}),
                "/name",
                "UNREADABLE_TEXT",
            ),
            (
                json!({"name": "张三", "members": [{"id_number": "1", "income": -1}]}),
                "/members/0/income",
                "NEGATIVE",
            ),
            (
                json!({"name": "张三", "members": [{"id_number": "1", "income": "多"}]}),
                "/members/0/income",
                "WRONG_TYPE",
            ),
            (
                json!({"name": "张三", "members": [{"id_number": "1", "income": 1.5}]}),
                "/members/0/income",
                "WRONG_TYPE",
            ),
            (
                json!({"name": "张三", "members": [1, 2, 3]}),
                "/members",
                "TOO_MANY",
            ),
            (
                json!({"name": "张三", "members": [], "x": 1}),
                "/x",
                "UNKNOWN_FIELD",
            ),
        ];
        for (input, field, reason) in cases {
            let errors = schema().read::<Sample>(&input.to_string()).unwrap_err();
            assert!(
                errors
                    .iter()
                    .any(|e| e.field == field && e.reason == reason),
                "{input}: {errors:?}"
            );
        }
    }

    #[test]
    fn text_is_kept_exactly() {
        let name = "𠮷<b>'; --";
        let read: Sample = schema()
            .read(&json!({"name": name, "members": []}).to_string())
            .unwrap();
        assert_eq!(read.name, name);
    }

    #[test]
    fn nesting_without_end_is_refused_unread() {
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(
            schema().read::<Sample>(&deep).unwrap_err()[0].reason,
            "NOT_JSON"
        );
    }

    #[test]
    fn masks_follow_the_annotations() {
        let form = json!({"name": "张三丰", "members": [{"id_number": "42032319900101123X", "income": 1}]});
        let masked = schema().mask(form);
        assert_eq!(masked["name"], "张**");
        assert_ne!(masked["members"][0]["id_number"], "42032319900101123X");
        assert_eq!(masked["members"][0]["income"], 1);
    }
}
