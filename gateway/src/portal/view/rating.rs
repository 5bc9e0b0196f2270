//! 好差评: giving one, and the bad ones.

use askama::Template;

use super::{Chrome, Trouble};
use crate::portal::form::Drawn;

/// The five levels; or thanks.
#[derive(Template)]
#[template(path = "rating/give.html")]
pub(crate) struct Give {
    pub(crate) chrome: Chrome,
    pub(crate) number: String,
    pub(crate) title: String,
    /// What was given; empty: nothing yet.
    pub(crate) given: &'static str,
    pub(crate) back: String,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) fields: Vec<Drawn>,
}

/// What officers look into.
#[derive(Template)]
#[template(path = "rating/list.html")]
pub(crate) struct Looked {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) csrf: String,
    pub(crate) key: String,
    /// Level and how often, of the last twelve months.
    pub(crate) counts: Vec<(&'static str, i64)>,
    /// In words; empty while there is none.
    pub(crate) share: String,
    pub(crate) bad: Vec<Bad>,
}

/// A bad one; whose it is stands nowhere.
pub(crate) struct Bad {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) level: &'static str,
    pub(crate) words: String,
    pub(crate) given: String,
    /// Last day.
    pub(crate) due: String,
    pub(crate) late: bool,
    /// Empty: not answered.
    pub(crate) answer: String,
    /// What was typed and not taken.
    pub(crate) typed: String,
    pub(crate) problem: String,
}
