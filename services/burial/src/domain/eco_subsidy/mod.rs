//! 生态安葬奖补 (ST, F09): applied for, the burial verified, looked at by the county, shown
//! publicly where the region asks, paid through the bank; once for a dead person, ever.
//!
//! ```text
//! submitted ─► verified ─► [noticed] ─► paying ─► paid ─► recovered
//!     └──────────┴► rejected | withdrawn   ▲└► returned ─┐
//!                                          └─────────────┘
//! ```

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;
pub mod world;

use jiff::civil::Date;
use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, guide::Standard};
use yiwang_chassis::identity::Role;
use yiwang_civic::params::RuleBook;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use crate::domain::payout;

/// The item.
#[derive(Debug)]
pub struct EcoSubsidy;

impl Item for EcoSubsidy {
    const CODE: &'static str = "eco-subsidy";
    const PREFIX: &'static str = "ST";
    const TITLE: &'static str = "生态安葬奖补";
    const FILED_BY: &'static [Role] = &[Role::Funeral];

    yiwang_casework::parts_of_item!();

    fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
        guide::standards(rules, division, day)
    }

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
        (name == decide::NOTICE).then_some(Action::NoticeOver)
    }

    fn on_objection(_: &str, content: &str) -> Option<Action> {
        Some(Action::Objected(content.to_owned()))
    }

    fn on_answer(_: &str, answer: Value) -> Result<Action, serde_json::Error> {
        payout::outcome(&answer).map(Action::Settled)
    }
}
