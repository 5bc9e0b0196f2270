//! The page of one case, for its applicant and for officers, and its documents.

use askama::Template;
use jiff::civil::Date;
use yiwang_proto::casework::v1 as pb;

use super::{
    Chrome, Trouble,
    apply::Uploads,
    certificates::Picture,
    facts::SectionView,
    format::{self, DueView},
    funeral::BillView,
    hall::Kind,
    ripple::RippleView,
};
use crate::portal::form::Drawn;

/// A case as its applicant sees it.
#[derive(Template)]
#[template(path = "case.html")]
pub(crate) struct CasePage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) waiting: String,
    pub(crate) due: Option<DueView>,
    pub(crate) dates: Option<BigDates>,
    pub(crate) missing: Vec<pb::MissingMaterial>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) history: Vec<HistoryLine>,
    pub(crate) notices: Vec<pb::Notice>,
    pub(crate) documents: Vec<Paper>,
    pub(crate) materials: Vec<Paper>,
    pub(crate) sections: Vec<SectionView>,
    pub(crate) bills: Vec<BillView>,
    /// What was filled in, step by step.
    pub(crate) filled: Vec<SectionView>,
    pub(crate) case: pb::Case,
}

impl CasePage {
    /// Whoever divorces may talk to a counsellor, or not: it changes nothing (rules M12).
    pub(crate) fn mentions_counselling(&self) -> bool {
        self.case.item == Kind::Divorce.item() && !self.case.closed
    }

    /// Money is paid month by month, or in parts.
    pub(crate) fn is_paid(&self) -> bool {
        matches!(
            self.case.item.as_str(),
            "orphan" | "unattended-child" | "medical-project" | "study-project"
        )
    }

    /// Whom a family calls whose missing person was found: that comes before everything else.
    pub(crate) fn call(&self) -> Option<&str> {
        let rows = self.sections.iter().flat_map(|section| &section.rows);
        let mut phones = rows.filter(|row| row.label.starts_with("电话"));
        let phone = phones.next().and_then(|row| row.value.as_deref());
        phone.filter(|_| self.case.item == "missing-person")
    }
}

/// A case as officers see it: what the law asks next comes first.
#[derive(Template)]
#[template(path = "officer.html")]
pub(crate) struct OfficerPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: String,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) submitted: String,
    pub(crate) waiting: String,
    /// What the family scans to sign for themselves.
    pub(crate) sign_code: Option<Picture>,
    /// Where else the officer looks for this case: path, words.
    pub(crate) ways: Vec<(String, &'static str)>,
    pub(crate) tasks: Vec<Task>,
    /// How many of them stand large; the others follow in a close grid.
    pub(crate) near: usize,
    pub(crate) reveal: Option<Reveal>,
    pub(crate) dates: Option<BigDates>,
    pub(crate) clocks: Vec<DueView>,
    pub(crate) missing: Vec<pb::MissingMaterial>,
    pub(crate) notices: Vec<pb::Notice>,
    pub(crate) documents: Vec<Paper>,
    pub(crate) materials: Vec<Paper>,
    pub(crate) sections: Vec<SectionView>,
    pub(crate) bills: Vec<BillView>,
    /// What was filled in, step by step.
    pub(crate) filled: Vec<SectionView>,
    pub(crate) history: Vec<HistoryLine>,
    pub(crate) handover_open: bool,
    pub(crate) handover_key: String,
    pub(crate) colleagues: Vec<(String, String)>,
    pub(crate) case: pb::Case,
}

/// The form of one action, for applicants.
#[derive(Template)]
#[template(path = "action.html")]
pub(crate) struct ActionPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) number: String,
    pub(crate) item_title: String,
    pub(crate) missing: Vec<pb::MissingMaterial>,
    pub(crate) task: Task,
}

/// A document as it is printed.
#[derive(Template)]
#[template(path = "document.html")]
pub(crate) struct DocumentPage {
    pub(crate) chrome: Chrome,
    pub(crate) number: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) issued: String,
}

/// Something that the reader may do now.
pub(crate) struct Task {
    pub(crate) code: String,
    /// Where its form is posted to.
    pub(crate) post: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) grave: bool,
    pub(crate) open: bool,
    /// Grave, sent without the tick that says so.
    pub(crate) unconfirmed: bool,
    pub(crate) fields: Vec<Drawn>,
    pub(crate) uploads: Option<Uploads>,
    /// Whether files go up with it.
    pub(crate) takes_files: bool,
    /// Idempotency key of this drawing.
    pub(crate) key: String,
    /// The version that the reader saw.
    pub(crate) version: i64,
    pub(crate) back: Option<String>,
    /// Has a page of its own.
    pub(crate) elsewhere: bool,
    /// What it would set going elsewhere.
    pub(crate) ripple: Option<RippleView>,
}

