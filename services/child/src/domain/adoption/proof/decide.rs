//! What each act does: pure.

use yiwang_casework::{
    Case, CertificateState, Context, Decision, IssueCertificate, Refusal, decision::StartClock,
};

use super::{
    AdoptionProof,
    action::{Action, Found, Reasons},
    facts::Facts,
    form::{Form, What},
    state::State,
};
use crate::domain::{
    adoption::{
        adopt::{KIND, TITLE, issuer},
        record::{Change, Known},
    },
    desk::{self, at_field, filled, valid},
};

const ISSUE: &str = "issue";

/// Result of an act.
type Decided = Result<Decision<AdoptionProof>, Refusal>;

/// The application.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &Known) -> Decided {
    valid(form.violations(cx.today()))?;
    world.stands()?;
    let due = cx.working_days("child.adoption.proof_working_days")?;
    let note = format!("申请{}", form.what.label());
    Ok(Decision::to(State::Applied, Facts::default(), note)
        .tell("已收到申请，请本人带身份证到原登记的县级民政部门。")
        .start(StartClock::warn(
            ISSUE,
            "补发或者出具证明",
            "收养登记工作规范",
            due,
        )))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<AdoptionProof>,
    action: Action,
    cx: &Context<'_>,
    world: &Known,
) -> Decided {
    match action {
        Action::Found(data) => found(case, data, cx, world),
        Action::Issue => issue(case, cx, world),
        Action::Refuse(data) => refuse(case, &data, cx),
        Action::Withdraw(data) => {
            desk::reasons(&data.reasons)?;
            Ok(Decision::to(State::Withdrawn, case.facts.clone(), "撤回申请").stop(ISSUE))
        }
    }
}

fn found(case: &Case<AdoptionProof>, data: Found, cx: &Context<'_>, world: &Known) -> Decided {
    valid(
        filled(&data.archive, "/archive", "请填写档案编号。")
            .into_iter()
            .collect(),
    )?;
    if !data.in_person {
        let message = "要申请人本人到场、核对身份证件后才能办理。";
        return Err(at_field("NOT_IN_PERSON", "/in_person", message));
    }
    if !data.matches {
        let message = "档案与申请不一致，请核对收养人、被收养人；确实没有登记的，不予办理。";
        return Err(at_field("NO_MATCH", "/matches", message));
    }
    world.stands()?;
    let mut facts = case.facts.clone();
    facts.found = Some((data, cx.today(), desk::officer(cx)));
    Ok(Decision::to(State::Found, facts, "查到收养登记档案"))
}

fn issue(case: &Case<AdoptionProof>, cx: &Context<'_>, world: &Known) -> Decided {
    world.stands()?;
    let on = cx.today();
    let form = &case.form;
    let mut facts = case.facts.clone();
    if form.what == What::Proof {
        let text = format!(
            "经查收养登记档案，{}与{}存在收养关系，收养登记证字号{}。",
            names(form),
            form.child.name.trim(),
            known_number(case, world)
        );
        let paper = desk::document(
            "proof",
            "收养关系证明",
            &[&text, &issuer(cx.county), &desk::day(on)],
        );
        facts.issued = Some((String::new(), on, desk::officer(cx)));
        return Ok(Decision::to(State::Issued, facts, "出具收养关系证明")
            .tell("收养关系证明已经出具，请当面领取。")
            .stop(ISSUE)
            .issue(paper));
    }
    let number = world.next_number.clone().ok_or_else(|| {
        let message = "暂时取不到收养登记证字号，请稍后重试；仍然不行的，请联系系统管理员。";
        Refusal::new("NUMBER_UNAVAILABLE", message)
    })?;
    let old = known_number(case, world);
    facts.issued = Some((number.clone(), on, desk::officer(cx)));
    let certificate = certificate(case, cx, world, &number, &old);
    let note = format!("补发收养登记证，{number}");
    let mut decision = Decision::to(State::Issued, facts, note)
        .tell("收养登记证已经补发，原证作废，请当面领取。")
        .stop(ISSUE)
        .certify(certificate)
        .end_certificate(old, CertificateState::Replaced, "已补发，本证作废");
    if let Some(record) = &world.record {
        let adoption = record.case_number.clone();
        decision = decision.effect(Change::Replace { adoption, number });
    }
    Ok(decision)
}

/// Number of the certificate that was lost.
fn known_number(case: &Case<AdoptionProof>, world: &Known) -> String {
    let found = case.facts.found.as_ref();
    let archive = || {
        found
            .map_or("", |(it, ..)| it.archive.as_str())
            .trim()
            .to_owned()
    };
    world
        .record
        .as_ref()
        .map_or_else(archive, |it| it.certificate.clone())
}

fn names(form: &Form) -> String {
    match form.spouse.is_there() {
        true => format!("{}、{}", form.adopter.name.trim(), form.spouse.name.trim()),
        false => form.adopter.name.trim().to_owned(),
    }
}

fn certificate(
    case: &Case<AdoptionProof>,
    cx: &Context<'_>,
    world: &Known,
    number: &str,
    old: &str,
) -> IssueCertificate {
    let form = &case.form;
    let row = |label: &str, value: String| (label.to_owned(), value);
    let since = world.record.as_ref().map(|it| desk::day(it.registered_on));
    let rows = [
        row("收养登记证字号", number.to_owned()),
        row("登记日期", since.unwrap_or_default()),
        row("收养人姓名", names(form)),
        row("收养人身份证件号", form.adopter.id_number.trim().to_owned()),
        row("被收养人姓名", form.child.name.trim().to_owned()),
        row("被收养人身份证件号", form.child.id_number.trim().to_owned()),
        row("登记机关", issuer(cx.county)),
        row("备注", format!("补发，原证字号{old}作废")),
    ];
    IssueCertificate {
        kind: KIND,
        title: TITLE,
        number: number.to_owned(),
        issuer: issuer(cx.county),
        holders: form.holders(),
        rows: rows
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        issued_on: cx.today(),
    }
}

fn refuse(case: &Case<AdoptionProof>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let text = format!("{}：不予办理。理由：{reasons}", case.form.what.label());
    let on = desk::day(cx.today());
    let paper = desk::document("refusal", "不予办理告知书", &[&text, desk::APPEAL, &on]);
    let mut facts = case.facts.clone();
    reasons.clone_into(&mut facts.refused);
    Ok(Decision::to(State::Refused, facts, "不予办理")
        .tell("不予办理，理由和救济途径见告知书。")
        .stop(ISSUE)
        .issue(paper))
}
