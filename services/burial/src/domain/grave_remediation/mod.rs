//! 散埋乱葬等整治 (rules F18): found, registered with photo and place, attributed, put in order by
//! its owner or the office, accepted by two, closed, looked at again; a relapse reopens it.
//! Graves that are protected relics are none of this.

pub mod action;
mod actions;
mod decide;
mod documents;
pub mod facts;
pub mod form;
mod guide;
pub mod place;
mod sections;
pub mod state;
pub mod world;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};
use yiwang_chassis::identity::Role;

pub use self::{
    action::Action,
    decide::{NOTICE, fits},
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug)]
pub struct GraveRemediation;

impl Item for GraveRemediation {
    const CODE: &'static str = "grave-remediation";
    const PREFIX: &'static str = "ZZ";
    const TITLE: &'static str = "散埋乱葬、违规墓整治";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::OFFICE;

    yiwang_casework::parts_of_item!();

    fn submit(
        form: &Form,
        materials: &[Material],
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::submit(form, materials, cx, world)
    }

    fn decide(
        case: &Case<Self>,
        action: Action,
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world)
    }

    fn on_clock(name: &str) -> Option<Action> {
        match name {
            "order" => Some(Action::OrderOver),
            "announcement" => Some(Action::NoticeOver),
            _ => None,
        }
    }
}
