//! Papers of a declaration.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{action::Cancellation, form::Form};
use crate::domain::desk::{APPEAL, day, document};

fn head(form: &Form) -> String {
    let paper = &form.judgment;
    format!(
        "{}于{}作出{}判决，宣告{}死亡，视为死亡的日期为{}。",
        paper.court.trim(),
        day(paper.judged_on),
        paper.number.trim(),
        form.declared.name.trim(),
        day(paper.effective_on)
    )
}

/// 宣告死亡登记告知.
pub(super) fn declared(form: &Form, on: Date) -> IssueDocument {
    let next = "接下来：一、凭判决书到派出所注销户口；二、婚姻状况、救助由系统联网更新，不用再交判决书；三、本人重新出现的，本人或者利害关系人可以申请人民法院撤销死亡宣告。";
    document(
        "death_declared",
        "宣告死亡登记告知",
        &[&head(form), next, &day(on)],
    )
}

/// 退回说明.
pub(super) fn returned(form: &Form, reasons: &str, on: Date) -> IssueDocument {
    document(
        "declaration_returned",
        "宣告死亡登记退回说明",
        &[&head(form), "退回的理由：", reasons, &day(on)],
    )
}

/// 撤销告知.
pub(super) fn cancelled(form: &Form, by: &Cancellation, on: Date) -> IssueDocument {
    let text = format!(
        "{}于{}以{}判决撤销死亡宣告，登记随之撤销。",
        by.court.trim(),
        day(by.judged_on),
        by.number.trim()
    );
    let next = "婚姻关系自撤销死亡宣告之日起自行恢复；配偶再婚或者向婚姻登记机关书面声明不愿意恢复的除外（民法典第五十一条）。停发的救助，请向原办理机关申请恢复。";
    document(
        "declaration_cancelled",
        "撤销宣告死亡登记告知",
        &[&head(form), &text, next, APPEAL, &day(on)],
    )
}
