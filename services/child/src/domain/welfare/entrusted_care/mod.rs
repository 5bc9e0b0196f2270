//! 委托照护 (WT; 未成年人保护法22、23、43; rules B2.6).
//!
//! ```text
//! checking ─► suitable ─► signed ─► active ◄─► alert ─► replaced
//!     │  carer looked up    │ school and village told  │ contact every week, reviews
//!     └─► refused           └─► withdrawn              └─► ended
//! ```
//! A barred carer never gets beyond `checking` ([`law`]; the database says so too).

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
pub struct EntrustedCare;

impl Item for EntrustedCare {
    const CODE: &'static str = "entrusted-care";
    const PREFIX: &'static str = "WT";
    const TITLE: &'static str = "委托照护";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = super::LINE;
    const CLOSED: bool = true;
    const LINE: &'static [Role] = super::LINE;

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

    fn on_clock(name: &str) -> Option<Action> {
        (name == decide::CONTACT_OVER).then_some(Action::ContactOverdue)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        match case.state {
            State::Checking => vec!["check"],
            State::Suitable => vec!["sign"],
            State::Signed => vec!["notify"],
            State::Active => vec!["contact", "log_contact", "review"],
            State::Alert => vec!["resume", "replace", "end"],
            State::Refused | State::Withdrawn | State::Ended | State::Replaced => Vec::new(),
        }
    }
}
