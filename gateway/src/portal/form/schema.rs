//! The form as the portal sees it: fields with Chinese labels and widgets.
//!
//! Reads what `schemars` writes (2020-12, inlined or with local `$defs`) and
//! the annotations agreed with `casework`: `x-widget`, `x-step`, `x-show-if`,
//! `x-add`. A shape it does not know becomes a plain text field.

use serde_json::Value;

/// Deeper schemas are cut: no form of ours nests so far.
const MAX_DEPTH: usize = 8;

/// A form: its top-level fields in the order of the Rust struct.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    /// Top-level fields.
    pub(crate) fields: Vec<Field>,
}

/// One property.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Property name.
    pub(crate) key: String,
    /// Label.
    pub(crate) title: String,
    /// Hint under the label.
    pub(crate) hint: String,
    /// Whether the form is refused without it.
    pub(crate) required: bool,
    /// What is typed or chosen.
    pub(crate) kind: Kind,
    /// Title of the step that asks for this top-level property.
    pub(crate) step: Option<String>,
    /// Only of interest when a sibling has a value.
    pub(crate) show_if: Option<ShowIf>,
    /// Chosen beforehand.
    pub(crate) default: Option<Value>,
}

/// What is typed or chosen in a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Fields under one heading.
    Group(Vec<Field>),
    /// A repeatable entry.
    List {
        /// One entry.
        item: Box<Field>,
        /// Fewest entries.
        min: usize,
        /// Most entries.
        max: Option<usize>,
        /// What one entry is called.
        noun: String,
        /// What the button says.
        add: String,
    },
    /// A line or a paragraph of text.
    Text {
        /// What kind of text.
        style: TextStyle,
        /// Most characters.
        max: Option<usize>,
    },
    /// Money: typed in yuan, kept in fen.
    Yuan {
        /// Least, in fen.
        min: Option<i64>,
        /// Most, in fen.
        max: Option<i64>,
    },
    /// A whole number.
    Integer {
        /// Least.
        min: Option<i64>,
        /// Most.
        max: Option<i64>,
    },
    /// A number with decimals.
    Number,
    /// A sentence to agree to.
    Consent {
        /// The form is refused unless ticked.
        must: bool,
    },
    /// Yes or no, neither chosen beforehand.
    YesNo,
    /// One of a few.
    Choice {
        /// What can be chosen.
        options: Vec<Choice>,
        /// Drawn as a list box instead of radio buttons.
        select: bool,
    },
    /// Several of a few.
    Many(Vec<Choice>),
    /// A day, ISO 8601.
    Date,
    /// A division code.
    Place {
        /// Number of digits the code must have, when it matters.
        digits: Option<usize>,
    },
    /// Files handed in, as the service knows them.
    Files,
    /// Always the same value, not drawn.
    Fixed(Value),
}

/// Kinds of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextStyle {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// Citizen ID number 公民身份号码.
    IdNumber,
    /// Phone number.
    Phone,
    /// Bank account.
    BankAccount,
}

/// An option.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    /// What is stored.
    pub(crate) value: Value,
    /// What is read.
    pub(crate) title: String,
    /// Explanation under it.
    pub(crate) hint: String,
}

/// The condition under which a field is of interest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ShowIf {
    /// Name of a sibling property.
    pub(crate) sibling: String,
    /// Value the sibling must have.
    pub(crate) equals: Value,
}

impl Choice {
    /// The text that stands for this option in the form post.
    pub(crate) fn wire(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

impl Form {
    /// Reads a schema; an unreadable or empty one is a form without fields.
    pub(crate) fn parse(schema: &str) -> Self {
        serde_json::from_str(schema).map_or(Self { fields: vec![] }, |value| Self::read(&value))
    }

    /// Reads a schema.
    pub(crate) fn read(schema: &Value) -> Self {
        let reader = Reader { root: schema };
        Self {
            fields: reader.properties(schema, 0),
        }
    }
}

struct Reader<'a> {
    root: &'a Value,
}

impl<'a> Reader<'a> {
    fn properties(&self, schema: &'a Value, depth: usize) -> Vec<Field> {
        let required: Vec<&str> = schema["required"].as_array().map_or(vec![], |names| {
            names.iter().filter_map(Value::as_str).collect()
        });
        let Some(properties) = schema["properties"].as_object() else {
            return vec![];
        };
        if depth > MAX_DEPTH {
            return vec![];
        }
        properties
            .iter()
            .map(|(key, property)| {
                self.field(key, property, required.contains(&key.as_str()), depth)
            })
            .collect()
    }

