//! 解除收养关系登记 (SJ, B2.10).
//!
//! ```text
//! applied ─► agreed ─► dissolved | refused        (withdrawn: before)
//! ```

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};
use yiwang_chassis::identity::Role;

pub use self::{action::Action, facts::Facts, form::Form, state::State};
use super::{
    REGISTRAR,
    record::{Change as Effect, Known as World},
};

/// The item.
#[derive(Debug)]
pub struct AdoptionDissolution;

impl Item for AdoptionDissolution {
    const CODE: &'static str = "adoption-dissolution";
    const PREFIX: &'static str = "SJ";
    const TITLE: &'static str = "解除收养关系登记";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = REGISTRAR;
    const PARTIES: &'static [&'static str] = &["spouse", "adoptee"];
    const CLOSED: bool = true;
    const LINE: &'static [Role] = REGISTRAR;

    yiwang_casework::parts_of_item!();

    fn line_stands(state: State) -> bool {
        matches!(state, State::Applied | State::Agreed)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            _ if case.facts.pending.is_some() => vec!["confirm", "send_back"],
            State::Applied => vec!["agree"],
            State::Agreed => vec!["propose"],
            State::Dissolved | State::Refused | State::Withdrawn => Vec::new(),
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
