//! Papers of a court note.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::form::Form;
use crate::domain::desk::paper::{day, document, person};
use crate::domain::record::Record;

/// What the paper is.
fn paper(form: &Form) -> String {
    let paper = &form.paper;
    format!(
        "{}{}（{}，{}生效）",
        paper.court.trim(),
        paper.kind.label(),
        paper.number.trim(),
        day(paper.effective_on)
    )
}

/// 婚姻登记备注.
pub(super) fn noted(form: &Form, record: &Record, on: Date) -> IssueDocument {
    let text = format!(
        "{}与{}于{}登记结婚，结婚证字号{}。根据{}，已于{}在婚姻登记档案和全国婚姻基础信息库中备注：{}。",
        person(&form.a),
        person(&form.b),
        day(record.registered_on),
        record.number,
        paper(form),
        day(on),
        form.paper.kind.state().label()
    );
    let certificates =
        "结婚证和电子证照自备注之日起注销；纸质结婚证由人民法院收缴或者由当事人交回。";
    document("court_note", "婚姻登记备注", &[&text, certificates])
}

/// 退回说明.
pub(super) fn returned(form: &Form, reasons: &str, on: Date) -> IssueDocument {
    let head = format!("收到的{}，经核对不能备注。理由：", paper(form));
    document(
        "court_note_returned",
        "裁判文书退回说明",
        &[&head, reasons, &day(on)],
    )
}
