//! The urn leaves the hall: with ID and receipt to the family, to a place of its own, or after
//! the notice to an ecological one.

use prost::Message as _;
use yiwang_casework::{Decision, NoticeOp, Refusal, decision::DomainEvent};
use yiwang_proto::burial::v1::AshesPlaced;

use super::{AshesDeposit, Decided, Scene, clocks, documents};
use crate::domain::{
    ashes_deposit::{
        action::{HandOut, Settle},
        state::State,
        world::Effect,
    },
    desk::{self, at_field, filled},
    ledger::{SpotError, UrnError, Whereabouts},
    signer::Signed,
};

/// 领取.
pub(super) fn hand_out(scene: Scene<'_>, data: &HandOut, mut signed: Signed) -> Decided {
    let asked = [
        (&data.taker, "/taker", "请填写领取人姓名。"),
        (
            &data.taker_number,
            "/taker_number",
            "请填写领取人的身份证件号码。",
        ),
        (
            &data.receipt,
            "/receipt",
            "请填写寄存证（收据）编号；没有收据骨灰不能领走。",
        ),
    ];
    let missing = asked
        .into_iter()
        .filter_map(|(text, at, message)| filled(text, at, message));
    desk::valid(missing.collect())?;
    if !data.id_checked {
        let message = "请先核对领取人的身份证件。";
        return Err(at_field("TAKER_NOT_IDENTIFIED", "/id_checked", message));
    }
    let handler = &scene.case.form.handler;
    let own = same(&data.taker_number, &handler.id_number);
    if !own && data.authorisation.trim().is_empty() {
        let message = "领取人不是承办人，请填写承办人的委托书编号。";
        return Err(at_field("NOT_AUTHORISED", "/authorisation", message));
    }
    let contract = scene.contract()?;
    if !scene.is_here() {
        return Err(UrnError::Elsewhere.into());
    }
    data.receipt.trim().clone_into(&mut signed.receipt);
    let mut facts = scene.facts();
    let text = format!(
        "收据{} {}；签名：{}",
        data.receipt.trim(),
        data.authorisation.trim(),
        signed.names().join("、")
    );
    facts.ended = Some(scene.ended(&signed.first.name, &data.taker, &text));
    let document = documents::taken(scene.case, contract, data, scene.cx.today());
    let decision = Decision::to(State::Taken, facts, "领取骨灰")
        .tell("骨灰已由家属领取，寄存结束。")
        .issue(document)
        .effect(Effect::HandOut {
            urn: contract.urn.clone(),
            signed,
        });
    Ok(without_notice(scene, decision))
}

/// Letters of a document number do not depend on their case.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

fn without_notice(
    scene: Scene<'_>,
    mut decision: Decision<AshesDeposit>,
) -> Decision<AshesDeposit> {
    if scene.beneath() == State::Notice {
        let down = NoticeOp::Withdraw(clocks::notice_name(scene.case));
        decision.notices.push(down);
    }
    decision
}

/// 转安放: the ledger says so, not the officer.
pub(super) fn moved(scene: Scene<'_>) -> Decided {
    scene.contract()?;
    let laid =
        scene.world.urn.as_ref().is_some_and(|urn| {
            matches!(urn.at, Whereabouts::InPlot { .. } | Whereabouts::Scattered)
        });
    if !laid {
        let message = "骨灰还没有安放（葬），请先在公墓办理安放。";
        return Err(Refusal::new("NOT_LAID", message));
    }
    left(scene)
}

/// The urn is not here any more: the case follows the ledger.
pub(super) fn left(scene: Scene<'_>) -> Decided {
    let taken = scene
        .world
        .urn
        .as_ref()
        .is_none_or(|urn| matches!(urn.at, Whereabouts::WithFamily));
    let mut facts = scene.facts();
    let by = desk::officer(scene.cx);
    facts.ended = Some(scene.ended(&by, "", ""));
    (facts.pending, facts.asked) = (None, None);
    let decision = match taken {
        true => Decision::to(State::Taken, facts, "骨灰已由家属领取，寄存结束")
            .tell("骨灰已由家属领取，寄存结束。"),
        false => Decision::to(State::Moved, facts, "骨灰已转出，寄存结束")
            .tell("骨灰已经安放（葬）或者转到别处，寄存结束。"),
    };
    Ok(without_notice(scene, decision))
}

/// 生态安葬 of the unclaimed.
pub(super) fn settle(scene: Scene<'_>, data: &Settle, mut signed: Signed) -> Decided {
    let missing = [
        filled(&data.report, "/report", "请填写报民政局的文号。"),
        filled(&data.witness, "/witness", "请填写见证人。"),
        desk::handed(&data.photo, "/photo", "请拍照上传现场照片。"),
    ];
    desk::valid(missing.into_iter().flatten().collect())?;
    let contract = scene.contract()?;
    if !scene.is_here() {
        return Err(UrnError::Elsewhere.into());
    }
    let place = scene
        .world
        .place
        .as_ref()
        .ok_or_else(|| at_field("SPOT_UNKNOWN", "/spot", "没有找到这个位置，请重新选。"))?;
    let kind = place.spot.kind;
    if !kind.ecological() {
        let message = "无人认领的骨灰只能生态安葬，请选树葬、花坛葬、草坪葬等位置。";
        return Err(at_field("NOT_ECOLOGICAL", "/spot", message));
    }
    if !place.spot.is_free(scene.cx.now) {
        let error = SpotError::Taken;
        return Err(at_field(error.code(), "/spot", error.message()));
    }
    data.report.trim().clone_into(&mut signed.receipt);
    let mut facts = scene.facts();
    let text = format!(
        "{}，{}，照片{}；签名：{}",
        data.report.trim(),
        place.label,
        data.photo.words(),
        signed.names().join("、")
    );
    facts.ended = Some(scene.ended(&signed.first.name, &data.witness, &text));
    let payload = AshesPlaced {
        urn: contract.urn.clone(),
        person: scene.world.dead.clone().unwrap_or_default(),
        facility: place.facility.clone(),
        division: scene.cx.division.to_owned(),
        form: kind.code().to_owned(),
        ecological: true,
        placed_on: scene.cx.today().to_string(),
        case_number: scene.case.number.clone(),
    };
    let event = DomainEvent {
        aggregate: "ashes",
        aggregate_id: scene.case.number.clone(),
        event: "placed",
        payload: payload.encode_to_vec(),
    };
    let document = documents::settled(scene.case, contract, &place.label, kind, scene.cx.today());
    let mut decision = Decision::to(State::Settled, facts, format!("生态安葬：{}", kind.label()))
        .tell("无人认领的骨灰已经公告后生态安葬，档案永久保存。")
        .issue(document)
        .effect(Effect::Settle {
            urn: contract.urn.clone(),
            spot: place.id,
            signed,
        });
    decision.events.push(event);
    Ok(decision)
}
