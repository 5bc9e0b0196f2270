//! 家属寻人求助 (XQ): a family looks for somebody (rules R15).
//!
//! ```text
//! searching ⇄ checking ─► matched ─► searching (taken back)
//!     └─────────┴─► found_elsewhere | withdrawn
//! ```
//! The family sees that something is looked into, never where a candidate is before it is
//! confirmed.

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

/// The item.
#[derive(Debug)]
pub struct MissingPerson;

impl Item for MissingPerson {
    const CODE: &'static str = "missing-person";
    const PREFIX: &'static str = "XQ";
    const TITLE: &'static str = "家属寻人求助";
    // Told on the phone, at any hour.
    const FILED_BY: &'static [Role] = state::OFFICE;

    yiwang_casework::parts_of_item!();

    fn submit(
        form: &Form,
        _: &[Material],
        cx: &Context<'_>,
        _: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::submit(form, cx)
    }

    fn decide(
        case: &Case<Self>,
        action: Action,
        cx: &Context<'_>,
        _: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx)
    }
}
