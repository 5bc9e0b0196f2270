//! 长期监护 (CG, B2.9): civil affairs guard a child until it is adopted or of age.
//!
//! ```text
//! opened ─► in_care ─► adopted | restored | adult | ended
//! ```
//! It goes on with a temporary guardianship without a gap (rules B5.9).

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;
pub mod world;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};
use yiwang_chassis::identity::Role;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use super::temporary_guardianship::law::OF_AGE;

/// The item.
#[derive(Debug)]
pub struct LongGuardianship;

impl Item for LongGuardianship {
    const CODE: &'static str = "long-guardianship";
    const PREFIX: &'static str = "CG";
    const TITLE: &'static str = "长期监护";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::COUNTY;
    const NAMELESS: bool = true;
    const CLOSED: bool = true;
    const LINE: &'static [Role] = state::CARE;

    yiwang_casework::parts_of_item!();

    fn on_clock(name: &str) -> Option<Action> {
        (name == OF_AGE).then_some(Action::OfAge)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            State::Opened => vec!["confirm"],
            State::InCare => vec!["care"],
            _ => Vec::new(),
        }
    }

    fn submit(
        form: &Form,
        _: &[Material],
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::submit(form, cx, world)
    }

    fn decide(
        case: &Case<Self>,
        action: Action,
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world)
    }
}
