//! What each act does: pure. Casework has checked state and role against the table before.

mod clocks;
mod countersign;
mod leave;
mod store;
mod wishes;

use jiff::civil::Date;
use yiwang_casework::{Actor, Case, Context, Decision, Refusal};

use super::{
    AshesDeposit,
    action::Action,
    documents,
    facts::{Contract, Ended, Facts, Move},
    form::Form,
    state::State,
    world::World,
};
use crate::domain::{
    desk::{self, at_field},
    ledger::Whereabouts,
    signer::{Signer, acting},
};

pub(super) use self::clocks::{AFTER_30, BEFORE_30, BEFORE_60, NOTICE_END, PAID_UNTIL, UNCLAIMED};

/// Result of an act.
type Decided = Result<Decision<AshesDeposit>, Refusal>;

/// What every act looks at.
#[derive(Clone, Copy)]
struct Scene<'a> {
    case: &'a Case<AshesDeposit>,
    cx: &'a Context<'a>,
    world: &'a World,
}

impl<'a> Scene<'a> {
    fn facts(&self) -> Facts {
        self.case.facts.clone()
    }

    fn contract(&self) -> Result<&'a Contract, Refusal> {
        let contract = self.case.facts.contract.as_ref();
        contract.ok_or_else(|| Refusal::new("NO_CONTRACT", "还没有入存，请先办理入存。"))
    }

    /// Stands in this hall still.
    fn is_here(&self) -> bool {
        let here = Whereabouts::InHall {
            facility: self.case.form.facility.trim().to_owned(),
        };
        self.world.urn.as_ref().is_some_and(|urn| urn.at == here)
    }

    /// Whoever acts; the family under the handler's name.
    fn signer(&self) -> Result<Signer, Refusal> {
        let name = match self.cx.actor {
            Actor::Citizen { .. } => self.case.form.handler.name.as_str(),
            _ => "",
        };
        acting(self.cx, name)
    }

    /// Where the case stands beneath a signature or a wish that is awaited.
    fn beneath(&self) -> State {
        self.case.facts.beneath(self.case.state)
    }

    /// Time moves on what lies beneath; a signature or a wish that is awaited stays on top.
    fn moved_to(&self, state: State, mut facts: Facts, note: &str) -> Decision<AshesDeposit> {
        if self.case.state == self.beneath() {
            return Decision::to(state, facts, note);
        }
        match (&mut facts.asked, &mut facts.pending) {
            (Some(asked), _) => asked.from = state,
            (None, Some(pending)) => pending.from = state,
            (None, None) => {}
        }
        Decision::to(self.case.state, facts, note)
    }

    fn ended(&self, by: &str, second: &str, text: &str) -> Ended {
        Ended {
            on: self.cx.today(),
            by: by.trim().to_owned(),
            second: second.trim().to_owned(),
            text: text.trim().to_owned(),
        }
    }
}

/// Takes an application.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    desk::valid(form.violations())?;
    let facility = facility(cx, world)?;
    store::papers(form, world)?;
    let facts = Facts {
        facility: facility.to_owned(),
        ..Facts::default()
    };
    let message = format!("申请已收到，请带火化证明和身份证件到{facility}办理入存。");
    Ok(Decision::to(State::Applied, facts, "提交寄存申请").tell(message))
}

fn facility<'a>(cx: &Context<'_>, world: &'a World) -> Result<&'a str, Refusal> {
    let at = |code, message: String| Err(at_field(code, "/facility", message));
    let Some(facility) = world.facility.as_ref() else {
        return at(
            "FACILITY_UNKNOWN",
            "没有这个寄存单位，请重新选择。".to_owned(),
        );
    };
    if facility.division != cx.division {
        let message = format!("{}不在所选的办理地区，请按单位所在地提交。", facility.name);
        return at("FACILITY_ELSEWHERE", message);
    }
    if !matches!(facility.kind.as_str(), "funeral_home" | "columbarium") {
        let message = format!("{}不寄存骨灰，请选殡仪馆或者骨灰堂。", facility.name);
        return at("NO_DEPOSIT_HERE", message);
    }
    Ok(&facility.name)
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<AshesDeposit>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let scene = Scene { case, cx, world };
    match action {
        Action::Store(data) => countersign::first(scene, Move::Store(data)),
        Action::Renew(data) => store::renew(scene, &data),
        Action::Refuse(data) => refuse(scene, &data.reasons),
        Action::Withdraw => withdraw(scene),
        Action::HandOut(data) => countersign::first(scene, Move::HandOut(data)),
        Action::Moved => leave::moved(scene),
        Action::Settle(data) => countersign::first(scene, Move::Settle(data)),
        Action::Countersign(data) => countersign::second(scene, &data),
        Action::FamilySign(data) => countersign::family(scene, &data),
        Action::Discard(data) => countersign::discard(scene, &data),
        Action::AskRenewal(data) => wishes::renewal(scene, &data),
        Action::AskCollection(data) => wishes::collection(scene, &data),
        Action::AskCorrection(data) => wishes::correction(scene, &data),
        Action::ChangeContact(data) => wishes::contact(scene, &data),
        Action::TakeBack => wishes::take_back(scene),
        Action::Correct(data) => wishes::correct(scene, &data),
        Action::Decline(data) => wishes::decline(scene, &data),
        Action::Remind => clocks::remind(scene),
        Action::PeriodEnded => clocks::period_ended(scene),
        Action::RemindOverdue => clocks::remind_overdue(scene),
        Action::Unclaimed => clocks::unclaimed(scene),
        Action::NoticeEnded => clocks::notice_ended(scene),
    }
}

fn refuse(scene: Scene<'_>, reasons: &str) -> Decided {
    let reasons = desk::reasons(reasons)?;
    let mut facts = scene.facts();
    facts.ended = Some(scene.ended(&desk::officer(scene.cx), "", reasons));
    let document = documents::refused(scene.case, reasons, scene.cx.today());
    Ok(Decision::to(State::Refused, facts, "不予办理")
        .tell("不符合条件，理由已书面告知。")
        .issue(document))
}

fn withdraw(scene: Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    facts.ended = Some(scene.ended("", "", ""));
    Ok(Decision::to(State::Withdrawn, facts, "撤回申请").tell("申请已撤回。"))
}

/// The same day so many months later.
fn months_later(day: Date, months: u32) -> Date {
    let span = jiff::Span::new().try_months(months);
    span.map_or(day, |span| day.saturating_add(span))
}
