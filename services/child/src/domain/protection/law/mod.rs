//! The law of protection as functions: duties, levels, limits, placements (rules B2.7 to B2.9,
//! B4.3 to B4.6, B5).

mod closing;
mod places;

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;

pub use self::{
    closing::{CLOSING_CODES, Closing, not_closed},
    places::{long_place, may_become, temporary_place},
};
use super::words::{CareLevel, Grave, Ground, Heard, RemovalGround, Risk, TemporaryGround};
use crate::domain::desk::at_field;

yiwang_casework::code_list! {
    /// What must be done at once.
    Duty {
        Police = "police", "立即告知公安机关";
        Hospital = "hospital", "送医、伤情鉴定、固定证据";
        Search = "search", "查找父母或者其他监护人";
        Care = "care", "马上安排人照料";
        Separate = "separate", "与加害人分开安置";
        Removal = "removal", "评估是否申请撤销监护人资格";
        Relatives = "relatives", "联系近亲属、居民委员会、村民委员会";
    }
}

/// Age from which a child has limited capacity and is asked (民法典 19).
pub const ASKED_FROM: u8 = 8;
/// Full age (民法典 17).
pub const FULL_AGE: u8 = 18;

/// What a ground of a report asks at once (强制报告意见 4; 国发〔2016〕13号 四(二)). The police
/// are always told.
#[must_use]
pub fn duties(ground: Ground) -> &'static [Duty] {
    match ground {
        Ground::PrivateInjury
        | Ground::SexualUnder14
        | Ground::SexualOver14
        | Ground::Injuries
        | Ground::DeathOrDisability => &[Duty::Police, Duty::Hospital],
        Ground::Abandoned => &[Duty::Police, Duty::Care, Duty::Relatives],
        Ground::UnknownOrTrafficked | Ground::Begging => &[Duty::Police, Duty::Search, Duty::Care],
        Ground::Other => &[Duty::Police],
    }
}

/// What a ground of temporary guardianship asks (未成年人保护法 92, 93).
#[must_use]
pub fn temporary_duties(ground: TemporaryGround) -> &'static [Duty] {
    match ground {
        TemporaryGround::Wandering | TemporaryGround::GuardianMissing => {
            &[Duty::Police, Duty::Search]
        }
        TemporaryGround::GuardianUnable | TemporaryGround::Other => &[Duty::Relatives],
        TemporaryGround::Refuses => &[Duty::Police, Duty::Relatives, Duty::Removal],
        TemporaryGround::Crime | TemporaryGround::Harm => {
            &[Duty::Police, Duty::Separate, Duty::Removal]
        }
    }
}

/// Whether the guardian may not take care of the child as long as nobody has assessed again, and
/// gets no money for it (rules B5.12).
#[must_use]
pub fn under_suspicion(ground: TemporaryGround) -> bool {
    matches!(
        ground,
        TemporaryGround::Refuses | TemporaryGround::Crime | TemporaryGround::Harm
    )
}

/// The level that indicators give: one of the gravest is enough.
#[must_use]
pub fn level(absent: u8, improper: u8, insufficient: u8) -> CareLevel {
    match (absent, improper, insufficient) {
        (0, 0, 0) => CareLevel::Normal,
        (0, 0, _) => CareLevel::Insufficient,
        (0, _, _) => CareLevel::Improper,
        _ => CareLevel::Absent,
    }
}

/// Whether guardians may have the child back at this level.
#[must_use]
pub fn fit(level: CareLevel) -> bool {
    matches!(level, CareLevel::Normal | CareLevel::Insufficient)
}

/// The police hear of it before anything else when it is dangerous (未成年人保护法 11).
///
/// # Errors
/// `TELL_POLICE_FIRST`.
pub fn police_first(risk: Risk, danger: bool, told: bool) -> Result<(), Refusal> {
    if told || !(danger || matches!(risk, Risk::High | Risk::Urgent)) {
        return Ok(());
    }
    let message = "儿童有危险，请先打110或者告知辖区公安机关，并登记“已告知公安”。";
    Err(Refusal::new("TELL_POLICE_FIRST", message))
}

/// The child is guarded already. Which case it is, only the county hears whose it is.
#[must_use]
pub fn in_care(number: &str, county: &str) -> Refusal {
    let own = number.get(2..8) == Some(county);
    let message = match own {
        true => format!("儿童已经由民政部门监护（{number}），请在那一件里办理。"),
        false => "儿童已经由外地民政部门监护，请先与当地民政部门联系移交。".to_owned(),
    };
    Refusal::new("CHILD_IN_CARE", message)
}

