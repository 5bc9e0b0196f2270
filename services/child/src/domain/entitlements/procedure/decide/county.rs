//! The county: one examines, another decides.

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};
use yiwang_civic::time::Month;

use super::{
    ADULT, AGREEMENT, BASIS, CONFIRM, DANGER, Decided, REVIEW, SCHOOLING, TELL, monthly, on_day,
    payee, recheck, stay, to_compare, to_confirm, to_tell, to_verify, verified_ground,
};
use crate::domain::{
    desk::{self, at_field},
    entitlements::{
        law::{age, ground::Ground, month},
        procedure::{
            Entitlement,
            action::{Propose, Reasons},
            events::{self, Changed},
            facts::{self, Facts, Step},
            papers,
            state::State,
            world::{Effect, World},
        },
    },
    two::{self, Pending, Signer},
};

/// Nothing else is written down while a step waits.
pub(super) fn free(facts: &Facts) -> Result<(), Refusal> {
    match &facts.pending {
        Some(pending) => Err(two::waits(label(&pending.step), &pending.by.name)),
        None => Ok(()),
    }
}

fn label(step: &Step) -> &'static str {
    match step {
        Step::Opinion(_) => "初审意见",
        Step::Payee(_) => "改变领取人",
    }
}

pub(super) fn wait<I: Entitlement>(
    case: &Case<I>,
    step: Step,
    note: String,
    cx: &Context<'_>,
) -> Decided<I> {
    let by = two::signer(cx)?;
    let mut facts = case.facts.clone();
    facts.pending = Some(Pending {
        step,
        by,
        at: cx.now,
    });
    Ok(stay(case, facts, note))
}

/// The first opinion.
pub(super) fn propose<I: Entitlement>(
    case: &Case<I>,
    data: Propose,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    free(&case.facts)?;
    desk::reasons(&data.reasons)?;
    if data.agrees && case.state == State::Confirming {
        may_grant(case, cx, world)?;
    }
    let word = if data.agrees { "同意" } else { "不同意" };
    wait(
        case,
        Step::Opinion(data),
        format!("初审：{word}，待另一名工作人员决定"),
        cx,
    )
}

/// The second decides; a no leaves everything as it was.
pub(super) fn decide<I: Entitlement>(
    case: &Case<I>,
    data: Propose,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let pending = two::pending(case.facts.pending.clone())?;
    let second = two::second(pending.by.account, cx)?;
    let mut facts = case.facts.clone();
    facts.pending = None;
    if !data.agrees {
        let reasons = desk::reasons(&data.reasons)?;
        return Ok(stay(
            case,
            facts,
            format!("决定：不采纳“{}”：{reasons}", label(&pending.step)),
        ));
    }
    let signed = (pending.by, second);
    match (pending.step, case.state) {
        (Step::Payee(payee), _) => payee::set(case, facts, &payee, world),
        (Step::Opinion(opinion), State::Confirming) if opinion.agrees => {
            grant(case, facts, (opinion, signed), cx, world)
        }
        (Step::Opinion(opinion), State::Confirming) => refuse(case, facts, opinion, signed, cx),
        (Step::Opinion(opinion), State::Reconfirming) => {
            recheck::decided(case, facts, &opinion, cx, world)
        }
        _ => Err(Refusal::new(
            "NOTHING_PENDING",
            "没有待决定的意见，请刷新页面。",
        )),
    }
}

/// Everything the law asks of a confirmation today.
fn may_grant<I: Entitlement>(
    case: &Case<I>,
    cx: &Context<'_>,
    world: &World,
) -> Result<(), Refusal> {
    match verified_ground(case, cx)? {
        Ground::None(lacks) => {
            let what: Vec<_> = lacks
                .iter()
                .map(|it| it.message.trim_end_matches('。'))
                .collect();
            let message = format!("按查验的情况不符合条件：{}。", what.join("；"));
            return Err(Refusal::new("NOT_ELIGIBLE", message));
        }
        found if found.kind() != Some(I::KIND) => {
            let message = "按查验的情况属于另一项保障，请不予确认，并告诉申请人申请另一项。";
            return Err(Refusal::new("OTHER_ITEM", message));
        }
        _ => {}
    }
    if world.child.is_empty() {
        let message = "孩子还没有身份证号，请先帮助办理户口登记，再由乡镇（街道）更正。";
        return Err(Refusal::new("CHILD_NUMBER_REQUIRED", message));
    }
    let limit = cx.rule("entitlements.age")?.count()?;
    let young = |birth| age::may_begin(birth, cx.today(), limit);
    if !case.form.child.birth().is_some_and(young) {
        let message = format!("孩子已满{limit}周岁，不能新认定。");
        return Err(Refusal::new("TOO_OLD", message));
    }
    if let Some(other) = world.granted_elsewhere() {
        let message = format!(
            "这个孩子正在享受{}（{}），两项不能同时享受；请先办理终止，终止的次月起再发。",
            other.kind.label(),
            other.case_number
        );
        return Err(Refusal::new("OTHER_GRANTED", message));
    }
    Ok(())
}

