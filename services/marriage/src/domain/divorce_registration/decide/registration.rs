//! The certificate: both together, only at the accepting hall, only in the window
//! (民法典 1077 第二款, 1078; rules A5.4).

use yiwang_casework::{CertificateState, Decision, IssueCertificate, Refusal};

use super::{Decided, Scene};
use crate::domain::desk::{self, paper};
use crate::domain::{
    cooling_off::Phase,
    divorce_registration::{
        action::{AmendAgreement, Deliver, Register},
        documents, events,
        facts::{Acceptance, Registration},
        state::State,
    },
    identity,
    record::{Hall, RecordState},
    world::Effect,
};

/// Divorced on the spot, or refused with the days on which it is possible.
pub(super) fn register(scene: &Scene<'_>, data: &Register) -> Decided {
    let acceptance = scene.alive()?;
    let hall = scene.accepting_hall(acceptance)?;
    in_window(scene, acceptance, hall)?;
    both(scene, data)?;
    let number = desk::next_number(scene.world)?;
    let (form, today) = (&scene.case.form, scene.cx.today());
    let Some(record) = scene.marriage() else {
        let message = "没有查到双方之间有效的婚姻登记，不能办理离婚登记。";
        return Err(Refusal::new("NOT_MARRIED", message));
    };
    let mut rows = vec![
        ("离婚证字号".to_owned(), number.clone()),
        ("登记日期".to_owned(), paper::day(today)),
    ];
    rows.extend(paper::rows(&form.a).into_iter().chain(paper::rows(&form.b)));
    let certificate = IssueCertificate {
        kind: "divorce",
        title: "离婚证",
        number: number.clone(),
        issuer: hall.name.clone(),
        holders: vec![0, 1],
        rows,
        issued_on: today,
    };
    let mut facts = scene.facts();
    facts.registration = Some(Registration {
        number: number.clone(),
        record: record.id,
        on: today,
        agreement: form.agreement.version(),
        by: scene.officer(),
    });
    let end = Effect::End {
        record: record.id,
        state: RecordState::Divorced,
        on: today,
        by: number.clone(),
    };
    let certify = Effect::Certify {
        record: record.id,
        kind: "divorce",
        number: number.clone(),
        replaces: None,
    };
    let mut decision = Decision::to(State::Registered, facts, format!("准予离婚登记，{number}"))
        .tell("离婚登记已完成，婚姻关系解除。")
        .issue(documents::statement(scene.case, hall, today))
        .issue(documents::agreement(scene.case, today))
        .certify(certificate)
        .end_certificate(
            record.number.clone(),
            CertificateState::Ended,
            "双方离婚，证件失效",
        )
        .effect(end)
        .effect(certify);
    decision.events.push(events::divorce(scene, "registered")?);
    Ok(decision)
}

/// Only from L1+1 to close of business on L2.
fn in_window(scene: &Scene<'_>, acceptance: &Acceptance, hall: &Hall) -> Result<(), Refusal> {
    let dates = scene.dates(acceptance)?;
    let (l1, first, l2) = (
        paper::day(dates.l1),
        paper::day(dates.first_day),
        paper::day(dates.l2),
    );
    match dates.certificate_on(scene.now(), hall.closes) {
        Ok(()) => Ok(()),
        Err(Phase::Over) => {
            let message = format!(
                "申领离婚证的期限已于{l2}{}届满（{first}至{l2}），视为撤回离婚登记申请。仍要离婚的，可以重新申请，重新计算冷静期。",
                paper::clock(hall.closes)
            );
            Err(Refusal::new("WINDOW_OVER", message))
        }
        Err(Phase::Cooling | Phase::Window) => {
            let message = format!(
                "冷静期到{l1}为止，现在不能发给离婚证。请双方在{first}至{l2}一同到{}申领。",
                hall.name
            );
            Err(Refusal::new("COOLING_OFF", message))
        }
    }
}

/// Both are there, want it, agree on everything, and sign before the registrar.
fn both(scene: &Scene<'_>, data: &Register) -> Result<(), Refusal> {
    if !data.both_present {
        let message = "离婚证须双方一同到场申领，另一方到场后才能办理。";
        return Err(Refusal::new("ONE_PARTY", message));
    }
    identity::verified(scene.case.facts.identity.as_ref(), 2, scene.cx.today())?;
    scene.capable()?;
    if !data.a_willing || !data.b_willing {
        let message = "有一方不愿意离婚，不能办理离婚登记。期限内不再申领的，视为撤回申请。";
        return Err(Refusal::new("NOT_VOLUNTARY", message));
    }
    scene.settled()?;
    if !data.agreement_confirmed {
        let message = "双方没有确认离婚协议。有变更的，请先办理“变更离婚协议”，再签字。";
        return Err(Refusal::new("AGREEMENT_NOT_CONFIRMED", message));
    }
    if !data.a_signed || !data.b_signed {
        let message = "请双方当面签署《离婚登记声明书》和离婚协议。";
        return Err(Refusal::new("NOT_SIGNED", message));
    }
    Ok(())
}

/// The two agree on something else; no day moves.
pub(super) fn amend(scene: &Scene<'_>, data: AmendAgreement) -> Decided {
    let acceptance = scene.alive()?;
    scene.accepting_hall(acceptance)?;
    if !data.both_present {
        let message = "变更离婚协议须双方一同到场。";
        return Err(Refusal::new("ONE_PARTY", message));
    }
    if !data.agreement.settled() {
        let message =
            "变更后的离婚协议还不完整：须写明双方自愿离婚，以及子女抚养、财产和债务的处理。";
        return Err(Refusal::new("NO_AGREEMENT", message));
    }
    let note = format!("变更离婚协议，版本{}", data.agreement.version());
    let mut decision = scene
        .stay(scene.facts(), note)
        .tell("离婚协议已按双方意愿变更，冷静期和领证期限不变。");
    let mut form = scene.case.form.clone();
    form.agreement = data.agreement;
    decision.form = Some(form);
    Ok(decision)
}

/// Both sign for their certificate.
pub(super) fn deliver(scene: &Scene<'_>, data: &Deliver) -> Decided {
    if !data.a_received || !data.b_received {
        let message = "请双方各自签收离婚证。";
        return Err(Refusal::new("NOT_RECEIVED", message));
    }
    let mut facts = scene.facts();
    facts.handed_over_on = Some(scene.cx.today());
    Ok(Decision::to(State::HandedOver, facts, "离婚证已由双方签收"))
}

/// One couple, one file.
pub(super) fn archive(scene: &Scene<'_>) -> Decided {
    let Some(registration) = &scene.case.facts.registration else {
        return Err(Refusal::new("NOT_REGISTERED", "还没有离婚登记，不能归档。"));
    };
    let effect = Effect::Archive {
        class: "divorce",
        record: registration.record,
    };
    Ok(Decision::to(State::Archived, scene.facts(), "归档").effect(effect))
}
