//! One writes a step down, another scans the tag again: only then it counts.

use uuid::Uuid;
use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, ashes, cremation, intake, notice, transfer, verify};
use crate::domain::{
    desk,
    funeral::{
        Funeral,
        action::{Reasons, Scan},
        facts::{Facts, Pending, Signed, Signer},
        papers,
        state::State,
        step::Step,
        world::Effect,
    },
    two,
};

/// Both who sign.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) first: &'a Signer,
    pub(super) second: &'a Signer,
}

impl Both<'_> {
    pub(super) fn signers(self) -> [Signer; 2] {
        [self.first.clone(), self.second.clone()]
    }

    pub(super) fn names(self) -> [String; 2] {
        [self.first.name.clone(), self.second.name.clone()]
    }
}

/// The first signature: refused now for whatever would refuse the second.
pub(super) fn first(scene: &Scene<'_>, step: Step) -> Decided {
    notice::no_pending(scene)?;
    let by = scene.signer()?;
    let nobody = Signer {
        account: Uuid::nil(),
        name: String::new(),
    };
    let both = Both {
        first: &by,
        second: &nobody,
    };
    carry_out(scene, &step, both)?;
    let mut facts = scene.facts();
    if matches!(step, Step::PickUp(_)) && facts.tag.is_empty() {
        facts.tag.clone_from(&scene.world.next_tag);
    }
    let note = format!("{}：{}登记，待另一人复核", step.name().1, by.name);
    facts.pending = Some(Pending {
        step,
        by,
        at: scene.cx.now,
    });
    // The family is told when it counts.
    Ok(scene.stay(facts, note).confidential())
}

/// The second signature, by another account.
pub(super) fn second(scene: &Scene<'_>, data: &Scan) -> Decided {
    let facts = &scene.case.facts;
    let pending = two::pending(facts.pending.as_ref())?;
    let by = two::second(pending.by.account, scene.cx)?;
    papers::same_tag(Some(facts.tag.as_str()), &data.tag)?;
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

/// Written down wrong.
pub(super) fn discard(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let pending = two::pending(facts.pending.take())?;
    let note = format!("作废待复核的“{}”：{reasons}", pending.step.name().1);
    Ok(scene.stay(facts, note).confidential())
}

/// What a step changes once both have signed.
fn carry_out(scene: &Scene<'_>, step: &Step, both: Both<'_>) -> Decided {
    if let Some(scanned) = step.tag() {
        papers::same_tag(scene.world.body.as_deref(), scanned)?;
    }
    match step {
        Step::PickUp(data) => intake::pick_up(scene, data, both),
        Step::Receive(data) => intake::receive(scene, data, both),
        Step::Store(data) => intake::store(scene, data, both),
        Step::Farewell(_) => intake::farewell(scene, both),
        Step::Verify(data) => verify::verify(scene, data, both),
        Step::Start(data) => cremation::start(scene, data, both),
        Step::Finish(_) => cremation::finish(scene, both),
        Step::HandOver(data) => ashes::hand_over(scene, data, both),
        Step::Deposit(data) => ashes::deposit(scene, data, both),
        Step::TransferOut(data) => transfer::out(scene, data, both),
    }
}

/// The decision of a step: state, hand-over, chain.
pub(super) fn signed(
    scene: &Scene<'_>,
    state: State,
    mut facts: Facts,
    step: (&'static str, &'static str),
    place: &str,
    both: Both<'_>,
) -> Decision<Funeral> {
    let (code, name) = step;
    facts.pending = None;
    facts.chain.push(Signed {
        what: name.to_owned(),
        at: scene.cx.now,
        by: both.names(),
        place: place.to_owned(),
    });
    let custody = Effect::Custody {
        what: code,
        first: both.first.clone(),
        second: both.second.clone(),
        place: place.to_owned(),
    };
    let note = format!("{name}：{}、{}签字", both.first.name, both.second.name);
    Decision::to(state, facts, note).effect(custody)
}
