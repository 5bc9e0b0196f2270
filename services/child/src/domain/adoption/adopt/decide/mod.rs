//! What each act does: pure (rules B2.10).

mod apply;
mod assess;
mod papers;
mod register;

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision, NoticeOp, Refusal};

use super::{
    Adoption,
    action::Action,
    facts::Facts,
    state::State,
    world::{Effect, World},
};
use crate::domain::{adoption::law::adopter::Limits, desk};

pub(super) use apply::submit;

/// Result of an act.
pub(super) type Decided = Result<Decision<Adoption>, Refusal>;

/// Name of the clock of the registration.
pub(super) const DECIDE: &str = "decide";
/// Name of the clock of the notice.
pub(super) const NOTICE: &str = "notice";
/// Name of the clock of the report.
pub(super) const REPORT: &str = "report";
/// Name of the clock of living together.
pub(super) const BOND: &str = "bond";

/// Everything an act sees.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) case: &'a Case<Adoption>,
    pub(super) cx: &'a Context<'a>,
    pub(super) world: &'a World,
}

impl Scene<'_> {
    fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    fn today(&self) -> Date {
        self.cx.today()
    }

    fn officer(&self) -> String {
        desk::officer(self.cx)
    }

    /// Stays where it is.
    fn stay(&self, facts: Facts, note: impl Into<String>) -> Decision<Adoption> {
        Decision::to(self.case.state, facts, note)
    }
}

/// Numbers of the law here, today.
pub(super) fn limits(cx: &Context<'_>) -> Result<Limits, Refusal> {
    let count = |id: &str| cx.rule(id)?.count();
    Ok(Limits {
        age: count("child.adoption.adopter_age")?,
        gap: count("child.adoption.age_gap")?,
        children: count("child.adoption.children_most")?,
        adult: count("child.adoption.adult_age")?,
    })
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<Adoption>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    let mut decision = match action {
        Action::Amend(form) => apply::amend(&scene, *form),
        Action::Sign => apply::sign(&scene),
        Action::SignAtDesk(data) => apply::sign_at_desk(&scene, &data),
        Action::CheckMarital(data) => apply::check_marital(&scene, data),
        Action::Interview(data) => apply::interview(&scene, data),
        Action::Consent(data) => apply::consent(&scene, data),
        Action::HearChild(data) => apply::hear_child(&scene, data),
        Action::ChooseChild(data) => apply::choose_child(&scene, *data),
        Action::CheckPapers(data) => papers::check(&scene, data),
        Action::PostNotice(data) => papers::post(&scene, data),
        Action::NoticeOver => papers::over(&scene),
        Action::Objected => Ok(papers::objected(&scene)),
        Action::Settle(data) => papers::settle(&scene, data),
        Action::ParentsFound(data) => papers::parents_found(&scene, &data),
        Action::BeginAssessment(data) => assess::begin(&scene, data),
        Action::Visit(data) => assess::visit(&scene, data),
        Action::Score(data) => assess::score(&scene, &data),
        Action::BeginBond(data) => assess::begin_bond(&scene, data),
        Action::EndBond(data) => assess::end_bond(&scene, data),
        Action::Report(data) => assess::report(&scene, &data),
        Action::Propose(data) => register::propose(&scene, data),
        Action::Confirm => register::confirm(&scene),
        Action::SendBack(data) => register::send_back(&scene, &data),
        Action::Withdraw(data) => register::withdraw(&scene, &data),
    }?;
    // Without an adoption the child does not stay with them.
    let over = matches!(decision.state, State::Refused | State::Withdrawn);
    if over && case.facts.assessment.lives_there() {
        decision.effects.push(Effect::GoesBack);
    }
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

/// Everything stops.
fn closed(state: State, facts: Facts, note: impl Into<String>) -> Decision<Adoption> {
    let decision = [DECIDE, NOTICE, REPORT, BOND]
        .into_iter()
        .fold(Decision::to(state, facts, note), Decision::stop);
    taken_down(decision)
}

/// The notice comes down wherever it hangs.
fn taken_down(mut decision: Decision<Adoption>) -> Decision<Adoption> {
    decision.notices.push(NoticeOp::Withdraw(NOTICE.to_owned()));
    decision.effect(Effect::TakeDown)
}
