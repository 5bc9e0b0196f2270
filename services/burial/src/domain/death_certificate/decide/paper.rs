//! Corrections and re-issue.

use yiwang_casework::{Case, Context, Decision};
use yiwang_civic::division;

use super::{
    super::{
        DeathCertificate,
        action::{Correct, Reasons},
        documents,
        law::parts::{correctable, reissued},
        state::State,
        world::{Effect, World},
    },
    Decided, number, parts, recorded, step, violation,
};
use crate::domain::{
    death::Event,
    desk::{reasons, valid},
};

/// The signer corrected when, where or how somebody died (rules B5.7).
pub(super) fn correct(
    case: &Case<DeathCertificate>,
    data: &Correct,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let text = reasons(&data.reasons)?;
    let known = recorded(world)?;
    correctable(known.state, &known.uses, false).map_err(parts)?;
    let mut form = case.form.clone();
    form.dead.died_on = data.died_on;
    form.dead.died_time.clone_from(&data.died_time);
    form.place.division.clone_from(&data.place);
    form.place.cause = data.cause;
    form.place.infectious = data.infectious;
    let wrong = form.dead.violations("", cx.now);
    valid(
        wrong
            .into_iter()
            .filter(|one| one.field == "/died_on")
            .collect(),
    )?;
    if division::find(&data.place).is_none() {
        let message = "请选择死亡地点，选到乡镇（街道）。";
        return Err(violation("/place", "DIVISION_UNKNOWN", message));
    }
    let event = Event {
        died_at: form.dead.died_at(),
        minute_known: form.dead.minute_known(),
        place: data.place.clone(),
        cause: data.cause,
        infectious: data.infectious,
        cause_text: form.place.cause_text.trim().to_owned(),
    };
    let mut facts = case.facts.clone();
    facts.corrected.push(step(cx, text)?);
    let mut decision = Decision::to(State::Recorded, facts, "更正死亡信息")
        .tell("签发单位更正了死亡信息，登记已随之更正。")
        .issue(documents::corrected(&form, text, cx.today()))
        .effect(Effect::Correct {
            number: number(case),
            event,
            reason: text.to_owned(),
        });
    decision.form = Some(form);
    Ok(decision)
}

/// A lost paper is issued again, once (DC13).
pub(super) fn reissue(
    case: &Case<DeathCertificate>,
    data: &Reasons,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let text = reasons(&data.reasons)?;
    let known = recorded(world)?;
    let again = case.facts.reissued.is_some();
    let which = reissued(known.state, &known.uses, again).map_err(parts)?;
    let mut facts = case.facts.clone();
    facts.reissued = Some(step(cx, text)?);
    let names: Vec<&str> = which.iter().map(|part| part.label()).collect();
    let names = names.join("、");
    Ok(Decision::to(State::Recorded, facts, format!("补发{names}"))
        .tell(format!("已同意补发：{names}。请到签发单位领取。"))
        .issue(documents::reissued(&case.form, &names, cx.today())))
}
