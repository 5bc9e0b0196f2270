//! 站内救助: one case from the arrival to the leaving (rules R02 to R07).
//!
//! | where | what |
//! |---|---|
//! | [`form`], [`action`], [`facts`], [`state`] | what is written down |
//! | [`words`], [`clues`] | code lists; what may say who somebody is |
//! | [`law`] | screening, eligibility, sides of the house, who may leave how |
//! | [`step`] | the steps that two sign |
//! | `decide` | what each act does |
//! | [`sections`] | what staff and county read |
//!
//! The person is not on the form: nobody may know who it is. Identity stands in the facts and
//! can be taken back.

pub mod action;
mod actions;
pub mod clues;
mod decide;
mod documents;
mod expected;
pub mod facts;
pub mod form;
mod guide;
pub mod law;
pub mod matched;
pub mod sections;
pub mod state;
pub mod step;
pub mod words;
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
pub struct StationStay;

impl Item for StationStay {
    const CODE: &'static str = "station-stay";
    const PREFIX: &'static str = "JZ";
    const TITLE: &'static str = "站内救助";
    // Whoever opens the door writes the arrival down and then does the work.
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::STATION;
    const NAMELESS: bool = true;
    // A step of the search was not done in time.
    const ESCALATES_TO: &'static [Role] = &[Role::CountyOfficer];

    yiwang_casework::parts_of_item!();

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        expected::expected(case)
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

    fn is_escalated(facts: &Facts) -> bool {
        !facts.escalated.is_empty()
    }

    fn on_clock(name: &str) -> Option<Action> {
        if name == decide::STRAND {
            return Some(Action::Strand);
        }
        crate::domain::search::overdue(name).map(|kind| Action::Overdue(kind.code().to_owned()))
    }

    fn on_answer(kind: &str, answer: serde_json::Value) -> Result<Action, serde_json::Error> {
        decide::answered(kind, answer)
    }
}
