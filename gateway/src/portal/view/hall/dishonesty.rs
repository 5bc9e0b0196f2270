//! The list of the dishonest 失信: who, why, until when; objections and what comes of them.

use askama::Template;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::view::{Chrome, Trouble, format};

/// The list.
#[derive(Template)]
#[template(path = "hall/dishonesty.html")]
pub(crate) struct DishonestyPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    /// Code and name of the counties to choose from.
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) county: String,
    pub(crate) entries: Vec<EntryView>,
    /// The next page; empty on the last.
    pub(crate) next: String,
}

/// An entry.
pub(crate) struct EntryView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) ground: String,
    pub(crate) case_number: String,
    pub(crate) noted: String,
    pub(crate) until: String,
    pub(crate) contested: bool,
    pub(crate) objection: String,
    pub(crate) may_decide: bool,
    pub(crate) key: String,
    /// What was typed before, with what is wrong.
    pub(crate) filled: Filled,
}

/// What was typed for an entry.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    pub(crate) id_number: String,
    /// The objection, or the reason of the decision.
    pub(crate) text: String,
    /// `lift`, `keep` or nothing.
    pub(crate) decision: String,
    pub(crate) id_error: String,
    pub(crate) text_error: String,
    pub(crate) decision_error: String,
}

impl EntryView {
    /// An entry of the list; `key` goes with its form.
    pub(crate) fn of(entry: &pb::Dishonesty, key: String, filled: Filled) -> Self {
        Self {
            id: entry.id.clone(),
            name: match entry.name.as_str() {
                "" => "（早期记录，没有姓名）".to_owned(),
                name => name.to_owned(),
            },
            place: entry.division_name.clone(),
            ground: entry.ground.clone(),
            case_number: entry.case_number.clone(),
            noted: format::iso_day(&entry.noted_on),
            until: format::iso_day(&entry.until),
            contested: entry.state == "contested",
            objection: entry.objection.clone(),
            may_decide: entry.may_decide,
            key,
            filled,
        }
    }

    /// Something was typed wrongly here.
    pub(crate) fn open(&self) -> bool {
        let Filled {
            id_error,
            text_error,
            decision_error,
            ..
        } = &self.filled;
        !(id_error.is_empty() && text_error.is_empty() && decision_error.is_empty())
    }
}
