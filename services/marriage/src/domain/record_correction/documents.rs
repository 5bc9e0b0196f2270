//! Papers of a correction.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};
use yiwang_civic::identity_document::IdentityDocument;

use super::{
    RecordCorrection,
    form::{Evidence, Form, Wrong},
};
use crate::domain::desk::paper::{APPEAL, day, document, person};
use crate::domain::record::{Hall, Record};

/// What proves it, in words.
fn evidence(form: &Form) -> String {
    match (form.evidence, form.paper_date) {
        (Evidence::PoliceProof, Some(date)) => format!(
            "{}（{}，{}，{}）",
            form.evidence.label(),
            form.paper_issuer.trim(),
            form.paper_number.trim(),
            day(date)
        ),
        _ => form.evidence.label().to_owned(),
    }
}

/// A value as a paper names it.
pub(super) fn shown(wrong: Wrong, value: &str) -> String {
    match (wrong, value.trim()) {
        (_, "") => "没有记载".to_owned(),
        (Wrong::Household, code) => {
            yiwang_civic::division::full_name(code).unwrap_or_else(|| code.to_owned())
        }
        (Wrong::IdNumber, value) => {
            let id: Option<IdentityDocument> = value.parse().ok();
            id.map_or_else(|| value.to_owned(), |id| id.number().to_owned())
        }
        (_, value) => value.to_owned(),
    }
}

/// 婚姻登记信息更正决定书.
pub(super) fn corrected(
    case: &Case<RecordCorrection>,
    hall: &Hall,
    record: &Record,
    change: (&str, &str),
    (new, reasons): (Option<&str>, &str),
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "{}申请更正婚姻登记信息（登记日期{}，证字号{}）。更正理由：{}依据：{}。",
        person(&form.a),
        day(record.registered_on),
        form.record_number.trim(),
        sentence(&form.ground),
        evidence(form)
    );
    let decision = format!(
        "{}于{}决定更正：{}的{}由“{}”更正为“{}”。原来的记载作为历史版本保留。",
        hall.name,
        day(on),
        form.whose.label(),
        form.wrong.label(),
        shown(form.wrong, change.0),
        shown(form.wrong, change.1)
    );
    let certificate = new.map_or_else(String::new, |number| {
        format!("记载有误的证件作废，换发新证，字号{number}。")
    });
    document(
        "correction",
        "婚姻登记信息更正决定书",
        &[&head, &decision, &certificate, reasons, APPEAL],
    )
}

/// Text of others with its full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with('。') {
        text.to_owned()
    } else {
        format!("{text}。")
    }
}

/// 不予更正婚姻登记信息告知书.
pub(super) fn rejected(
    case: &Case<RecordCorrection>,
    hall: &Hall,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "{}：你申请更正婚姻登记信息（证字号{}，{}），{}于{}决定不予更正。理由：",
        form.a.name.trim(),
        form.record_number.trim(),
        form.wrong.label(),
        hall.name,
        day(on)
    );
    document(
        "correction_rejected",
        "不予更正婚姻登记信息告知书",
        &[&head, reasons, APPEAL],
    )
}
