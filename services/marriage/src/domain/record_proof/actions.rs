//! The table of acts.

use yiwang_casework::{ActionSpec, By};

use super::{action as data, state::State};
use crate::domain::desk::COUNTER;
use yiwang_casework::acts::{act, of, with};

/// All acts.
pub(super) const ACTS: &[ActionSpec<State>] = &[with(
    act(
        "deliver",
        "领取证明",
        "打印、盖章后当场签收。",
        By::Roles(COUNTER),
        &[State::Ready],
    ),
    of::<data::Deliver>,
)];
