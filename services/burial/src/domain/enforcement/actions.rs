//! The table of acts (rules F19).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{APPROVERS, OFFICE, REVIEWERS, State},
};

const STAFF: By = By::Roles(OFFICE);

/// Before the decision.
const BEFORE: &[State] = &[State::Filed, State::Informed, State::Reviewed];
/// While the case runs.
const RUNNING: &[State] = &[
    State::Filed,
    State::Informed,
    State::Reviewed,
    State::Decided,
];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "join",
            "登记联合执法部门",
            "参加的部门、联系人和分工。",
            STAFF,
            RUNNING,
        ),
        of::<data::Joining>,
    ),
    with(
        act(
            "record",
            "登记执法记录",
            "执法全过程记录；执法人员不少于两人，还要另一人签字。",
            STAFF,
            RUNNING,
        ),
        of::<data::Record>,
    ),
    act(
        "countersign",
        "第二名执法人员签字",
        "不能是登记的人。",
        STAFF,
        RUNNING,
    ),
    with(
        act(
            "discard",
            "作废待签字的记录",
            "写错了的，作废后重新登记。",
            STAFF,
            RUNNING,
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "inform",
            "事先告知",
            "告知事实、理由、依据、拟作出的决定和陈述、申辩、听证的权利。",
            STAFF,
            &[State::Filed],
        ),
        of::<data::Notice>,
    )),
    with(
        act(
            "statement",
            "登记陈述申辩",
            "当事人的意见和复核结果。",
            STAFF,
            &[State::Informed],
        ),
        of::<data::Statement>,
    ),
    with(
        act(
            "review",
            "法制审核",
            "由没有参加办案的人审核；重大执法决定未经审核不得作出。",
            By::Roles(REVIEWERS),
            &[State::Informed],
        ),
        of::<data::Review>,
    ),
    grave(with(
        act(
            "decide",
            "作出决定",
            "由没有办案、没有审核的负责人决定。",
            By::Roles(APPROVERS),
            &[State::Informed, State::Reviewed],
        ),
        of::<data::Ruling>,
    )),
    with(
        act(
            "publish",
            "公示决定",
            "行政处罚7个工作日内公示，其他20个工作日内；个人姓名隐去。",
            STAFF,
            &[State::Decided],
        ),
        of::<data::Publicity>,
    ),
    with(
        act(
            "perform",
            "登记履行结案",
            "公示、送达以后，履行完毕的结案。",
            STAFF,
            &[State::Decided],
        ),
        of::<data::Performance>,
    ),
    grave(with(
        act(
            "dismiss",
            "不予处罚",
            "事实不成立、轻微并及时改正等，写明理由。",
            By::Roles(APPROVERS),
            BEFORE,
        ),
        of::<data::Reasons>,
    )),
    grave(with(
        act(
            "transfer",
            "移送",
            "不属于本机关管辖或者涉嫌犯罪的，移送有权机关。",
            By::Roles(APPROVERS),
            BEFORE,
        ),
        of::<data::Transfer>,
    )),
];
