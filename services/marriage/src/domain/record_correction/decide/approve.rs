//! The decision by a second person: the register gets a new version, the certificate with the
//! wrong value goes (rules A5.7).

use jiff::civil::Date;
use prost::Message as _;
use yiwang_casework::{
    Actor, Case, CertificateState, Context, Decision, Refusal, decision::DomainEvent,
};
use yiwang_chassis::identity::Role;
use yiwang_proto::marriage::v1::RecordCorrected;

use super::{Decided, step};
use crate::domain::{
    desk::{self, at_field},
    identity::{Identity, IdentityCheck},
    record::{Certificates, Entry, Hall, Record},
    record_correction::{
        RecordCorrection,
        action::Approve,
        certificate, documents,
        facts::{Facts, Replacement},
        form::{Form, Whose, Wrong},
        state::State,
        target::{self, Target},
    },
    world::{Correction, Effect, World},
};

/// 同意更正 or 不予更正.
pub(super) fn approve(
    case: &Case<RecordCorrection>,
    data: &Approve,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let decided = step(cx, desk::reasons(&data.reasons)?)?;
    second_person(&case.facts, cx, world)?;
    let hall = world.hall.as_ref().ok_or_else(no_hall)?;
    let mut facts = case.facts.clone();
    facts.decided = Some(decided);
    let (reasons, today) = (data.reasons.trim(), cx.today());
    if !data.agree {
        return Ok(Decision::to(State::Rejected, facts, "不予更正")
            .tell("婚姻登记信息不予更正，理由和救济途径见告知书。")
            .issue(documents::rejected(case, hall, reasons, today)));
    }
    identified(&case.form, case.facts.identity.as_ref(), today)?;
    let target = target::find(&case.form, world)?;
    correct(
        Scene {
            case,
            cx,
            world,
            hall,
            target,
        },
        facts,
        reasons,
    )
}

/// Neither who took the application nor who proposed; a second registrar where the place has
/// no approver.
fn second_person(facts: &Facts, cx: &Context<'_>, world: &World) -> Result<(), Refusal> {
    let acting = cx.actor.officer().map(|(account, _)| account);
    let before = [&facts.received, &facts.proposed];
    if before
        .into_iter()
        .flatten()
        .any(|step| Some(step.account) == acting)
    {
        let message = "受理或者提出意见的人不能审批，请由负责人或者另一名婚姻登记员办理。";
        return Err(Refusal::new("SAME_OFFICER", message));
    }
    let approver =
        matches!(cx.actor, Actor::Officer { roles, .. } if roles.contains(&Role::Approver));
    if approver {
        return Ok(());
    }
    if !cx.rule("marriage.correction.second_registrar")?.flag()? {
        let message = "本地规定更正由负责人审批，请移交给负责人。";
        return Err(Refusal::new("APPROVER_NEEDED", message));
    }
    if !world.qualified {
        let message = "您不是本处培训考核合格的婚姻登记员，不能审批，请由负责人或者本处的登记员办理（婚姻登记条例第六条）。";
        return Err(Refusal::new("REGISTRAR_NOT_QUALIFIED", message));
    }
    Ok(())
}

fn no_hall() -> Refusal {
    at_field("HALL_UNKNOWN", "/hall", "没有这个婚姻登记处，请核对。")
}

/// The right values are those of the police; the applicant stands there alive, the other one
/// may have died.
fn identified(form: &Form, check: Option<&IdentityCheck>, today: Date) -> Result<(), Refusal> {
    let unverified = |message| Err(Refusal::new("ID_NOT_VERIFIED", message));
    let people = 0..form.parties().len();
    let found: Vec<Identity> = people
        .map(|at| Identity::of(check, at, false, today))
        .collect();
    if found.contains(&Identity::Unanswered) {
        return unverified(
            "没有当天的身份核验结果，请稍候；长时间没有结果的，请先“重新核验身份”再审批。",
        );
    }
    if found.contains(&Identity::Differs) {
        return unverified("更正后的姓名和身份证号与公安机关登记的不一致，不能更正，请核对。");
    }
    if found.first() == Some(&Identity::Dead) {
        let message = "公安机关登记申请人已经死亡，不能办理，请先核实。";
        return Err(Refusal::new("DEAD", message));
    }
    Ok(())
}

/// Everything an agreed correction needs.
#[derive(Clone, Copy)]
struct Scene<'a> {
    case: &'a Case<RecordCorrection>,
    cx: &'a Context<'a>,
    world: &'a World,
    hall: &'a Hall,
    target: Target<'a>,
}

