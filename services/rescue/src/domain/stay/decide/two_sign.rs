//! One writes a step down, another signs it with an account of their own: only then it counts.

use yiwang_casework::Refusal;

use super::{Decided, Scene, identity, leave, no_pending, property};
use crate::domain::{
    desk,
    stay::{
        State,
        action::Reasons,
        facts::Pending,
        matched::{Matched, Unmatched},
        step::Step,
    },
    two::{self, Signer},
};

/// Both who sign.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) first: &'a Signer,
    pub(super) second: &'a Signer,
}

impl Both<'_> {
    pub(super) fn names(self) -> Vec<String> {
        vec![self.first.name.clone(), self.second.name.clone()]
    }
}

/// The first signature: refused now for whatever would refuse the second.
pub(super) fn first(scene: &Scene<'_>, step: Step) -> Decided {
    no_pending(scene)?;
    let by = two::signer(scene.cx)?;
    let nobody = Signer::nobody();
    let both = Both {
        first: &by,
        second: &nobody,
    };
    carry_out(scene, &step, both)?;
    let mut facts = scene.facts();
    let note = format!("{}：{}登记，待另一人复核", step.label(), by.name);
    facts.pending = Some(Pending {
        step,
        by,
        at: scene.cx.now,
    });
    Ok(scene.stay(facts, note))
}

/// The second signature, by another account.
pub(super) fn second(scene: &Scene<'_>) -> Decided {
    let pending = two::pending(scene.case.facts.pending.as_ref())?;
    let by = two::second(pending.by.account, scene.cx)?;
    if !pending.step.from().contains(&scene.case.state) {
        let message = "办件已经到了别的环节，这一步不能再复核，请作废后按现在的环节办理。";
        return Err(Refusal::new("PENDING_STALE", message));
    }
    let both = Both {
        first: &pending.by,
        second: &by,
    };
    carry_out(scene, &pending.step, both)
}

/// Two compared, each with an account of their own, and the police or DNA answered: both have
/// signed in the comparison.
pub(super) fn matched(scene: &Scene<'_>, data: Matched) -> Decided {
    searched(scene)?;
    no_pending(scene)?;
    let (first, second) = pair(&data.signed)?;
    carry_out(
        scene,
        &Step::Identify(data.identify),
        Both { first, second },
    )
}

/// The comparison was wrong.
pub(super) fn unmatched(scene: &Scene<'_>, data: Unmatched) -> Decided {
    searched(scene)?;
    no_pending(scene)?;
    let (first, second) = pair(&data.signed)?;
    let reasons = data.reasons;
    carry_out(
        scene,
        &Step::TakeBack(Reasons { reasons }),
        Both { first, second },
    )
}

/// Of those who have left, only who was settled is still searched for.
fn searched(scene: &Scene<'_>) -> Result<(), Refusal> {
    if scene.case.state == State::Left && !scene.case.facts.was_settled() {
        let message = "受助人员已经离站，不再寻亲。";
        return Err(Refusal::new("STAY_ENDED", message));
    }
    Ok(())
}

fn pair(signed: &[Signer]) -> Result<(&Signer, &Signer), Refusal> {
    match signed {
        [first, second] if first.account != second.account => Ok((first, second)),
        _ => Err(Refusal::new("SAME_PERSON", "寻亲比对要有两个人签字。")),
    }
}

/// Written down wrong.
pub(super) fn discard(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let pending = two::pending(facts.pending.take())?;
    let note = format!("作废待复核的“{}”：{reasons}", pending.step.label());
    Ok(scene.stay(facts, note))
}

/// What a step changes once both have signed.
fn carry_out(scene: &Scene<'_>, step: &Step, both: Both<'_>) -> Decided {
    let mut facts = scene.facts();
    facts.pending = None;
    match step {
        Step::GiveBack(data) => {
            property::check(scene, data)?;
            property::given(scene, facts, data)
        }
        Step::Identify(data) => identity::identify(scene, facts, data, both),
        Step::TakeBack(data) => identity::take_back(scene, facts, data, both),
        Step::Fetched(data) => leave::fetched(scene, facts, data, both),
        Step::HandOver(data) => leave::handed(scene, facts, data, both),
    }
}
