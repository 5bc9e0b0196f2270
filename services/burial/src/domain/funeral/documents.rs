//! Papers of a funeral.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{
    facts::{Confirmation, TransferNote},
    form::Form,
    world::Home,
};
use crate::domain::desk::{APPEAL, day, document};

/// 遗体火化确认书.
pub(super) fn confirmation(
    form: &Form,
    relation: &str,
    home: &Home,
    signed: &Confirmation,
) -> IssueDocument {
    let dead = &form.dead;
    let who = if dead.is_nameless() {
        dead.name.trim().to_owned()
    } else {
        format!("{}（证件号码{}）", dead.name.trim(), dead.id_number.trim())
    };
    let head = format!("逝者：{who}，{}死亡。", day(dead.died_on));
    let text = format!(
        "承办人{}（证件号码{}，与逝者的关系：{}）确认逝者身份无误，已与其他近亲属商定，同意由{}火化。",
        signed.name, signed.number, relation, home.name
    );
    let how = if signed.recorded_by.is_empty() {
        format!("承办人于{}实名登录后签署。", day(signed.on))
    } else {
        format!(
            "承办人于{}在馆签字，由{}核对身份证后登记。",
            day(signed.on),
            signed.recorded_by
        )
    };
    document(
        "cremation_confirmation",
        "遗体火化确认书",
        &[&head, &text, &how],
    )
}

/// 外运审批.
pub(super) fn transfer(form: &Form, transfer: &TransferNote, on: Date) -> IssueDocument {
    let (agree, reasons) = transfer.decision.clone().unwrap_or_default();
    let head = format!(
        "申请将逝者{}的遗体运往{}。",
        form.dead.name.trim(),
        transfer.to
    );
    if agree {
        let text = format!("同意外运（{}）。{reasons}", transfer.document);
        let rule = "须由殡仪馆的专用车辆运送，按批准的目的地运达。";
        return document(
            "transfer_permit",
            "遗体外运审批意见",
            &[&head, &text, rule, &day(on)],
        );
    }
    let text = format!("不同意外运。理由：{reasons}");
    document(
        "transfer_refusal",
        "不予批准外运告知书",
        &[&head, &text, APPEAL, &day(on)],
    )
}
