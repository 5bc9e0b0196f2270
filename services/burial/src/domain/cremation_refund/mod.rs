//! 异地火化费用报销 (BX, F10): who was cremated elsewhere and got no waiver there is paid back
//! at home, only items that home would have waived, once.
//!
//! ```text
//! submitted ─► paying ─► paid
//!     │          ▲└► returned ─┐
//!     │          └─────────────┘
//!     └► rejected | withdrawn
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

use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use crate::domain::payout;

/// The item.
#[derive(Debug)]
pub struct CremationRefund;

impl Item for CremationRefund {
    const CODE: &'static str = "cremation-refund";
    const PREFIX: &'static str = "BX";
    const TITLE: &'static str = "异地火化费用报销";

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

    fn on_answer(_: &str, answer: Value) -> Result<Action, serde_json::Error> {
        payout::outcome(&answer).map(Action::Settled)
    }
}
