//! 家庭寄养 (JY, B2.11): a ward of civil affairs lives in a family; civil affairs stay guardian.
//!
//! ```text
//! applied ─► assessed ─► trial ─► agreement ─► signed ─► placed ─► ended
//!    │           ▲  │      │ (60 days)                    │ ▲ visits
//!    └► refused  └──┼──────┘ not good                     └─┘
//!                   └► refused, withdrawn
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
pub struct FosterCare;

impl Item for FosterCare {
    const CODE: &'static str = "foster-care";
    const PREFIX: &'static str = "JY";
    const TITLE: &'static str = "家庭寄养";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::OFFICE;
    const PARTIES: &'static [&'static str] = &["spouse"];
    const CLOSED: bool = true;
    const LINE: &'static [Role] = state::OFFICE;

    yiwang_casework::parts_of_item!();

    fn line_stands(state: State) -> bool {
        !matches!(state, State::Ended | State::Refused | State::Withdrawn)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            State::Applied => vec!["assess"],
            State::Assessed => vec!["start_trial"],
            State::Trial => vec!["end_trial"],
            State::Agreement => vec!["agree"],
            State::Signed => vec!["place"],
            State::Placed if case.facts.account.is_none() => vec!["account", "visit"],
            State::Placed => vec!["visit"],
            State::Ended | State::Refused | State::Withdrawn => Vec::new(),
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
