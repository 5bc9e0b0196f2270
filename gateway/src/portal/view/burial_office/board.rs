//! The board of a funeral home.

use askama::Template;
use yiwang_proto::burial::v1 as pb;

use super::{Tab, local};
use crate::portal::view::Chrome;

/// The board of a day.
#[derive(Template)]
#[template(path = "burial/board.html")]
pub(crate) struct BoardPage {
    pub(crate) chrome: Chrome,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) told: String,
    pub(crate) homes: Vec<(String, String)>,
    pub(crate) home: pb::Home,
    pub(crate) iso: String,
    pub(crate) day: String,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) holds: Vec<HoldRow>,
}

impl BoardPage {
    /// Farewells of the day.
    fn farewells(&self) -> usize {
        let there = |line: &&Line| !line.farewell.is_empty();
        self.lines.iter().filter(there).count()
    }

    /// Cremations of the day.
    fn cremations(&self) -> usize {
        let there = |line: &&Line| !line.cremation.is_empty();
        self.lines.iter().filter(there).count()
    }

    /// Steps signed by one only.
    fn pending(&self) -> usize {
        self.lines.iter().filter(|line| line.pending).count()
    }
}

/// A funeral.
pub(crate) struct Line {
    pub(crate) number: String,
    pub(crate) tag: String,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) place: String,
    pub(crate) farewell: String,
    pub(crate) cremation: String,
    pub(crate) on_hold: bool,
    pub(crate) infectious: bool,
    pub(crate) missing: String,
    pub(crate) pending: bool,
}

impl Line {
    /// A line of the service.
    pub(crate) fn of(entry: pb::BoardEntry) -> Self {
        Self {
            number: entry.case_number,
            tag: entry.tag,
            name: match entry.name.as_str() {
                "" => "无名".to_owned(),
                _ => entry.name,
            },
            state: entry.state_label,
            place: entry.place,
            farewell: entry.farewell,
            cremation: entry.cremation,
            on_hold: entry.on_hold,
            infectious: entry.infectious,
            missing: entry.missing.join("、"),
            pending: entry.awaits_second,
        }
    }
}

/// 不得火化, by police or a court.
pub(crate) struct HoldRow {
    pub(crate) number: String,
    pub(crate) tag: String,
    pub(crate) authority: String,
    pub(crate) document: String,
    pub(crate) reason: String,
    pub(crate) since: String,
}

impl HoldRow {
    /// An open one.
    pub(crate) fn of(hold: &pb::BodyHold) -> Self {
        Self {
            number: hold.case_number.clone(),
            tag: hold.tag.clone(),
            authority: hold.authority.clone(),
            document: hold.document.clone(),
            reason: hold.reason.clone(),
            since: local(&hold.placed_at),
        }
    }
}
