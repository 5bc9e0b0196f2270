//! 婚姻登记信息更正 (GZ, M15): what stands wrong on a record is corrected as a new version of
//! it, by two persons, and the old value stays (rules A5.7, A6).
//!
//! ```text
//! applied ─► proposed ─► corrected ─► done
//!                ├──────────────────► done      no certificate names the value
//!                └──────► rejected
//! ```

pub mod action;
mod actions;
mod certificate;
mod decide;
mod documents;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;
mod target;

use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};

pub(crate) use self::target::find;
pub use self::{action::Action, facts::Facts, form::Form, state::State};
use super::{
    party,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct RecordCorrection;

impl Item for RecordCorrection {
    const CODE: &'static str = "record-correction";
    const PREFIX: &'static str = "GZ";
    const TITLE: &'static str = "婚姻登记信息更正";
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
