//! 临时监护 (LJ, B2.8): civil affairs guard a child for a time.
//!
//! ```text
//! ordered ─► placed ─► assessed ─► returned | other_guardian | to_long
//! ```
//! Guardian from the order on; from the same instant the child has one responsible placement,
//! and never none until the end (rules B5.9).

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
pub mod law;
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

/// The item.
#[derive(Debug)]
pub struct TemporaryGuardianship;

impl Item for TemporaryGuardianship {
    const CODE: &'static str = "temporary-guardianship";
    const PREFIX: &'static str = "LJ";
    const TITLE: &'static str = "临时监护";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::COUNTY;
    const NAMELESS: bool = true;
    const CLOSED: bool = true;
    const LINE: &'static [Role] = state::CARE;

    yiwang_casework::parts_of_item!();

    fn on_clock(name: &str) -> Option<Action> {
        (name == law::OF_AGE).then_some(Action::OfAge)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        let waits = case.facts.pending.is_some();
        match case.state {
            State::Ordered => vec!["receive"],
            _ if waits => vec!["countersign"],
            State::Placed => vec!["care", "assess"],
            State::Assessed => {
                let fit = case
                    .facts
                    .assessments
                    .last()
                    .is_some_and(|last| last.what.fit);
                match fit {
                    true => vec!["return_home"],
                    false => vec!["other_guardian", "to_long", "assess"],
                }
            }
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
