//! The new certificate: who still may have one, and what becomes of the old one
//! (rules A2.5, A3.7).

use prost::Message as _;
use yiwang_casework::{
    CertificateState, Decision, IssueCertificate, Refusal, decision::DomainEvent,
};
use yiwang_proto::marriage::v1::CertificateReissued;

use super::{Decided, IN_PERSON, Scene, search::no_record};
use crate::domain::desk::{self, paper};
use crate::domain::{
    certificate_reissue::{
        action::{Deliver, Reasons},
        documents,
        facts::{Found, Reissue},
        form::{Form, Which},
        state::State,
    },
    identity,
    record::{Record, RecordState},
    world::Effect,
};

/// 补发 on the spot; the lost certificate is void at once.
pub(super) fn reissue(scene: &Scene<'_>) -> Decided {
    let form = &scene.case.form;
    let hall = desk::taken(scene.cx, scene.world, IN_PERSON)?;
    let (check, people) = (scene.case.facts.identity.as_ref(), form.parties().len());
    identity::verified(check, people, scene.cx.today())?;
    let search = scene
        .case
        .facts
        .search
        .as_ref()
        .ok_or_else(|| Refusal::new("NO_RECORD", "还没有登记查档结果，请先查档。"))?;
    let found = search.found.as_ref().ok_or_else(no_record)?;
    let record = still_there(scene, found)?;
    may_have(scene, record)?;
    let number = desk::next_number(scene.world)?;
    let today = scene.cx.today();
    let certificate = IssueCertificate {
        kind: form.which.code(),
        title: form.which.label(),
        number: number.clone(),
        issuer: hall.name.clone(),
        holders: (0..form.parties().len()).collect(),
        rows: rows(form, found, record, &number),
        issued_on: today,
    };
    let certify = Effect::Certify {
        record: record.id,
        kind: form.which.code(),
        number: number.clone(),
        replaces: Some(found.number.clone()),
    };
    let mut facts = scene.facts();
    facts.reissue = Some(Reissue {
        number: number.clone(),
        replaces: found.number.clone(),
        record: record.id,
        on: today,
        by: scene.officer(),
    });
    let note = format!("补发{}，{number}", form.which.label());
    let mut decision = Decision::to(State::Reissued, facts, note)
        .tell(format!("{}已补发，旧证同时作废。", form.which.label()))
        .issue(documents::statement(scene.case, hall, &number, today))
        .certify(certificate)
        .end_certificate(
            found.number.clone(),
            CertificateState::Replaced,
            "已补发，本证作废",
        )
        .effect(certify);
    decision.events.push(reissued(scene, found, number));
    Ok(decision)
}

/// The record as the register has it now.
fn still_there<'a>(scene: &Scene<'a>, found: &Found) -> Result<&'a Record, Refusal> {
    let own = scene.world.people.first().ok_or_else(no_record)?;
    let mut records = own.records.iter();
    records
        .find(|record| record.id == found.record)
        .ok_or_else(no_record)
}

/// A marriage certificate proves a marriage that lasts, a divorce certificate a divorce that
/// was not undone; a court's divorce is proven by the court's paper.
fn may_have(scene: &Scene<'_>, record: &Record) -> Result<(), Refusal> {
    match (scene.case.form.which, record.state) {
        (Which::Marriage, RecordState::Valid) => Ok(()),
        (
            Which::Marriage,
            RecordState::Divorced
            | RecordState::DivorcedCourt
            | RecordState::EndedDeath
            | RecordState::EndedDeclared,
        ) if !scene.cx.rule("marriage.reissue.only_while_valid")?.flag()? => Ok(()),
        (Which::Marriage, state) => {
            let message = format!(
                "这段婚姻登记的状态是“{}”，结婚证只在婚姻关系存续期间补发；需要证明的，可以查询婚姻登记档案。",
                state.label()
            );
            Err(Refusal::new("NOT_VALID", message))
        }
        (Which::Divorce, RecordState::Divorced) => not_remarried(scene, record),
        (Which::Divorce, RecordState::DivorcedCourt) => {
            let message =
                "双方是由人民法院判决或者调解离婚的，没有离婚证，请凭生效的法律文书证明。";
            Err(Refusal::new("NO_RECORD", message))
        }
        (Which::Divorce, _) => {
            let message = "没有查到离婚登记，不能补发离婚证。";
            Err(Refusal::new("NO_RECORD", message))
        }
    }
}

