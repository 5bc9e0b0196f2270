//! An act with a form of its own: one page, one thing done, back to where it was.
//!
//! What it is about stands in the address, codes and ids only; what is typed in the form.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};
use yiwang_chassis::fault::Fault;

use crate::portal::{
    body::Body,
    desk::{Desk, go},
    failure,
    form::{self, Form, Problem, Surroundings, schema::Field},
    view::{Section, Trouble, burial_office::SheetPage, ripple::RippleView},
};

/// An act.
pub(in crate::portal) struct Act {
    pub(in crate::portal) title: String,
    /// What it does.
    pub(in crate::portal) lead: String,
    pub(in crate::portal) button: &'static str,
    /// Where the form is posted to, with what it is about.
    pub(in crate::portal) post: String,
    /// The page it belongs to.
    pub(in crate::portal) back: String,
    pub(in crate::portal) form: Form,
    pub(in crate::portal) value: Map<String, Value>,
}

/// What was typed, ready to be sent.
pub(in crate::portal) struct Typed {
    pub(in crate::portal) key: String,
    pub(in crate::portal) value: Map<String, Value>,
}

/// The empty form, or as things are.
pub(in crate::portal) fn show(desk: &Desk, act: &Act) -> Result<Response, Fault> {
    show_with(desk, act, None)
}

/// The same, with what the act would set going.
pub(in crate::portal) fn show_with(
    desk: &Desk,
    act: &Act,
    ripple: Option<RippleView>,
) -> Result<Response, Fault> {
    let page = page(desk, act, &act.value, &[])?;
    Ok(desk.page(&SheetPage { ripple, ..page }))
}

/// Reads the form; `Err` within is the page with what is wrong.
pub(in crate::portal) async fn read(
    desk: &Desk,
    request: Request,
    act: &Act,
) -> Result<Result<Typed, Response>, Fault> {
    let body = Body::read(desk, request).await?;
    desk.verify(&body)?;
    take(desk, &body, act)
}

/// The same of a body whose token was checked before the act was looked up.
pub(in crate::portal) fn take(
    desk: &Desk,
    body: &Body,
    act: &Act,
) -> Result<Result<Typed, Response>, Fault> {
    let value = form::read(&act.form.fields, &body.posted());
    let problems = form::check(&act.form.fields, &value, "");
    if !problems.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return draw(desk, act, &value, &problems, status).map(Err);
    }
    Ok(Ok(Typed {
        key: body.text("key").to_owned(),
        value,
    }))
}

/// Goes on to `done`, or shows the form with what the service said.
pub(in crate::portal) fn end<T>(
    desk: &Desk,
    act: &Act,
    typed: &Typed,
    answer: Result<T, Fault>,
    done: &str,
) -> Result<Response, Fault> {
    let fault = match answer {
        Ok(_) => return Ok(go(done)),
        Err(fault) => fault,
    };
    let status = fault.http_status();
    let found = failure::problems(fault)?.into_iter();
    let problems: Vec<Problem> = found.map(|one| near(&act.form.fields, one)).collect();
    draw(desk, act, &typed.value, &problems, status)
}

/// A problem at the field it names: `/facility/name` → `/name`; at none of them when the form
/// does not have it.
fn near(fields: &[Field], problem: Problem) -> Problem {
    let mut parts = problem.pointer.split('/').filter(|part| !part.is_empty());
    let known = parts.find(|part| fields.iter().any(|field| field.key == *part));
    let pointer = known.map_or_else(String::new, |part| format!("/{part}"));
    Problem::new(pointer, problem.message)
}

fn draw(
    desk: &Desk,
    act: &Act,
    value: &Map<String, Value>,
    problems: &[Problem],
    status: StatusCode,
) -> Result<Response, Fault> {
    let page = page(desk, act, value, problems)?;
    Ok(desk.page_with(status, &page))
}

fn page(
    desk: &Desk,
    act: &Act,
    value: &Map<String, Value>,
    problems: &[Problem],
) -> Result<SheetPage, Fault> {
    let around = Surroundings {
        problems,
        ..Surroundings::default()
    };
    Ok(SheetPage {
        chrome: desk
            .clone()
            .at(act.post.clone())
            .chrome()
            .titled(act.title.clone(), section(&act.post)),
        problems: Trouble::of_form(&act.form, problems, ""),
        csrf: desk.who()?.csrf.clone(),
        key: desk.fresh_key(),
        post: act.post.clone(),
        back: act.back.clone(),
        lead: act.lead.clone(),
        button: act.button,
        fields: form::draw(&act.form.fields, value, &around),
        ripple: None,
    })
}

/// Whose part of the site the act belongs to.
fn section(post: &str) -> Section {
    match post.split('/').nth(1) {
        Some("rescue") => Section::Rescue,
        Some("child") => Section::Child,
        _ => Section::Burial,
    }
}

/// A list to choose from.
pub(in crate::portal) fn options(choices: &[(impl AsRef<str>, impl AsRef<str>)]) -> Value {
    let option = |(code, title): &(_, _)| {
        let (code, title): (&str, &str) = (AsRef::as_ref(code), AsRef::as_ref(title));
        json!({"const": code, "title": title})
    };
    choices.iter().map(option).collect()
}

/// An object of the `json!` macro as the value of a form.
pub(in crate::portal) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

impl Typed {
    /// Text of a field; empty when it is not there.
    pub(in crate::portal) fn text(&self, key: &str) -> String {
        let found = self.value.get(key).and_then(Value::as_str);
        found.unwrap_or_default().trim().to_owned()
    }

    /// A whole number; 0 when it is not there.
    pub(in crate::portal) fn number(&self, key: &str) -> i32 {
        let found = self.value.get(key).and_then(Value::as_i64).unwrap_or(0);
        i32::try_from(found).unwrap_or(i32::MAX)
    }

    /// A tick or a yes.
    pub(in crate::portal) fn yes(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }

    /// What was chosen of several.
    pub(in crate::portal) fn list(&self, key: &str) -> Vec<String> {
        let found = self.value.get(key).and_then(Value::as_array);
        let words = found.map_or(&[][..], Vec::as_slice).iter();
        words.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Lines of a text, each as its words.
    pub(in crate::portal) fn lines(&self, key: &str) -> Vec<Vec<String>> {
        let text = self.text(key);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let words = |line: &str| {
            let words = line.split([' ', '\t', '\u{3000}', ',', '，', '、']);
            let words = words.map(str::trim).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect()
        };
        lines.map(words).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_the_service_stands_at_the_field_it_names() {
        let schema = json!({"properties": {"name": {"type": "string", "title": "名称"}}});
        let fields = Form::read(&schema).fields;
        let at = |pointer: &str| near(&fields, Problem::new(pointer, "请填写。")).pointer;
        assert_eq!(at("/facility/name"), "/name");
        assert_eq!(at("/name"), "/name");
        assert_eq!(at("/facility/serves"), "");
    }

    #[test]
    fn lines_are_read_with_any_blank() {
        let typed = Typed {
            key: String::new(),
            value: object(json!({"who": "A-1　张三\n\nA-2 李四，421224100-BY01"})),
        };
        let lines = typed.lines("who");
        assert_eq!(lines[0], ["A-1", "张三"]);
        assert_eq!(lines[1], ["A-2", "李四", "421224100-BY01"]);
    }
}
