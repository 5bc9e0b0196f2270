//! What other cases and services tell: ages, people around the child, benefits, custody.

use yiwang_casework::{Case, Context, Decision, decision::StartClock};

use super::{BASIS, Decided, REVIEW, SCHOOL, SCHOOLING, asking, looked_at, monthly, stay};
use crate::domain::{
    desk::day,
    entitlements::{
        law::amount::may_combine,
        procedure::{
            Entitlement,
            action::{AidChanged, CustodyChanged, PersonChanged},
            events::{self, Changed},
            shared::Drawn,
            world::{Effect, World},
        },
    },
};

/// Of age, or the last look at school is old: school is looked at, the fee goes on.
pub(super) fn adult<I: Entitlement>(case: &Case<I>, cx: &Context<'_>, world: &World) -> Decided<I> {
    let mut facts = case.facts.clone();
    facts.find("adult", "年满18周岁，要核实是否在校", cx.today());
    let due = cx.working_days("entitlements.school_working_days")?;
    let decision = stay(case, facts, "要核实就学，核实以前照常发放")
        .tell("孩子已满18周岁。还在校就读的继续发放，请把就读情况告诉乡镇（街道）；核实以前照常发放。")
        .start(StartClock::warn(SCHOOL, "核实是否在校就读", SCHOOLING, due));
    if case.facts.asked.is_some() {
        return Ok(decision);
    }
    Ok(asking(decision, &case.form, cx, world))
}

/// A death, a marriage, a divorce around the child.
pub(super) fn person<I: Entitlement>(
    case: &Case<I>,
    data: &PersonChanged,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let who = match data.relation.as_str() {
        "father" => "父亲",
        "mother" => "母亲",
        _ => "照料人",
    };
    let change = match data.change.as_str() {
        "died" => "死亡",
        "married" => "结婚",
        "divorced" => "离婚",
        _ => "情况变化",
    };
    let mut facts = case.facts.clone();
    facts.find(
        "person",
        format!("{who}{change}（{}）", day(data.on)),
        cx.today(),
    );
    let due = cx.calendar_days("entitlements.review_days")?;
    let mut decision = stay(case, facts, format!("{who}{change}，要核实"));
    let key = match data.relation.as_str() {
        "father" => &world.relatives.father,
        "mother" => &world.relatives.mother,
        _ => &world.relatives.carer,
    };
    let receives = !key.is_empty() && *key == world.relatives.payee;
    if case.state.is_granted() && data.change == "died" && receives {
        decision.facts.payee = None;
        decision = decision.effect(Effect::Hold(true));
    }
    if case.state.is_before() {
        return Ok(decision);
    }
    let decision = decision.start(StartClock::warn(REVIEW, "当天开始核实", BASIS, due));
    looked_at(decision, case, cx)
}

/// Another benefit of the child.
pub(super) fn benefit<I: Entitlement>(
    case: &Case<I>,
    data: &AidChanged,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let drawn = Drawn {
        benefit: data.benefit,
        from_month: data.from_month,
        monthly_fen: data.monthly_fen,
    };
    let mut facts = case.facts.clone();
    facts.draws.push(drawn.clone());
    let begins = data.monthly_fen.0 > 0;
    let word = if begins {
        "开始或者变化"
    } else {
        "停止"
    };
    let barred = begins && case.state.is_granted() && !may_combine(I::KIND, true, data.benefit);
    if barred {
        facts.find(
            "benefit",
            format!("同时享受{}", data.benefit.label()),
            cx.today(),
        );
    }
    let note = format!(
        "{}自{}起{word}，重新计算",
        data.benefit.label(),
        data.from_month
    );
    let decision = draws(stay(case, facts, note), case, &drawn, cx, world)?;
    // With WF it is a top-up from now on; an orphan has to choose.
    let clash = barred && I::KIND == crate::domain::entitlements::law::Kind::Orphan;
    if clash {
        looked_at(decision, case, cx)
    } else {
        Ok(decision)
    }
}

/// The table follows; when the amount changes, the others are told.
pub(super) fn draws<I: Entitlement>(
    decision: Decision<I>,
    case: &Case<I>,
    drawn: &Drawn,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let mut decision = decision.effect(Effect::Draws {
        benefit: drawn.benefit,
        from: drawn.from_month,
        fen: drawn.monthly_fen,
    });
    let Some(first) = case.facts.from.filter(|_| case.state.is_granted()) else {
        return Ok(decision);
    };
    let from = first.max(drawn.from_month);
    let old = monthly(case, &case.facts, cx, from)?;
    let new = monthly(case, &decision.facts, cx, from)?;
    if old != new {
        let changed = Changed {
            event: "amount_changed",
            child: &world.child,
            from,
            monthly: new,
            reason: "recomputed",
        };
        decision.events.push(events::changed(case, &changed));
        let month = format!("{}年{}月", from.year(), from.month());
        decision.message = format!("从{month}起每月{}元（原来{}元）。", new.yuan(), old.yuan());
    }
    Ok(decision)
}

/// Somebody else looks after the child: who did receives nothing more, unless it is they who took
/// the child in; the money waits for the real carer (rules B5.12).
pub(super) fn custody<I: Entitlement>(
    case: &Case<I>,
    data: &CustodyChanged,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let cause = data.case_number.trim().to_owned();
    let mut facts = case.facts.clone();
    if data.kind == "ended" {
        facts.find("custody", "监护、照料恢复，核对领取人", cx.today());
        return Ok(stay(case, facts, "监护、照料恢复")
            .effect(Effect::Lift(cause))
            .confidential());
    }
    let around = &world.relatives;
    let mut barred = vec![
        around.father.clone(),
        around.mother.clone(),
        around.carer.clone(),
        around.payee.clone(),
    ];
    barred.retain(|key| !key.is_empty() && *key != world.child && *key != data.carer);
    barred.sort();
    barred.dedup();
    facts.find(
        "custody",
        "照料人有变化，要改发给实际照料人或者机构",
        cx.today(),
    );
    facts.payee = None;
    let decision = stay(case, facts, "照料人有变化，钱改发给实际照料人或者机构")
        .effect(Effect::Lift(cause.clone()))
        .effect(Effect::Bar(barred, cause))
        .confidential();
    Ok(match case.state.is_granted() {
        true => decision.effect(Effect::Hold(true)),
        false => decision,
    })
}
