//! 责令限期改正通知书.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{
    action::{Order, Owner},
    form::Form,
};
use crate::domain::desk::{APPEAL, day, document};

/// What the owner is told.
pub(super) fn order(
    form: &Form,
    owner: &Owner,
    order: &Order,
    on: Date,
    last: Date,
) -> IssueDocument {
    let head = format!("{}：", owner.name.trim());
    let found = format!(
        "经查，位于{}的坟墓属于{}（占地{}平方米），不符合殡葬管理规定。",
        form.address.trim(),
        form.kind.label(),
        form.area_m2
    );
    let until = format!("请在{}前改正：{}。", day(last), order.measures.trim());
    let help = "可以迁入本地公益性公墓或者骨灰堂，也可以选择不留坟头的生态安葬；办理手续请到乡镇（街道）民政窗口，不收手续费。";
    let say = "您可以在期限内到乡镇（街道）陈述、申辩。";
    document(
        "order",
        "责令限期改正通知书",
        &[&head, &found, &until, help, say, APPEAL, &day(on)],
    )
}
