//! One control of a form, as its template draws it.

use askama::Template;
use serde_json::Value;

use super::{
    Picker, control_name, normalise,
    place::{self, Candidate},
    schema::{Kind, ShowIf, TextStyle},
};

/// One control, ready for the template.
#[derive(Debug, Template)]
#[template(path = "form/field.html")]
pub(crate) struct Drawn {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) optional: bool,
    pub(super) errors: Vec<String>,
    /// `data-show-*` for the enhancement; empty when always of interest.
    pub(super) show: Option<Show>,
    pub(super) body: Body,
}

impl askama::filters::HtmlSafe for Drawn {}

#[derive(Debug)]
pub(super) struct Show {
    pub(super) name: String,
    pub(super) equals: String,
}

#[derive(Debug)]
pub(super) enum Body {
    Nothing,
    Group {
        fields: Vec<Drawn>,
    },
    List {
        entries: Vec<Entry>,
        add: String,
        full: bool,
    },
    Input(Input),
    Area {
        value: String,
        max: Option<usize>,
    },
    Consent {
        ticked: bool,
    },
    Radio {
        options: Vec<Opt>,
        inline: bool,
    },
    Select {
        options: Vec<Opt>,
        chosen: bool,
    },
    Many {
        options: Vec<Opt>,
    },
    Place(Place),
    Files(Picker),
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) removable: bool,
    /// One control whose label is the title.
    pub(super) single: bool,
    pub(super) fields: Vec<Drawn>,
}

#[derive(Debug)]
pub(super) struct Input {
    pub(super) value: String,
    pub(super) mode: &'static str,
    pub(super) width: &'static str,
    pub(super) unit: &'static str,
    pub(super) autocomplete: &'static str,
    pub(super) max: Option<usize>,
    /// Where the answer is looked up: address and words.
    pub(super) link: Option<(&'static str, &'static str)>,
}

#[derive(Debug)]
pub(super) struct Opt {
    pub(super) id: String,
    pub(super) value: String,
    pub(super) title: String,
    pub(super) hint: String,
    pub(super) chosen: bool,
}

#[derive(Debug)]
pub(super) struct Place {
    pub(super) chosen: Option<Candidate>,
    pub(super) query: String,
    pub(super) candidates: Vec<Candidate>,
    pub(super) digits: usize,
}

pub(super) fn show(condition: &ShowIf, parent: &str) -> Show {
    let equals = match &condition.equals {
        Value::String(text) => text.clone(),
        Value::Array(several) => {
            let texts = several
                .iter()
                .map(|one| one.as_str().map_or(one.to_string(), str::to_owned));
            texts.collect::<Vec<_>>().join("|")
        }
        other => other.to_string(),
    };
    Show {
        name: control_name(&format!("{parent}/{}", condition.sibling)),
        equals,
    }
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(super) fn input(kind: &Kind, value: &Value) -> Input {
    let plain = Input {
        value: shown(value),
        mode: "text",
        width: "wide",
        unit: "",
        autocomplete: "off",
        max: None,
        link: None,
    };
    match kind {
        Kind::Yuan { .. } => Input {
            value: value
                .as_i64()
                .map_or_else(|| shown(value), normalise::yuan_input),
            mode: "decimal",
            width: "short",
            unit: "元",
            ..plain
        },
        Kind::Integer { .. } => Input {
            mode: "numeric",
            width: "short",
            ..plain
        },
        Kind::Number => Input {
            mode: "decimal",
            width: "short",
            ..plain
        },
        Kind::Date => Input {
            width: "medium",
            ..plain
        },
        Kind::Text {
            style: TextStyle::IdNumber,
            ..
        } => Input {
            width: "medium",
            ..plain
        },
        Kind::Text {
            style: TextStyle::Phone,
            ..
        } => Input {
            mode: "tel",
            width: "medium",
            ..plain
        },
        Kind::Text {
            style: TextStyle::BankAccount,
            ..
        } => Input {
            mode: "numeric",
            width: "medium",
            ..plain
        },
        Kind::Text {
            style: TextStyle::Chosen(href, words),
            ..
        } => Input {
            link: Some((href, words)),
            ..plain
        },
        Kind::Text { max, .. } => {
            let width = if max.is_some_and(|max| max <= 30) {
                "medium"
            } else {
                "wide"
            };
            // The browser would cut silently; the check says how much is too long instead.
            Input {
                width,
                max: *max,
                ..plain
            }
        }
        _ => plain,
    }
}

pub(super) fn place_of(value: &Value, digits: Option<usize>) -> Place {
    let text = shown(value);
    let depth = digits.unwrap_or(9);
    if place::is_valid(&text, digits)
        && let Some(name) = place::name_of(&text)
    {
        let chosen = Some(Candidate { code: text, name });
        return Place {
            chosen,
            query: String::new(),
            candidates: vec![],
            digits: depth,
        };
    }
    let candidates = if text.is_empty() {
        vec![]
    } else {
        place::candidates(&text, digits)
    };
    Place {
        chosen: None,
        query: text,
        candidates,
        digits: depth,
    }
}
