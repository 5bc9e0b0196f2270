//! 婚姻登记记录证明 (CD, M13): what the register holds about a person at one instant, for the
//! person themselves or, by letter, for a competent organ (rules A2.1, A3.12, A5.9).
//!
//! ```text
//! issued                 online
//! ready ─► issued        at a counter
//! ```

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
mod proof;
mod sections;
pub mod state;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};

pub use self::{action::Action, facts::Facts, form::Form, state::State};
use super::world::{Effect, World};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct RecordProof;

impl Item for RecordProof {
    const CODE: &'static str = "record-proof";
    const PREFIX: &'static str = "CD";
    const TITLE: &'static str = "婚姻登记记录证明";
    const FILER_DECIDES: bool = true;
    // A number that was only typed proves nothing, and its records are nobody else's business.
    const VERIFIED: bool = true;

    yiwang_casework::parts_of_item!();

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
        _: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, &action, cx)
    }
}
