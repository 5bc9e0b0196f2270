//! A proof is decided at once, from what the register holds (rules A2.1, A5.9).

use uuid::Uuid;
use yiwang_casework::{Actor, Case, Context, Decision, Refusal};
use yiwang_civic::division;

use super::{
    RecordProof,
    action::{Action, Deliver},
    facts::{Facts, Proof},
    form::Form,
    proof::{Basis, title},
    state::State,
};
use crate::domain::{
    desk::{self, at_field},
    record::{Known, Record},
    world::{Effect, Inquiry, World},
};

/// Result of an act.
type Decided = Result<Decision<RecordProof>, Refusal>;

const IN_PERSON: &str = "请到婚姻登记处办理。";

/// Who issues, and how it reaches them.
struct Issuer {
    name: String,
    account: Uuid,
    officer: Option<String>,
}

/// Answers from the register.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let issuer = issuer(form, cx, world)?;
    desk::valid(form.violations(cx.today()))?;
    let (Some(person), Some(known)) = (world.keys.get(form.at()), world.people.get(form.at()))
    else {
        return Err(Refusal::new("NO_PERSON", "请核对姓名和身份证号。"));
    };
    provable(form, person, known, world)?;
    let number = desk::next_number(world)?;
    let basis = Basis {
        form,
        world,
        person,
        records: &known.records,
        number: &number,
        issuer: &issuer.name,
        at: cx.now,
    };
    let state = match issuer.officer {
        Some(_) => State::Ready,
        None => State::Issued,
    };
    let facts = Facts {
        proof: Some(Proof {
            number: number.clone(),
            records: known.records.len(),
            as_of: cx.now,
            issuer: issuer.name.clone(),
        }),
        ..Facts::default()
    };
    let inquiry = Effect::Inquire(inquiry(form, person, &known.records, &issuer));
    let decision = Decision::to(state, facts, format!("出具证明，{number}"))
        .tell(format!("{}已经出具。", title(&known.records)))
        .issue(basis.document())
        .effect(inquiry);
    // An organ gets the paper; only the person themselves shows it electronically.
    Ok(match form.letter {
        Some(_) => decision,
        None => decision.certify(basis.certificate()),
    })
}

/// A registrar of the hall, or the person themselves online.
fn issuer(form: &Form, cx: &Context<'_>, world: &World) -> Result<Issuer, Refusal> {
    if let Actor::Citizen { account, person } = cx.actor {
        if form.letter.is_some() {
            let message =
                "单位凭函查询他人记录的，由经办人持函到任何一个婚姻登记处办理，不能网上办理。";
            return Err(at_field("IN_PERSON", "/letter", message));
        }
        if person.is_none() || person.as_ref() != world.keys.first() {
            let message = "网上只能查询本人的婚姻登记记录，不能为他人代办；请本人登录办理，或者到婚姻登记处办理。";
            return Err(Refusal::new("NOT_OWN", message));
        }
        let county = division::full_name(cx.county).unwrap_or_default();
        return Ok(Issuer {
            name: format!("{county}民政局"),
            account: *account,
            officer: None,
        });
    }
    let hall = desk::taken(cx, world, IN_PERSON)?;
    let Some((account, name)) = cx.actor.officer() else {
        return Err(Refusal::new("IN_PERSON", IN_PERSON));
    };
    Ok(Issuer {
        name: hall.name.clone(),
        account,
        officer: Some(name.trim().to_owned()),
    })
}

/// Nothing is proven while two records contradict each other, or about somebody of another
/// name.
fn provable(form: &Form, person: &str, known: &Known, world: &World) -> Result<(), Refusal> {
    if known.frozen.is_some() {
        let message = "婚姻登记信息有冲突，正在核实，暂时不能出具证明。核实后可以再次申请；急需的，请带身份证和结婚证、离婚证到婚姻登记处核实。";
        return Err(Refusal::new("FROZEN", message));
    }
    let registered = known.records.last().and_then(|last| {
        let sides = &world.on(last.id)?.sides;
        let at = last.spouses.iter().position(|key| key == person)?;
        sides.get(at)
    });
    let name = form.subject().0;
    if registered.is_some_and(|entry| entry.name.trim() != name) {
        let message = "姓名与婚姻登记信息中的不一致，请核对；登记信息有误的，请先申请更正。";
        return Err(Refusal::new("NAME_MISMATCH", message));
    }
    Ok(())
}

/// What is noted: who asked about whom, why, on which basis.
fn inquiry(form: &Form, person: &str, records: &[Record], issuer: &Issuer) -> Inquiry {
    let asked_by = match (&form.letter, &issuer.officer) {
        (Some(letter), Some(officer)) => format!("{}（{officer}经办）", letter.issuer.trim()),
        (_, Some(officer)) => format!("本人（{officer}经办）"),
        (_, None) => "本人".to_owned(),
    };
    let legal_basis = match &form.letter {
        Some(letter) => format!("{}（{}）", letter.legal_basis.trim(), letter.number.trim()),
        None => "本人查询".to_owned(),
    };
    Inquiry {
        person: person.to_owned(),
        account: issuer.account,
        asked_by,
        purpose: form.purpose.trim().to_owned(),
        legal_basis,
        answer: match records {
            [] => "no_record",
            _ => "record",
        },
    }
}

/// Decides an act on a case.
pub(super) fn decide(case: &Case<RecordProof>, action: &Action, cx: &Context<'_>) -> Decided {
    let Action::Deliver(Deliver { received }) = action;
    if !received {
        let message = "请申请人或者经办人签收证明。";
        return Err(Refusal::new("NOT_RECEIVED", message));
    }
    let mut facts = case.facts.clone();
    facts.handed_over_on = Some(cx.today());
    Ok(Decision::to(State::Issued, facts, "证明已签收"))
}
