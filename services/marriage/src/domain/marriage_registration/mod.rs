//! 结婚登记 (JH): marriage, late registration 补办 and remarriage 复婚 (民法典 1046 to 1053, 1083;
//! 国令804号; rules A2.3).
//!
//! ```text
//! submit ─► checking ─► declaration ─► review ─► registered ─► handed_over ─► archived
//!              ▲             │            │
//!              └─ recheck ───┴────────────┴─► refused | cancelled
//! ```
//! Both come together and the registrar decides on the spot. What may stand in the way is
//! asked in one place, [`checks`]: once early, so that nobody signs in vain, and once in the
//! transaction that registers.

pub mod action;
mod actions;
pub mod certificate;
pub mod checks;
pub mod couple;
mod decide;
pub mod documents;
pub mod facts;
mod fields;
pub mod form;
mod guide;
pub mod late;
pub mod paper;
mod sections;
pub mod state;

use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};

pub use self::{
    action::Action,
    facts::Facts,
    form::{Form, Kind},
    state::State,
};
use super::{
    party,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct MarriageRegistration;

impl Item for MarriageRegistration {
    const CODE: &'static str = "marriage-registration";
    const PREFIX: &'static str = "JH";
    const TITLE: &'static str = "结婚登记";
    const FILER_DECIDES: bool = true;
    const PARTIES: &'static [&'static str] = &[party::SECOND];

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

    fn on_answer(_: &str, answer: Value) -> Result<Action, serde_json::Error> {
        serde_json::from_value(answer).map(Action::IdentityAnswered)
    }
}
