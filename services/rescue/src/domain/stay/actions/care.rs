//! In the house: places, belongings, articles, care, how long; what two sign (rules R04, R05).

use yiwang_casework::acts::{act, of, with};

use super::{super::action as data, super::state::State, super::step::GIVEN_FROM, IN, STAFF, Spec};

/// Fed and looked after, admitted or not.
const CARED: &[State] = &[
    State::Screened,
    State::Secured,
    State::Registered,
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
];
const THINGS: &[State] = &[
    State::Secured,
    State::Registered,
    State::Admitted,
    State::InHospital,
];
/// Wherever a step may wait for its second signature.
const SIGNED_FROM: &[State] = &[
    State::Registered,
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
    State::Left,
];

pub(super) const ACTS: &[Spec] = &[
    with(
        act("move_place", "换房间", "", STAFF, &[State::Admitted]),
        of::<data::MovePlace>,
    ),
    with(
        act(
            "take_belongings",
            "接收物品",
            "当面清点，装袋封存。",
            STAFF,
            THINGS,
        ),
        of::<data::TakeBelongings>,
    ),
    with(
        act(
            "give_back",
            "交还物品",
            "现金、证件、贵重物品由两人签字。",
            STAFF,
            GIVEN_FROM,
        ),
        of::<data::GiveBack>,
    ),
    with(
        act("give", "发放", "每件物品都要登记；不发现金。", STAFF, CARED),
        of::<data::Give>,
    ),
    with(act("care", "照料记录", "", STAFF, CARED), of::<data::Care>),
    act(
        "countersign",
        "复核签字",
        "当面核对以后签字。",
        STAFF,
        SIGNED_FROM,
    ),
    with(
        act(
            "discard",
            "作废待复核的步骤",
            "写错了的作废后重新登记。",
            STAFF,
            SIGNED_FROM,
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "extend_stay",
            "延长救助期限",
            "写明理由，报上级民政部门备案。",
            STAFF,
            IN,
        ),
        of::<data::Extend>,
    ),
];
