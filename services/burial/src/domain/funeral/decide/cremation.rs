//! 火化 and 火化证明: furnace, operator, start, end; one number for each certificate.

use prost::Message as _;
use yiwang_casework::{CertificateState, Decision, Refusal, decision::DomainEvent};
use yiwang_civic::time;
use yiwang_proto::burial::v1::{CremationCertificateIssued, CremationDone};

use super::{
    Decided, Scene, booking,
    countersign::{Both, signed},
    hours, notice, verify,
};
use crate::domain::{
    desk::{self, at_field, day},
    funeral::{
        Funeral,
        action::{Reasons, Start},
        certificate,
        form::Form,
        state::State,
        step::Step,
        world::Effect,
    },
};

/// Into the furnace.
pub(super) fn start(scene: &Scene<'_>, data: &Start, both: Both<'_>) -> Decided {
    verify::still_holds(scene)?;
    let mut facts = scene.facts();
    let booked = booking::needed(facts.cremation.as_ref(), "还没有安排火化时间，请先安排。")?;
    let wanted = match data.furnace.trim() {
        "" => booked.resource.to_string(),
        other => other.to_owned(),
    };
    let furnace = scene
        .world
        .free
        .iter()
        .find(|one| one.resource.to_string() == wanted);
    let furnace = furnace.ok_or_else(|| {
        at_field(
            "NO_SUCH_RESOURCE",
            "/furnace",
            "没有这台火化炉，或者已经停用，请另选。",
        )
    })?;
    if let Some(booked) = facts.cremation.as_mut() {
        booked.resource = furnace.resource;
        booked.label.clone_from(&furnace.label);
        booked.class.clone_from(&furnace.class);
    }
    facts.started_at = Some(scene.cx.now);
    let step = Step::Start(data.clone()).name();
    Ok(
        signed(scene, State::Cremating, facts, step, &furnace.label, both)
            .tell("已经开始火化，请在休息区等候。")
            .effect(Effect::Body("cremating"))
            .effect(Effect::EndUse("cell"))
            .effect(Effect::EndUse("hall"))
            .effect(Effect::Start {
                furnace: furnace.resource,
                operator: both.first.account,
            }),
    )
}

/// Out of it. The ashes are the home's to answer for until they are handed over.
pub(super) fn finish(scene: &Scene<'_>, both: Both<'_>) -> Decided {
    let home = scene.home()?;
    let cx = scene.cx;
    let mut facts = scene.facts();
    facts.ended_at = Some(cx.now);
    let event = CremationDone {
        tag: facts.tag.clone(),
        person: scene.world.dead.clone().unwrap_or_default(),
        county: home.division.get(..6).unwrap_or_default().to_owned(),
        ended_on: cx.today().to_string(),
        case_number: scene.case.number.clone(),
    };
    let name = home.name.clone();
    let mut decision = signed(
        scene,
        State::Cremated,
        facts,
        ("cremated", "火化完成"),
        &name,
        both,
    )
    .tell("火化已经完成，火化证明随后出具。")
    .stop("storage")
    .stop("infectious")
    .effect(Effect::Body("cremated"))
    .effect(Effect::EndUse("furnace"))
    .effect(Effect::Finish {
        signed: both.signers(),
    });
    let limit = cx.rule("burial.cremation_certificate.hours")?.count()?;
    if limit > 0 {
        let clock = (
            "certificate",
            "出具火化证明",
            "地方殡葬管理规定：火化后限时出具火化证明",
        );
        decision = decision.start(hours(clock.0, clock.1, clock.2, cx.now, limit));
    }
    decision.events.push(DomainEvent {
        aggregate: "cremation",
        aggregate_id: event.tag.clone(),
        event: "done",
        payload: event.encode_to_vec(),
    });
    Ok(decision)
}

/// 火化证明.
pub(super) fn certify(scene: &Scene<'_>) -> Decided {
    notice::no_pending(scene)?;
    let decision = issue(scene, &scene.case.form, State::Certified, "")?;
    Ok(decision.stop("certificate").tell(
        "火化证明已经出具，在“我的证照”里查看。请凭身份证领取骨灰，或者在馆寄存；\
         还可以申请丧葬补助、办理户口注销。",
    ))
}

/// 补发: the old one is void at once.
pub(super) fn reissue(scene: &Scene<'_>, data: &Reasons) -> Decided {
    notice::no_pending(scene)?;
    let reasons = desk::reasons(&data.reasons)?;
    let facts = &scene.case.facts;
    let old = facts.cremation_certificate.clone();
    if old.is_empty() && facts.revoked_certificates.is_empty() {
        return Err(Refusal::new(
            "NOT_CERTIFIED",
            "还没有出具火化证明，不能补发。",
        ));
    }
    let decision = issue(scene, &scene.case.form, scene.case.state, &old)?;
    Ok(replaced(decision, old).tell(format!("火化证明已经补发，原证明作废（{reasons}）。")))
}

/// The old certificate ends with the new one.
pub(super) fn replaced(decision: Decision<Funeral>, old: String) -> Decision<Funeral> {
    match old.as_str() {
        "" => decision,
        _ => decision.end_certificate(old, CertificateState::Replaced, "已补发，原火化证明作废"),
    }
}

/// 作废: it proves nothing, e.g. the death behind it was taken back. Ashes and chain stay as
/// they are; a right one may be issued later.
pub(super) fn revoke(scene: &Scene<'_>, data: &Reasons) -> Decided {
    notice::no_pending(scene)?;
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let old = std::mem::take(&mut facts.cremation_certificate);
    if old.is_empty() {
        let message = "没有有效的火化证明，不用作废。";
        return Err(Refusal::new("NOT_CERTIFIED", message));
    }
    facts.revoked_certificates.push(old.clone());
    Ok(scene
        .stay(facts, format!("火化证明{old}作废：{reasons}"))
        .tell("火化证明已经作废。请与殡仪馆联系，核对以后重新出具。")
        .end_certificate(old, CertificateState::Revoked, "火化证明已经作废")
        .effect(Effect::Uncertify))
}

pub(super) fn issue(
    scene: &Scene<'_>,
    form: &Form,
    state: State,
    replaces: &str,
) -> Result<Decision<Funeral>, Refusal> {
    let home = scene.home()?;
    let cx = scene.cx;
    let mut facts = scene.facts();
    let ended = facts
        .ended_at
        .ok_or_else(|| Refusal::new("NOT_CREMATED", "还没有登记火化完成，不能出具火化证明。"))?;
    let number = scene.world.next_certificate.clone();
    if number.is_empty() {
        let message = "暂时取不到火化证明编号，没有出具。请稍后重试。";
        return Err(Refusal::new("NUMBER_UNAVAILABLE", message));
    }
    facts.cremation_certificate.clone_from(&number);
    let paper = certificate::issue(form, home, &facts, cx.today(), replaces);
    let event = CremationCertificateIssued {
        number: number.clone(),
        tag: facts.tag.clone(),
        person: scene.world.dead.clone().unwrap_or_default(),
        cremated_on: time::beijing_date(ended).to_string(),
        facility: home.code.clone(),
        replaces: replaces.to_owned(),
    };
    let note = format!("火化证明{number}，{}", day(cx.today()));
    let mut decision = Decision::to(state, facts, note)
        .certify(paper)
        .effect(Effect::Certify(number));
    decision.events.push(DomainEvent {
        aggregate: "cremation",
        aggregate_id: event.tag.clone(),
        event: "certificate.issued",
        payload: event.encode_to_vec(),
    });
    Ok(decision)
}
