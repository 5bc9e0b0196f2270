//! The pages as plain data with their templates. Pure: no state, no I/O.
//!
//! Handlers gather the data; here it becomes what a person reads. Everything
//! that people read stands in the templates or beside the page's struct.

pub(crate) mod apply;
pub(crate) mod archive;
pub(crate) mod book;
pub(crate) mod burial_office;
pub(crate) mod case;
pub(crate) mod cemeteries;
pub(crate) mod certificates;
pub(crate) mod charts;
pub(crate) mod child;
pub(crate) mod chrome;
pub(crate) mod demo;
pub(crate) mod entry;
pub(crate) mod facts;
pub(crate) mod format;
pub(crate) mod funeral;
pub(crate) mod hall;
pub(crate) mod memorials;
pub(crate) mod mine;
pub(crate) mod notice;
pub(crate) mod one_thing;
pub(crate) mod prices;
pub(crate) mod public;
pub(crate) mod rating;
pub(crate) mod rescue;
pub(crate) mod ripple;
pub(crate) mod statistics;
pub(crate) mod unsent;
pub(crate) mod visits;
pub(crate) mod work;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub(crate) use chrome::{Chrome, Section, User};

use super::form::{self, Form};

/// A line of the error summary at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// What to do.
    pub(crate) text: String,
    /// Where, as a link within the page; empty when it is nowhere on the page.
    pub(crate) href: String,
}

impl Trouble {
    /// A trouble that is nowhere in particular.
    pub(crate) fn general(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: String::new(),
        }
    }

    /// A trouble at the element with this id.
    pub(crate) fn at(id: &str, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: format!("#{id}"),
        }
    }

    /// The problems of a form, linked to its fields, named by their labels.
    pub(crate) fn of_form(form: &Form, problems: &[form::Problem], scope: &str) -> Vec<Self> {
        problems
            .iter()
            .map(|problem| {
                let label = form::label_of(&form.fields, &problem.pointer);
                let text = match label {
                    Some(label) if !problem.message.contains(&label) => {
                        format!("{label}：{}", problem.message)
                    }
                    _ => problem.message.clone(),
                };
                let href = match problem.pointer.is_empty() {
                    true => String::new(),
                    false => format!("#{scope}{}", form::control_id(&problem.pointer)),
                };
                Self { text, href }
            })
            .collect()
    }
}