/// What is missing of the child's own voice (未成年人保护法 4, 19; rules B5.18). An age that
/// nobody knows does not excuse from asking.
#[must_use]
pub fn voice(heard: Heard, words: &str, age: Option<u8>, at: &str) -> Option<FieldViolation> {
    let field = format!("{at}/words");
    match heard {
        Heard::TooYoung if age.is_some_and(|age| age >= ASKED_FROM) => {
            let message = format!("{ASKED_FROM}岁以上的儿童要听取本人意见，请当面问本人。");
            let field = format!("{at}/heard");
            Some(FieldViolation::new(field, "CHILD_NOT_HEARD", message))
        }
        Heard::TooYoung => None,
        Heard::Said if words.trim().is_empty() => {
            let message = "请写明儿童本人怎么说。";
            Some(FieldViolation::new(field, "REQUIRED", message))
        }
        Heard::Unable if words.trim().is_empty() => {
            let message = "请写明为什么不能听取本人意见。";
            Some(FieldViolation::new(field, "REQUIRED", message))
        }
        Heard::Said | Heard::Unable => None,
    }
}

/// Enough people assess, each written once.
///
/// # Errors
/// `TOO_FEW_ASSESSORS`, `ASSESSOR_TWICE`.
pub fn assessors(names: &[&str], least: u32) -> Result<(), Refusal> {
    let mut names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    names.retain(|name| !name.is_empty());
    let written = names.len();
    names.sort_unstable();
    names.dedup();
    if names.len() < written {
        let message = "评估人员写重了，请核对。";
        return Err(at_field("ASSESSOR_TWICE", "/assessors", message));
    }
    if u32::try_from(written).unwrap_or(u32::MAX) < least {
        let message = format!("评估至少{least}人参加，请补齐评估人员。");
        return Err(at_field("TOO_FEW_ASSESSORS", "/assessors", message));
    }
    Ok(())
}

/// How long a protection order holds (反家庭暴力法 30).
///
/// # Errors
/// `ORDER_TOO_LONG`, `ORDER_ENDS_BEFORE`.
pub fn order_until(granted: Date, until: Date, months: u32) -> Result<(), Refusal> {
    let last = granted.saturating_add(i64::from(months).months());
    if until < granted {
        let message = "保护令的截止日期早于作出日期，请核对。";
        return Err(at_field("ORDER_ENDS_BEFORE", "/until", message));
    }
    if until > last {
        let message =
            format!("人身安全保护令有效期不超过{months}个月，请核对；期满前可以申请延长。");
        return Err(at_field("ORDER_TOO_LONG", "/until", message));
    }
    Ok(())
}

/// Whether it is for others, or already for civil affairs, to bring the suit: grave harm does
/// not wait (民法典 36).
#[must_use]
pub fn removal_waits(ground: RemovalGround) -> bool {
    !matches!(ground, RemovalGround::GraveHarm | RemovalGround::Crime)
}

/// How long somebody follows up after the return (rules B2.7).
///
/// # Errors
/// `FOLLOW_UP_LENGTH`.
pub fn follow_up(months: u32, least: u32, most: u32) -> Result<(), Refusal> {
    if (least..=most).contains(&months) {
        return Ok(());
    }
    let message = format!("回访时间为{least}至{most}个月，请重新填写。");
    Err(at_field("FOLLOW_UP_LENGTH", "/months", message))
}

/// Whether a removed guardian may be guardian again (民法典 38; 意见 40).
///
/// # Errors
/// `NEVER_AFTER_CRIME`; `GRAVE_NEEDS_REASONS`: a court normally refuses.
pub fn restore(crime: bool, grave: Grave, reasons: &str) -> Result<(), Refusal> {
    if crime {
        let message = "对儿童实施故意犯罪的，不能恢复监护人资格（民法典第三十八条）。";
        return Err(Refusal::new("NEVER_AFTER_CRIME", message));
    }
    if grave != Grave::None && reasons.trim().is_empty() {
        let message = "这种情形一般不恢复监护人资格，请写明判决认定的特殊理由。";
        return Err(at_field("GRAVE_NEEDS_REASONS", "/reasons", message));
    }
    Ok(())
}

/// First day of full age.
#[must_use]
pub fn adult_on(birth: Date) -> Date {
    birth.saturating_add(i64::from(FULL_AGE).years())
}
