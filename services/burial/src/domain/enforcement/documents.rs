//! What the party receives.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{
    action::{Notice, Ruling},
    form::Form,
};
use crate::domain::desk::{APPEAL, day, document};

/// 事先告知书.
pub(super) fn told(form: &Form, notice: &Notice, on: Date, last: Date) -> IssueDocument {
    let head = format!("{}：", form.party_name());
    let facts = format!("经查：{}", notice.facts.trim());
    let plan = format!(
        "依据{}，拟作出{}：{}",
        notice.grounds.trim(),
        notice.measure.label(),
        notice.content.trim()
    );
    let rights = format!(
        "您可以在{}前陈述、申辩；符合听证条件的，可以在此期限内要求听证，不承担费用。不因陈述、申辩加重处理。",
        day(last)
    );
    document(
        "prior_notice",
        "行政执法事先告知书",
        &[&head, &facts, &plan, &rights, &day(on)],
    )
}

/// 决定书.
pub(super) fn ruling(
    form: &Form,
    notice: &Notice,
    ruling: &Ruling,
    on: Date,
    last: Date,
) -> IssueDocument {
    let number = ruling.document.trim();
    let head = format!("{}：", form.party_name());
    let facts = format!("经查：{}", notice.facts.trim());
    let decided = format!(
        "依据{}，决定：{}",
        notice.grounds.trim(),
        ruling.content.trim()
    );
    let until = format!("请在{}前履行。", day(last));
    document(
        "ruling",
        "行政执法决定书",
        &[number, &head, &facts, &decided, &until, APPEAL, &day(on)],
    )
}

/// Why nothing follows.
pub(super) fn dismissed(form: &Form, reasons: &str, on: Date) -> IssueDocument {
    let head = format!("{}：", form.party_name());
    let text = format!(
        "对“{}”一案，经审查决定不予处罚。理由：{reasons}",
        form.matter.label()
    );
    document("dismissal", "不予处罚决定书", &[&head, &text, &day(on)])
}