    fn field(&self, key: &str, property: &'a Value, required: bool, depth: usize) -> Field {
        let (core, nullable) = self.core(property);
        // An annotation beside `$ref` or `anyOf` is nearer to the field than one inside.
        let note = |name: &str| {
            let text = |value: &'a Value| value[name].as_str().map(str::to_owned);
            text(property).or_else(|| text(core))
        };
        let widget = note("x-widget").unwrap_or_default();
        let title = note("title").unwrap_or_else(|| key.to_owned());
        let kind = self.kind(core, &title, &widget, required, depth);
        let condition = &property["x-show-if"];
        let show_if = condition["pointer"].as_str().map(|pointer| ShowIf {
            sibling: pointer.trim_start_matches('/').to_owned(),
            equals: condition["equals"].clone(),
        });
        Field {
            key: key.to_owned(),
            title,
            hint: note("description").unwrap_or_default(),
            required: required && !nullable,
            kind,
            step: note("x-step"),
            show_if,
            default: property
                .get("default")
                .filter(|value| value.is_string())
                .cloned(),
        }
    }

    /// Follows `$ref`, a single `allOf` and the null alternative.
    fn core(&self, schema: &'a Value) -> (&'a Value, bool) {
        let mut schema = schema;
        let mut nullable = false;
        for _ in 0..MAX_DEPTH {
            if let Some(path) = schema["$ref"].as_str().and_then(|r| r.strip_prefix('#'))
                && let Some(target) = self.root.pointer(path)
            {
                schema = target;
            } else if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
                schema = only;
            } else if let Some(any) = schema["anyOf"].as_array()
                && let [one, other] = any.as_slice()
                && (one["type"] == "null" || other["type"] == "null")
            {
                schema = if one["type"] == "null" { other } else { one };
                nullable = true;
            } else {
                break;
            }
        }
        let allows_null = |types: &Value| {
            types
                .as_array()
                .is_some_and(|list| list.iter().any(|name| name == "null"))
        };
        nullable |= allows_null(&schema["type"]);
        (schema, nullable)
    }

    fn kind(
        &self,
        schema: &'a Value,
        title: &str,
        widget: &str,
        required: bool,
        depth: usize,
    ) -> Kind {
        if let Some(fixed) = schema.get("const").filter(|value| !value.is_boolean()) {
            return Kind::Fixed(fixed.clone());
        }
        let max_length = schema["maxLength"]
            .as_u64()
            .and_then(|length| usize::try_from(length).ok());
        let text = |style| Kind::Text {
            style,
            max: max_length,
        };
        let (min, max) = (schema["minimum"].as_i64(), schema["maximum"].as_i64());
        match widget {
            "yuan" => return Kind::Yuan { min, max },
            "date" => return Kind::Date,
            "id_number" => return text(TextStyle::IdNumber),
            "phone" => return text(TextStyle::Phone),
            "bank_account" => return text(TextStyle::BankAccount),
            "textarea" => return text(TextStyle::Area),
            "division" | "township" => return Kind::Place { digits: Some(9) },
            "village" => return Kind::Place { digits: Some(12) },
            "materials" | "files" => return Kind::Files,
            _ => {}
        }
        let options = choices(schema);
        if !options.is_empty() {
            // Few options are read faster side by side, whatever was asked for.
            let select = options.len() > 5 && (widget == "select" || options.len() > 7);
            let select = select && widget != "radio";
            return Kind::Choice { options, select };
        }
        match type_name(schema) {
            "object" => Kind::Group(self.properties(schema, depth + 1)),
            "array" => self.list(schema, title, depth),
            "boolean" if widget == "radio" => Kind::YesNo,
            "boolean" => Kind::Consent {
                must: required && schema["const"] == true,
            },
            "integer" => Kind::Integer { min, max },
            "number" => Kind::Number,
            _ if schema["format"] == "date" => Kind::Date,
            _ => text(TextStyle::Line),
        }
    }

