//! 无名、无人认领遗体: search, announcement, opinion, ashes kept, eco burial; a later match of
//! the DNA gives the name back (rules F11, F12). The cremation itself is a funeral of the home.

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
    decide::{NOTICE, answers_for},
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug)]
pub struct UnclaimedBody;

impl Item for UnclaimedBody {
    const CODE: &'static str = "unclaimed-body";
    const PREFIX: &'static str = "WM";
    const TITLE: &'static str = "无名、无人认领遗体";
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
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world)
    }

    fn on_clock(name: &str) -> Option<Action> {
        (name == "announcement").then_some(Action::Over)
    }
}
