//! 骨灰安放（葬） (MW, F08, F09): a place is chosen from the plan and held, the papers are looked
//! at, the contract is signed, the ashes are laid to rest; later renewed, moved out or, after a
//! notice and by law only, released.
//!
//! ```text
//! submitted ─► approved ─► contracted ─► placed ─► expiring ─► expired ─► notice_over ─► released
//!   │  │ └► approval ─┘ │        │          ▲  └── relocated ◄──┴────────────┤
//!   │  └► refused       └► lapsed└► returned└───────── renewed ──────────────┘
//!   └► withdrawn
//! signing, asked: over any of them from contracted on; what they lie on goes on with time
//! ```

pub mod action;
mod actions;
pub mod ask;
mod decide;
mod documents;
pub mod eligibility;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod state;
pub mod world;

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, guide::Standard};
use yiwang_chassis::identity::Role;
use yiwang_civic::params::RuleBook;

pub use self::{
    action::Action,
    decide::account_holder,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct Grave;

impl Item for Grave {
    const CODE: &'static str = "grave";
    const PREFIX: &'static str = "MW";
    const TITLE: &'static str = "骨灰安放（葬）";
    // At the cemetery's own desk; others of its staff look at it.
    const FILED_BY: &'static [Role] = state::STAFF;

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
            decide::HOLD_END => Some(Action::HoldEnded),
            decide::PERIOD_ENDING => Some(Action::PeriodEnding),
            decide::PERIOD_END => Some(Action::PeriodEnded),
            decide::NOTICE_END => Some(Action::NoticeEnded),
            _ => None,
        }
    }
}
