//! 易流浪走失人员信息库 (YZ, R12): the township collects, the county checks; on the register with level
//! and responsible person, visited in the months of the place, collected again every half year.
//!
//! ```text
//! proposed ─► listed ◄─► due (visit of January, July)
//!    └► rejected  │ ▲
//!                 ▼ │ found
//!              missing          listed, due, missing ─► removed
//! ```

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
pub struct EasilyLost;

impl Item for EasilyLost {
    const CODE: &'static str = "easily-lost";
    const PREFIX: &'static str = "YZ";
    const TITLE: &'static str = "易流浪走失人员信息库";
    // Whoever collected it visits later on; another one checks it.
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::TOWNSHIP;

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

    fn on_clock(name: &str) -> Option<Action> {
        (name == law::VISIT).then_some(Action::VisitDue)
    }
}
