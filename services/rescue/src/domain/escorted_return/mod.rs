//! 接送返回 (HS, R08): an identified person is brought home: the place of origin is asked, county to
//! county, across provinces through the two province-level departments; fetched, escorted, or the
//! relatives come.
//!
//! ```text
//! opened ─► (across: forwarded) ─► asked ─► agreed ─► on_way ─► home
//!                                   ▲ │        │ fetched here ────▲
//!                                   │ ▼ refused, no answer
//!                                 to_raise (level by level)   every open state: ended
//! ```
//! Two sign the hand-over; then the stay is over.

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
pub mod law;
mod papers;
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
pub struct EscortedReturn;

impl Item for EscortedReturn {
    const CODE: &'static str = "escorted-return";
    const PREFIX: &'static str = "HS";
    const TITLE: &'static str = "接送返回";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::OFFICE;
    const NAMELESS: bool = true;

    yiwang_casework::parts_of_item!();

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        let facts = &case.facts;
        if facts.pending.is_some() {
            return vec!["countersign"];
        }
        let way = facts.agreed.as_ref().map(|(agreed, _)| agreed.way);
        match case.state {
            State::Opened if facts.across_provinces => vec!["forward"],
            State::Opened | State::Forwarded => vec!["ask"],
            State::Asked => vec!["agree", "decline"],
            State::ToRaise => vec!["raise"],
            State::Agreed => match way {
                Some(action::Way::Escorted) => vec!["depart"],
                Some(action::Way::Relatives) => vec!["end"],
                _ => vec!["hand_over"],
            },
            State::OnWay => vec!["hand_over"],
            State::Home | State::Ended => Vec::new(),
        }
    }

    fn on_clock(name: &str) -> Option<Action> {
        (name == decide::ANSWER).then_some(Action::Unanswered)
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
