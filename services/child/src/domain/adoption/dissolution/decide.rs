//! What each act does: pure (民法典第1114条至第1118条).

use prost::Message as _;
use yiwang_casework::{
    Case, CertificateState, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
    two::{self, Pending, Signer},
};
use yiwang_proto::child::v1::AdoptionChanged;

use super::{
    AdoptionDissolution,
    action::{Action, Agree, Outcome, Propose, Reasons},
    facts::Facts,
    form::Form,
    state::State,
};
use crate::domain::{
    adoption::{
        archive::Part,
        complete,
        law::ending::{self, Ages, Agreement},
        record::{Change, Ending, Known},
    },
    desk::{self, filled, valid},
};

const DECIDE: &str = "decide";

/// Result of an act.
type Decided = Result<Decision<AdoptionDissolution>, Refusal>;

fn ages(cx: &Context<'_>) -> Result<Ages, Refusal> {
    Ok(Ages {
        consent: cx.rule("child.adoption.consent_age")?.count()?,
        adult: cx.rule("child.adoption.adult_age")?.count()?,
    })
}

/// The application.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &Known) -> Decided {
    valid(form.violations(cx.today(), ages(cx)?.adult, cx.county))?;
    world.stands()?;
    Ok(
        Decision::to(State::Applied, Facts::default(), "申请解除收养关系登记")
            .tell("已收到申请，请双方一起到被收养人户籍地的县级民政部门。"),
    )
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<AdoptionDissolution>,
    action: Action,
    cx: &Context<'_>,
    world: &Known,
) -> Decided {
    match action {
        Action::Agree(data) => agree(case, data, cx),
        Action::Propose(data) => propose(case, data, cx, world),
        Action::Confirm => confirm(case, cx, world),
        Action::SendBack(data) => {
            two::pending(case.facts.pending.clone())?;
            desk::reasons(&data.reasons)?;
            let facts = Facts {
                pending: None,
                ..case.facts.clone()
            };
            Ok(Decision::to(case.state, facts, "退回重办"))
        }
        Action::Withdraw(data) => withdraw(case, &data),
    }
}

fn agree(case: &Case<AdoptionDissolution>, data: Agree, cx: &Context<'_>) -> Decided {
    valid(
        filled(&data.words, "/words", "请记录被收养人原话或者看到的情况。")
            .into_iter()
            .collect(),
    )?;
    let agreement = Agreement {
        adopters: data.adopters_agree,
        sender: data.sender_agrees && !data.sender.trim().is_empty(),
        adoptee: data.adoptee_agrees,
        in_person: data.in_person,
    };
    let born = case
        .form
        .adoptee
        .id()
        .map_or(cx.today(), |id| id.birth_date());
    complete(
        ending::dissolvable(agreement, born, ages(cx)?, cx.today()),
        "还不能办理协议解除",
    )?;
    let due = cx.calendar_days("child.adoption.dissolution_days")?;
    let mut facts = case.facts.clone();
    facts.agreed = Some((data, cx.today(), desk::officer(cx)));
    Ok(
        Decision::to(State::Agreed, facts, "双方当面确认解除收养关系").start(StartClock::warn(
            DECIDE,
            "作出解除登记决定",
            "中国公民收养子女登记办法",
            due,
        )),
    )
}

fn propose(
    case: &Case<AdoptionDissolution>,
    data: Propose,
    cx: &Context<'_>,
    world: &Known,
) -> Decided {
    if let Some(pending) = &case.facts.pending {
        return Err(two::waits(pending.step.outcome.label(), &pending.by.name));
    }
    desk::reasons(&data.reasons)?;
    if data.outcome == Outcome::Dissolve {
        if case.state != State::Agreed {
            let message = "还没有登记当面确认，不能解除。";
            return Err(Refusal::new("NOT_AGREED", message));
        }
        world.stands()?;
    }
    let by = two::signer(cx)?;
    let note = format!("拟{}，等另一名工作人员审批", data.outcome.label());
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step: data,
        by,
        at: cx.now,
    });
    Ok(Decision::to(case.state, facts, note).confidential())
}

fn confirm(case: &Case<AdoptionDissolution>, cx: &Context<'_>, world: &Known) -> Decided {
    let pending = two::pending(case.facts.pending.clone())?;
    let by = two::second(pending.by.account, cx)?;
    match pending.step.outcome {
        Outcome::Dissolve => dissolve(case, cx, world, pending.by, by),
        Outcome::Refuse => refuse(case, cx, &pending.step.reasons),
    }
}

