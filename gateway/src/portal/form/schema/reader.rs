//! Walks a JSON Schema.

use serde_json::Value;

use super::{Choice, Field, Kind, ShowIf, TextStyle};

/// Deeper schemas are cut: no form of ours nests so far.
const MAX_DEPTH: usize = 8;

/// The properties of `schema` as fields.
pub(super) fn fields(schema: &Value) -> Vec<Field> {
    Reader { root: schema }.properties(schema, 0)
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
            masked: note("x-mask").is_some(),
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
            "funeral-home" => return text(TextStyle::Chosen("/funeral", "查殡仪馆，从那里开始填")),
            "cemetery" | "spot" => {
                return text(TextStyle::Chosen("/cemeteries", "从平面图上选，自动填好"));
            }
            "division" | "township" => return Kind::Place { digits: Some(9) },
            "village" => return Kind::Place { digits: Some(12) },
            "materials" | "files" => return Kind::Files,
            "photos" => return Kind::Brought { photos: true },
            "papers" => return Kind::Brought { photos: false },
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
            // A question to decide is answered; only a sentence to agree to is ticked.
            "boolean" if widget == "radio" => Kind::YesNo,
            "boolean" if required && widget.is_empty() && schema.get("const").is_none() => {
                Kind::YesNo
            }
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
