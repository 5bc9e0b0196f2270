//! 托养 (TY, R09): somebody lives in an institution; the station stays responsible.
//!
//! ```text
//! opened ─► assessed ─► placed ─► ended        (opened, assessed: cancelled)
//!                        │  ▲ visits every week, a check every month, assessments
//!                        └──┘
//! ```
//! The institution's licences are valid on the day of the placement ([`law`]).

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
pub struct FosterPlacement;

impl Item for FosterPlacement {
    const CODE: &'static str = "foster-placement";
    const PREFIX: &'static str = "TY";
    const TITLE: &'static str = "站外托养";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::OFFICE;
    const NAMELESS: bool = true;

    yiwang_casework::parts_of_item!();

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            State::Opened => vec!["assess"],
            State::Assessed => vec!["place"],
            State::Placed => vec!["visit", "check"],
            State::Ended | State::Cancelled => Vec::new(),
        }
    }

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
