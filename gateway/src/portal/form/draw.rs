//! Fields, a value and its problems as HTML controls.
//!
//! Each control carries its label, hint and error, joined by
//! `aria-describedby`; the template escapes everything.

use serde_json::{Map, Value};

use super::{
    Handed, Picker, Problem,
    control::{self, Body, Drawn, Entry, Opt},
    control_id, control_name,
    schema::{Choice, Field, Kind, TextStyle},
};

/// What the controls need beyond schema and value.
#[derive(Debug, Default)]
pub(crate) struct Surroundings<'a> {
    /// Problems by pointer.
    pub(crate) problems: &'a [Problem],
    /// Put before every id, so that two forms fit on one page.
    pub(crate) scope: &'a str,
}

/// Draws top-level `fields` with their values.
pub(crate) fn draw(
    fields: &[Field],
    form: &Map<String, Value>,
    around: &Surroundings<'_>,
) -> Vec<Drawn> {
    Pen { around }.fields(fields, form, "")
}

/// Draws `fields` that stand below the pointer `at`, without the heading of their group.
pub(crate) fn draw_at(
    fields: &[Field],
    group: &Map<String, Value>,
    around: &Surroundings<'_>,
    at: &str,
) -> Vec<Drawn> {
    Pen { around }.fields(fields, group, at)
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

    fn problems_at<'p>(&'p self, at: &'p str) -> impl Iterator<Item = &'p Problem> {
        let problems = self.around.problems.iter();
        problems.filter(move |problem| problem.pointer == at)
    }

    fn id(&self, pointer: &str) -> String {
        format!("{}{}", self.around.scope, control_id(pointer))
    }

    fn field(&self, field: &Field, value: &Value, at: &str, parent: &str) -> Drawn {
        let errors = self.problems_at(at);
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
            optional: !field.required && !box_like && field.default.is_none(),
            errors: errors.map(|problem| problem.message.clone()).collect(),
            show: field
                .show_if
                .as_ref()
                .map(|condition| control::show(condition, parent)),
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
            Kind::Brought { photos } => Body::Files(Picker {
                id: self.id(at),
                code: field.key.clone(),
                title: field.title.clone(),
                files: Handed::of_field(&field.key, value),
                photos: *photos,
                hint: !field.hint.is_empty(),
                wrong: self.problems_at(at).next().is_some(),
            }),
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
                value: control::shown(value),
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
            Kind::Place { digits } => Body::Place(control::place_of(value, *digits)),
            kind => Body::Input(control::input(kind, value)),
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

#[cfg(test)]
mod tests {
    use super::{super::schema::Form, *};
    use serde_json::json;

    fn html(schema: &Value, value: &Value, problems: &[Problem]) -> String {
        let around = Surroundings {
            problems,
            scope: "",
        };
        let drawn = draw(
            &Form::read(schema).fields,
            value.as_object().unwrap(),
            &around,
        );
        drawn.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_people_type_cannot_leave_its_field() {
        let schema = json!({"properties": {
            "name": {"type": "string", "title": "姓名"},
            "story": {"type": "string", "title": "经过", "x-widget": "textarea"},
            "home": {"type": "string", "title": "住处", "x-widget": "division"}}});
        let evil = "</textarea><script>alert(1)</script>\" onfocus=x '; DROP TABLE 𠮷";
        let html = html(
            &schema,
            &json!({"name": evil, "story": evil, "home": evil}),
            &[],
        );
        assert!(!html.contains("<script") && !html.contains("</textarea><"));
        assert!(html.contains("𠮷"), "four-byte Han stays");
        assert!(!html.contains("\" onfocus"), "quotes are escaped");
    }

    #[test]
    fn an_error_stands_at_its_field_and_is_read_with_it() {
        let schema = json!({"properties": {"members": {"type": "array", "title": "家庭成员", "items": {
            "properties": {"income": {"type": "integer", "x-widget": "yuan", "title": "月收入",
                "description": "税前"}}}}}});
        let value = json!({"members": [{"income": 30050}, {"income": "三百块"}]});
        let problems = [Problem::new("/members/1/income", "请用数字写金额。")];
        let html = html(&schema, &value, &problems);
        assert!(html.contains(r#"name="members.0.income" value="300.50""#));
        assert!(html.contains(r#"value="三百块""#), "bad text is kept");
        assert!(html.contains(
            r#"aria-describedby="f-members-1-income-hint f-members-1-income-error" aria-invalid="true""#
        ));
        assert_eq!(html.matches("aria-invalid").count(), 1);
        assert!(
            html.contains(r#"value="remove:members.1""#) && html.contains(r#"value="add:members""#)
        );
    }

    #[test]
    fn few_options_are_buttons_and_many_are_a_list() {
        let options = |n: u32| {
            (0..n)
                .map(|i| json!({"const": i.to_string(), "title": format!("第{i}种")}))
                .collect::<Vec<_>>()
        };
        let schema = json!({"properties": {
            "few": {"oneOf": options(3), "x-widget": "select", "title": "少", "default": "1"},
            "many": {"oneOf": options(9), "x-widget": "select", "title": "多"}}});
        let html = html(&schema, &json!({}), &[]);
        assert_eq!(html.matches(r#"type="radio""#).count(), 3);
        assert!(
            html.contains(r#"value="1" checked"#),
            "the default is chosen"
        );
        assert!(html.contains(r#"<select id="f-many""#));
    }

    #[test]
    fn two_forms_on_one_page_have_their_own_ids() {
        let schema = json!({"properties": {"why": {"type": "string"}}});
        let form = Form::read(&schema);
        let around = Surroundings {
            problems: &[],
            scope: "accept-",
        };
        let html = draw(&form.fields, &Map::new(), &around)[0].to_string();
        assert!(html.contains(r#"id="accept-f-why" name="why""#));
    }
}
