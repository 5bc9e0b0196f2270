//! Months that were paid although nothing was due, and months that were due and not paid.

use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::money::Fen;

use super::{Decided, Scene, scene::reasons};
use crate::domain::minimum_living::{
    MinimumLiving,
    accounts::{self, Arrears, Line, Overpaid, Recovery, Waiting},
    action::{RecordRecovery, WaiveRecovery},
    deadlines, documents,
    facts::{Death, Facts, Returned},
    state::{SUPPORTED, State},
    world::Effect,
};

/// Payments afterwards that stay on the case page.
const SHOWN: usize = 24;

type Decision = yiwang_casework::Decision<MinimumLiving>;

/// Compares what was due with what was paid: the missing is paid now, the rest asked back.
pub(super) fn balance(scene: &Scene<'_>) -> Decided {
    let Some(books) = &scene.world.books else {
        // Without the books every claim would look settled.
        return Err(Refusal::new("NOT_MARKED", "发放名册没有变化，不需要核对。"));
    };
    let mut facts = scene.facts();
    came_back(&mut facts, &books.returned);
    let before = accounts::open(&facts.overpaid);
    let today = scene.cx.today();
    for account in &books.accounts {
        let known = |one: &Overpaid| (one.index, one.month) == (account.index, account.month);
        if account.paid > account.due && !facts.overpaid.iter().any(known) {
            facts.overpaid.push(Overpaid {
                index: account.index,
                month: account.month,
                open: Fen::ZERO,
                recovered: Fen::ZERO,
                waived: Fen::ZERO,
                found_on: today,
            });
        }
    }
    // A month in which roll and payments agree is not among the accounts.
    let of = |index, month| {
        let mut accounts = books.accounts.iter();
        let found = accounts.find(|one| (one.index, one.month) == (index, month));
        found.map_or((Fen::ZERO, Fen::ZERO), |one| (one.due, one.paid))
    };
    let mut lines = Vec::new();
    for one in &mut facts.overpaid {
        let (due, paid) = of(one.index, one.month);
        let (open, amount) = accounts::balance(due, paid, one.recovered, one.waived);
        one.open = open;
        if amount.0 > 0 {
            lines.push(line(one.index, one.month, amount));
        }
    }
    for one in &books.accounts {
        let listed = |other: &Overpaid| (other.index, other.month) == (one.index, one.month);
        if one.due > one.paid && !facts.overpaid.iter().any(listed) {
            let amount = Fen(one.due.0 - one.paid.0);
            lines.push(line(one.index, one.month, amount));
        }
    }
    remember(&mut facts, &lines, today);
    let open = accounts::open(&facts.overpaid);
    let overpaid = Effect::Overpaid(facts.overpaid.clone());
    let decision = told(scene, facts, (before, open))?;
    Ok(decision
        .effect(overpaid)
        .effect(Effect::Balance { arrears: lines }))
}

/// What is due no longer was taken off what waits for a new account.
fn came_back(facts: &mut Facts, waiting: &[Waiting]) {
    let now = |one: &Returned| {
        let mut waiting = waiting.iter();
        waiting.find(|other| (other.month, other.arrears) == (one.month, one.arrears))
    };
    facts
        .returned
        .retain(|one| one.repaired || now(one).is_some());
    for one in facts.returned.iter_mut().filter(|one| !one.repaired) {
        if let Some(amount) = now(one).map(|waiting| waiting.amount) {
            one.amount = amount;
        }
    }
}

fn line(index: usize, month: yiwang_civic::time::Month, amount: Fen) -> Line {
    Line {
        index,
        month,
        amount,
    }
}

fn remember(facts: &mut Facts, lines: &[Line], on: jiff::civil::Date) {
    let months = || lines.iter().map(|line| line.month);
    let (Some(from), Some(through)) = (months().min(), months().max()) else {
        return;
    };
    facts.arrears.push(Arrears {
        on,
        from,
        through,
        amount: Fen(lines.iter().map(|line| line.amount.0).sum()),
    });
    let extra = facts.arrears.len().saturating_sub(SHOWN);
    facts.arrears.drain(..extra);
}

