//! 骨灰寄存 (JC, F07): a contract, paid until a day; reminders before and after it; taken with
//! ID and receipt, moved to a place, or, unclaimed, laid to rest ecologically after a public
//! notice.
//!
//! ```text
//! applied ─► in_store ─► due_soon ─► overdue ─► notice ─► unclaimed ─► settled
//!   │ └► refused  ▲           renewed │  │  taken, moved: from all of them
//!   └► withdrawn  └───────────────────┘
//! signing, asked: over any of them that is not the end; what they lie on goes on with time
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

/// 骨灰寄存 on the price list, per month.
pub const PRICE: &str = "ashes.deposit";

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct AshesDeposit;

impl Item for AshesDeposit {
    const CODE: &'static str = "ashes-deposit";
    const PREFIX: &'static str = "JC";
    const TITLE: &'static str = "骨灰寄存";
    // At the hall's own desk; others of its staff take the urn in.
    const FILED_BY: &'static [Role] = state::STAFF;

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
        match name {
            decide::BEFORE_60 | decide::BEFORE_30 => Some(Action::Remind),
            decide::PAID_UNTIL => Some(Action::PeriodEnded),
            decide::AFTER_30 => Some(Action::RemindOverdue),
            decide::UNCLAIMED => Some(Action::Unclaimed),
            decide::NOTICE_END => Some(Action::NoticeEnded),
            _ => None,
        }
    }
}
