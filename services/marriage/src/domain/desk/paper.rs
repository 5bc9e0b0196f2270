//! How papers are written.

use jiff::civil::{Date, Time};
use yiwang_casework::IssueDocument;

use crate::domain::party::Party;

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
    format!(
        "{}（身份证号{}）",
        party.name.trim(),
        party.id_number.trim()
    )
}

/// What a certificate says of a person.
pub(crate) fn rows(party: &Party) -> Vec<(String, String)> {
    let Some(id) = party.id() else {
        return Vec::new();
    };
    let who = match id.sex() {
        yiwang_civic::citizen_id::Sex::Male => "男方",
        yiwang_civic::citizen_id::Sex::Female => "女方",
    };
    vec![
        (format!("{who}姓名"), party.name.trim().to_owned()),
        (format!("{who}性别"), id.sex().label().to_owned()),
        (format!("{who}国籍"), "中国".to_owned()),
        (format!("{who}出生日期"), day(id.birth_date())),
        (format!("{who}身份证件号"), id.as_str().to_owned()),
    ]
}
