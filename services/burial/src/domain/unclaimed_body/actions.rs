//! The table of acts (rules F11).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{OFFICE, State},
};

const STAFF: By = By::Roles(OFFICE);

/// As long as body or ashes are there.
const THERE: &[State] = &[
    State::Registered,
    State::Collected,
    State::Announced,
    State::Unanswered,
    State::Allowed,
    State::Kept,
];
/// Whenever a match comes, be it years later.
const UNKNOWN: &[State] = &[
    State::Collected,
    State::Announced,
    State::Unanswered,
    State::Allowed,
    State::Kept,
    State::Placed,
];
/// Whatever two must sign.
const TWO_SIGN: &[State] = &[
    State::Collected,
    State::Announced,
    State::Unanswered,
    State::Allowed,
    State::Kept,
    State::Placed,
    State::Identified,
    State::Returning,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "collect",
            "登记采集",
            "公安机关采集指纹、DNA样本和照片，查找身份。",
            STAFF,
            &[State::Registered],
        ),
        of::<data::Collect>,
    ),
    with(
        act(
            "announce",
            "发布认领公告",
            "公告天数按本地规定，期满自动进入下一步。",
            STAFF,
            &[State::Registered, State::Collected],
        ),
        of::<data::Announce>,
    ),
    act(
        "announcement_over",
        "公告期满",
        "系统到期自动办理。",
        By::System,
        &[State::Announced],
    ),
    grave(with(
        act(
            "claim",
            "亲属认领",
            "凭公安机关的身份确认文书；没有火化的由亲属接办治丧服务，已火化的领取骨灰。",
            STAFF,
            THERE,
        ),
        of::<data::Claim>,
    )),
    grave(with(
        act(
            "opine",
            "登记意见",
            "公告期满后，由主管部门出具不需要继续保留的意见。",
            STAFF,
            &[State::Unanswered],
        ),
        of::<data::Opinion>,
    )),
    act(
        "keep_ashes",
        "登记骨灰保存",
        "火化以后登记；保存期按本地规定。",
        STAFF,
        &[State::Allowed],
    ),
    grave(with(
        act(
            "place",
            "生态安葬",
            "保存期满以后，由两人办理并留影像。",
            STAFF,
            &[State::Kept],
        ),
        of::<data::Place>,
    )),
    grave(with(
        act(
            "identify",
            "查明身份",
            "凭DNA比对鉴定书，由两人核对；遗体、骨灰和死亡证明同时补上身份。",
            STAFF,
            UNKNOWN,
        ),
        of::<data::Identify>,
    )),
    with(
        act(
            "tell_family",
            "登记通知亲属",
            "先打电话或者上门，再寄告知书；没有联系上的隔日再联系。",
            STAFF,
            &[State::Identified, State::Claimed, State::Returning],
        ),
        of::<data::TellFamily>,
    ),
    act(
        "taken_over",
        "亲属接办",
        "亲属在治丧服务中接办以后，系统自动登记。",
        By::System,
        &[State::Identified, State::Claimed, State::Returning],
    ),
    with(
        act(
            "return_ashes",
            "归还骨灰",
            "凭领取人身份证、亲属关系材料和收据，由两人办理。",
            STAFF,
            &[State::Identified, State::Returning],
        ),
        of::<data::ReturnAshes>,
    ),
    act(
        "countersign",
        "第二人复核",
        "不能是第一名签字人。",
        STAFF,
        TWO_SIGN,
    ),
    with(
        act(
            "discard",
            "作废待复核的一步",
            "写错了的，作废后重新登记。",
            STAFF,
            TWO_SIGN,
        ),
        of::<crate::domain::funeral::action::Reasons>,
    ),
];
