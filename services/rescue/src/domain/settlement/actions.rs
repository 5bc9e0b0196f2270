//! The table of acts (rules R10).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{COUNTY, GOVERNMENT, OFFICE, STATION, State},
};
use crate::domain::stay::{
    action::Reasons,
    matched::{Matched, Unmatched},
};

const CIVIL: By = By::Roles(COUNTY);
const BOTH: By = By::Roles(OFFICE);
/// There is a household.
const HAS_HOME: &[State] = &[State::Registered, State::Settled];
/// It ends, or has ended.
const KNOWN: &[State] = &[State::Found, State::Cancelled];
/// Since there was one.
const SINCE: &[State] = &[
    State::Registered,
    State::Settled,
    State::Found,
    State::Cancelled,
];
/// There is none yet.
const BEFORE: &[State] = &[
    State::Applied,
    State::Returned,
    State::Reviewed,
    State::Approved,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "review",
            "审核并报政府",
            "核对寻亲记录，把安置方案报同级政府。",
            CIVIL,
            &[State::Applied],
        ),
        of::<data::Review>,
    ),
    with(
        act(
            "send_back",
            "退回补充",
            "写明要补充什么。",
            CIVIL,
            &[State::Applied],
        ),
        of::<Reasons>,
    ),
    with(
        act(
            "supplement",
            "补充后再报",
            "写明补充了什么。",
            By::Roles(STATION),
            &[State::Returned],
        ),
        of::<Reasons>,
    ),
    with(
        act(
            "approve",
            "登记政府批准",
            "填写批准文号。",
            By::Roles(GOVERNMENT),
            &[State::Reviewed],
        ),
        of::<data::Approve>,
    ),
    grave(with(
        act(
            "register",
            "登记落户",
            "公安机关办好集体户口以后登记；先核查重复户口。",
            BOTH,
            &[State::Approved],
        ),
        of::<data::Register>,
    )),
    with(
        act(
            "benefits",
            "登记待遇落实",
            "救助供养、医保、残疾人证等。",
            CIVIL,
            &[State::Registered],
        ),
        of::<data::Benefits>,
    ),
    with(
        act(
            "repeat",
            "再次比对",
            "安置以后继续寻亲，每年比对DNA和人脸。",
            BOTH,
            HAS_HOME,
        ),
        of::<data::Repeat>,
    ),
    with(
        act(
            "true_identity",
            "登记真实身份",
            "凭公安机关核实的文书；先注销临时户口，由两人签字。",
            BOTH,
            HAS_HOME,
        ),
        of::<data::TrueIdentity>,
    ),
    with(
        act(
            "cancel_household",
            "登记注销临时户口",
            "真实身份已经查明，公安机关注销临时户口以后登记。",
            BOTH,
            &[State::Found],
        ),
        of::<data::CancelHousehold>,
    ),
    with(
        act(
            "revoke",
            "撤销真实身份认定",
            "认错了的撤销，恢复安置；由两人签字。",
            CIVIL,
            KNOWN,
        ),
        of::<data::Revoke>,
    ),
    grave(act(
        "countersign",
        "复核签字",
        "由另一名工作人员用自己的账号复核。",
        BOTH,
        SINCE,
    )),
    with(
        act(
            "discard",
            "作废待复核的步骤",
            "写错了的作废，重新登记。",
            BOTH,
            SINCE,
        ),
        of::<Reasons>,
    ),
    with(
        act("found", "寻亲比中", "", By::System, HAS_HOME),
        of::<Matched>,
    ),
    with(
        act("not_found", "撤销寻亲比中", "", By::System, SINCE),
        of::<Unmatched>,
    ),
    with(
        act("benefit_granted", "待遇开始", "", By::System, HAS_HOME),
        of::<data::Granted>,
    ),
    grave(with(
        act(
            "end",
            "终止安置申请",
            "已经查明身份、离站或者死亡的。",
            BOTH,
            BEFORE,
        ),
        of::<Reasons>,
    )),
];
