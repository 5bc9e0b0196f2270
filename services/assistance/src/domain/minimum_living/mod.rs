//! 最低生活保障 (DB), the minimum living guarantee: 民发〔2021〕57号 and the
//! 社会救助法 in force since 2026-07-01.
//!
//! ```text
//! submitted ─► accepted ─► investigating ⇄ checking ─► first_opinion ─► public_notice
//!     ⇅                        ▲                            │                │
//! correction                   └──────── objected ◄─────────┼────────────────┤
//!                                                           ▼                ▼
//!       in_payment ◄─ confirmed / rejected ◄─ county_review ◄─ reported
//!        │  ▲
//!        ▼  │
//!      recheck, death_review, grace ─► stopped ⇄ recovering
//! ```
//! Where the province gave the power to the township, `township_confirm` leads
//! from `public_notice` to `confirmed` and the county only files it.

pub mod accounts;
pub mod action;
mod actions;
pub mod amount;
pub mod assess;
pub mod codes;
pub mod deadlines;
pub(crate) mod decide;
pub mod documents;
mod events;
pub mod facts;
pub mod findings;
pub mod form;
mod guide;
pub mod household;
pub mod income;
pub mod jobs;
pub mod notice;
pub mod params;
pub mod property;
pub mod report;
mod sections;
pub mod state;
pub mod told;
pub mod world;

use jiff::civil::Date;
use serde_json::Value;
use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, guide::Standard};
use yiwang_civic::params::RuleBook;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};

/// The item.
#[derive(Debug, Clone, Copy)]
pub struct MinimumLiving;

impl Item for MinimumLiving {
    const CODE: &'static str = "minimum-living";
    const PREFIX: &'static str = "DB";
    const TITLE: &'static str = "最低生活保障";

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
        decide::submit(form, materials, cx, world).map(|decision| told(decision, world))
    }

    fn decide(
        case: &Case<Self>,
        action: Action,
        cx: &Context<'_>,
        world: &World,
    ) -> Result<Decision<Self>, Refusal> {
        decide::decide(case, action, cx, world).map(|decision| told(decision, world))
    }

    fn on_clock(name: &str) -> Option<Action> {
        match name {
            deadlines::NOTICE_END => Some(Action::NoticeEnded),
            deadlines::PAYMENT_START => Some(Action::OrderPayment),
            deadlines::RECHECK_DUE => Some(Action::RecheckDue),
            deadlines::GRACE_END => Some(Action::GraceOver),
            _ => None,
        }
    }

    fn on_objection(notice: &str, content: &str) -> Option<Action> {
        let text = action::Text {
            text: content.to_owned(),
        };
        // What is said against a published result is a complaint (第三十七条).
        Some(if notice::is_first_opinion(notice) {
            Action::Object(text)
        } else {
            Action::RecordComplaint(text)
        })
    }

    fn on_answer(kind: &str, answer: Value) -> Result<Action, serde_json::Error> {
        match kind {
            decide::PAYEE_ERRAND => Ok(Action::PayeeStored),
            _ => serde_json::from_value(answer).map(Action::CheckAnswered),
        }
    }
}

/// Whether another service is involved stands with the case as it is known now.
fn told(mut decision: Decision<MinimumLiving>, world: &World) -> Decision<MinimumLiving> {
    decision.facts.elsewhere = world.elsewhere;
    decision
}
