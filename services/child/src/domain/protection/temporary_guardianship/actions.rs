//! The table of acts (rules B2.8).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};

use super::{
    action as data,
    state::{CARE, COUNTY, State},
};

const DAILY: By = By::Roles(CARE);
const LEAD: By = By::Roles(COUNTY);
const OPEN: &[State] = &[State::Ordered, State::Placed, State::Assessed];
const THERE: &[State] = &[State::Placed, State::Assessed];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    changes(
        Change::Custody,
        Whom::As("child"),
        with(
            act(
                "receive",
                "登记交接",
                "儿童到照护人那里，检查身体。",
                DAILY,
                &[State::Ordered],
            ),
            of::<data::Receive>,
        ),
    ),
    with(
        act(
            "care",
            "登记照料",
            "健康、查找监护人、上学、心理、联系亲属。",
            DAILY,
            THERE,
        ),
        of::<data::GiveCare>,
    ),
    with(
        act("assess", "评估监护人", "三人以上评估。", DAILY, THERE),
        of::<data::Assess>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(with(
            act(
                "move",
                "换安置",
                "听取儿童意见；从现在起由新的照护人负责。",
                LEAD,
                OPEN,
            ),
            of::<data::Move>,
        )),
    ),
    with(
        act("child_known", "登记儿童身份", "", DAILY, OPEN),
        of::<data::ChildKnown>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(with(
            act(
                "return_home",
                "送回监护人",
                "评估合格，听取儿童意见；登记评估的人不能决定。",
                LEAD,
                THERE,
            ),
            of::<data::ReturnHome>,
        )),
    ),
    with(
        act("return_ordered", "个案决定送回", "", By::System, OPEN),
        of::<data::ReturnOrdered>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(with(
            act(
                "other_guardian",
                "确定其他监护人",
                "民法典第二十七条、第三十一条。",
                LEAD,
                THERE,
            ),
            of::<data::OtherGuardian>,
        )),
    ),
    grave(with(
        act("to_long", "转长期监护", "另一人复核以后生效。", LEAD, THERE),
        of::<data::ToLong>,
    )),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(act(
            "countersign",
            "复核转长期监护",
            "第二个人用自己的账号签。",
            LEAD,
            THERE,
        )),
    ),
    with(
        act("send_back", "退回重写", "", LEAD, THERE),
        of::<data::Reasons>,
    ),
    with(
        act("adopted", "被收养", "", By::System, OPEN),
        of::<data::Adopted>,
    ),
    with(
        act("child_died", "死亡", "", By::System, OPEN),
        of::<data::Died>,
    ),
    act("of_age", "年满十八周岁", "", By::System, OPEN),
];
