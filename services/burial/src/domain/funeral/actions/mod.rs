//! The table of acts: who may do what from which state (rules F02 to F07).

mod aside;
mod cremation;
mod intake;

use std::sync::LazyLock;

use yiwang_casework::{ActionSpec, By};
use yiwang_chassis::identity::Role;

use super::{
    action as data,
    state::{HOME, State},
};

type Spec = ActionSpec<State>;

/// All acts.
pub(super) static ACTS: LazyLock<Vec<Spec>> =
    LazyLock::new(|| [intake::ACTS, cremation::ACTS, aside::ACTS].concat());

const STAFF: By = By::Roles(HOME);
const STAFF_OR_COUNTY: By = By::Roles(&[Role::Funeral, Role::CountyOfficer]);
const COUNTY: By = By::Roles(&[Role::CountyOfficer, Role::Approver]);

/// Before the four papers are checked.
const BEFORE_CHECK: &[State] = &[
    State::Notified,
    State::Dispatched,
    State::PickedUp,
    State::Received,
    State::Stored,
    State::Scheduled,
];
/// The body is in the house and may be given times.
const IN_HOUSE: &[State] = &[State::Received, State::Stored, State::Scheduled];
/// The body is here and not in the furnace.
const WITH_BODY: &[State] = &[
    State::PickedUp,
    State::Received,
    State::Stored,
    State::Scheduled,
    State::Verified,
    State::TransferAsked,
    State::TransferAllowed,
];
/// Where a family may take over.
const CLAIMED: &[State] = &[
    State::Notified,
    State::Dispatched,
    State::PickedUp,
    State::Received,
    State::Stored,
    State::Scheduled,
    State::Cremated,
    State::Certified,
];
/// Whoever was cremated or transferred without a name may still get one.
const ALL_BUT_WITHDRAWN: &[State] = &[
    State::Notified,
    State::Dispatched,
    State::PickedUp,
    State::Received,
    State::Stored,
    State::Scheduled,
    State::Verified,
    State::Cremating,
    State::Cremated,
    State::Certified,
    State::Handed,
    State::Deposited,
    State::TransferAsked,
    State::TransferAllowed,
    State::Transferred,
];
/// Police and courts speak whether the body is here yet or not.
const NOT_BURNT: &[State] = &[
    State::Notified,
    State::Dispatched,
    State::PickedUp,
    State::Received,
    State::Stored,
    State::Scheduled,
    State::Verified,
    State::TransferAsked,
    State::TransferAllowed,
];
/// Whatever two must sign.
const TWO_SIGN: &[State] = &[
    State::Dispatched,
    State::PickedUp,
    State::Received,
    State::Stored,
    State::Scheduled,
    State::Verified,
    State::Cremating,
    State::Certified,
    State::TransferAllowed,
];
