//! Arrival, first checks, admission or written refusal (rules R02, R03).

use yiwang_casework::acts::{act, grave, of, with};

use super::{super::action as data, super::state::State, STAFF, Spec};

/// Looked at, not decided yet.
const AT_DOOR: &[State] = &[State::Screened, State::Secured, State::Registered];
const TO_HOSPITAL: &[State] = &[
    State::Screened,
    State::Secured,
    State::Registered,
    State::Admitted,
    State::Fostered,
];
const DIAGNOSED: &[State] = &[
    State::SentHospital,
    State::Screened,
    State::Secured,
    State::Registered,
    State::Admitted,
    State::InHospital,
    State::Fostered,
];

pub(super) const ACTS: &[Spec] = &[
    with(
        act(
            "screen",
            "初检",
            "危重、外伤、疑似传染病、疑似精神障碍先送医；有危险的先报警。",
            STAFF,
            &[State::Arrived],
        ),
        of::<data::Screen>,
    ),
    with(
        act(
            "send_hospital",
            "送医",
            "生病的马上送医，救助不中断。",
            STAFF,
            TO_HOSPITAL,
        ),
        of::<data::SendHospital>,
    ),
    with(
        act(
            "back_from_hospital",
            "出院返回",
            "照医院意见登记。",
            STAFF,
            &[State::SentHospital, State::InHospital],
        ),
        of::<data::BackFromHospital>,
    ),
    with(
        act(
            "diagnose",
            "登记诊断",
            "诊断决定能不能单独离站。",
            STAFF,
            DIAGNOSED,
        ),
        of::<data::Diagnose>,
    ),
    with(
        act(
            "security",
            "安检",
            "女性由女工作人员检查；物品当面清点寄存。",
            STAFF,
            &[State::Screened],
        ),
        of::<data::Security>,
    ),
    with(
        act(
            "register",
            "求助登记",
            "说不清楚的先救助，以后再查明。",
            STAFF,
            &[State::Secured],
        ),
        of::<data::Register>,
    ),
    with(
        act(
            "admit",
            "受助",
            "男、女、未成年人分开住宿。",
            STAFF,
            &[State::Registered],
        ),
        of::<data::Admit>,
    ),
    grave(with(
        act(
            "refuse",
            "不予救助",
            "书面告知理由和投诉途径。",
            STAFF,
            AT_DOOR,
        ),
        of::<data::Refuse>,
    )),
];
