//! 补领收养登记证、出具收养关系证明 (SB, B2.10).
//!
//! ```text
//! applied ─► found ─► issued        (refused, withdrawn: before)
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
pub struct AdoptionProof;

impl Item for AdoptionProof {
    const CODE: &'static str = "adoption-proof";
    const PREFIX: &'static str = "SB";
    const TITLE: &'static str = "补领收养登记证、出具收养关系证明";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = REGISTRAR;
    const PARTIES: &'static [&'static str] = &["spouse"];
    const CLOSED: bool = true;
    const LINE: &'static [Role] = REGISTRAR;

    yiwang_casework::parts_of_item!();

    fn line_stands(state: State) -> bool {
        matches!(state, State::Applied | State::Found)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            State::Applied => vec!["found"],
            State::Found => vec!["issue"],
            State::Issued | State::Refused | State::Withdrawn => Vec::new(),
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
