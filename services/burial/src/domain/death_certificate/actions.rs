//! The table of acts: who may do what from which state.

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};
use yiwang_chassis::identity::Role;

use super::{action as data, state::State};

/// Who enters and checks.
pub(super) const OFFICE: &[Role] = &[Role::Clerk, Role::TownshipOfficer, Role::CountyOfficer];
/// Who agrees that a death was none.
pub(super) const APPROVERS: &[Role] = &[Role::Approver, Role::CountyOfficer];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    grave(with(
        act(
            "check",
            "核对入库",
            "由录入人以外的工作人员对照原件核对；入库后户籍、婚姻、救助等同时得知。",
            By::Roles(OFFICE),
            &[State::Received],
        ),
        of::<data::Check>,
    )),
    with(
        act(
            "return_paper",
            "退回",
            "与原件不一致、签发单位不对的，说明理由退回。",
            By::Roles(OFFICE),
            &[State::Received],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "correct",
            "更正",
            "凭签发单位的更正文书，更正死亡时间、地点、死因类别。",
            By::Roles(OFFICE),
            &[State::Recorded],
        ),
        of::<data::Correct>,
    )),
    with(
        act(
            "reissue",
            "补发",
            "遗失的可以补发一次：户口已注销、殡葬已办的只补发第三联，其他补发第二至四联。",
            By::Roles(OFFICE),
            &[State::Recorded],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "ask_void",
            "申请作废",
            "证明签发错误的申请作废，由另一名有审批权限的人员决定。",
            By::Roles(OFFICE),
            &[State::Recorded],
        ),
        of::<data::Reasons>,
    )),
    grave(with(
        act(
            "void",
            "同意作废",
            "作废后死亡登记撤销，因死亡而终止的婚姻、救助随之恢复核查。",
            By::Roles(APPROVERS),
            &[State::VoidAsked],
        ),
        of::<data::Reasons>,
    )),
    with(
        act(
            "keep",
            "不同意作废",
            "证明继续有效。",
            By::Roles(APPROVERS),
            &[State::VoidAsked],
        ),
        of::<data::Reasons>,
    ),
    act(
        "revoked",
        "随登记撤销",
        "签发单位作废了证明，经审批死亡登记已撤销。",
        By::System,
        &[State::Recorded, State::VoidAsked],
    ),
];
