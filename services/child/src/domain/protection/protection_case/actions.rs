//! The table of acts (rules B2.7).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    facts::PlanItem,
    state::{COUNTY, LINE, OFFICE, State, VISITORS},
};

const ALL: By = By::Roles(LINE);
const DAILY: By = By::Roles(OFFICE);
const LEAD: By = By::Roles(COUNTY);

/// Everything that is not ended.
const OPEN: &[State] = &[
    State::Reported,
    State::Triaged,
    State::Emergency,
    State::Assessing,
    State::CaseConference,
    State::Helping,
    State::Intervening,
    State::FollowUp,
];
/// After the triage.
const KNOWN: &[State] = &[
    State::Triaged,
    State::Emergency,
    State::Assessing,
    State::CaseConference,
    State::Helping,
    State::Intervening,
    State::FollowUp,
];
const EARLY: &[State] = &[State::Reported, State::Triaged, State::Emergency];
const WORK: &[State] = &[State::Helping, State::Intervening];
const PLANNED: &[State] = &[State::Helping, State::Intervening, State::FollowUp];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "police_told",
            "已告知公安",
            "接到报告立即告知公安机关。",
            ALL,
            OPEN,
        ),
        of::<data::PoliceTold>,
    ),
    with(
        act(
            "triage",
            "研判",
            "判断危险程度；有危险的要先告知公安。",
            ALL,
            &[State::Reported, State::Emergency],
        ),
        of::<data::Triage>,
    ),
    with(
        act("emergency", "登记应急处置", "先让儿童安全。", ALL, OPEN),
        of::<data::Emergency>,
    ),
    grave(with(
        act(
            "place",
            "临时监护、安置",
            "民政部门从现在起临时监护，儿童住到负责的人或者机构那里。",
            DAILY,
            OPEN,
        ),
        of::<data::Place>,
    )),
    with(
        act("hear", "听取儿童意见", "按本人的话写。", ALL, OPEN),
        of::<data::Hear>,
    ),
    with(
        act("child_known", "登记儿童身份", "", ALL, OPEN),
        of::<data::ChildKnown>,
    ),
    with(
        act(
            "somebody",
            "登记相关人员",
            "涉嫌侵害的人看不到本案。",
            ALL,
            OPEN,
        ),
        of::<data::AddSomebody>,
    ),
    with(
        act(
            "to_assess",
            "转入评估",
            "儿童已经安全，可以评估监护情况。",
            ALL,
            &[State::Triaged, State::Emergency],
        ),
        of::<data::ToAssess>,
    ),
    with(
        act(
            "assess",
            "登记评估",
            "两人以上，见到儿童本人；等级按指标得出。",
            ALL,
            &[
                State::Assessing,
                State::CaseConference,
                State::Helping,
                State::Intervening,
                State::FollowUp,
            ],
        ),
        of::<data::Assess>,
    ),
    with(
        act(
            "confer",
            "登记会商",
            "决定帮扶还是监护干预，写计划；另一人复核。",
            LEAD,
            &[State::CaseConference],
        ),
        of::<data::Confer>,
    ),
    grave(act(
        "countersign",
        "复核",
        "会商、结案要第二个人用自己的账号签。",
        By::Roles(&[
            yiwang_chassis::identity::Role::ChildCounty,
            yiwang_chassis::identity::Role::ChildSupervisor,
        ]),
        KNOWN,
    )),
    with(
        act("send_back", "退回重写", "", ALL, KNOWN),
        of::<data::Reasons>,
    ),
    with(
        act("plan_add", "追加计划", "", ALL, PLANNED),
        of::<PlanItem>,
    ),
    with(
        act("plan_done", "完成计划事项", "", ALL, PLANNED),
        of::<data::PlanDone>,
    ),
    with(
        act("help", "登记帮扶", "", ALL, KNOWN),
        of::<data::GiveHelp>,
    ),
    with(
        act(
            "intervene",
            "登记监护干预",
            "劝诫、训诫、家庭教育指导令。",
            ALL,
            KNOWN,
        ),
        of::<data::Intervene>,
    ),
    with(
        act(
            "order_request",
            "申请人身安全保护令",
            "法院72小时内决定，紧急的24小时。",
            DAILY,
            KNOWN,
        ),
        of::<data::OrderRequest>,
    ),
    with(
        act(
            "order_result",
            "登记保护令结果",
            "有效期不超过6个月。",
            DAILY,
            KNOWN,
        ),
        of::<data::OrderResult>,
    ),
    with(
        act(
            "removal_due",
            "符合撤销监护人资格",
            "其他人不申请的，民政部门应当申请。",
            DAILY,
            KNOWN,
        ),
        of::<data::RemovalDue>,
    ),
    with(
        act("removal_filed", "已申请撤销", "", DAILY, KNOWN),
        of::<data::RemovalFiled>,
    ),
    with(
        act("removal_result", "登记判决", "", DAILY, KNOWN),
        of::<data::RemovalResult>,
    ),
    with(
        act(
            "suggestion",
            "收到检察建议",
            "一个月内书面答复。",
            DAILY,
            OPEN,
        ),
        of::<data::Suggestion>,
    ),
    with(
        act("suggestion_answered", "已答复检察建议", "", DAILY, OPEN),
        of::<data::Answered>,
    ),
    grave(with(
        act(
            "return",
            "送回监护人",
            "临时监护里已经评估合格的才能送回，要听取儿童意见。",
            LEAD,
            WORK,
        ),
        of::<data::Return>,
    )),
    with(
        act(
            "follow_up",
            "转入回访",
            "帮扶有成效、儿童在家安全的。",
            ALL,
            WORK,
        ),
        of::<data::FollowUp>,
    ),
    with(
        act(
            "visit",
            "登记回访",
            "见到儿童本人，单独谈一谈。",
            By::Roles(VISITORS),
            &[State::FollowUp],
        ),
        of::<data::Visit>,
    ),
    grave(with(
        act(
            "close",
            "结案",
            "见到儿童并且安全；告知报告人；另一人复核。",
            LEAD,
            &[
                State::CaseConference,
                State::Helping,
                State::Intervening,
                State::FollowUp,
            ],
        ),
        of::<data::Close>,
    )),
    grave(with(
        act("merge", "并案", "同一件事已经在办的。", LEAD, EARLY),
        of::<data::Merge>,
    )),
    grave(with(
        act(
            "transfer",
            "移送",
            "不归本地办理的；告知公安以后移送。",
            LEAD,
            EARLY,
        ),
        of::<data::Transfer>,
    )),
    grave(with(
        act(
            "reopen",
            "重新办理",
            "情况有变化的。",
            LEAD,
            &[State::Closed],
        ),
        of::<data::Reasons>,
    )),
];
