//! What is not of every day: doubts, families that are lost and found, transfers (F13), and the
//! second signature.

use yiwang_casework::{
    By,
    acts::{act, of, with},
};

use super::{
    ALL_BUT_WITHDRAWN, CLAIMED, COUNTY, IN_HOUSE, STAFF, Spec, State, TWO_SIGN, WITH_BODY, data,
};

/// In the order of the days.
pub(super) const ACTS: &[Spec] = &[
    with(
        act(
            "contest_certificate",
            "对死亡证明提出异议",
            "死亡信息只能由签发单位更正；有疑问的写明，由民政局与签发单位核对。",
            STAFF,
            WITH_BODY,
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "lose_handler",
            "转为无人认领",
            "承办人失去联系、没有其他亲属接办的，按无人认领遗体公告。",
            STAFF,
            IN_HOUSE,
        ),
        of::<data::LoseHandler>,
    ),
    with(
        act(
            "take_over",
            "亲属接办",
            "认领或者找到亲属以后，核对身份证和亲属关系，由亲属接办；火化确认书由接办人到馆签署。",
            STAFF,
            CLAIMED,
        ),
        of::<data::TakeOver>,
    ),
    with(
        act(
            "named",
            "查明身份",
            "无名遗体办件查明身份后，系统自动补上。",
            By::System,
            ALL_BUT_WITHDRAWN,
        ),
        of::<data::Named>,
    ),
    with(
        act(
            "ask_transfer",
            "申请外运",
            "遗体一般就近火化；确需运出的，由民政局批准。",
            By::Applicant,
            IN_HOUSE,
        ),
        of::<data::Transfer>,
    ),
    with(
        act(
            "decide_transfer",
            "审批外运",
            "写明意见和文号。",
            COUNTY,
            &[State::TransferAsked],
        ),
        of::<data::TransferDecision>,
    ),
    with(
        act(
            "transfer_out",
            "运出",
            "只能用殡仪馆的专用车辆；由另一名工作人员复核。",
            STAFF,
            &[State::TransferAllowed],
        ),
        of::<data::TransferOut>,
    ),
    with(
        act(
            "countersign",
            "第二人复核",
            "不能是第一名签字人；再扫描一次手环。",
            STAFF,
            TWO_SIGN,
        ),
        of::<data::Scan>,
    ),
    with(
        act(
            "discard",
            "作废待复核的一步",
            "写错了的，作废后重新登记。",
            STAFF,
            TWO_SIGN,
        ),
        of::<data::Reasons>,
    ),
];
