//! 殡葬收费投诉 (JG, F15): anybody against a charge; an inspector of the county finds refund,
//! correction or no violation, and another one countersigns.
//!
//! ```text
//! submitted ─► inspecting ─► found ─► refunded | corrected | unfounded
//!     └► withdrawn ◄┘           └► inspecting (discarded)
//! ```

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

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug)]
pub struct PriceComplaint;

impl Item for PriceComplaint {
    const CODE: &'static str = "price-complaint";
    const PREFIX: &'static str = "JG";
    const TITLE: &'static str = "殡葬收费投诉";

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
