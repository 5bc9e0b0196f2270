//! 死亡证明录入 (SW, F01): a paper 居民死亡医学证明 that the health department's feed has not
//! brought is entered by a township hospital or a counter, checked by a second one, and is
//! then a recorded death for everybody.
//!
//! ```text
//! received ─► recorded ⇄ void_asked ─► voided
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

pub(crate) use self::actions::{APPROVERS, OFFICE};
pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct DeathCertificate;

impl Item for DeathCertificate {
    const CODE: &'static str = "death-certificate";
    const PREFIX: &'static str = "SW";
    const TITLE: &'static str = "死亡证明录入";
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
