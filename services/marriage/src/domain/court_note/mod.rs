//! 法院裁判备注 (FB, M08): a court divorced the two, or found their marriage void, or annulled it.
//! The registry notes what the court decided; it never decides so itself (民法典 1051 to 1054,
//! 1080; rules A2.6, A5.6).
//!
//! ```text
//! received ─► noted
//!    └─► returned
//! ```

pub mod action;
mod actions;
mod decide;
mod documents;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};

pub use self::{action::Action, facts::Facts, form::Form, state::State};
use super::{
    party,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct CourtNote;

impl Item for CourtNote {
    const CODE: &'static str = "court-note";
    const PREFIX: &'static str = "FB";
    const TITLE: &'static str = "法院裁判备注";
    const FILER_DECIDES: bool = true;
    const PARTIES: &'static [&'static str] = &[party::SECOND];

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
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world)
    }
}
