//! Leaving, and what other cases do to the stay (rules R07 to R11).

use yiwang_casework::{
    By,
    acts::{act, grave, of, with},
};

use super::{
    super::action as data, super::state::State, super::step::LEAVES_FROM, IN, OPEN, STAFF, Spec,
};

pub(super) const ACTS: &[Spec] = &[
    act(
        "ask_leave",
        "登记要求离站",
        "救助自愿，本人要求离站的马上办理。",
        STAFF,
        IN,
    ),
    with(
        act(
            "leave_own_word",
            "自行离站",
            "物品交还，签自行离站声明书；未成年人不适用。",
            STAFF,
            OPEN,
        ),
        of::<data::OwnWord>,
    ),
    with(
        act(
            "fetched",
            "亲属接领",
            "核对接领人身份和亲属关系，两人签字。",
            STAFF,
            LEAVES_FROM,
        ),
        of::<data::Fetched>,
    ),
    with(
        act(
            "hand_over_person",
            "移交",
            "交公安、医疗、福利机构或者流出地，两人签字。",
            STAFF,
            LEAVES_FROM,
        ),
        of::<data::HandOver>,
    ),
    grave(with(
        act(
            "absconded",
            "擅自离站",
            "视为放弃救助，写明经过；未成年人马上报警寻找。",
            STAFF,
            OPEN,
        ),
        of::<data::Absconded>,
    )),
    grave(with(
        act(
            "terminate",
            "终止救助",
            "书面告知理由；生病的、未成年的不能终止。",
            STAFF,
            &[State::Admitted],
        ),
        of::<data::Terminate>,
    )),
    grave(with(
        act(
            "died",
            "登记死亡",
            "凭医院或者公安机关的死亡证明。",
            STAFF,
            OPEN,
        ),
        of::<data::Died>,
    )),
    with(
        act("death_reported", "死亡登记核实", "", By::System, IN),
        of::<data::DeathReported>,
    ),
    with(
        act(
            "alive_here",
            "死亡登记不是本人",
            "当面核实后登记。",
            STAFF,
            IN,
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "depart",
            "启程返乡",
            "",
            By::System,
            &[State::Admitted, State::InHospital],
        ),
        of::<data::Trip>,
    ),
    with(
        act("arrive_home", "返乡到达", "", By::System, IN),
        of::<data::Home>,
    ),
    with(
        act("back", "折返回站", "", By::System, &[State::OnTrip]),
        of::<data::Trip>,
    ),
    with(
        act(
            "to_foster",
            "转入托养",
            "",
            By::System,
            &[State::Admitted, State::InHospital],
        ),
        of::<data::Trip>,
    ),
    with(
        act(
            "from_foster",
            "转出托养",
            "",
            By::System,
            &[State::Fostered],
        ),
        of::<data::Trip>,
    ),
    with(
        act("settle_requested", "提出安置申请", "", By::System, IN),
        of::<data::Ref>,
    ),
    with(
        act(
            "settled",
            "落户安置",
            "",
            By::System,
            &[State::Admitted, State::InHospital, State::Fostered],
        ),
        of::<data::Ref>,
    ),
    with(
        act(
            "searched_again",
            "安置后再次比对",
            "",
            By::System,
            &[State::Left],
        ),
        of::<data::Ref>,
    ),
];
