//! 宣告死亡登记 (XG): a court's judgment that declares somebody dead is entered at a counter,
//! checked by a second officer, and is then a death for marriage, benefits and household
//! (民法典 46 to 53). When the person comes back and the court cancels it, an approver takes it
//! back for everybody.
//!
//! ```text
//! received ─► declared ⇄ cancel_asked ─► cancelled
//!    └─► returned
//! ```

pub mod action;
mod actions;
mod decide;
mod documents;
pub mod facts;
pub mod form;
mod guide;
pub mod law;
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
#[derive(Debug, Clone, Copy)]
pub struct DeathDeclaration;

impl Item for DeathDeclaration {
    const CODE: &'static str = "death-declaration";
    const PREFIX: &'static str = "XG";
    const TITLE: &'static str = "宣告死亡登记";
    const FILER_DECIDES: bool = true;

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
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world)
    }
}
