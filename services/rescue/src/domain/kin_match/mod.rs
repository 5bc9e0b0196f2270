//! 寻亲比对 (BD): one stranded person, one report (rules R06, C5.5).
//!
//! ```text
//! candidate ─► first ─► compared ─► asked ─► answered ─► confirmed
//!     ▲          │ disagree            └────► rejected ◄─ from everywhere
//!     └──────────┴──────────── reopen ───────────┘        lapsed: one side has ended
//! ```
//! Two compare, each with an account of their own; the police or DNA answer; only then is it
//! confirmed. A face or a place alone never confirms, unless DNA has answered.

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
pub struct KinMatch;

impl Item for KinMatch {
    const CODE: &'static str = "kin-match";
    const PREFIX: &'static str = "BD";
    const TITLE: &'static str = "寻亲比对";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::OFFICE;
    const NAMELESS: bool = true;

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
