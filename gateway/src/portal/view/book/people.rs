//! Who comes: names, ID numbers, a phone.

use askama::Template;
use yiwang_civic::identity_document::DocumentKind;

use super::{Choices, Chosen, time};
use crate::portal::view::{Chrome, Trouble, hall::Kind};

/// The last question; what is typed is never lost.
#[derive(Template)]
#[template(path = "book/people.html")]
pub(crate) struct People {
    pub(crate) chrome: Chrome,
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) problems: Vec<Trouble>,
    /// What happened that is no mistake of the writer; empty when nothing did.
    pub(crate) told: String,
    pub(crate) csrf: String,
    /// Idempotency key of this drawing.
    pub(crate) key: String,
    /// Tells whose form it is, when it is posted after a new sign-in.
    pub(crate) who: String,
    pub(crate) kind: &'static str,
    pub(crate) place: String,
    pub(crate) hall: String,
    pub(crate) at: String,
    /// Other times, when the chosen one is full.
    pub(crate) others: Vec<OtherTime>,
    pub(crate) filled: Filled,
}

/// Everything that is typed and ticked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filled {
    pub(crate) entries: Vec<Entry>,
    /// With a marriage only.
    pub(crate) ceremony: Option<Ceremony>,
    /// With counselling only: a call instead of a visit.
    pub(crate) by_phone: Option<bool>,
}

/// The wish for a ceremony 颁证仪式.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ceremony {
    pub(crate) wished: bool,
    pub(crate) guests: String,
    pub(crate) error: String,
}

impl Filled {
    /// The empty form for what is booked.
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            entries: Entry::all(kind),
            ceremony: (kind == Kind::Marriage).then(Ceremony::default),
            by_phone: (kind == Kind::Counselling).then_some(false),
        }
    }
}

/// A time that is still free.
pub(crate) struct OtherTime {
    pub(crate) at: String,
    pub(crate) words: String,
}

impl OtherTime {
    /// A time of the wire.
    pub(crate) fn of(at: String) -> Option<Self> {
        let words = time(at.parse().ok()?);
        Some(Self { at, words })
    }
}

/// A field to fill in.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    /// Where the service finds it.
    pub(crate) pointer: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) autocomplete: &'static str,
    pub(crate) mode: &'static str,
    /// What can be chosen, code and words; empty where it is typed.
    pub(crate) options: Vec<(&'static str, &'static str)>,
    /// Kinds of document that ask for it, as the portal's script reads them; empty: all.
    pub(crate) asked_for: String,
    pub(crate) value: String,
    pub(crate) error: String,
}

impl Entry {
    /// The fields for what is booked, empty.
    pub(crate) fn all(kind: Kind) -> Vec<Self> {
        let entry = |name, pointer, label, hint, autocomplete, mode| Self {
            name,
            pointer,
            label,
            hint,
            autocomplete,
            mode,
            options: vec![],
            asked_for: String::new(),
            value: String::new(),
            error: String::new(),
        };
        let id = "18位，最后一位可能是X。";
        let mut entries = vec![
            entry(
                "name_a",
                "/visitors/0/name",
                "您的姓名",
                "和身份证上的一样。",
                "name",
                "text",
            ),
            entry(
                "id_a",
                "/visitors/0/id_number",
                "您的身份证号",
                id,
                "off",
                "text",
            ),
        ];
        if kind.sides().len() > 1 {
            let (hint, id) = match kind {
                Kind::Counselling => ("一个人谈的，这一格空着。", "一个人谈的，这一格空着。"),
                _ => ("和身份证上的一样。", id),
            };
            entries.extend([
                entry(
                    "name_b",
                    "/visitors/1/name",
                    "对方的姓名",
                    hint,
                    "off",
                    "text",
                ),
                entry(
                    "id_b",
                    "/visitors/1/id_number",
                    "对方的身份证号",
                    id,
                    "off",
                    "text",
                ),
                Self {
                    options: DocumentKind::ALL
                        .map(|kind| (kind.code(), kind.label()))
                        .into(),
                    value: DocumentKind::CitizenId.code().to_owned(),
                    ..entry(
                        "document_b",
                        "/visitors/1/document",
                        "对方用的证件",
                        "没有居民身份证的才用改，上面填所选证件的号码。港澳台居民居住证不用改。",
                        "off",
                        "text",
                    )
                },
                Self {
                    asked_for: asking_country(),
                    ..entry(
                        "country_b",
                        "/visitors/1/country",
                        "签发国家（地区）",
                        "护照、永久居留身份证和旅行证件要填，例如法国；华侨填中国。",
                        "off",
                        "text",
                    )
                },
            ]);
        }
        let hint = "有变动时登记处会打这个电话。";
        entries.push(entry("phone", "/phone", "联系电话", hint, "tel", "tel"));
        entries
    }
}

/// Documents that do not tell their country themselves.
fn asking_country() -> String {
    let kinds = DocumentKind::ALL
        .into_iter()
        .filter(|kind| kind.asks_country());
    kinds.map(DocumentKind::code).collect::<Vec<_>>().join("|")
}

impl People {
    /// The choices as the form carries them on.
    pub(crate) fn carry(&mut self, choices: &Choices) {
        self.chosen = choices.chosen();
        self.kind = choices.kind.map_or("", Kind::code);
        self.place = choices.place.clone();
        self.hall = choices
            .hall
            .as_ref()
            .map(|hall| hall.code.clone())
            .unwrap_or_default();
        self.at = choices.at.map(super::wire).unwrap_or_default();
    }
}
