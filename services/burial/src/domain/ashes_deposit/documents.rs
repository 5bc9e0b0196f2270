//! Papers of a deposit.

use jiff::civil::Date;
use yiwang_casework::{Case, IssueDocument};

use super::{AshesDeposit, action::HandOut, facts::Contract};
use crate::domain::{
    desk::{APPEAL, day, document},
    ledger::SpotKind,
    wish,
};

fn dead(case: &Case<AshesDeposit>) -> &str {
    wish::name(&case.form.user.name, &case.facts.corrected)
}

/// 寄存证.
pub(super) fn contract(case: &Case<AshesDeposit>, contract: &Contract) -> IssueDocument {
    let head = format!(
        "合同编号{}。{}的骨灰（编号{}）寄存在{}，承办人{}。",
        case.number,
        dead(case),
        contract.urn,
        case.facts.facility,
        case.form.handler.name.trim()
    );
    let period = format!(
        "寄存期自{}至{}，可以续存。",
        day(contract.from),
        day(contract.paid_until)
    );
    let rule = "领取骨灰凭领取人的身份证件和本证；不是承办人本人领取的，另要承办人的委托书。";
    document("ashes_deposit", "骨灰寄存证", &[&head, &period, rule])
}

/// 领取凭证.
pub(super) fn taken(
    case: &Case<AshesDeposit>,
    contract: &Contract,
    data: &HandOut,
    on: Date,
) -> IssueDocument {
    let text = format!(
        "{}的骨灰（编号{}）于{}自{}领出，领取人{}（{}），收据{}。",
        dead(case),
        contract.urn,
        day(on),
        case.facts.facility,
        data.taker.trim(),
        data.relation.label(),
        data.receipt.trim()
    );
    document("ashes_taken", "骨灰领取凭证", &[&text])
}

/// 生态安葬记录.
pub(super) fn settled(
    case: &Case<AshesDeposit>,
    contract: &Contract,
    place: &str,
    kind: SpotKind,
    on: Date,
) -> IssueDocument {
    let text = format!(
        "{}的骨灰（编号{}）公告期满无人认领，于{}生态安葬（{}），位置：{place}。档案永久保存。",
        dead(case),
        contract.urn,
        day(on),
        kind.label()
    );
    document("ashes_settled", "无人认领骨灰生态安葬记录", &[&text])
}

/// 不予办理.
pub(super) fn refused(case: &Case<AshesDeposit>, reasons: &str, on: Date) -> IssueDocument {
    let head = format!("申请寄存{}的骨灰，不予办理。理由：", dead(case));
    document(
        "ashes_deposit_refused",
        "不予办理告知书",
        &[&head, reasons, APPEAL, &day(on)],
    )
}
