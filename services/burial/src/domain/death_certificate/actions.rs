//! The table of acts: who may do what from which state.

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};
use yiwang_chassis::identity::Role;

use super::{action as data, state::State};
use crate::domain::dead::DEAD;

/// Who enters and checks.
pub(crate) const OFFICE: &[Role] = &[Role::Clerk, Role::TownshipOfficer, Role::CountyOfficer];
/// Who agrees that a death was none.
pub(crate) const APPROVERS: &[Role] = &[Role::Approver, Role::CountyOfficer];

/// In the register.
const STANDS: &[State] = &[State::Recorded, State::VoidAsked];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    changes(
        Change::Death,
        Whom::As(DEAD),
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
    ),
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
    changes(
        Change::DeathRevoked,
        Whom::As(DEAD),
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
    ),
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
    with(
        act(
            "signer_corrected",
            "签发单位更正",
            "卫生健康部门推送了签发单位的更正，登记随之更正。",
            By::System,
            STANDS,
        ),
        of::<data::SignerCorrected>,
    ),
    with(
        act(
            "named",
            "查明身份",
            "无名逝者的身份已经查明。",
            By::System,
            STANDS,
        ),
        of::<data::Named>,
    ),
    with(
        act(
            "signer_voids",
            "签发单位作废",
            "签发单位作废了证明，由审批人员核对后撤销登记。",
            By::System,
            STANDS,
        ),
        of::<data::Told>,
    ),
    with(
        act(
            "signer_refused",
            "不予撤销",
            "经核对，死亡登记不予撤销。",
            By::System,
            STANDS,
        ),
        of::<data::Told>,
    ),
    act(
        "revoked",
        "随登记撤销",
        "签发单位作废了证明，经审批死亡登记已撤销。",
        By::System,
        STANDS,
    ),
];