/// Says it to the family, and gives the office a limit for what is to come back.
fn told(scene: &Scene<'_>, facts: Facts, (before, open): (Fen, Fen)) -> Decided {
    let late = facts
        .arrears
        .last()
        .filter(|_| facts.arrears != scene.case.facts.arrears)
        .cloned();
    let mut notes = Vec::new();
    let mut messages = Vec::new();
    if let Some(late) = late {
        let span = documents::span(late.from, late.through);
        notes.push(format!("补发{span}的低保金{}元", late.amount));
        messages.push(format!(
            "{span}少发的低保金{}元将补发到登记的账户。",
            late.amount
        ));
    }
    if open > before {
        notes.push(format!("多发{open}元，须追回"));
        let died = SUPPORTED.contains(&scene.case.state) && facts.deaths.iter().any(Death::stands);
        let what = match died {
            true => format!("家人去世以后又发了{open}元"),
            false => format!("有{open}元是停发以后多发的"),
        };
        messages.push(format!("{what}，需要退回，工作人员会与您联系。"));
    } else if open < before {
        notes.push("多发的款项有变化".to_owned());
    }
    if notes.is_empty() {
        notes.push("核对已发月份，账目相符".to_owned());
    }
    let (state, note) = (scene.case.state, notes.join("；"));
    let state = match (state, open.0 > 0) {
        (State::Stopped, true) => State::Recovering,
        (State::Recovering, false) => State::Stopped,
        (state, _) => state,
    };
    let decision = scene.to(state, facts, note);
    let decision = match messages.is_empty() {
        true => decision,
        false => decision.tell(messages.concat()),
    };
    Ok(match (open > before, open.0 > 0) {
        (true, _) if state != State::FraudStopped => decision.start(deadlines::recovery(scene.cx)?),
        (_, false) => decision.stop(deadlines::RECOVERY),
        _ => decision,
    })
}

/// Money came back: the oldest months first.
pub(super) fn recovered(scene: &Scene<'_>, data: &RecordRecovery) -> Decided {
    let mut facts = scene.facts();
    let open = accounts::open(&facts.overpaid);
    if open.0 == 0 {
        return Err(nothing_open());
    }
    if data.amount.0 <= 0 || data.amount > open {
        let message = format!("退回金额应当大于零，不超过待退回的{open}元。");
        let error = FieldViolation::new("/amount", "AMOUNT", message);
        return Err(Refusal::fields(vec![error]));
    }
    let receipt = data.receipt.trim();
    let wrong = match receipt {
        "" => Some(("REQUIRED", "请填写缴款凭证编号。")),
        _ if facts.recoveries.iter().any(|one| one.receipt == receipt) => {
            Some(("USED", "这张缴款凭证已经登记过，请核对编号。"))
        }
        _ => None,
    };
    if let Some((code, message)) = wrong {
        let error = FieldViolation::new("/receipt", code, message);
        return Err(Refusal::fields(vec![error]));
    }
    facts.recoveries.push(Recovery {
        on: scene.cx.today(),
        amount: data.amount,
        receipt: receipt.to_owned(),
        by: scene.officer(),
    });
    facts.overpaid.sort_by_key(|one| (one.month, one.index));
    let mut left = data.amount.0;
    for one in &mut facts.overpaid {
        let part = left.min(one.open.0);
        (one.open.0, one.recovered.0) = (one.open.0 - part, one.recovered.0 + part);
        left -= part;
    }
    let note = format!("收到退回的{}元", data.amount);
    settled(scene, facts, note, "多发的款项已经退清。")
}

/// The rest is not asked back.
pub(super) fn waive(scene: &Scene<'_>, data: &WaiveRecovery) -> Decided {
    let text = reasons(&data.reasons)?.to_owned();
    let mut facts = scene.facts();
    let open = accounts::open(&facts.overpaid);
    if open.0 == 0 {
        return Err(nothing_open());
    }
    for one in &mut facts.overpaid {
        (one.open, one.waived) = (Fen::ZERO, Fen(one.waived.0 + one.open.0));
    }
    facts
        .reviews
        .push(scene.note(format!("不予追回{open}元：{text}")));
    let note = format!("不予追回{open}元");
    settled(scene, facts, note, "多发的款项不用再退。")
}

fn nothing_open() -> Refusal {
    Refusal::new("NOTHING_OPEN", "没有待退回的款项。")
}

fn settled(scene: &Scene<'_>, facts: Facts, note: String, over: &str) -> Result<Decision, Refusal> {
    let open = accounts::open(&facts.overpaid);
    let effect = Effect::Overpaid(facts.overpaid.clone());
    let state = match (scene.case.state, open.0) {
        (State::Recovering, 0) => State::Stopped,
        (state, _) => state,
    };
    let decision = scene.to(state, facts, note).effect(effect);
    Ok(match open.0 {
        0 => decision.stop(deadlines::RECOVERY).tell(over),
        _ => decision.tell(format!("还有{open}元需要退回。")),
    })
}
