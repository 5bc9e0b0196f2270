//! What each act does: pure (rules B2.7). A report is never refused, deleted or ended otherwise
//! than by a recorded decision (rules B5.4).

mod assess;
mod emergency;
mod follow;
mod help;
mod report;

use jiff::civil::Date;
use yiwang_casework::{
    Case, Context, Decision, Refusal,
    context::Actor,
    decision::StartClock,
    two::{Signer, signer},
};
use yiwang_chassis::identity::Role;

use super::{
    ProtectionCase,
    action::Action,
    facts::{Done, Facts},
    form::Form,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, valid},
    protection::clocks::Limit,
};

/// Result of an act.
pub(super) type Decided = Result<Decision<ProtectionCase>, Refusal>;

pub(super) const POLICE: Limit = Limit("police", "告知公安机关", "未成年人保护法11：立即报告");
pub(super) const TRIAGE: Limit = Limit("triage", "研判危险程度", "国发〔2016〕13号 四");
pub(super) const SAFE: Limit = Limit("emergency", "应急处置", "国发〔2016〕13号 四(二)：第一时间");
pub(super) const ASSESS: Limit = Limit("assess", "完成评估", "国发〔2016〕13号 四(三)");
pub(super) const CONFER: Limit = Limit("conference", "会商决定", "国发〔2016〕13号 四(三)");
pub(super) const VISIT: Limit = Limit("visit", "回访，见到儿童本人", "未成年人保护法93；回访");

/// A decision in the making: the case, and who acts when.
pub(super) struct Scene<'a> {
    pub(super) case: &'a Case<ProtectionCase>,
    pub(super) cx: &'a Context<'a>,
    pub(super) world: &'a World,
}

impl Scene<'_> {
    pub(super) fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    pub(super) fn today(&self) -> Date {
        self.cx.today()
    }

    pub(super) fn done<T>(&self, what: T) -> Done<T> {
        done(self.cx, what)
    }

    /// Stays where it is.
    pub(super) fn stays(&self, facts: Facts, note: impl Into<String>) -> Decision<ProtectionCase> {
        Decision::to(self.case.state, facts, note)
    }

    pub(super) fn age(&self) -> Option<u8> {
        self.case.form.child.age_on(self.today())
    }

    /// Under temporary guardianship.
    pub(super) fn in_care(&self) -> bool {
        let custody = self.world.custody.as_deref();
        custody.is_some_and(|number| number.starts_with("LJ"))
    }

    /// Under long-term guardianship.
    pub(super) fn in_long_care(&self) -> bool {
        self.world.custody.is_some() && !self.in_care()
    }

    /// The county's own officer, where the township acts too.
    pub(super) fn county(&self) -> Result<Signer, Refusal> {
        let Actor::Officer { roles, .. } = self.cx.actor else {
            return signer(self.cx);
        };
        if roles.contains(&Role::ChildCounty) {
            return signer(self.cx);
        }
        let message = "这一步由县级民政部门复核，请移交给县级工作人员。";
        Err(Refusal::new("WRONG_ROLE", message))
    }
}

/// Done now, by whoever acts.
pub(super) fn done<T>(cx: &Context<'_>, what: T) -> Done<T> {
    Done {
        what,
        at: cx.now,
        by: desk::officer(cx),
    }
}

/// Nobody reports through the forms of applicants; the page for everybody keeps the reporter apart.
fn by_staff(cx: &Context<'_>) -> Result<(), Refusal> {
    match cx.actor {
        Actor::System(_) => Ok(()),
        Actor::Officer { roles, .. } if roles.iter().any(|role| super::FILERS.contains(role)) => {
            Ok(())
        }
        _ => {
            let message = "请在“报告儿童受到伤害”页面报告，不用登录。情况紧急的，请马上拨打110。";
            Err(Refusal::new("USE_REPORT_PAGE", message))
        }
    }
}

/// A report opens a case at once.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    by_staff(cx)?;
    valid(form.violations(cx.today()))?;
    // Only a transfer brings what happened before; nobody looks into a case by naming it.
    let moved = matches!(cx.actor, Actor::System(_));
    let from = world.other.as_ref().filter(|_| moved);
    let reported_at = from.and_then(|other| other.reported_at).unwrap_or(cx.now);
    let mut facts = Facts {
        reported_at: Some(reported_at),
        ..Facts::default()
    };
    if let Some(at) = from.and_then(|other| other.police_told_at) {
        facts.police = Some(report::told_before(at));
    }
    let told = facts.police.is_some();
    let mut decision = Decision::to(State::Reported, facts, "收到报告，已立案");
    if !told {
        let id = "child.protection.police_minutes";
        decision = decision.start(POLICE.minutes(cx, reported_at, id)?);
    }
    let triage: StartClock = TRIAGE.hours(cx, cx.now, "child.protection.triage_hours")?;
    Ok(decision
        .start(triage)
        .effect(Effect::Reported)
        .confidential())
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<ProtectionCase>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    let mut decision = match action {
        Action::PoliceTold(data) => report::police_told(&scene, data),
        Action::Triage(data) => report::triage(&scene, data),
        Action::Merge(data) => report::merge(&scene, &data),
        Action::Transfer(data) => report::transfer(&scene, &data),
        Action::ChildKnown(data) => report::child_known(&scene, data),
        Action::Somebody(data) => report::somebody(&scene, data),
        Action::Emergency(data) => emergency::step(&scene, data),
        Action::Hear(data) => emergency::hear(&scene, data),
        Action::Place(data) => emergency::place(&scene, data),
        Action::ToAssess(data) => emergency::to_assess(&scene, &data),
        Action::Assess(data) => assess::assess(&scene, data),
        Action::Confer(data) => assess::confer(&scene, data),
        Action::Countersign => follow::countersign(&scene),
        Action::SendBack(data) => assess::send_back(&scene, &data),
        Action::PlanAdd(data) => assess::plan_add(&scene, data),
        Action::PlanDone(data) => assess::plan_done(&scene, &data),
        Action::GiveHelp(data) => help::help(&scene, data),
        Action::Intervene(data) => help::intervene(&scene, data),
        Action::OrderRequest(data) => help::order_request(&scene, data),
        Action::OrderResult(data) => help::order_result(&scene, data),
        Action::RemovalDue(data) => help::removal_due(&scene, data),
        Action::RemovalFiled(data) => help::removal_filed(&scene, data),
        Action::RemovalResult(data) => help::removal_result(&scene, data),
        Action::Suggestion(data) => help::suggestion(&scene, data),
        Action::SuggestionAnswered(data) => help::suggestion_answered(&scene, &data),
        Action::Return(data) => follow::back_home(&scene, data),
        Action::FollowUp(data) => follow::follow_up(&scene, data),
        Action::Visit(data) => follow::visit(&scene, data),
        Action::Close(data) => follow::close(&scene, data),
        Action::Reopen(data) => follow::reopen(&scene, &data),
    }?;
    decision.effects.insert(0, Effect::Follow);
    Ok(decision.confidential())
}
