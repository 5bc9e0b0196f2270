//! Fields, a value and its problems as HTML controls.
//!
//! Each control carries its label, hint and error, joined by
//! `aria-describedby`; the template escapes everything.

use askama::Template;
use serde_json::{Map, Value};

use super::{
    Problem, control_id, control_name, normalise,
    place::{self, Candidate},
    schema::{Choice, Field, Kind, ShowIf, TextStyle},
};

/// What the controls need beyond schema and value.
#[derive(Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// Problems by pointer.
    pub(crate) problems: &'a [Problem],
    /// Put before every id, so that two forms fit on one page.
    pub(crate) scope: &'a str,
}

/// One control, ready for the template.
#[derive(Debug, Template)]
#[template(path = "form/field.html")]
pub(crate) struct Drawn {
    id: String,
    name: String,
    title: String,
    hint: String,
    optional: bool,
    errors: Vec<String>,
    /// `data-show-*` for the enhancement; empty when always of interest.
    show: Option<Show>,
    body: Body,
}

impl askama::filters::HtmlSafe for Drawn {}

#[derive(Debug)]
struct Show {
    name: String,
    equals: String,
}

#[derive(Debug)]
enum Body {
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
}

#[derive(Debug)]
struct Entry {
    id: String,
    name: String,
    title: String,
    removable: bool,
    /// One control whose label is the title.
    single: bool,
    fields: Vec<Drawn>,
}

#[derive(Debug)]
struct Input {
    value: String,
    mode: &'static str,
    width: &'static str,
    unit: &'static str,
    autocomplete: &'static str,
    max: Option<usize>,
}

#[derive(Debug)]
struct Opt {
    id: String,
    value: String,
    title: String,
    hint: String,
    chosen: bool,
}

#[derive(Debug)]
struct Place {
    chosen: Option<Candidate>,
    query: String,
    candidates: Vec<Candidate>,
    digits: usize,
}

/// Draws top-level `fields` with their values.
pub(crate) fn draw(
    fields: &[Field],
    form: &Map<String, Value>,
    around: &Surroundings<'_>,
) -> Vec<Drawn> {
    Pen { around }.fields(fields, form, "")
}

struct Pen<'a> {
    around: &'a Surroundings<'a>,
}