fn correct(scene: Scene<'_>, mut facts: Facts, reasons: &str) -> Decided {
    let Scene {
        case,
        cx,
        world,
        hall,
        target,
    } = scene;
    let (form, record, today) = (&case.form, target.record, cx.today());
    let entries = corrected(form, &target);
    let correction = correction(form, &target, &entries, world);
    let event = event(case, &target, &correction);
    let new = match target.certificate(form.wrong) {
        Some(_) => Some(Replacement {
            number: desk::next_number(world)?,
            replaces: current(record).unwrap_or_default().to_owned(),
        }),
        None => None,
    };
    facts.certificate.clone_from(&new);
    let document = documents::corrected(
        case,
        hall,
        record,
        (target.before(form.wrong), &form.right()),
        (new.as_ref().map(|new| new.number.as_str()), reasons),
        today,
    );
    let state = match new {
        Some(_) => State::Corrected,
        None => State::Done,
    };
    let archive = Effect::Archive {
        class: "correction",
        record: record.id,
    };
    let mut decision = Decision::to(state, facts, format!("更正{}", form.wrong.label()))
        .tell("婚姻登记信息已更正，更正决定书写明了更正的内容；原来的记载作为历史版本保留。")
        .issue(document)
        .effect(Effect::Correct(correction))
        .effect(archive);
    decision.events.push(event);
    if form.wrong == Wrong::Household {
        return Ok(decision);
    }
    let (ended, why) = match new {
        Some(_) => (CertificateState::Replaced, "登记信息更正，已换发新证"),
        None => (CertificateState::Ended, "登记信息已更正，本证记载有误"),
    };
    let old = record.numbers(Certificates::All);
    decision = desk::end_certificates(decision, &old, ended, why);
    if let Some(new) = &new {
        let numbers = (new.number.as_str(), new.replaces.as_str());
        let issued = certificate::issue(form, hall, &target, &entries, numbers, today);
        let certify = Effect::Certify {
            record: record.id,
            kind: issued.kind,
            number: new.number.clone(),
            replaces: Some(new.replaces.clone()).filter(|old| !old.is_empty()),
        };
        decision = decision.certify(issued).effect(certify);
    }
    Ok(decision)
}

/// The certificate people hold now: of the divorce once divorced. Of a divorce from elsewhere
/// the number is not known.
fn current(record: &Record) -> Option<&str> {
    let divorced = record.ended_on.is_some();
    let mut held = record.certificates.iter().rev();
    let held = held.find(|held| held.valid && held.divorce == divorced);
    let held = held.map(|held| held.number.as_str());
    held.or((!divorced).then_some(record.number.as_str()))
}

/// Both as they stand from now on.
fn corrected(form: &Form, target: &Target<'_>) -> [Entry; 2] {
    let mut entries = target.entries.clone();
    let entry = &mut entries[target.side];
    let right = form.right();
    match form.wrong {
        Wrong::Name => entry.name = right,
        Wrong::IdNumber => entry.id_number = right,
        Wrong::Household => entry.household = right,
    }
    entries
}

fn correction(form: &Form, target: &Target<'_>, entries: &[Entry; 2], world: &World) -> Correction {
    let at = match form.whose {
        Whose::Own => 0,
        Whose::Other => 1,
    };
    let person = world.keys.get(at);
    let before = &target.record.spouses[target.side];
    let moved = person.filter(|key| form.wrong == Wrong::IdNumber && *key != before);
    Correction {
        record: target.record.id,
        side: target.side,
        entry: entries[target.side].clone(),
        person: moved.cloned(),
        ends_certificates: form.wrong != Wrong::Household
            && target.certificate(form.wrong).is_none(),
        reason: format!("信息更正：{}", form.wrong.label()),
    }
}

/// `marriage.record.corrected`: persons by key, no values.
fn event(
    case: &Case<RecordCorrection>,
    target: &Target<'_>,
    correction: &Correction,
) -> DomainEvent {
    let before = target.record.spouses[target.side].clone();
    let payload = RecordCorrected {
        record: target.record.id.to_string(),
        number: target.record.number.clone(),
        case_number: case.number.clone(),
        wrong: case.form.wrong.code().to_owned(),
        person: correction.person.clone().unwrap_or_else(|| before.clone()),
        previous: if correction.person.is_some() {
            before
        } else {
            String::new()
        },
        spouse: target.record.spouses[1 - target.side].clone(),
    };
    DomainEvent {
        aggregate: "record",
        aggregate_id: target.record.id.to_string(),
        event: "corrected",
        payload: payload.encode_to_vec(),
    }
}
