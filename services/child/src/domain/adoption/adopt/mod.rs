//! 收养登记 (SY, B2.10), assessment inside.
//!
//! ```text
//! applied ─► papers_checked ─► search_notice ─► assessing ─► reviewed ─► registered | refused
//!                 │                 (60 days)       ▲  │         ▲
//!                 └─────────────────────────────────┘  └─ report ┘        (withdrawn: before)
//! applied ─► reviewed                                            (step-child)
//! ```
//! The thirty days stand still while the notice hangs and the assessment goes on. At the
//! registration everything that leads to who gave the child leaves form and facts for the sealed
//! archive; afterwards the line does not stand on the case any more (rules B5.5).

pub mod action;
mod actions;
mod archive;
mod certificate;
mod checks;
mod decide;
pub mod facts;
pub mod form;
mod guide;
mod sections;
pub mod senders;
pub mod state;
pub mod world;

use yiwang_casework::{Case, Context, Decision, Item, Material, Refusal, Standing};
use yiwang_chassis::identity::Role;

pub use self::{
    action::Action,
    certificate::{KIND, TITLE, issuer},
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use super::{REGISTRAR, law::kind::Kind};

/// The item.
#[derive(Debug)]
pub struct Adoption;

impl Item for Adoption {
    const CODE: &'static str = "adoption";
    const PREFIX: &'static str = "SY";
    const TITLE: &'static str = "收养登记";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = REGISTRAR;
    const PARTIES: &'static [&'static str] = &["spouse"];
    const CLOSED: bool = true;
    const LINE: &'static [Role] = REGISTRAR;

    yiwang_casework::parts_of_item!();

    fn line_stands(state: State) -> bool {
        !matches!(state, State::Registered | State::Refused | State::Withdrawn)
    }

    /// Assessors of the centre, as long as it is assessed.
    fn standing(form: &Form, facts: &Facts) -> Vec<Standing> {
        let of = |role| Standing {
            role,
            division: facts.county.clone(),
        };
        if facts.is_over() {
            return Vec::new();
        }
        let assessing = facts
            .assessment
            .begun
            .is_some()
            .then(|| of(Role::ChildCentre));
        let home = (form.kind == Kind::Institution && form.child.is_chosen())
            .then(|| of(Role::WelfareHome));
        assessing.into_iter().chain(home).collect()
    }

    fn on_clock(name: &str) -> Option<Action> {
        (name == decide::NOTICE).then_some(Action::NoticeOver)
    }

    fn on_objection(_: &str, _: &str) -> Option<Action> {
        Some(Action::Objected)
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        awaited(case)
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

/// What the procedure waits for now.
fn awaited(case: &Case<Adoption>) -> Vec<&'static str> {
    let facts = &case.facts;
    let assessment = &facts.assessment;
    let report = match (&assessment.bond, &assessment.bonded) {
        (None, _) => "begin_bond",
        (Some(_), None) => "end_bond",
        (Some(_), Some(_)) => "report",
    };
    match case.state {
        State::Applied if facts.interview.is_none() => vec!["interview", "check_marital"],
        State::Applied => vec!["check_marital", "check_papers"],
        State::PapersChecked => vec!["begin_assessment", "post_notice"],
        State::SearchNotice if assessment.begun.is_none() => vec!["begin_assessment"],
        State::SearchNotice | State::Assessing if assessment.visits.is_empty() => vec!["visit"],
        State::SearchNotice | State::Assessing => vec!["score", report],
        State::Reviewed if facts.pending.is_some() => vec!["confirm", "send_back"],
        State::Reviewed => vec!["check_marital", "propose"],
        State::Registered | State::Refused | State::Withdrawn => Vec::new(),
    }
}
