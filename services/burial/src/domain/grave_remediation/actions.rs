//! The table of acts (rules F18).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{OFFICE, State},
};

const STAFF: By = By::Roles(OFFICE);

/// Not yet put in order.
const OPEN: &[State] = &[
    State::Registered,
    State::Ordered,
    State::Announced,
    State::Overdue,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "attribute",
            "归属认定",
            "查清是谁家的坟墓；查不清的发布无主坟公告。",
            STAFF,
            &[State::Registered, State::Announced, State::Overdue],
        ),
        of::<data::Owner>,
    ),
    grave(with(
        act(
            "order",
            "责令限期改正",
            "向墓主送达通知书，写明要求和期限。",
            STAFF,
            &[State::Registered, State::Overdue],
        ),
        of::<data::Order>,
    )),
    with(
        act(
            "announce",
            "发布无主坟公告",
            "查不清归属的，公告寻找墓主，期满由乡镇、村组织整改。",
            STAFF,
            &[State::Registered],
        ),
        of::<data::Announce>,
    ),
    act(
        "order_over",
        "改正期限届满",
        "系统到期自动办理。",
        By::System,
        &[State::Ordered],
    ),
    act(
        "announcement_over",
        "公告期满",
        "系统到期自动办理。",
        By::System,
        &[State::Announced],
    ),
    with(
        act(
            "treat",
            "登记整改完成",
            "墓主自行整改的随时登记；组织整改的，要等期限届满或者公告期满。",
            STAFF,
            OPEN,
        ),
        of::<data::Treatment>,
    ),
    with(
        act(
            "accept",
            "现场验收",
            "到现场比对整改前后的照片；还要另一人验收。",
            STAFF,
            &[State::Treated],
        ),
        of::<data::Acceptance>,
    ),
    grave(act(
        "countersign",
        "第二人验收销号",
        "不能是第一名验收人。",
        STAFF,
        &[State::Treated],
    )),
    with(
        act(
            "reject",
            "验收不合格",
            "写明还要改什么，退回整改。",
            STAFF,
            &[State::Treated],
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "recheck",
            "回头看",
            "销号以后再到现场看；反弹的重新登记整治。",
            STAFF,
            &[State::Closed],
        ),
        of::<data::Recheck>,
    ),
    grave(with(
        act(
            "exempt",
            "列入保护",
            "受国家保护的有历史、艺术、科学价值的墓，不予整治。",
            STAFF,
            OPEN,
        ),
        of::<data::Relic>,
    )),
];
