//! The certificate that names the right value.

use yiwang_casework::IssueCertificate;
use yiwang_civic::{
    citizen_id::{CitizenId, Sex},
    identity_document::IdentityDocument,
};

use super::{form::Form, target::Target};
use crate::domain::{
    desk::paper::day,
    record::{Entry, Hall, RecordState},
};

/// Instead of the one with the wrong value; for those who are on the form.
pub(super) fn issue(
    form: &Form,
    hall: &Hall,
    target: &Target<'_>,
    entries: &[Entry; 2],
    (number, replaces): (&str, &str),
    on: jiff::civil::Date,
) -> IssueCertificate {
    let divorce = target.record.state == RecordState::Divorced;
    let (kind, title) = match divorce {
        true => ("divorce", "离婚证"),
        false => ("marriage", "结婚证"),
    };
    let registered_on = match target.record.ended_on {
        Some(ended) if divorce => ended,
        _ => target.record.registered_on,
    };
    let row = |label: &str, value: String| (label.to_owned(), value);
    let mut rows = vec![
        row(&format!("{title}字号"), number.to_owned()),
        row("登记日期", day(registered_on)),
    ];
    rows.extend(entries.iter().flat_map(person));
    let note = match replaces {
        "" => "信息更正后换发，原证作废".to_owned(),
        old => format!("信息更正后换发，原证字号{old}作废"),
    };
    rows.push(row("备注", note));
    IssueCertificate {
        kind,
        title,
        number: number.to_owned(),
        issuer: hall.name.clone(),
        holders: (0..form.parties().len()).collect(),
        rows,
        issued_on: on,
    }
}

/// As the register has them; what old papers have instead of an ID number stands as it is.
fn person(entry: &Entry) -> Vec<(String, String)> {
    let document: Option<IdentityDocument> = entry.id_number.parse().ok();
    let id = document.as_ref().and_then(IdentityDocument::citizen);
    let who = match id.map(CitizenId::sex) {
        Some(Sex::Male) => "男方",
        Some(Sex::Female) => "女方",
        None => "当事人",
    };
    let mut rows = vec![(format!("{who}姓名"), entry.name.clone())];
    if let Some(id) = id {
        rows.push((format!("{who}出生日期"), day(id.birth_date())));
    }
    let written = entry.id_number.as_str();
    let number = document.as_ref().map_or(written, IdentityDocument::number);
    rows.push((format!("{who}身份证件号"), number.to_owned()));
    rows
}
