//! One procedure for both items (rules B2.1 to B2.3): no public notice, data before papers, two
//! persons at the county.
//!
//! ```text
//! (elsewhere) received ─► verifying ─► confirming ─► paid ─► ended
//!                 │  ▲        │ ▲          │ ▲        │ ▲
//!                 ▼  │        ▼ │          ▼ │        ▼ │
//!               returned    returned   refused      recheck ─► reconfirming
//! (system)      review ────────────────►              suspended
//! ```
//! While something is looked at, the fee goes on; at 18 school is looked at first.

pub mod action;
pub mod actions;
pub mod decide;
pub mod events;
pub mod facts;
pub mod form;
pub mod guide;
pub mod papers;
pub mod sections;
pub mod shared;
pub mod standards;
pub mod state;
pub mod words;
pub mod world;

use jiff::civil::Date;
use serde_json::Value;
use yiwang_casework::{Case, Item, Standing, guide::Standard};
use yiwang_chassis::identity::Role;
use yiwang_civic::params::RuleBook;

pub use self::{
    action::Action,
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use super::law::{Kind, Upbringing};

/// GE and WF: one procedure under two names.
pub trait Entitlement:
    Item<Form = Form, State = State, Facts = Facts, Action = Action, World = World, Effect = Effect>
{
    /// Which.
    const KIND: Kind;
}

/// What the procedure waits for.
pub(super) fn expected<I: Entitlement>(case: &Case<I>) -> Vec<&'static str> {
    if case.facts.pending.is_some() {
        return vec!["decide"];
    }
    match case.state {
        State::Received => vec!["forward", "ask_papers"],
        State::Returned => vec!["supplement"],
        State::Verifying | State::Review => vec!["verify"],
        State::Confirming | State::Reconfirming => vec!["propose", "send_back"],
        State::Recheck => vec!["recheck"],
        State::Suspended => vec!["resume", "propose_payee"],
        State::ToTell => vec!["tell_result"],
        State::Paid => to_do(&case.facts),
        State::Refused | State::Withdrawn | State::Ended => Vec::new(),
    }
}

fn to_do(facts: &Facts) -> Vec<&'static str> {
    let due = [
        (facts.payee.is_none(), "propose_payee"),
        (
            facts.found.iter().any(|it| it.code == "adult"),
            "school_check",
        ),
        (
            !facts.elsewhere.is_empty() && facts.told.is_none(),
            "tell_result",
        ),
        (facts.agreement.is_none(), "agreement"),
        (facts.national.is_empty(), "enter_national"),
    ];
    due.into_iter()
        .filter_map(|(due, act)| due.then_some(act))
        .collect()
}

/// The township elsewhere until the applicant is told; the institution that brings the child up.
pub(super) fn standing(form: &Form, facts: &Facts) -> Vec<Standing> {
    let mut stands = Vec::new();
    let receiving = form.receiving.trim();
    if !receiving.is_empty() && facts.told.is_none() {
        stands.extend(state::WINDOW.iter().map(|role| (*role, receiving)));
    }
    if form.upbringing == Upbringing::Institution && !facts.county.is_empty() {
        stands.push((Role::WelfareHome, &facts.county));
    }
    let stands = stands.into_iter().map(|(role, division)| Standing {
        role,
        division: division.to_owned(),
    });
    stands.collect()
}

/// The act a clock takes.
pub(super) fn on_clock(name: &str) -> Option<Action> {
    match name {
        decide::COMPARE => Some(Action::CompareDue),
        decide::ADULT => Some(Action::AdultDue),
        _ => None,
    }
}

/// The act an answer takes.
pub(super) fn on_answer(kind: &str, answer: Value) -> Result<Action, serde_json::Error> {
    match kind {
        shared::ERRAND => serde_json::from_value(answer).map(Action::Compared),
        other => Err(serde::de::Error::custom(format!("nobody asked {other}"))),
    }
}

/// The standards shown in the guide.
pub(super) fn shown(kind: Kind, rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
    standards::shown(kind, rules, division, day)
}
