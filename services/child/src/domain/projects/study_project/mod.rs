//! 助学工程 (ZX, rules B2.12): somebody who was recognized as an orphan as a child studies on.
//!
//! ```text
//! applied ─► checked ─► studying ─► year_over ─► ended
//!    ▲          ▲          │            │
//!    └──────────┴──────────┴── next year┘        (refused, cancelled)
//! ```
//! Each school year is asked for with a proof of the school, granted once, and paid in instalments
//! that two officers sign and the bank makes. No year ends by its date alone: somebody asks the school first (B5.15).

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
pub mod law;
mod pay;
mod sections;
pub mod state;
pub mod world;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, Standing};
use yiwang_chassis::identity::Role;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use super::words::COUNTY;

/// The item.
#[derive(Debug)]
pub struct StudyProject;

impl Item for StudyProject {
    const CODE: &'static str = "study-project";
    const PREFIX: &'static str = "ZX";
    const TITLE: &'static str = "孤儿助学工程";
    const FILED_BY: &'static [Role] = &[Role::WelfareHome, Role::ChildSupervisor];
    const CLOSED: bool = true;
    const LINE: &'static [Role] = COUNTY;

    yiwang_casework::parts_of_item!();

    fn standing(_: &Form, facts: &Facts) -> Vec<Standing> {
        facts.place.standing()
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            State::Applied => vec!["check"],
            State::Checked => vec!["confirm"],
            State::Studying if case.facts.pending.is_some() => vec!["sign"],
            State::Studying if case.facts.ordered.iter().any(|it| !it.returned.is_empty()) => {
                vec!["account"]
            }
            State::Studying if case.facts.to_pay.is_empty() => Vec::new(),
            State::Studying => vec!["pay"],
            State::YearOver => vec!["renew", "end"],
            _ => Vec::new(),
        }
    }

    fn on_clock(name: &str) -> Option<Action> {
        (name == decide::YEAR).then_some(Action::YearOver)
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
