//! Who may not be entrusted with a child (未成年人保护法22; rules B5.11).

use yiwang_casework::Refusal;

use crate::domain::desk::at_field;

yiwang_casework::code_list! {
    /// Why somebody is barred.
    BarCode {
        Sexual = "sexual", "曾实施性侵害";
        Maltreatment = "maltreatment", "曾虐待";
        Abandonment = "abandonment", "曾遗弃";
        Trafficking = "trafficking", "曾拐卖";
        Violence = "violence", "曾暴力伤害";
        Habit = "habit", "有吸毒、酗酒、赌博等恶习";
        Refused = "refused", "曾拒不履行或者长期怠于履行监护、照护职责";
        Unfit = "unfit", "有其他不适宜担任被委托人的情形";
    }
}

/// Refuses a barred carer; which code it is stands in the check, for officers only.
///
/// # Errors
/// `CARER_BARRED`.
pub fn may_care(barred: &[BarCode]) -> Result<(), Refusal> {
    if barred.is_empty() {
        return Ok(());
    }
    let message = "这个人依法不能照护儿童（未成年人保护法第二十二条），请另外选择被委托人。";
    Err(at_field("CARER_BARRED", "/carer", message))
}

/// Whether a child of this age says what it thinks of it.
#[must_use]
pub fn is_heard(age: u32, from_years: u32) -> bool {
    age >= from_years
}

/// Who must be told in writing: the village always, the school of a child that goes to one
/// (未成年人保护法23).
#[must_use]
pub fn all_told(has_school: bool, school: bool, committee: bool) -> bool {
    committee && (school || !has_school)
}
