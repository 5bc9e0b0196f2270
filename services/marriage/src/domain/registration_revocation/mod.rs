//! 撤销婚姻登记 (CX, M09): a registration got by impersonation or fraud 冒名顶替、弄虚作假 is
//! revoked on the paper of police, procuratorate or court, by two officers; never on the word
//! of one party (rules A2.7).
//!
//! ```text
//! received ─► proposed ─► revoked
//!                └──────► rejected
//! ```

pub mod action;
mod actions;
mod decide;
mod documents;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, guide::Standard};
use yiwang_civic::params::RuleBook;

pub use self::{action::Action, facts::Facts, form::Form, state::State};
use super::{
    party,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct RegistrationRevocation;

impl Item for RegistrationRevocation {
    const CODE: &'static str = "registration-revocation";
    const PREFIX: &'static str = "CX";
    const TITLE: &'static str = "撤销婚姻登记";
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
}