impl Pen<'_> {
    fn fields(&self, fields: &[Field], form: &Map<String, Value>, at: &str) -> Vec<Drawn> {
        fields
            .iter()
            .filter(|field| !matches!(field.kind, Kind::Fixed(_)))
            .map(|field| {
                let value = form.get(&field.key).unwrap_or(&Value::Null);
                self.field(field, value, &format!("{at}/{}", field.key), at)
            })
            .collect()
    }

    fn id(&self, pointer: &str) -> String {
        format!("{}{}", self.around.scope, control_id(pointer))
    }

    fn field(&self, field: &Field, value: &Value, at: &str, parent: &str) -> Drawn {
        let errors = self
            .around
            .problems
            .iter()
            .filter(|problem| problem.pointer == at);
        let body = self.body(field, value, at);
        let box_like = matches!(
            body,
            Body::Consent { .. } | Body::Group { .. } | Body::List { .. }
        );
        Drawn {
            id: self.id(at),
            name: control_name(at),
            title: field.title.clone(),
            hint: field.hint.clone(),
            optional: !field.required && !box_like,
            errors: errors.map(|problem| problem.message.clone()).collect(),
            show: field
                .show_if
                .as_ref()
                .map(|condition| show(condition, parent)),
            body,
        }
    }

    fn body(&self, field: &Field, value: &Value, at: &str) -> Body {
        let value = match (&field.default, value) {
            (Some(default), Value::Null) => default,
            _ => value,
        };
        match &field.kind {
            // Files have their own part of the page.
            Kind::Fixed(_) | Kind::Files => Body::Nothing,
            Kind::Group(fields) => {
                let empty = Map::new();
                let group = value.as_object().unwrap_or(&empty);
                Body::Group {
                    fields: self.fields(fields, group, at),
                }
            }
            list @ Kind::List { .. } => self.list(list, value, at),
            Kind::Text {
                style: TextStyle::Area,
                max,
            } => Body::Area {
                value: shown(value),
                max: *max,
            },
            Kind::Consent { .. } => Body::Consent {
                ticked: value == &Value::Bool(true),
            },
            Kind::YesNo => {
                let options = [(true, "是"), (false, "否")].map(|(answer, title)| {
                    let answer = Value::Bool(answer);
                    let hint = String::new();
                    Choice {
                        value: answer,
                        title: title.to_owned(),
                        hint,
                    }
                });
                Body::Radio {
                    options: self.options(&options, value, at),
                    inline: true,
                }
            }
            Kind::Choice { options, select } => {
                let drawn = self.options(options, value, at);
                let chosen = drawn.iter().any(|option| option.chosen);
                let short =
                    |option: &Choice| option.hint.is_empty() && option.title.chars().count() <= 5;
                let inline = options.len() <= 4 && options.iter().all(short);
                if *select {
                    Body::Select {
                        options: drawn,
                        chosen,
                    }
                } else {
                    Body::Radio {
                        options: drawn,
                        inline,
                    }
                }
            }
            Kind::Many(options) => Body::Many {
                options: self.options(options, value, at),
            },
            Kind::Place { digits } => Body::Place(place_of(value, *digits)),
            kind => Body::Input(input(kind, value)),
        }
    }

    fn options(&self, options: &[Choice], value: &Value, at: &str) -> Vec<Opt> {
        let id = self.id(at);
        let chosen = |option: &Choice| match value {
            Value::Array(several) => several.contains(&option.value),
            one => *one == option.value,
        };
        options
            .iter()
            .enumerate()
            .map(|(index, option)| Opt {
                id: format!("{id}--{index}"),
                value: option.wire(),
                title: option.title.clone(),
                hint: option.hint.clone(),
                chosen: chosen(option),
            })
            .collect()
    }

    fn list(&self, list: &Kind, value: &Value, at: &str) -> Body {
        let Kind::List {
            item,
            min,
            max,
            noun,
            add,
        } = list
        else {
            return Body::Nothing;
        };
        let none = Value::Object(Map::new());
        // A list that must have an entry opens with one: nobody should have to look for the button.
        let blank = &none;
        let mut entries: Vec<&Value> = value
            .as_array()
            .map_or(vec![], |list| list.iter().collect());
        while entries.len() < (*min).min(1) {
            entries.push(if matches!(item.kind, Kind::Group(_)) {
                blank
            } else {
                &Value::Null
            });
        }
        let count = entries.len();
        let drawn = entries
            .into_iter()
            .enumerate()
            .map(|(index, entry)| {
                let at = format!("{at}/{index}");
                let fields = match (&item.kind, entry) {
                    (Kind::Group(fields), Value::Object(object)) => {
                        self.fields(fields, object, &at)
                    }
                    (Kind::Group(fields), _) => self.fields(fields, &Map::new(), &at),
                    _ => {
                        let title = entry_title(noun, &Value::Null, index);
                        let hint = String::new();
                        let single = Field {
                            title,
                            hint,
                            ..Field::clone(item)
                        };
                        vec![self.field(&single, entry, &at, &at)]
                    }
                };
                Entry {
                    single: !matches!(item.kind, Kind::Group(_)),
                    id: self.id(&at),
                    name: control_name(&at),
                    title: entry_title(noun, entry, index),
                    removable: count > *min,
                    fields,
                }
            })
            .collect();
        Body::List {
            entries: drawn,
            add: add.to_owned(),
            full: max.is_some_and(|max| count >= max),
        }
    }
}

fn show(condition: &ShowIf, parent: &str) -> Show {
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

/// 家庭成员 2：张三
fn entry_title(noun: &str, entry: &Value, index: usize) -> String {
    let name = ["name", "title"]
        .iter()
        .find_map(|key| entry[*key].as_str())
        .unwrap_or_default();
    let number = index + 1;
    if name.is_empty() {
        format!("{noun} {number}")
    } else {
        format!("{noun} {number}：{name}")
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn input(kind: &Kind, value: &Value) -> Input {
    let plain = Input {
        value: shown(value),
        mode: "text",
        width: "wide",
        unit: "",
        autocomplete: "off",
        max: None,
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

fn place_of(value: &Value, digits: Option<usize>) -> Place {
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