fn dissolve(
    case: &Case<AdoptionDissolution>,
    cx: &Context<'_>,
    world: &Known,
    first: Signer,
    second: Signer,
) -> Decided {
    world.stands()?;
    let (form, on) = (&case.form, cx.today());
    let text = format!(
        "{}与被收养人{}自愿解除收养关系，经审查符合规定，准予解除。收养登记证（{}）收回作废，收养关系自{}起解除。",
        joined(&[&form.adopter.name, &form.spouse.name]),
        form.adoptee.name.trim(),
        form.certificate.trim(),
        desk::day(on)
    );
    let paper = desk::document("dissolution", "解除收养关系证明", &[&text, &desk::day(on)]);
    let ending = Ending {
        adoption: world
            .record
            .as_ref()
            .map_or_else(String::new, |it| it.case_number.clone()),
        state: "dissolved",
        on,
        first: first.account,
        second: second.account,
    };
    let mut facts = case.facts.clone();
    let part = sealed(case, &facts);
    facts.pending = None;
    facts.dissolved = Some((on, first, second));
    // Who gave the child leaves the file for the archive.
    if let Some((agreed, ..)) = &mut facts.agreed {
        agreed.sender = String::new();
    }
    let mut decision = Decision::to(State::Dissolved, facts, "准予解除收养关系")
        .tell("收养关系已经解除，请领取解除收养关系证明。")
        .stop(DECIDE)
        .issue(paper)
        .end_certificate(
            form.certificate.trim(),
            CertificateState::Ended,
            "收养关系已经解除",
        )
        .effect(Change::End(ending))
        .effect(Change::Seal(vec![part]));
    decision.events.push(event(case, world, on));
    Ok(decision)
}

fn sealed(case: &Case<AdoptionDissolution>, facts: &Facts) -> Part {
    let form = &case.form;
    let part = Part::new("解除收养关系登记")
        .row("办件编号", case.number.clone())
        .row("收养登记证字号", form.certificate.clone())
        .row("收养人", joined(&[&form.adopter.name, &form.spouse.name]))
        .row("被收养人", form.adoptee.name.clone())
        .row("理由", form.reasons.clone())
        .row("协议", form.agreement.clone());
    match &facts.agreed {
        Some((agreed, on, by)) => part
            .row("送养人", agreed.sender.clone())
            .row("被收养人原话", agreed.words.clone())
            .row("当面确认", format!("{}，{by}", desk::day(*on))),
        None => part,
    }
}

fn joined(names: &[&str]) -> String {
    let names: Vec<_> = names
        .iter()
        .map(|it| it.trim())
        .filter(|it| !it.is_empty())
        .collect();
    names.join("、")
}

/// `adoption.dissolved`.
fn event(case: &Case<AdoptionDissolution>, world: &Known, on: jiff::civil::Date) -> DomainEvent {
    let relation = if case.form.grown { "adoptee" } else { "child" };
    let child = world.key(relation).to_owned();
    let payload = AdoptionChanged {
        case_number: case.number.clone(),
        child: child.clone(),
        adopters: world.adopters().into_iter().map(str::to_owned).collect(),
        on: on.to_string(),
    };
    DomainEvent {
        aggregate: "adoption",
        aggregate_id: child,
        event: "dissolved",
        payload: payload.encode_to_vec(),
    }
}

fn refuse(case: &Case<AdoptionDissolution>, cx: &Context<'_>, reasons: &str) -> Decided {
    let text = format!("经审查，不予办理解除收养关系登记。理由：{reasons}");
    let on = desk::day(cx.today());
    let paper = desk::document(
        "refusal",
        "不予解除收养关系登记告知书",
        &[&text, desk::APPEAL, &on],
    );
    let facts = Facts {
        pending: None,
        refused: reasons.to_owned(),
        agreed: None,
        ..case.facts.clone()
    };
    Ok(Decision::to(State::Refused, facts, "不予登记")
        .tell("不予登记，理由和救济途径见告知书；也可以向人民法院起诉。")
        .stop(DECIDE)
        .issue(paper))
}

fn withdraw(case: &Case<AdoptionDissolution>, data: &Reasons) -> Decided {
    desk::reasons(&data.reasons)?;
    let facts = Facts {
        pending: None,
        agreed: None,
        ..case.facts.clone()
    };
    Ok(Decision::to(State::Withdrawn, facts, "撤回申请").stop(DECIDE))
}
