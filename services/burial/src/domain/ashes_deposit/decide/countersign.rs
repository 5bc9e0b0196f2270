//! Ashes come and go by two: one writes it down, another account signs, only then it counts. The
//! family signs on its own phone, or a second officer scans the label again (rules F07).

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, leave, store};
use crate::domain::{
    ashes_deposit::{action::Reasons, facts::Move, state::State},
    desk,
    signer::{OwnHand, Pending, Rescan, Signed, Signer, same_label, two},
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
        Move::Settle(_) => String::new(),
        Move::Store(_) | Move::HandOut(_) => format!(
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
    let label = match &pending(scene)?.step {
        // Who brings ashes from elsewhere gets the number only now.
        Move::Store(_) => {
            let urn = scene.world.urn.as_ref();
            urn.map_or("", |urn| urn.number.as_str())
        }
        Move::HandOut(_) | Move::Settle(_) => &scene.contract()?.urn,
    };
    same_label(label, &data.urn)?;
    sign(scene)
}

/// The family, in person.
pub(super) fn family(scene: Scene<'_>, data: &OwnHand) -> Decided {
    data.check()?;
    let handler = &scene.case.form.handler;
    let theirs = match &pending(scene)?.step {
        Move::Store(_) => true,
        Move::HandOut(data) => leave::same(&data.taker_number, &handler.id_number),
        Move::Settle(_) => false,
    };
    if !theirs {
        let message =
            "这一步登记的不是您本人，请由另一名工作人员复核，或者请寄存单位改登记您本人。";
        return Err(Refusal::new("NOT_YOURS_TO_SIGN", message));
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

fn carry_out(scene: Scene<'_>, step: &Move, signed: Signed) -> Decided {
    match step {
        Move::Store(data) => store::store(scene, data, signed),
        Move::HandOut(data) => leave::hand_out(scene, data, signed),
        Move::Settle(data) => leave::settle(scene, data, signed),
    }
}
