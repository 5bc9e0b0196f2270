//! The table of acts (rules B2.6).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{DESK, OPEN, State},
};
use crate::domain::welfare::child_file::action::{
    Adopted, ChildDied, CustodyChanged, PersonChanged,
};

const OFFICE: By = By::Roles(DESK);
const CARED: &[State] = &[State::Active, State::Alert];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "check",
            "核查被委托人",
            "查询违法犯罪记录，上门看照护条件。有依法不能委托的情形的，不得委托。",
            OFFICE,
            &[State::Checking],
        ),
        of::<data::Check>,
    ),
    with(
        act(
            "sign",
            "签订协议",
            "委托人、被委托人当面签字，村（居）委会见证。",
            OFFICE,
            &[State::Suitable],
        ),
        of::<data::Sign>,
    ),
    with(
        act(
            "notify",
            "登记书面告知",
            "学校和实际居住地村（居）委会都要告知。",
            OFFICE,
            &[State::Signed],
        ),
        of::<data::Notify>,
    ),
    with(
        act(
            "contact",
            "记下一次联系",
            "至少每周一次，和儿童、被委托人都要联系。",
            By::Applicant,
            CARED,
        ),
        of::<data::Contact>,
    ),
    with(
        act(
            "log_contact",
            "登记委托人的联系",
            "委托人不方便自己登记的。",
            OFFICE,
            CARED,
        ),
        of::<data::Contact>,
    ),
    with(
        act(
            "review",
            "登记评估",
            "单独听儿童怎么说。",
            OFFICE,
            &[State::Active],
        ),
        of::<data::Review>,
    ),
    with(
        act(
            "alert",
            "预警",
            "被委托人缺乏照护能力、怠于照护的，及时报告并告知委托人。",
            OFFICE,
            &[State::Active],
        ),
        of::<data::Alert>,
    ),
    with(
        act(
            "resume",
            "恢复照护",
            "问题已经解决的。",
            OFFICE,
            &[State::Alert],
        ),
        of::<data::Reasons>,
    ),
    grave(with(
        act(
            "replace",
            "更换被委托人",
            "结束这次委托，由委托人重新申请。",
            OFFICE,
            CARED,
        ),
        of::<data::Reasons>,
    )),
    grave(with(
        act(
            "end",
            "结束委托",
            "儿童已经回到委托人身边的。",
            OFFICE,
            CARED,
        ),
        of::<data::End>,
    )),
    grave(act(
        "withdraw",
        "撤回",
        "",
        By::Applicant,
        &[State::Checking, State::Suitable],
    )),
    act(
        "contact_overdue",
        "超过一周没有联系",
        "",
        By::System,
        &[State::Active],
    ),
    with(
        act("carer_barred", "被委托人依法不能照护", "", By::System, OPEN),
        of::<data::Reasons>,
    ),
    with(
        act("adopted", "儿童被收养", "", By::System, OPEN),
        of::<Adopted>,
    ),
    with(
        act("child_died", "儿童死亡", "", By::System, OPEN),
        of::<ChildDied>,
    ),
    with(
        act(
            "person_changed",
            "委托人、被委托人变动",
            "",
            By::System,
            OPEN,
        ),
        of::<PersonChanged>,
    ),
    with(
        act("custody_changed", "监护变动", "", By::System, OPEN),
        of::<CustodyChanged>,
    ),
];
