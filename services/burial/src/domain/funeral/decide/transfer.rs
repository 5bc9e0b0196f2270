//! 外运: the body leaves for elsewhere, with the county's permit, in a car of the home (F13).

use yiwang_casework::{Decision, Refusal};

use super::{
    Decided, Scene,
    countersign::{Both, signed},
    holds, notice,
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    funeral::{
        action::{Transfer, TransferDecision, TransferOut},
        customs::Customs,
        documents,
        facts::TransferNote,
        state::State,
        step::Step,
        world::Effect,
    },
};

/// Asked by the family.
pub(super) fn ask(scene: &Scene<'_>, data: &Transfer) -> Decided {
    notice::no_pending(scene)?;
    let reasons = desk::reasons(&data.reasons)?;
    valid(
        filled(&data.to, "/to", "请写明运往何处。")
            .into_iter()
            .collect(),
    )?;
    if scene.case.facts.infectious {
        let message = "因传染病防治的要求，遗体要就近火化，不能外运。";
        return Err(Refusal::new("INFECTIOUS", message));
    }
    holds::none(scene)?;
    let mut facts = scene.facts();
    facts.transfer = Some(TransferNote {
        to: data.to.trim().to_owned(),
        reasons: reasons.to_owned(),
        decision: None,
        document: String::new(),
    });
    facts.cremation = None;
    facts.farewell = None;
    facts.quiet_farewell = false;
    let customs = Customs::load(scene.cx)?;
    let must = customs.must_cremate(scene.world.areas, &scene.case.form.dead.ethnicity);
    let note = if must {
        "申请外运（火葬区，须有特殊原因）"
    } else {
        "申请外运"
    };
    Ok(Decision::to(State::TransferAsked, facts, note)
        .tell("外运申请已交民政局审批。原来约的告别和火化时间已经取消。")
        .effect(Effect::Release(Some("hall")))
        .effect(Effect::Release(Some("furnace"))))
}

/// What the county says.
pub(super) fn answer(scene: &Scene<'_>, data: &TransferDecision) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let document = data.document.trim();
    if data.agree && document.is_empty() {
        return Err(at_field(
            "DOCUMENT_REQUIRED",
            "/document",
            "同意外运的，请填写批准文号。",
        ));
    }
    let mut facts = scene.facts();
    let Some(transfer) = facts.transfer.as_mut() else {
        return Err(Refusal::new("NOT_ASKED", "没有外运申请。"));
    };
    transfer.decision = Some((data.agree, reasons.to_owned()));
    document.clone_into(&mut transfer.document);
    let paper = documents::transfer(&scene.case.form, transfer, scene.cx.today());
    let back = if scene.case.facts.cell.is_some() {
        State::Stored
    } else {
        State::Received
    };
    let (state, note, message) = if data.agree {
        (
            State::TransferAllowed,
            "批准外运",
            "民政局已批准外运，请与殡仪馆约定出发时间。",
        )
    } else {
        (
            back,
            "不批准外运",
            "民政局没有批准外运，理由见告知书；请选定火化时间。",
        )
    };
    Ok(Decision::to(state, facts, note).tell(message).issue(paper))
}

/// 运出.
pub(super) fn out(scene: &Scene<'_>, data: &TransferOut, both: Both<'_>) -> Decided {
    holds::none(scene)?;
    notice::certificate_there(scene)?;
    let empty = [
        filled(&data.driver, "/driver", "请填写司机姓名。"),
        filled(&data.plate, "/plate", "请填写车牌号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let facts = scene.facts();
    let place = facts
        .transfer
        .as_ref()
        .map_or_else(String::new, |it| it.to.clone());
    let step = Step::TransferOut(data.clone()).name();
    Ok(signed(scene, State::Transferred, facts, step, &place, both)
        .tell("遗体已由殡仪馆的专用车辆运出。")
        .effect(Effect::Body("transferred"))
        .effect(Effect::EndUse("cell")))
}
