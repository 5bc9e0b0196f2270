//! The table of acts: who may do what from which state (rules A2.1).

mod procedure;
mod support;

use std::sync::LazyLock;

use schemars::{JsonSchema, Schema};
use yiwang_casework::{ActionSpec, By, form::schema_of};
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

const fn act(
    code: &'static str,
    label: &'static str,
    hint: &'static str,
    by: By,
    from: &'static [State],
) -> Spec {
    ActionSpec {
        code,
        label,
        hint,
        by,
        from,
        data: None,
        grave: false,
    }
}

const fn with(mut spec: Spec, data: fn() -> Schema) -> Spec {
    spec.data = Some(data);
    spec
}

const fn grave(mut spec: Spec) -> Spec {
    spec.grave = true;
    spec
}

/// The button's label stands above the form; the type's own name is not for people.
fn of<T: JsonSchema>() -> Schema {
    let mut schema = schema_of::<T>();
    schema.remove("title");
    schema
}

/// All acts.
pub(super) static ACTIONS: LazyLock<Vec<Spec>> =
    LazyLock::new(|| [procedure::ACTS, support::ACTS].concat());
