//! 离婚登记 (LH, M04 and M05), divorce by agreement: 民法典 1076 to 1078, 民发〔2020〕116号.
//!
//! ```text
//! applied ─► cooling ─► cert_window ─► registered ─► handed_over ─► archived
//!    │          │            │
//!    ▼          ▼            ▼
//! not_accepted  withdrawn    deemed_withdrawn        (death, court: terminated)
//! ```
//! The dates on the receipt decide who may do what; the clocks only keep the state in step
//! with them.

pub mod action;
mod actions;
pub mod agreement;
mod decide;
mod documents;
mod events;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;

use jiff::civil::Date;
use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, guide::Standard};
use yiwang_civic::params::RuleBook;

pub use self::{action::Action, facts::Facts, form::Form, state::State};
use super::{
    party,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct DivorceRegistration;

impl Item for DivorceRegistration {
    const CODE: &'static str = "divorce-registration";
    const PREFIX: &'static str = "LH";
    const TITLE: &'static str = "离婚登记";
    const FILER_DECIDES: bool = true;
    const PARTIES: &'static [&'static str] = &[party::SECOND];

    yiwang_casework::parts_of_item!();

    fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
        guide::standards(rules, division, day)
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

    fn on_clock(name: &str) -> Option<Action> {
        match name {
            decide::COOLING_END => Some(Action::CoolingEnded),
            decide::WINDOW_END => Some(Action::WindowEnded),
            _ => None,
        }
    }

    fn on_answer(_: &str, answer: Value) -> Result<Action, serde_json::Error> {
        serde_json::from_value(answer).map(Action::IdentityAnswered)
    }
}
