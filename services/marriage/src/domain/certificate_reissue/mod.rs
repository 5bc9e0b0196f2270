//! 补领婚姻登记证 (BF, M06 and M07): a lost or damaged certificate is issued again by any hall
//! in the country, once the archive proves the registration (rules A2.5, A3.8).
//!
//! ```text
//! applied ─► reissued ─► handed_over ─► archived
//!    └─► refused
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

use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal};

pub use self::{
    action::Action,
    facts::Facts,
    form::{Form, Which},
    state::State,
};
use super::{
    party,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct CertificateReissue;

impl Item for CertificateReissue {
    const CODE: &'static str = "certificate-reissue";
    const PREFIX: &'static str = "BF";
    const TITLE: &'static str = "补领婚姻登记证";
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