/// The two are not married to each other again.
fn not_remarried(scene: &Scene<'_>, record: &Record) -> Result<(), Refusal> {
    let (Some(own), Some(key)) = (scene.world.people.first(), scene.world.keys.first()) else {
        return Err(no_record());
    };
    let again = own
        .valid()
        .is_some_and(|now| now.spouse_of(key) == record.spouse_of(key));
    if again
        && scene
            .cx
            .rule("marriage.reissue.not_while_remarried")?
            .flag()?
    {
        let message = "双方已经复婚，不再补发离婚证；需要证明的，可以查询婚姻登记档案。";
        return Err(Refusal::new("REMARRIED", message));
    }
    Ok(())
}

/// What the certificate says.
fn rows(form: &Form, found: &Found, record: &Record, number: &str) -> Vec<(String, String)> {
    let row = |label: &str, value: String| (label.to_owned(), value);
    let on = match form.which {
        Which::Marriage => record.registered_on,
        Which::Divorce => record.ended_on.unwrap_or(record.registered_on),
    };
    let mut rows = vec![
        row(&format!("{}字号", form.which.label()), number.to_owned()),
        row("登记日期", paper::day(on)),
    ];
    rows.extend(form.parties().into_iter().flat_map(paper::rows));
    if form.b.is_none() {
        rows.push(row("另一方姓名", found.other_name.clone()));
        if !found.other_id_number.is_empty() {
            rows.push(row("另一方身份证件号", found.other_id_number.clone()));
        }
    }
    rows.push(row("备注", format!("补发，原证字号{}作废", found.number)));
    rows
}

/// `certificate.reissued`.
fn reissued(scene: &Scene<'_>, found: &Found, number: String) -> DomainEvent {
    let payload = CertificateReissued {
        number: number.clone(),
        replaces: found.number.clone(),
        person: scene.world.keys.first().cloned().unwrap_or_default(),
    };
    DomainEvent {
        aggregate: "certificate",
        aggregate_id: number,
        event: "reissued",
        payload: payload.encode_to_vec(),
    }
}

/// 不予补发, with a paper.
pub(super) fn refuse(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let hall = desk::taken(scene.cx, scene.world, IN_PERSON)?;
    let text = desk::reasons(&data.reasons)?;
    let today = scene.cx.today();
    let mut facts = scene.facts();
    facts.refused_on = Some(today);
    Ok(Decision::to(State::Refused, facts, "不予补发")
        .tell("不予补发，理由和救济途径见告知书。")
        .issue(documents::refusal(scene.case, hall, text, today)))
}

/// Everybody signs for their copy.
pub(super) fn deliver(scene: &Scene<'_>, data: &Deliver) -> Decided {
    if !data.a_received || (scene.case.form.b.is_some() && !data.b_received) {
        let message = "请到场的当事人签收新证。";
        return Err(Refusal::new("NOT_RECEIVED", message));
    }
    let mut facts = scene.facts();
    facts.handed_over_on = Some(scene.cx.today());
    Ok(Decision::to(State::HandedOver, facts, "新证已签收"))
}

/// Into the archive.
pub(super) fn archive(scene: &Scene<'_>) -> Decided {
    let Some(reissue) = &scene.case.facts.reissue else {
        return Err(Refusal::new("NOT_REISSUED", "还没有补发，不能归档。"));
    };
    let effect = Effect::Archive {
        class: "reissue",
        record: reissue.record,
    };
    Ok(Decision::to(State::Archived, scene.facts(), "归档").effect(effect))
}
