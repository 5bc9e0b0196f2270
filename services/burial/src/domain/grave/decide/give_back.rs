//! 退还: nobody ever lay there. What was paid for unused years goes back, under two signatures.

use yiwang_casework::{Decision, Refusal};
use yiwang_civic::money::Fen;

use super::{Decided, Scene};
use crate::domain::{
    bill,
    desk::{self, filled},
    grave::{
        action::GiveBack,
        facts::GivingBack,
        state::State,
        world::{Effect, Returned},
    },
    two,
};

/// Fen that go back, and of which bill; none where nothing was paid.
fn refund(scene: Scene<'_>) -> Result<Option<(i64, String)>, Refusal> {
    let Some(paid) = &scene.world.paid else {
        return Ok(None);
    };
    let spot = &scene.place()?.spot;
    let number = scene.case.number.as_str();
    let kin = spot.live().any(|one| one.case_number != number);
    let mut prepaid = vec![paid.maintenance];
    // A place that kin go on using was not given back: only its own maintenance is.
    if !(kin && spot.kind.has_period()) {
        prepaid.push(paid.place);
    }
    let share = scene.cx.rule("burial.grave.refund")?.ratio()?;
    let fen = bill::unused(&prepaid, scene.cx.today(), share)
        .0
        .min(paid.left);
    Ok((fen > 0).then(|| (fen, paid.bill.clone())))
}

/// The first signature; all of it where no money goes back.
pub(super) fn give_back(scene: Scene<'_>, data: &GiveBack) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let Some((fen, bill)) = refund(scene)? else {
        facts.ended = Some(scene.step(reasons));
        return Ok(Decision::to(State::Returned, facts, "退还没有使用的位置")
            .tell("没有使用的位置已经退还。")
            .effect(Effect::GiveBack));
    };
    let message = format!("要退{}元，请填写退费单号。", Fen(fen));
    desk::valid(
        filled(&data.refund, "/refund", &message)
            .into_iter()
            .collect(),
    )?;
    let by = two::signer(scene.cx)?;
    let note = format!("{}登记退还，退费{}元，待另一人复核", by.name, Fen(fen));
    facts.giving_back = Some(GivingBack {
        reasons: reasons.to_owned(),
        receipt: data.refund.trim().to_owned(),
        fen,
        bill,
        by,
        on: scene.cx.today(),
        second: String::new(),
    });
    Ok(Decision::to(State::Contracted, facts, note).confidential())
}

/// The second, by another account.
pub(super) fn confirm(scene: Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    let back = two::pending(facts.giving_back.as_mut())?;
    let by = two::second(back.by.account, scene.cx)?;
    back.second.clone_from(&by.name);
    let returned = Returned {
        bill: back.bill.clone(),
        fen: back.fen,
        reason: format!("退还没有使用的位置，退费单{}", back.receipt),
        signed: [back.by.clone(), by],
    };
    let money = format!("{}元", Fen(back.fen));
    let note = format!("退还没有使用的位置，退费{money}，退费单{}", back.receipt);
    let told = format!("没有使用的位置已经退还，剩余年数的费用{money}退给原交费人。");
    let reasons = back.reasons.clone();
    facts.ended = Some(scene.step(&reasons));
    Ok(Decision::to(State::Returned, facts, note)
        .tell(told)
        .effect(Effect::GiveBack)
        .effect(Effect::Refund(returned)))
}
