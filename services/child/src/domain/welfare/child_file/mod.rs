//! 困境、留守、流动儿童关爱服务 (KJ; rules B2.4): one child, one file.
//!
//! ```text
//! discovered ─► registered ─► verified ─► in_service ◄─► at_risk
//!     ▲  the village │  the township        │  visits, services, letter, half-yearly refresh
//!     └──────────────┘                      └─► moved_out | aged_out | ended
//! ```

pub mod action;
mod actions;
pub mod away;
mod decide;
pub mod facts;
pub mod form;
mod guide;
pub mod sections;
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

/// The item.
#[derive(Debug)]
pub struct ChildFile;

impl Item for ChildFile {
    const CODE: &'static str = "child-file";
    const PREFIX: &'static str = "KJ";
    const TITLE: &'static str = "困境、留守、流动儿童关爱服务";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = state::ALL_ROLES;
    const NAMELESS: bool = true;
    const ESCALATES_TO: &'static [Role] = &[Role::ChildSupervisor];
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

    fn is_escalated(facts: &Facts) -> bool {
        facts.alarm.is_some()
    }

    /// Children back from rescue are also the county centre's (民发〔2019〕62号 三（四）).
    fn standing(form: &Form, _: &Facts) -> Vec<Standing> {
        let returned = form.overlays.contains(&super::words::Overlay::Returned);
        let county = form.household.get(..6).filter(|_| returned);
        let centre = |county: &str| Standing {
            role: Role::ChildCentre,
            division: county.to_owned(),
        };
        county.map(centre).into_iter().collect()
    }

    fn on_clock(name: &str) -> Option<Action> {
        match name {
            decide::VISIT_OVER => Some(Action::VisitOverdue),
            decide::COUNTY => Some(Action::CountyAlarm),
            decide::AGE => Some(Action::Aged),
            _ => None,
        }
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        let unsettled = case.facts.visits.iter().any(|visit| visit.unsettled);
        match case.state {
            State::Discovered => vec!["register"],
            State::Registered => vec!["verify", "visit"],
            State::Verified => vec!["start", "visit"],
            State::InService if unsettled => vec!["settle_visit", "visit", "serve"],
            State::InService => vec!["visit", "serve"],
            State::AtRisk => vec!["visit", "close_risk"],
            State::MovedOut | State::AgedOut | State::Ended => Vec::new(),
        }
    }
}
