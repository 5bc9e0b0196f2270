//! Who it is: the steps of the search, identification (rules R06).

use yiwang_casework::{
    By,
    acts::{act, grave, of, with},
};
use yiwang_chassis::identity::Role;

use super::{
    super::action as data,
    super::clues::Clues,
    super::matched::{Matched, Unmatched},
    super::state::State,
    super::step::{KNOWN_FROM, MATCHED_FROM},
    IN, OPEN, STAFF, Spec,
};

const STAFF_OR_COUNTY: By = By::Roles(&[Role::Station, Role::CountyOfficer]);
/// The answer may come when the person has gone.
const ANSWERED: &[State] = &[
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
    State::Left,
];

pub(super) const ACTS: &[Spec] = &[
    with(
        act(
            "clues",
            "寻亲线索",
            "记得什么写什么；没有填的不改。",
            STAFF,
            OPEN,
        ),
        of::<Clues>,
    ),
    with(
        act(
            "biometrics",
            "采集指纹照片",
            "入站时采集，人脸比对每人都做；每次查询都有记录。",
            STAFF,
            KNOWN_FROM,
        ),
        of::<data::Biometrics>,
    ),
    with(
        act(
            "police_report",
            "报告公安机关",
            "疑似走失、被遗弃、被拐卖的第一时间报告。",
            STAFF,
            OPEN,
        ),
        of::<data::PoliceReport>,
    ),
    with(
        act(
            "publish",
            "发布寻亲公告",
            "24小时内没有查明身份的发布；只公布必要的内容。",
            STAFF,
            IN,
        ),
        of::<data::Publish>,
    ),
    with(
        act(
            "refresh",
            "更新寻亲公告",
            "一个月以上的要更新、补充。",
            STAFF,
            IN,
        ),
        of::<data::Publish>,
    ),
    with(
        act(
            "withdraw_publication",
            "撤下寻亲公告",
            "身份查明后，其他渠道的也要撤下。",
            STAFF,
            ANSWERED,
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "request_dna",
            "请公安采集DNA",
            "7个工作日内没有查明身份的报请采集，免费。",
            STAFF,
            IN,
        ),
        of::<data::RequestDna>,
    ),
    act("dna_answered", "DNA比对结果", "", By::System, ANSWERED),
    act("search_overdue", "寻亲步骤逾期", "", By::System, ANSWERED),
    with(
        act(
            "escalate",
            "逐级上报",
            "当地查不清的，逐级上报。",
            STAFF_OR_COUNTY,
            IN,
        ),
        of::<data::Escalate>,
    ),
    with(
        act(
            "supervise",
            "督办",
            "寻亲步骤逾期报来的，写明要求；步骤仍然要补办。",
            By::Roles(&[Role::CountyOfficer]),
            IN,
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "identify",
            "查明身份",
            "凭公安核实、DNA或者证件；由另一名工作人员复核。",
            STAFF,
            KNOWN_FROM,
        ),
        of::<data::Identify>,
    ),
    grave(with(
        act(
            "take_back_identification",
            "撤销身份认定",
            "认错了的撤销，寻亲接着办；由另一名工作人员复核。",
            STAFF,
            KNOWN_FROM,
        ),
        of::<data::Reasons>,
    )),
    with(
        act("match_confirmed", "寻亲比中", "", By::System, MATCHED_FROM),
        of::<Matched>,
    ),
    with(
        act(
            "match_taken_back",
            "撤销寻亲比中",
            "",
            By::System,
            MATCHED_FROM,
        ),
        of::<Unmatched>,
    ),
    act("strand", "转为滞留人员", "", By::System, IN),
    with(
        act(
            "choose_care",
            "选择照料方式",
            "滞留人员站内照料，或者送医院、福利机构、托养机构。",
            STAFF_OR_COUNTY,
            IN,
        ),
        of::<data::ChooseCare>,
    ),
];
