//! Papers handed to the family: plain Chinese, every refusal with reasons and where to turn.

use jiff::civil::Date;
use yiwang_casework::{Case, Context, IssueDocument};
use yiwang_civic::{money::Fen, time::Month};

use super::Entitlement;
use crate::domain::{
    desk::{APPEAL, day, document},
    entitlements::law::month::EndReason,
};

/// Confirmed.
pub(super) fn confirmed<I: Entitlement>(
    case: &Case<I>,
    from: Month,
    fen: Fen,
    cx: &Context<'_>,
) -> IssueDocument {
    let amount = format!(
        "从{}年{}月起按月发放，每月{}元；标准调整的，随标准调整；同时领取低保等待遇的，发放差额。",
        from.year(),
        from.month(),
        fen.yuan()
    );
    document(
        "confirmation",
        "认定通知书",
        &[
            &format!("办件编号：{}", case.number),
            &format!("经查验、确认，符合条件，给予{}。", I::KIND.label()),
            &amount,
            "父母、照料人、就学、户籍等有变化的，请及时告诉乡镇（街道）或者村（居）民委员会。",
            &day(cx.today()),
        ],
    )
}

/// Not confirmed.
pub(super) fn refused<I: Entitlement>(
    case: &Case<I>,
    reasons: &str,
    cx: &Context<'_>,
) -> IssueDocument {
    document(
        "refusal",
        "不予认定决定书",
        &[
            &format!("办件编号：{}", case.number),
            &format!(
                "经查验、审核，不符合{}的条件，决定不予认定。",
                I::KIND.label()
            ),
            &format!("理由：{}", reasons.trim()),
            "情况变化后符合条件的，可以随时再申请；孩子生活有困难的，可以申请困境儿童关爱服务或者社会救助。",
            APPEAL,
            &day(cx.today()),
        ],
    )
}

/// Ended.
pub(super) fn ended<I: Entitlement>(
    case: &Case<I>,
    reason: EndReason,
    on: Date,
    until: Month,
) -> IssueDocument {
    document(
        "ending",
        "终止通知书",
        &[
            &format!("办件编号：{}", case.number),
            &format!("原因：{}（{}）。", reason.label(), day(on)),
            &format!(
                "从{}年{}月起停发{}。",
                until.year(),
                until.month(),
                I::KIND.label()
            ),
            APPEAL,
        ],
    )
}
