//! Papers of a revocation.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};

use super::{RegistrationRevocation, form::Form};
use crate::domain::desk::paper::{APPEAL, day, document, person};
use crate::domain::record::Record;

/// What the paper is.
fn paper(form: &Form) -> String {
    let paper = &form.paper;
    format!(
        "{}（{}，{}，{}）",
        form.basis.label(),
        paper.issuer.trim(),
        paper.number.trim(),
        day(paper.date)
    )
}

/// 撤销婚姻登记决定书.
pub(super) fn revoked(
    case: &Case<RegistrationRevocation>,
    record: &Record,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "{}与{}于{}办理的结婚登记（结婚证字号{}），经查明：{}",
        person(&form.a),
        person(&form.b),
        day(record.registered_on),
        record.number,
        form.facts.trim()
    );
    let decision = format!(
        "根据{}，{}决定撤销该婚姻登记，结婚证作废，并在婚姻登记档案和全国婚姻基础信息库中备注。理由：",
        paper(form),
        day(on)
    );
    document(
        "revocation",
        "撤销婚姻登记决定书",
        &[&head, &decision, reasons, APPEAL],
    )
}

/// 不予撤销婚姻登记告知书.
pub(super) fn rejected(
    case: &Case<RegistrationRevocation>,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let form = &case.form;
    let head = format!(
        "关于{}与{}的结婚登记（结婚证字号{}），收到{}。经审核，{}决定不予撤销。理由：",
        form.a.name.trim(),
        form.b.name.trim(),
        form.record_number.trim(),
        paper(form),
        day(on)
    );
    document(
        "revocation_rejected",
        "不予撤销婚姻登记告知书",
        &[&head, reasons, APPEAL],
    )
}
