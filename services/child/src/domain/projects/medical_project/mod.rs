//! 明天计划 (MT, rules B2.12): treatment of an orphan in a named hospital; what insurance and aid
//! leave over is paid.
//!
//! ```text
//! applied ─► checked ─► county_ok ─► treated ─► billed ─► paid
//!    home ──────▲  (refused, cancelled; ended: adopted or died before treatment)
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

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, Standing};
use yiwang_chassis::identity::Role;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use super::{payment::Ordered, words::COUNTY};

/// The bank has it and has not answered.
fn at_bank(ordered: Option<&Ordered>) -> bool {
    ordered.is_some_and(|ordered| ordered.returned.is_empty())
}

/// The item.
#[derive(Debug)]
pub struct MedicalProject;

impl Item for MedicalProject {
    const CODE: &'static str = "medical-project";
    const PREFIX: &'static str = "MT";
    const TITLE: &'static str = "孤儿医疗康复明天计划";
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
            State::Checked => vec!["approve"],
            State::CountyOk => vec!["treat"],
            State::Treated => vec!["bill"],
            State::Billed if case.facts.pending.is_some() => vec!["sign"],
            State::Billed if at_bank(case.facts.ordered.as_ref()) => Vec::new(),
            State::Billed => vec!["pay"],
            _ => Vec::new(),
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
