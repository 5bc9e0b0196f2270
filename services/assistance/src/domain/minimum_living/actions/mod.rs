//! The table of acts: who may do what from which state (rules A2.1).

mod procedure;
mod support;
mod told;

use std::sync::LazyLock;

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};
use yiwang_chassis::identity::Role;

use super::state::{APPROVER, CHECK_CENTRE, COUNTY, REVIEWER, State, TOWNSHIP};

type Spec = ActionSpec<State>;

const OFFICE: &[Role] = &[Role::Clerk, Role::TownshipOfficer, Role::CountyOfficer];

const TO_TOWNSHIP: By = By::Roles(TOWNSHIP);
const TO_REVIEWER: By = By::Roles(REVIEWER);
const TO_COUNTY: By = By::Roles(COUNTY);
const TO_APPROVER: By = By::Roles(APPROVER);
const TO_CENTRE: By = By::Roles(CHECK_CENTRE);
const TO_OFFICE: By = By::Roles(OFFICE);

/// All acts.
pub(super) static ACTS: LazyLock<Vec<Spec>> =
    LazyLock::new(|| [procedure::ACTS, support::ACTS, told::ACTS].concat());
