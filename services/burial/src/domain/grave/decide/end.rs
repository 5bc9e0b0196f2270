//! Ashes leave a place: to the family 迁葬, or by law after the notice; never otherwise.

use yiwang_casework::{Decision, NoticeOp, Refusal};

use super::{Decided, EXPIRED_NOTICE, Scene};
use crate::domain::{
    desk::{self, at_field, filled},
    grave::{
        action::{Release, Relocate},
        documents,
        state::State,
        world::{Effect, Signed},
    },
    ledger::Whereabouts,
};

/// The urn that lies there; none for a body.
fn urn(scene: Scene<'_>) -> Result<Option<String>, Refusal> {
    let laid = scene.case.facts.laid.as_ref();
    let number = laid.map_or("", |laid| laid.urn.as_str());
    if number.is_empty() {
        return Ok(None);
    }
    let scattered = scene
        .world
        .urn
        .as_ref()
        .is_some_and(|urn| urn.at == Whereabouts::Scattered);
    if scattered {
        let message = "骨灰已经撒散，不能迁出。";
        return Err(Refusal::new("ALREADY_SCATTERED", message));
    }
    Ok(Some(number.to_owned()))
}

/// 迁葬.
pub(super) fn relocate(scene: Scene<'_>, data: &Relocate, mut signed: Signed) -> Decided {
    let asked = [
        (&data.taker, "/taker", "请填写接收的家属。"),
        (&data.destination, "/destination", "请写明迁往何处。"),
        (
            &data.receipt,
            "/receipt",
            "请填写交接单号；没有交接单骨灰不能带走。",
        ),
    ];
    let missing = asked
        .into_iter()
        .filter_map(|(text, at, message)| filled(text, at, message));
    desk::valid(missing.collect())?;
    if !data.id_checked {
        let message = "请先核对接收人的身份证件。";
        return Err(at_field("TAKER_NOT_IDENTIFIED", "/id_checked", message));
    }
    data.receipt.trim().clone_into(&mut signed.receipt);
    let urn = urn(scene)?;
    let mut facts = scene.facts();
    facts.ended = Some(scene.step(&data.destination));
    let document = documents::relocated(scene.case, data, scene.cx.today());
    let mut decision = Decision::to(State::Relocated, facts, "迁葬")
        .tell("已经迁出，骨灰由家属带走。")
        .issue(document)
        .effect(Effect::TakeOut {
            urn,
            to_hall: false,
            signed,
        });
    if scene.beneath() == State::Expired {
        let down = NoticeOp::Withdraw(EXPIRED_NOTICE.to_owned());
        decision.notices.push(down);
    }
    Ok(decision)
}

/// 依法收回: with a legal paper only, and the ashes stay in the hall.
pub(super) fn release(scene: Scene<'_>, data: &Release, mut signed: Signed) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let missing = filled(
        &data.document,
        "/document",
        "没有法律依据不得移动骨灰，请填写法律文书或者决定的编号。",
    );
    desk::valid(missing.into_iter().collect())?;
    data.document.trim().clone_into(&mut signed.receipt);
    let Some(urn) = urn(scene)? else {
        let message = "遗体墓位不能这样收回，请按法律文书另行处理。";
        return Err(Refusal::new("BODY_NOT_RELEASED", message));
    };
    let mut facts = scene.facts();
    let text = format!("{}；{reasons}", data.document.trim());
    facts.ended = Some(scene.step(&text));
    let document = documents::released(scene.case, &text, scene.cx.today());
    Ok(Decision::to(State::Released, facts, "依法收回")
        .tell("位置已依法收回，骨灰存放在本馆，可以凭证件领取。")
        .issue(document)
        .effect(Effect::TakeOut {
            urn: Some(urn),
            to_hall: true,
            signed,
        }))
}
