//! 未成年人保护个案 (GA, B2.7): the four steps 强制报告、应急处置、评估帮扶、监护干预.
//!
//! ```text
//! reported ─► triaged ─► assessing ─► case_conference ─► helping ─► intervening
//!    │  │       │  ▲          ▲                             │           │
//!    │  └► emergency ─────────┘                             └► follow_up ◄┘
//!    └► merged, transferred            unsafe: assessing ◄──────┘  └► closed ─► triaged
//! ```
//! A report opens it at once; police, placement, orders, suits run beside the steps. Guardians
//! are no parties: a case of this item has no applicant.

pub mod action;
mod actions;
mod decide;
pub mod facts;
pub mod form;
mod guide;
mod sections;
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

/// Who writes a report down for others: those who then stand on the case. Everybody else has the
/// page, which keeps who reported apart.
const FILERS: &[Role] = state::LINE;

/// The item.
#[derive(Debug)]
pub struct ProtectionCase;

impl Item for ProtectionCase {
    const CODE: &'static str = "protection-case";
    const PREFIX: &'static str = "GA";
    const TITLE: &'static str = "未成年人保护个案";
    const FILER_DECIDES: bool = true;
    const FILED_BY: &'static [Role] = FILERS;
    const NAMELESS: bool = true;
    const CLOSED: bool = true;
    const LINE: &'static [Role] = state::LINE;

    yiwang_casework::parts_of_item!();

    /// The place that took it over stands on its own case.
    fn line_stands(state: State) -> bool {
        state != State::Transferred
    }

    /// The supervisor of the township that became known after the report, the director of the
    /// village that follows up.
    fn standing(_: &Form, facts: &Facts) -> Vec<Standing> {
        let follow = facts.follow_up.iter();
        let village = follow.map(|(follow, _)| Standing {
            role: Role::ChildWorker,
            division: follow.what.village.clone(),
        });
        let township = facts.township().map(|division| Standing {
            role: Role::ChildSupervisor,
            division: division.to_owned(),
        });
        township.into_iter().chain(village).collect()
    }

    fn expected(case: &Case<Self>) -> Vec<&'static str> {
        let facts = &case.facts;
        let mut acts = Vec::new();
        let mut wants = |stands: bool, act: &'static str| {
            if stands {
                acts.push(act);
            }
        };
        let open = !matches!(
            case.state,
            State::Closed | State::Merged | State::Transferred
        );
        wants(open && facts.police.is_none(), "police_told");
        wants(
            facts.conferring.is_some() || facts.closing.is_some(),
            "countersign",
        );
        match case.state {
            State::Reported => wants(true, "triage"),
            State::Triaged => wants(true, "to_assess"),
            State::Emergency => {
                wants(facts.triage.is_none(), "triage");
                wants(facts.emergency.is_empty(), "emergency");
                wants(facts.placed.is_empty(), "place");
                wants(facts.triage.is_some(), "to_assess");
            }
            State::Assessing => wants(true, "assess"),
            State::CaseConference => wants(facts.conferring.is_none(), "confer"),
            State::Helping | State::Intervening => {
                wants(
                    facts.removal.as_ref().is_some_and(|it| it.filed.is_none()),
                    "removal_filed",
                );
                wants(facts.plan_open() > 0, "plan_done");
                wants(facts.plan_open() == 0, "follow_up");
            }
            State::FollowUp => wants(true, "visit"),
            State::Closed | State::Merged | State::Transferred => {}
        }
        acts
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