fn grant<I: Entitlement>(
    case: &Case<I>,
    mut facts: Facts,
    (opinion, (first, second)): (Propose, (Signer, Signer)),
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    may_grant(case, cx, world)?;
    let from = month::first(cx.today());
    facts.decided = Some(facts::Decided {
        agrees: true,
        reasons: opinion.reasons,
        first,
        second,
        on: cx.today(),
    });
    facts.from = Some(from);
    let payee = payee::of_form(case, world);
    facts.payee.clone_from(&payee);
    let fen = monthly(case, &facts, cx, from)?;
    let event = events::changed(
        case,
        &Changed {
            event: "confirmed",
            child: &world.child,
            from,
            monthly: fen,
            reason: "confirmed",
        },
    );
    let mut decision = Decision::to(State::Paid, facts, format!("确认，自{from}起发放"))
        .tell(format!(
            "已经确认，从{}年{}月起按月发放。",
            from.year(),
            from.month()
        ))
        .issue(papers::confirmed(case, from, fen, cx))
        .effect(Effect::Grant {
            from,
            upbringing: case.form.upbringing,
        });
    decision.events.push(event);
    if let Some(account) = payee {
        decision = decision.effect(Effect::Payee(account));
    }
    standing_clocks(decision, case, cx)
}

/// Comparison, age, agreement, telling.
fn standing_clocks<I: Entitlement>(
    decision: Decision<I>,
    case: &Case<I>,
    cx: &Context<'_>,
) -> Decided<I> {
    let limit = cx.rule("entitlements.age")?.count()?;
    let due = cx.working_days("entitlements.agreement_working_days")?;
    let mut decision = decision
        .stop(CONFIRM)
        .stop(REVIEW)
        .stop(DANGER)
        .start(to_compare(cx)?)
        .start(StartClock::warn(AGREEMENT, "签订养育协议", BASIS, due));
    if let Some(birth) = case.form.child.birth() {
        let day = age::reaches(birth, limit);
        decision = decision.start(on_day(ADULT, "年满18周岁，核实就学", SCHOOLING, day));
    }
    if !case.facts.elsewhere.is_empty() {
        decision = decision.start(to_tell(cx)?);
    }
    Ok(decision)
}

fn refuse<I: Entitlement>(
    case: &Case<I>,
    mut facts: Facts,
    opinion: Propose,
    (first, second): (Signer, Signer),
    cx: &Context<'_>,
) -> Decided<I> {
    let paper = papers::refused(case, &opinion.reasons, cx);
    facts.decided = Some(facts::Decided {
        agrees: false,
        reasons: opinion.reasons,
        first,
        second,
        on: cx.today(),
    });
    let elsewhere = !facts.elsewhere.is_empty();
    let state = if elsewhere {
        State::ToTell
    } else {
        State::Refused
    };
    let decision = Decision::to(state, facts, "不予确认，决定书写明理由")
        .tell("没有通过，理由和救济途径见决定书；情况变化后可以再申请。")
        .issue(paper)
        .stop(CONFIRM)
        .stop(REVIEW)
        .stop(TELL);
    if elsewhere {
        return Ok(decision.start(to_tell(cx)?));
    }
    Ok(decision)
}

/// Something is not clear.
pub(super) fn send_back<I: Entitlement>(
    case: &Case<I>,
    data: &Reasons,
    cx: &Context<'_>,
) -> Decided<I> {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    facts.pending = None;
    facts.returned.push((reasons.to_owned(), cx.today()));
    let note = "县级退回重新查验";
    Ok(match case.state {
        State::Reconfirming => Decision::to(State::Recheck, facts, note)
            .stop(CONFIRM)
            .start(recheck::clock(cx)?),
        _ => Decision::to(State::Verifying, facts, note)
            .stop(CONFIRM)
            .start(to_verify(cx)?),
    })
}

/// The first month that a decision of today reaches.
pub(super) fn next_month(cx: &Context<'_>) -> Month {
    month::first(cx.today())
}

/// The confirmation clock, for the second look.
pub(super) fn confirm_clock(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    to_confirm(cx)
}

/// Where one field has to be marked.
pub(super) fn required(at: &'static str, message: &str) -> Refusal {
    at_field("REQUIRED", at, message)
}