/// The question for the reason of a look behind the mask.
pub(crate) struct Reveal {
    /// The page that asks, and comes back.
    pub(crate) page: String,
    pub(crate) label: String,
    pub(crate) pointer: String,
    pub(crate) reason: String,
    pub(crate) error: String,
}

/// A line of the history.
pub(crate) struct HistoryLine {
    pub(crate) action: String,
    pub(crate) state: String,
    pub(crate) at: String,
    pub(crate) iso: String,
    pub(crate) actor: String,
    pub(crate) note: String,
    pub(crate) cause: String,
    /// What the act brought along.
    pub(crate) files: Vec<Paper>,
}

impl HistoryLine {
    /// The history, latest first, with the files that its acts brought into the case.
    pub(crate) fn all(history: &pb::History, case: &pb::Case) -> Vec<Self> {
        let line = |entry: &pb::HistoryEntry| Self {
            action: entry.action_label.clone(),
            state: entry.state_label.clone(),
            at: format::wire_moment(entry.at.as_ref()),
            iso: format::instant(entry.at.as_ref())
                .map(|at| at.to_string())
                .unwrap_or_default(),
            actor: entry.actor.clone(),
            note: match entry.note == entry.action_label {
                true => String::new(),
                false => entry.note.clone(),
            },
            cause: entry.cause.clone(),
            files: Paper::brought(case, entry.version),
        };
        history.entries.iter().rev().map(line).collect()
    }
}

/// Days that decide a case, big and plain: first and last day of a cooling-off (民法典 1077).
pub(crate) struct BigDates {
    pub(crate) title: String,
    pub(crate) rows: Vec<(String, String)>,
    /// What else the block says.
    pub(crate) notes: Vec<(String, String)>,
}

impl BigDates {
    /// What the marriage service calls the block.
    const TITLE: &str = "冷静期和领证期限";

    /// Takes the block of days out of the others.
    pub(crate) fn take(sections: &mut Vec<SectionView>) -> Option<Self> {
        let at = sections
            .iter()
            .position(|section| section.title == Self::TITLE)?;
        let section = sections.remove(at);
        let lines = section
            .rows
            .into_iter()
            .filter_map(|row| Some((row.label, row.value?)));
        let (rows, notes) = lines.partition(|(_, value)| format::is_day(value));
        Some(Self {
            title: section.title,
            rows,
            notes,
        })
    }
}

/// A document or a file.
pub(crate) struct Paper {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) note: String,
}

impl Paper {
    /// Documents issued in a case.
    pub(crate) fn documents(case: &pb::Case) -> Vec<Self> {
        let paper = |document: &pb::DocumentRef| Self {
            href: format!("/cases/{}/documents/{}", case.number, document.id),
            title: document.title.clone(),
            note: format::wire_day(document.issued_at.as_ref()),
        };
        case.documents.iter().map(paper).collect()
    }

    /// Files handed in with a case, named by the guide of its item.
    pub(crate) fn materials(case: &pb::Case, specs: &[pb::MaterialSpec]) -> Vec<Self> {
        let paper = |file: &pb::MaterialRef| {
            let spec = specs.iter().find(|spec| spec.code == file.code);
            Self {
                title: spec.map_or_else(|| file.file_name.clone(), |spec| spec.title.clone()),
                ..Self::file(case, file)
            }
        };
        case.materials.iter().map(paper).collect()
    }

    /// Files that the act of this line of the history brought along.
    fn brought(case: &pb::Case, version: i64) -> Vec<Self> {
        let here = case.act_files.iter().filter(|one| one.version == version);
        here.filter_map(|one| {
            Some(Self {
                title: one.title.clone(),
                ..Self::file(case, one.file.as_ref()?)
            })
        })
        .collect()
    }

    fn file(case: &pb::Case, file: &pb::MaterialRef) -> Self {
        Self {
            href: format!("/cases/{}/materials/{}", case.number, file.file_id),
            title: file.file_name.clone(),
            note: format!("{}　{}", file.file_name, format::size(file.size)),
        }
    }
}

/// The clocks of a case, nearest first.
pub(crate) fn clocks(case: &pb::Case, today: Date) -> Vec<DueView> {
    let mut clocks: Vec<&pb::Clock> = case.clocks.iter().collect();
    clocks.sort_by(|a, b| a.last_day.cmp(&b.last_day));
    clocks
        .into_iter()
        .map(|clock| DueView::of(clock, today))
        .collect()
}
