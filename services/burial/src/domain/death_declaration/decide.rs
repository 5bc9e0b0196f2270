//! What each act does: pure. Casework has checked state and role against the table before.

use yiwang_casework::{Case, Context, Decision, Refusal};

use super::{
    DeathDeclaration,
    action::{Action, Cancellation, Check, Reasons},
    documents,
    facts::{Facts, Step},
    form::Form,
    law::{Years, day_of_death},
    state::State,
    world::{Effect, World},
};
use crate::domain::desk::{self, at_field, day, filled, reasons, valid};

/// Result of an act.
type Decided = Result<Decision<DeathDeclaration>, Refusal>;

/// Takes in what a judgment says.
pub(super) fn submit(form: &Form, cx: &Context<'_>) -> Decided {
    let entered = step(cx, "")?;
    valid(form.violations(cx.today()))?;
    lawful(form, cx)?;
    let facts = Facts {
        entered: Some(entered),
        ..Facts::default()
    };
    Ok(Decision::to(State::Received, facts, "录入宣告死亡的判决")
        .tell("判决已经录入，正在由另一名工作人员核对。"))
}

/// Long enough missing, and the day that the law says (民法典 46, 48).
fn lawful(form: &Form, cx: &Context<'_>) -> Result<(), Refusal> {
    let paper = &form.judgment;
    let earliest = Years::load(cx, paper.judged_on)?.earliest(paper.ground, paper.since);
    if paper.judged_on < earliest {
        let message = format!(
            "“{}”的，最早从{}起才能宣告死亡，请对照判决书核对日期和依据。",
            paper.ground.label(),
            day(earliest)
        );
        return Err(at_field("TOO_EARLY", "/judgment/since", message));
    }
    let right = day_of_death(paper.ground, paper.since, paper.judged_on);
    if paper.effective_on != right {
        let message = format!(
            "这种情形视为死亡的日期是{}（民法典第四十八条），请对照判决书核对；\
             判决书写的确实不同的，请先与人民法院核实。",
            day(right)
        );
        return Err(at_field(
            "DAY_OF_DEATH_DIFFERS",
            "/judgment/effective_on",
            message,
        ));
    }
    Ok(())
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<DeathDeclaration>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Check(data) => check(case, &data, cx, world),
        Action::ReturnPaper(data) => send_back(case, &data, cx),
        Action::AskCancel(data) => ask_cancel(case, data, cx),
        Action::Cancel(data) => cancel(case, &data, cx),
        Action::Keep(data) => keep(case, &data, cx),
    }
}

/// The act as kept; only officers act.
fn step(cx: &Context<'_>, reasons: &str) -> Result<Step, Refusal> {
    let Some((account, _)) = cx.actor.officer() else {
        let message = "宣告死亡由窗口登记，请带判决书到民政服务窗口。";
        return Err(Refusal::new("AT_COUNTER", message));
    };
    Ok(Step {
        account,
        by: desk::officer(cx),
        on: cx.today(),
        reasons: reasons.to_owned(),
    })
}

/// Two pairs of eyes.
fn another(of: Option<&Step>, step: &Step, message: &str) -> Result<(), Refusal> {
    match of {
        Some(first) if first.account == step.account => Err(Refusal::new("SAME_OFFICER", message)),
        _ => Ok(()),
    }
}

fn in_hand(data: &Check) -> Result<(), Refusal> {
    if data.checked {
        return Ok(());
    }
    let message = "请先对照判决书原件核对；不一致的退回。";
    Err(at_field("NOT_CHECKED", "/checked", message))
}

fn check(case: &Case<DeathDeclaration>, data: &Check, cx: &Context<'_>, world: &World) -> Decided {
    let checked = step(cx, "")?;
    let message = "录入人不能核对自己的录入，请由另一名工作人员核对。";
    another(case.facts.entered.as_ref(), &checked, message)?;
    in_hand(data)?;
    if world.certified {
        let message = "登记库中已有这个人的死亡证明，不用再登记宣告死亡，请退回这件。";
        return Err(Refusal::new("DEATH_KNOWN", message));
    }
    if world.declared {
        let message = "这个人的宣告死亡已经登记，不用重复登记，请退回这件。";
        return Err(Refusal::new("DECLARED_ALREADY", message));
    }
    let mut facts = case.facts.clone();
    facts.checked = Some(checked);
    let effect = Effect::Declare(case.form.judgment.effective_on);
    Ok(
        Decision::to(State::Declared, facts, "核对一致，登记宣告死亡")
            .tell("宣告死亡已经登记。婚姻、救助等不用再交判决书。")
            .issue(documents::declared(&case.form, cx.today()))
            .effect(effect),
    )
}

fn send_back(case: &Case<DeathDeclaration>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let text = reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.returned = Some(step(cx, text)?);
    Ok(Decision::to(State::Returned, facts, "退回判决")
        .tell("录入的判决已说明理由退回。")
        .issue(documents::returned(&case.form, text, cx.today())))
}

/// The person is back, and the court says so (民法典 50).
fn ask_cancel(case: &Case<DeathDeclaration>, data: Cancellation, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.court, "/court", "请填写作出撤销判决的人民法院。"),
        filled(&data.number, "/number", "请填写撤销判决书案号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if data.judged_on > cx.today() || data.judged_on < case.form.judgment.judged_on {
        let message = "撤销判决应当在宣告判决之后、今天以前作出，请核对日期。";
        return Err(at_field("DAY_WRONG", "/judged_on", message));
    }
    if data.number.trim() == case.form.judgment.number.trim() {
        let message = "这是宣告死亡的判决案号，请填写撤销死亡宣告的判决案号。";
        return Err(at_field("SAME_JUDGMENT", "/number", message));
    }
    let asked = step(cx, "")?;
    let mut facts = case.facts.clone();
    facts.cancellation = Some((data, asked));
    Ok(
        Decision::to(State::CancelAsked, facts, "登记撤销死亡宣告的判决")
            .tell("撤销死亡宣告的判决已经收到，正在核对。"),
    )
}

const OTHER: &str = "登记撤销判决的人不能自己决定，请由另一名审批人员核对。";

fn cancel(case: &Case<DeathDeclaration>, data: &Check, cx: &Context<'_>) -> Decided {
    let agreed = step(cx, "")?;
    let Some((by, asked)) = &case.facts.cancellation else {
        return Err(Refusal::new("NOT_ASKED", "还没有登记撤销判决。"));
    };
    another(Some(asked), &agreed, OTHER)?;
    in_hand(data)?;
    let paper = documents::cancelled(&case.form, by, cx.today());
    let mut facts = case.facts.clone();
    facts.cancelled = Some(agreed);
    Ok(
        Decision::to(State::Cancelled, facts, "死亡宣告撤销，登记随之撤销")
            .tell("死亡宣告登记已经撤销，婚姻、救助等随之恢复核查。")
            .issue(paper)
            .effect(Effect::Cancel),
    )
}

fn keep(case: &Case<DeathDeclaration>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let text = reasons(&data.reasons)?;
    let kept = step(cx, text)?;
    let asked = case.facts.cancellation.as_ref().map(|(_, step)| step);
    another(asked, &kept, OTHER)?;
    let mut facts = case.facts.clone();
    facts.cancellation = None;
    facts.kept.push(kept);
    Ok(
        Decision::to(State::Declared, facts, "撤销判决对不上，宣告继续有效")
            .tell("经核对，登记的撤销判决对不上，死亡宣告继续有效。"),
    )
}
