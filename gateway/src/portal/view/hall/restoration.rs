//! The spouse of somebody declared dead does not want the marriage back (民法典 51).

use askama::Template;

use super::conflicts::RecordView;
use crate::portal::{
    form::Drawn,
    view::{Chrome, Trouble},
};

/// The declaration, and the record it stands at.
#[derive(Template)]
#[template(path = "hall/restoration.html")]
pub(crate) struct RestorationPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) fields: Vec<Drawn>,
    pub(crate) noted: Option<RecordView>,
}
