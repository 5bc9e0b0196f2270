//! What other services tell, and money that was paid too much.

use yiwang_casework::By;

use super::{Spec, TO_APPROVER, TO_OFFICE, act, grave, of, with};
use crate::domain::minimum_living::{
    action as data,
    state::{OPEN, State},
};

use State::{
    Accepted, CheckFailedTold, Checking, Confirmed, Correction, CountyReview, DeathReview,
    FirstOpinion, FraudStopped, Grace, InPayment, Investigating, Objected, PublicNotice, Recheck,
    Recovering, Reported, Stopped, Submitted,
};

/// Open, or once paid: what was paid may turn out wrong long after the end.
const OPEN_OR_PAID: &[State] = &[
    Submitted,
    Correction,
    Accepted,
    Investigating,
    Checking,
    CheckFailedTold,
    FirstOpinion,
    PublicNotice,
    Objected,
    Reported,
    CountyReview,
    Confirmed,
    InPayment,
    Recheck,
    Grace,
    DeathReview,
    Stopped,
    Recovering,
    FraudStopped,
];

const ONCE_PAID: &[State] = &[
    Confirmed,
    InPayment,
    Recheck,
    Grace,
    DeathReview,
    Stopped,
    Recovering,
    FraudStopped,
];

/// The acts.
pub(super) const ACTS: &[Spec] = &[
    with(
        act("record_death", "收到死亡信息", "", By::System, OPEN_OR_PAID),
        of::<data::RecordDeath>,
    ),
    with(
        act("revoke_death", "死亡登记撤销", "", By::System, OPEN_OR_PAID),
        of::<data::OfPerson>,
    ),
    with(
        act("hold_share", "暂缓发放", "", By::System, OPEN),
        of::<data::HoldShare>,
    ),
    with(
        act("release_share", "恢复发放", "", By::System, OPEN_OR_PAID),
        of::<data::OfPerson>,
    ),
    with(
        act("record_marital", "收到婚姻登记信息", "", By::System, OPEN),
        of::<data::RecordMarital>,
    ),
    with(
        act("record_found", "收到寻回信息", "", By::System, OPEN),
        of::<data::OfPerson>,
    ),
    act("elsewhere", "其他民政业务有变化", "", By::System, OPEN),
    act(
        "balance_accounts",
        "核对已发月份",
        "",
        By::System,
        ONCE_PAID,
    ),
    with(
        act(
            "record_recovery",
            "登记退回款项",
            "多发的款项退回财政账户以后登记。",
            TO_OFFICE,
            ONCE_PAID,
        ),
        of::<data::RecordRecovery>,
    ),
    grave(with(
        act(
            "waive_recovery",
            "不予追回",
            "多发的款项确实无法追回、按规定不予追回的，写明理由。",
            TO_APPROVER,
            ONCE_PAID,
        ),
        of::<data::WaiveRecovery>,
    )),
];
