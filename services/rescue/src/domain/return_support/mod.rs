//! 回归稳固 (WG, R13): after the return to the township of the household: what the person needs, a
//! plan, visits; settled down, or wandering again, which reopens it on a higher level.
//!
//! ```text
//! opened ─► received ─► assessed ─► supporting ─► stable
//!    ▲                                  │ (any open state: closed)
//!    └────────── again ◄────────────────┘
//! ```
//! The system opens it when a stay has led home.

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
pub struct ReturnSupport;

impl Item for ReturnSupport {
    const CODE: &'static str = "return-support";
    const PREFIX: &'static str = "WG";
    const TITLE: &'static str = "返乡人员回归稳固";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::OFFICE;

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
        decide::decide(case, action, cx)
    }
}
