//! How papers are written.

use jiff::civil::{Date, Time};
use yiwang_casework::IssueDocument;
use yiwang_civic::citizen_id::Sex;

use crate::domain::party::{Document, Party};

/// Where to turn (行政复议法、行政诉讼法).
pub(crate) const APPEAL: &str = "对此不服的，可以自收到之日起60日内依法申请行政复议，或者自收到之日起6个月内向人民法院提起行政诉讼。";

/// A day in words.
pub(crate) fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A time of day.
pub(crate) fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

/// A paper of these paragraphs; empty ones fall out.
pub(crate) fn document(kind: &'static str, title: &str, paragraphs: &[&str]) -> IssueDocument {
    let text = paragraphs.iter().filter(|text| !text.is_empty()).copied();
    IssueDocument {
        kind,
        title: title.to_owned(),
        text: text.collect::<Vec<_>>().join("\n"),
    }
}

/// A person as a paper names them.
pub(crate) fn person(party: &Party) -> String {
    let (name, document) = (party.name.trim(), party.document_in_words());
    match party.document {
        Document::CitizenId => format!("{name}（身份证号{document}）"),
        _ => format!("{name}（{document}）"),
    }
}

/// What a certificate says of a person: 姓名、性别、国籍、出生日期、身份证件号, each with the side.
pub(crate) fn rows(party: &Party) -> Vec<(String, String)> {
    let Some(sex) = party.sex() else {
        return Vec::new();
    };
    let who = match sex {
        Sex::Male => "男方",
        Sex::Female => "女方",
    };
    let rows = [
        ("姓名", Some(party.name.trim().to_owned())),
        ("性别", Some(sex.label().to_owned())),
        ("国籍", party.nationality().map(str::to_owned)),
        ("出生日期", party.born().map(day)),
        ("身份证件号", Some(party.document_in_words())),
    ];
    rows.into_iter()
        .filter_map(|(label, value)| Some((format!("{who}{label}"), value?)))
        .collect()
}
