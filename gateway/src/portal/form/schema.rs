//! The form as the portal sees it: fields with Chinese labels and widgets.
//!
//! Reads what `schemars` writes (2020-12, inlined or with local `$defs`) and
//! the annotations agreed with `casework`: `x-widget`, `x-step`, `x-show-if`,
//! `x-add`. A shape it does not know becomes a plain text field.

mod reader;

use serde_json::Value;

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
    /// Officers see it masked.
    pub(crate) masked: bool,
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
    /// Files that an act brings along; the service takes their ids.
    Brought {
        /// Only photos.
        photos: bool,
    },
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
    /// A code that another page chooses: its address, and what the link says.
    Chosen(&'static str, &'static str),
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

    /// Whether a field takes files that an act brings along.
    pub(crate) fn takes_files(&self) -> bool {
        let mut fields = self.fields.iter();
        fields.any(|field| matches!(field.kind, Kind::Brought { .. }))
    }

    /// Reads a schema.
    pub(crate) fn read(schema: &Value) -> Self {
        Self {
            fields: reader::fields(schema),
        }
    }
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