    fn list(&self, schema: &'a Value, title: &str, depth: usize) -> Kind {
        let (items, _) = self.core(&schema["items"]);
        if is_file(items) {
            return Kind::Files;
        }
        let options = choices(items);
        if !options.is_empty() {
            return Kind::Many(options);
        }
        let count = |name: &str| schema[name].as_u64().and_then(|n| usize::try_from(n).ok());
        let item = self.field("item", &schema["items"], true, depth + 1);
        let noun = if item.title == "item" {
            title.to_owned()
        } else {
            item.title.clone()
        };
        let add = schema["x-add"]
            .as_str()
            .map_or_else(|| format!("添加{noun}"), str::to_owned);
        Kind::List {
            min: count("minItems").unwrap_or(0),
            max: count("maxItems"),
            item: Box::new(item),
            noun,
            add,
        }
    }
}

/// A reference to a file, or anything at all: only files are handed in unread.
fn is_file(items: &Value) -> bool {
    items == &Value::Bool(true)
        || items.as_object().is_some_and(serde_json::Map::is_empty)
        || items["properties"].get("file_id").is_some()
}

fn type_name(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(name) => name,
        Value::Array(names) => names
            .iter()
            .filter_map(Value::as_str)
            .find(|name| *name != "null")
            .unwrap_or(""),
        _ if schema.get("properties").is_some() => "object",
        _ => "",
    }
}

/// Options from `oneOf: [{const, title}]` or `enum`; empty when it is neither.
fn choices(schema: &Value) -> Vec<Choice> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    if let Some(list) = schema["oneOf"].as_array() {
        return list
            .iter()
            .filter_map(|option| {
                let value = option.get("const")?.clone();
                let description = text(&option["description"]);
                let title = option["title"].as_str();
                let (title, hint) = match title {
                    Some(title) => (title.to_owned(), description),
                    None if description.is_empty() => (text(&value), String::new()),
                    None => (description, String::new()),
                };
                Some(Choice { value, title, hint })
            })
            .collect();
    }
    let list = schema["enum"].as_array().map_or(&[][..], Vec::as_slice);
    list.iter()
        .filter(|value| !value.is_null())
        .map(|value| Choice {
            value: value.clone(),
            title: text(value),
            hint: String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn optional_and_referenced_properties_keep_their_labels() {
        let schema = json!({
            "type": "object",
            "properties": {
                "zeta": {"anyOf": [{"$ref": "#/$defs/Sex"}, {"type": "null"}], "title": "性别"},
                "alpha": {"type": ["string", "null"], "title": "备注", "x-widget": "textarea"},
                "ok": {"type": "boolean", "const": true, "title": "我同意"}
            },
            "required": ["zeta", "ok"],
            "$defs": {"Sex": {"type": "string", "oneOf": [
                {"const": "male", "title": "男"}, {"const": "female", "description": "女"}]}}
        });
        let form = Form::read(&schema);
        let keys: Vec<_> = form.fields.iter().map(|field| field.key.as_str()).collect();
        assert_eq!(keys, ["zeta", "alpha", "ok"], "order of the struct");
        assert!(!form.fields[0].required, "a nullable one is never required");
        let Kind::Choice {
            options,
            select: false,
        } = &form.fields[0].kind
        else {
            panic!()
        };
        assert_eq!(options[1].title, "女");
        assert_eq!(
            form.fields[1].kind,
            Kind::Text {
                style: TextStyle::Area,
                max: None
            }
        );
        assert_eq!(form.fields[2].kind, Kind::Consent { must: true });
    }

    #[test]
    fn a_schema_that_refers_to_itself_ends() {
        let schema = json!({"type": "object", "properties": {"again": {"$ref": "#"}}});
        assert_eq!(Form::read(&schema).fields.len(), 1);
        assert!(Form::parse("").fields.is_empty());
    }
}
