//! The table of acts: who may do what from which state (rules R02 to R11).

mod arrival;
mod care;
mod leaving;
mod search;

use std::sync::LazyLock;

use yiwang_casework::{ActionSpec, By};

use super::state::{STATION, State};

type Spec = ActionSpec<State>;

/// All acts.
pub(super) static ACTS: LazyLock<Vec<Spec>> =
    LazyLock::new(|| [arrival::ACTS, care::ACTS, search::ACTS, leaving::ACTS].concat());

const STAFF: By = By::Roles(STATION);
/// Not ended.
const OPEN: &[State] = &[
    State::Arrived,
    State::SentHospital,
    State::Screened,
    State::Secured,
    State::Registered,
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
];
/// Admitted.
const IN: &[State] = &[
    State::Admitted,
    State::InHospital,
    State::OnTrip,
    State::Fostered,
];
