//! When it may begin, and when the child may go back.

use jiff::civil::Date;
use yiwang_casework::{OnDue, Refusal, decision::StartClock};
use yiwang_civic::time;

use crate::domain::{
    desk::at_field,
    protection::law::{FULL_AGE, adult_on},
};

/// Name of the clock that fires at full age.
pub const OF_AGE: &str = "of_age";

/// Only children are guarded.
///
/// # Errors
/// `NOT_A_CHILD`.
pub fn minor(birth: Option<Date>, today: Date) -> Result<(), Refusal> {
    if birth.is_none_or(|birth| today < adult_on(birth)) {
        return Ok(());
    }
    let message = format!("已经年满{FULL_AGE}周岁，不适用未成年人监护，请核对出生日期。");
    Err(at_field("NOT_A_CHILD", "/child/born_on", message))
}

/// Full age ends guardianship by itself, on the day; none while nobody knows the day of birth.
#[must_use]
pub fn of_age_clock(birth: Option<Date>) -> Option<StartClock> {
    let on = adult_on(birth?);
    Some(StartClock {
        name: OF_AGE.to_owned(),
        label: "年满十八周岁，监护终止".to_owned(),
        legal_basis: "民法典17、39".to_owned(),
        last_day: on,
        due_at: time::start_of_day(on),
        provisional: false,
        on_due: OnDue::Fire,
    })
}

/// Whether the latest assessment allows to give the child back (未成年人保护法 93; rules B5.10).
///
/// # Errors
/// `ASSESSMENT_NEEDED`, `GUARDIAN_NOT_FIT`.
pub fn may_return(fit: Option<bool>) -> Result<(), Refusal> {
    match fit {
        Some(true) => Ok(()),
        Some(false) => {
            let message = "评估认为监护人还不具备监护条件，不能送回；改变以后请重新评估。";
            Err(Refusal::new("GUARDIAN_NOT_FIT", message))
        }
        None => {
            let message = "送回以前要有三人以上的评估，请先登记评估。";
            Err(Refusal::new("ASSESSMENT_NEEDED", message))
        }
    }
}

/// Who assessed does not decide (rules B5.14).
#[must_use]
pub fn assessor_decides() -> Refusal {
    let message = "登记评估的人不能决定送回，请由另一名工作人员用自己的账号办理。";
    Refusal::new("ASSESSOR_DECIDES", message)
}
