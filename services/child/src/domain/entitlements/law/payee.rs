//! Who receives the money (民发〔2019〕62号 三(一); rules B3.2, B5.12).

use yiwang_casework::Refusal;

use super::Upbringing;
use crate::domain::desk::at_field;

yiwang_casework::code_list! {
    /// Who receives the money.
    PayeeKind {
        Guardian = "guardian", "监护人";
        Carer = "carer", "实际照料人";
        Institution = "institution", "儿童福利机构或者受委托照料的机构";
    }
}

/// What is known when a payee is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Who is named.
    pub kind: PayeeKind,
    /// Who brings the child up.
    pub upbringing: Upbringing,
    /// The guardian can manage the money for the child.
    pub guardian_able: bool,
    /// Who is named lost guardianship, or is under a case of removal or abuse.
    pub barred: bool,
}

/// Whether this payee may receive the money.
///
/// # Errors
/// `PAYEE_BARRED`, `INSTITUTION_FIRST`, `GUARDIAN_UNABLE`, `GUARDIAN_FIRST`.
pub fn may_receive(choice: Choice) -> Result<(), Refusal> {
    let no = |code, message: &str| Err(at_field(code, "/kind", message));
    if choice.barred {
        let message = "这个人正在撤销监护、侵害案件中，或者已被撤销监护资格，不能领取；请改发给实际照料人或者机构。";
        return no("PAYEE_BARRED", message);
    }
    match (choice.upbringing, choice.kind, choice.guardian_able) {
        (Upbringing::Institution, PayeeKind::Guardian | PayeeKind::Carer, _) => no(
            "INSTITUTION_FIRST",
            "孩子由机构养育，请发给养育机构；不在机构的，先更正养育类型。",
        ),
        (_, PayeeKind::Guardian, false) => no(
            "GUARDIAN_UNABLE",
            "监护人没有能力管理这笔钱，请发给实际照料人或者机构，并写明照料责任。",
        ),
        (Upbringing::Family, PayeeKind::Carer, true) => no(
            "GUARDIAN_FIRST",
            "监护人能够管理的，发给监护人；不能管理的，请先写明监护人没有能力管理。",
        ),
        _ => Ok(()),
    }
}
