//! Who may be treated, and what is left to pay (rules B2.12, 明天计划实施办法 2019-03-01).

use jiff::civil::Date;
use yiwang_casework::Refusal;
use yiwang_civic::{citizen_id::CitizenId, money::Fen};

use super::action::Bill;
use crate::domain::desk::at_field;

/// Age at which who is not at school leaves the project.
const GROWN_UP: u32 = 18;

/// Orphans under 18, and those still at school after.
///
/// # Errors
/// `GROWN_UP`.
pub fn may_apply(child: &CitizenId, at_school: bool, day: Date) -> Result<(), Refusal> {
    if child.age_on(day) >= GROWN_UP && !at_school {
        let message = "已满18周岁的，在校就读才能申请；正在上学的请勾选“在校就读”。";
        return Err(at_field("GROWN_UP", "/at_school", message));
    }
    Ok(())
}

/// What insurance and aid leave over.
///
/// # Errors
/// `NO_TOTAL`, `MORE_THAN_TOTAL`, `NOTHING_LEFT`.
pub fn own_part(bill: &Bill) -> Result<Fen, Refusal> {
    let [total, insurance, aid] = [bill.total, bill.insurance, bill.aid].map(Fen);
    if total <= Fen::ZERO {
        return Err(at_field("NO_TOTAL", "/total", "请填写发票上的费用总额。"));
    }
    let negative = insurance < Fen::ZERO || aid < Fen::ZERO;
    let covered = insurance.checked_add(aid).filter(|_| !negative);
    let left = covered.and_then(|covered| total.checked_sub(covered));
    match left {
        Some(left) if left > Fen::ZERO => Ok(left),
        Some(Fen::ZERO) => {
            let message = "医保和救助已经全部报销，没有要支付的费用，请取消这次项目。";
            Err(at_field("NOTHING_LEFT", "/total", message))
        }
        _ => {
            let message = "医保和救助报销的合计超过了费用总额，请核对结算单。";
            Err(at_field("MORE_THAN_TOTAL", "/insurance", message))
        }
    }
}
