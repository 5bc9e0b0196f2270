//! Entry and check.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};

use super::{
    super::{
        DeathCertificate,
        action::{Check, Reasons},
        documents,
        facts::Facts,
        form::Form,
        law::{
            clocks::Limits,
            number::{self, Scheme},
            signer::{SignerRules, asks_village_proof, signer},
        },
        state::State,
        world::{Effect, World},
    },
    Decided, another, step, violation,
};
use crate::domain::{
    death::{Event, Identity, NewDeath, Source},
    desk::{reasons, valid},
};

const BASIS: &str = "国卫规划发〔2026〕5号：纸质证明15个工作日内报告";

/// Takes in what a paper says.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>) -> Decided {
    let entered = step(cx, "")?;
    valid(form.violations(cx.now))?;
    lawful(form, cx)?;
    let paper = &form.paper;
    let limits = Limits::load(cx, form.dead.died_on, paper.signed_on, form.place.cause)?;
    let facts = Facts {
        entered: Some(entered),
        signed_late: limits.sign.filter(|last| paper.signed_on > *last),
        ..Facts::default()
    };
    let clock = StartClock::warn("report", "死亡信息入库", BASIS, limits.report_paper);
    Ok(Decision::to(State::Received, facts, "录入死亡证明")
        .tell("死亡证明已经录入，正在由另一名工作人员核对。请节哀；治丧可以先联系殡仪馆。")
        .start(clock))
}

/// Signer, applicant, number and the committee's proof, by the rules of the day of signing.
fn lawful(form: &Form, cx: &Context<'_>) -> Result<(), Refusal> {
    let nameless = form.dead.is_nameless();
    if !form.applicant.relation.may_apply(nameless) {
        let message =
            "死亡证明由近亲属或者其委托的代理人申领；只有无名遗体由公安机关、所在单位申领。";
        return Err(violation("/applicant/relation", "NOT_A_RELATIVE", message));
    }
    let paper = &form.paper;
    let circumstances = form.place.circumstances();
    let rules = SignerRules::load(cx, paper.signed_on)?;
    let right = signer(circumstances, rules);
    if paper.signer != right {
        let message = format!(
            "这种情形应由{}签发，请请有权的单位签发后再录入。",
            right.label()
        );
        return Err(violation("/paper/signer", "WRONG_SIGNER", &message));
    }
    if asks_village_proof(circumstances, rules) && !paper.village_proof {
        let message = "2026年7月1日前签发的，在家中或者其他场所正常死亡须附村（居）委会证明。";
        return Err(violation("/paper/village_proof", "VILLAGE_PROOF", message));
    }
    let scheme = Scheme::load(cx.rules, cx.division, paper.signed_on)?;
    // Somebody without any document whose paper has no number yet gets ours at the check.
    if nameless && scheme == Scheme::Identity && paper.number.trim().is_empty() {
        return Ok(());
    }
    let (document, issuer) = (form.dead.id(), form.issuer());
    number::check(&paper.number, document.as_ref(), issuer.as_ref(), scheme)
        .map(drop)
        .map_err(|error| violation("/paper/number", error.reason(), error.message()))
}

/// A second person has held the paper in hand: now everybody may know.
pub(super) fn check(
    case: &Case<DeathCertificate>,
    data: &Check,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let checked = step(cx, "")?;
    let message = "录入人不能核对自己的录入，请由另一名工作人员核对。";
    another(case.facts.entered.as_ref(), &checked, message)?;
    if !data.checked {
        let message = "请先对照原件核对；不一致的退回。";
        return Err(violation("/checked", "NOT_CHECKED", message));
    }
    if world.dead_already || world.known.as_ref().is_some_and(|one| one.state.is_valid()) {
        let message = "登记库中已有这位逝者的死亡登记，不用重复录入，请退回这件。";
        return Err(Refusal::new("DEATH_KNOWN", message));
    }
    let number = match case.form.paper.number.trim() {
        "" => world.next_number.clone().ok_or_else(|| {
            let message = "本年度的顺序号已经用完，请联系系统管理员。";
            Refusal::new("NUMBER_UNAVAILABLE", message)
        })?,
        typed => number::normalised(typed),
    };
    let mut facts = case.facts.clone();
    facts.checked = Some(checked);
    facts.number.clone_from(&number);
    let death = new_death(case, number);
    Ok(
        Decision::to(State::Recorded, facts, "核对一致，死亡信息入库")
            .tell("死亡信息已经登记。办理后面的事项不用再交纸质证明。")
            .stop("report")
            .issue(documents::recorded(&case.form, &death, cx.today()))
            .effect(Effect::Record(Box::new(death))),
    )
}

fn new_death(case: &Case<DeathCertificate>, number: String) -> NewDeath {
    let Form {
        dead, place, paper, ..
    } = &case.form;
    NewDeath {
        number,
        identity: Identity {
            name: dead.name.trim().to_owned(),
            document: dead.id(),
            sex: dead.sex(),
            born: dead.born(),
            household: dead.household.clone(),
            ethnicity: dead.ethnicity.clone(),
        },
        event: Event {
            died_at: dead.died_at(),
            minute_known: dead.minute_known(),
            place: place.division.clone(),
            cause: place.cause,
            infectious: place.infectious,
            cause_text: place.cause_text.trim().to_owned(),
        },
        issuer: paper.issuer.trim().to_ascii_uppercase(),
        issuer_name: paper.issuer_name.trim().to_owned(),
        signed_on: paper.signed_on,
        source: Source::Paper,
        reference: case.number.clone(),
        case_number: Some(case.number.clone()),
    }
}

/// What does not fit goes back.
pub(super) fn send_back(
    case: &Case<DeathCertificate>,
    data: &Reasons,
    cx: &Context<'_>,
) -> Decided {
    let text = reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.returned = Some(step(cx, text)?);
    Ok(Decision::to(State::Returned, facts, "退回死亡证明")
        .tell("录入的死亡证明已说明理由退回。")
        .stop("report")
        .issue(documents::returned(&case.form, text, cx.today())))
}
