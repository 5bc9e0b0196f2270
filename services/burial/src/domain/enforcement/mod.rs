//! 殡葬联合执法 (rules F19) with the three systems of 国办发〔2018〕118号: decisions are published
//! 公示, every step is on record and signed by two 全过程记录, and what weighs on people is reviewed
//! by somebody who took no part 法制审核. Departments take part; the decision is carried out.

pub mod action;
mod actions;
mod decide;
mod documents;
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
    decide::{NOTICE, is_major},
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug)]
pub struct BurialEnforcement;

impl Item for BurialEnforcement {
    const CODE: &'static str = "burial-enforcement";
    const PREFIX: &'static str = "ZF";
    const TITLE: &'static str = "殡葬联合执法";
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
