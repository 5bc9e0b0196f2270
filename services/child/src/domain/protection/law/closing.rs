//! When a case ends (rules B2.7, B5.4).

use yiwang_chassis::fault::FieldViolation;

use crate::domain::protection::words::CareLevel;

/// What stands when a case is to be closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// The child was seen.
    pub seen: bool,
    /// The child is safe.
    pub safe: bool,
    /// The police were told.
    pub police_told: bool,
    /// The latest assessment.
    pub level: Option<CareLevel>,
    /// Civil affairs still guard the child.
    pub in_care: bool,
    /// Civil affairs guard the child for good: no follow-up of a family.
    pub in_long_care: bool,
    /// An order was asked for or is in force.
    pub order_open: bool,
    /// A suit for removal is due or runs.
    pub removal_open: bool,
    /// A suggestion of the prosecutors is not answered.
    pub suggestion_open: bool,
    /// Steps of the plan that are not done.
    pub plan_open: usize,
    /// Days until the follow-up ends; none: it never began.
    pub follow_up_left: Option<i64>,
}

/// Codes of [`not_closed`].
pub const CLOSING_CODES: [&str; 10] = [
    "CHILD_NOT_SEEN",
    "CHILD_NOT_SAFE",
    "POLICE_NOT_TOLD",
    "NOT_ASSESSED",
    "CHILD_IN_CARE",
    "ORDER_OPEN",
    "REMOVAL_OPEN",
    "SUGGESTION_OPEN",
    "PLAN_OPEN",
    "FOLLOW_UP_SHORT",
];

/// Why a case may not be closed: all reasons at once (rules B2.7, B5.4).
#[must_use]
pub fn not_closed(closing: &Closing) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    let mut no = |stands: bool, at: &str, code: &'static str, message: &str| {
        if stands {
            found.push(FieldViolation::new(at, code, message));
        }
    };
    let unfounded = closing.level == Some(CareLevel::Normal) && closing.follow_up_left.is_none();
    no(
        !closing.seen,
        "/seen",
        "CHILD_NOT_SEEN",
        "还没有见到儿童本人，请先见到本人。",
    );
    no(
        !closing.safe,
        "/safe",
        "CHILD_NOT_SAFE",
        "儿童还不安全，不能结案。",
    );
    no(
        !closing.police_told,
        "",
        "POLICE_NOT_TOLD",
        "还没有告知公安机关，请先告知。",
    );
    no(
        closing.level.is_none(),
        "",
        "NOT_ASSESSED",
        "还没有评估，请先评估。",
    );
    no(
        closing.in_care,
        "",
        "CHILD_IN_CARE",
        "儿童还在民政部门监护中，请先办理临时监护、长期监护。",
    );
    no(
        closing.order_open,
        "",
        "ORDER_OPEN",
        "人身安全保护令还在申请或者有效期内。",
    );
    no(
        closing.removal_open,
        "",
        "REMOVAL_OPEN",
        "撤销监护人资格的申请还没有结果。",
    );
    no(
        closing.suggestion_open,
        "",
        "SUGGESTION_OPEN",
        "检察建议还没有书面答复。",
    );
    no(
        closing.plan_open > 0,
        "",
        "PLAN_OPEN",
        "帮扶计划还有没完成的事项。",
    );
    let exempt = unfounded || closing.in_long_care;
    let short = !exempt && closing.follow_up_left.is_none_or(|days| days > 0);
    no(short, "", "FOLLOW_UP_SHORT", "回访期还没有满，请继续回访。");
    found
}
