//! 落户安置 (AZ, R10): somebody whom nobody could identify for more than three months, with every
//! step of the search on file, gets a household.
//!
//! ```text
//! applied ─► reviewed ─► approved ─► registered ─► settled
//!  │  ▲         │ (until here: ended)     │          │ every year: searched again
//!  ▼  │         ▼                         └────┬─────┘
//! returned ◄────┘                              ▼ who it is is found
//!                                            found ─► cancelled   (revoke: back)
//! ```
//! One letter for each person; civil affairs review, the government approves the plan, the police
//! register. Never two identities: the table of settlements says so.

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
pub struct Settlement;

impl Item for Settlement {
    const CODE: &'static str = "settlement";
    const PREFIX: &'static str = "AZ";
    const TITLE: &'static str = "落户安置";
    // Who reviews is another one than who filed: the law of the item says so.
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::STATION;
    const NAMELESS: bool = true;

    yiwang_casework::parts_of_item!();

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        if case.facts.pending.is_some() {
            return vec!["countersign"];
        }
        match case.state {
            State::Applied => vec!["review", "send_back"],
            State::Returned => vec!["supplement"],
            State::Reviewed => vec!["approve"],
            State::Approved => vec!["register"],
            State::Registered => vec!["benefits"],
            State::Settled => vec!["repeat"],
            State::Found => vec!["cancel_household"],
            State::Cancelled | State::Ended => Vec::new(),
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
