//! The table of acts (rules B2.9).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, changes, grave, of, with},
    ripple::{Change, Whom},
};

use super::{
    action as data,
    state::{CARE, COUNTY, State},
};
use crate::domain::protection::temporary_guardianship::action as shared;

const DAILY: By = By::Roles(CARE);
const LEAD: By = By::Roles(COUNTY);
const OPEN: &[State] = &[State::Opened, State::InCare];
const CONFIRMED: &[State] = &[State::InCare];

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(act(
            "confirm",
            "复核",
            "核对证明、判决书；第二个人签。",
            LEAD,
            &[State::Opened],
        )),
    ),
    with(
        act(
            "care",
            "登记照料、落户",
            "集体户口、健康、上学、心理。",
            DAILY,
            OPEN,
        ),
        of::<shared::GiveCare>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(with(
            act("move", "换安置", "听取儿童意见。", LEAD, OPEN),
            of::<shared::Move>,
        )),
    ),
    with(
        act("child_known", "登记儿童身份", "", DAILY, OPEN),
        of::<shared::ChildKnown>,
    ),
    changes(
        Change::Custody,
        Whom::As("child"),
        grave(with(
            act(
                "restore",
                "恢复监护人资格",
                "人民法院判决；对儿童故意犯罪的不能恢复。",
                LEAD,
                CONFIRMED,
            ),
            of::<data::Restore>,
        )),
    ),
    grave(with(
        act("record_death", "登记死亡", "", LEAD, OPEN),
        of::<shared::Died>,
    )),
    with(
        act("adopted", "被收养", "", By::System, OPEN),
        of::<shared::Adopted>,
    ),
    with(
        act("child_died", "死亡", "", By::System, OPEN),
        of::<shared::Died>,
    ),
    act("of_age", "年满十八周岁", "", By::System, OPEN),
];
