//! Ashes move by two: one writes it down, another account signs, only then it counts. The family
//! signs on its own phone, or a second officer scans the label again (rules F07, F08).

use yiwang_casework::{Actor, Decision, Refusal};

use super::{Decided, Scene, end, lay};
use crate::domain::{
    desk,
    grave::{action::Reasons, facts::Move, state::State},
    signer::{OwnHand, Pending, Rescan, Signed, Signer, acting, same_label, two},
    two::pending as signed_once,
};

/// The first signature: refused now for whatever would refuse the second.
pub(super) fn first(scene: Scene<'_>, step: Move) -> Decided {
    let by = scene.signer()?;
    let signed = Signed {
        first: by.clone(),
        second: Signer::nobody(),
        receipt: String::new(),
    };
    carry_out(scene, &step, signed)?;
    let note = format!("{}：{}登记，待第二人签名", step.label(), by.name);
    let told = match step {
        Move::Release(_) => String::new(),
        Move::Lay(_) | Move::Relocate(_) => format!(
            "{}已经登记，请您当面核对后在手机上签名；也可以由另一名工作人员复核。",
            step.label()
        ),
    };
    let mut facts = scene.facts();
    facts.pending = Some(Pending {
        step,
        by,
        at: scene.cx.now,
        from: scene.case.state,
    });
    Ok(Decision::to(State::Signing, facts, note).tell(told))
}

fn pending(scene: Scene<'_>) -> Result<&Pending<Move, State>, Refusal> {
    signed_once(scene.case.facts.pending.as_ref())
}

/// Another officer, who scans the label again.
pub(super) fn second(scene: Scene<'_>, data: &Rescan) -> Decided {
    same_label(label(scene)?, &data.urn)?;
    sign(scene)
}

/// The family, in person.
pub(super) fn family(scene: Scene<'_>, data: &OwnHand) -> Decided {
    data.check()?;
    let handler = scene.case.form.handler.name.trim();
    match &pending(scene)?.step {
        Move::Release(_) => {
            let message = "依法收回由工作人员签名，不需要家属签名。";
            return Err(Refusal::new("NOT_YOURS_TO_SIGN", message));
        }
        Move::Relocate(data) if data.taker.trim() != handler => {
            let message =
                "登记的接收人不是您，请由接收人到场、另一名工作人员复核，或者请公墓改登记您本人。";
            return Err(Refusal::new("NOT_YOURS_TO_SIGN", message));
        }
        Move::Lay(_) | Move::Relocate(_) => {}
    }
    sign(scene)
}

fn sign(scene: Scene<'_>) -> Decided {
    let pending = pending(scene)?;
    let second = scene.signer()?;
    two(&pending.by, &second)?;
    let signed = Signed {
        first: pending.by.clone(),
        second,
        receipt: String::new(),
    };
    let mut decision = carry_out(scene, &pending.step, signed)?;
    decision.facts.pending = None;
    decision.facts.asked = None;
    Ok(decision)
}

/// Written down wrong.
pub(super) fn discard(scene: Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let pending = signed_once(facts.pending.take())?;
    let note = format!("作废待签名的“{}”：{reasons}", pending.step.label());
    Ok(Decision::to(pending.from, facts, note))
}

/// The label that the second one scans.
fn label(scene: Scene<'_>) -> Result<&str, Refusal> {
    Ok(match &pending(scene)?.step {
        Move::Lay(data) => &data.urn,
        Move::Relocate(_) | Move::Release(_) => {
            let laid = scene.case.facts.laid.as_ref();
            laid.map_or("", |laid| laid.urn.as_str())
        }
    })
}

fn carry_out(scene: Scene<'_>, step: &Move, signed: Signed) -> Decided {
    match step {
        Move::Lay(data) => lay::lay(scene, data, signed),
        Move::Relocate(data) => end::relocate(scene, data, signed),
        Move::Release(data) => end::release(scene, data, signed),
    }
}

impl Scene<'_> {
    /// Whoever acts; the family under the handler's name.
    fn signer(&self) -> Result<Signer, Refusal> {
        let name = match self.cx.actor {
            Actor::Citizen { .. } => self.case.form.handler.name.as_str(),
            _ => "",
        };
        acting(self.cx, name)
    }
}
