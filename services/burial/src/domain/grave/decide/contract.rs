//! The contract: the place is theirs for a period. It names the user, whose name never changes,
//! and gives nobody a right to pass it on.

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{Decision, Refusal};

use super::{Decided, HOLD_END, Scene, checks, keep, taken};
use crate::domain::{
    desk::{self, at_field, filled},
    grave::{
        action::{GiveBack, Sign},
        documents,
        facts::Contract,
        state::State,
        world::{Effect, Terms},
    },
    ledger::SpotError,
};

/// Last day of so many years from `from` on.
pub(super) fn last_day(from: Date, years: u32) -> Date {
    let anniversary = from.saturating_add(i64::from(years).years());
    anniversary.yesterday().unwrap_or(anniversary)
}

/// 签合同.
pub(super) fn sign(scene: Scene<'_>, data: &Sign) -> Decided {
    let (case, cx, world) = (scene.case, scene.cx, scene.world);
    let form = &case.form;
    checks::all(form, cx, world)?;
    let receipt = filled(
        &data.receipt,
        "/receipt",
        "请填写收费票据号；减免的填减免决定编号。",
    );
    desk::valid(receipt.into_iter().collect())?;
    if world.bill_settled == Some(false) {
        let message = "这件申请的账单还没有结清，请先结清或者办理减免。";
        return Err(Refusal::new("BILL_OPEN", message));
    }
    let most = cx.rule("burial.grave.maintenance_years")?.count()?;
    if data.maintenance_years > most {
        let message = format!("维护管理费一次最多交{most}年，请改小年数。");
        return Err(at_field(
            "MAINTENANCE_TOO_LONG",
            "/maintenance_years",
            message,
        ));
    }
    let place = scene.place()?;
    let (kind, today) = (place.spot.kind, cx.today());
    let until = kind.has_period().then(|| last_day(today, form.years));
    let mut facts = scene.facts();
    let approved_by = facts.approved.as_ref().map(|step| step.by.clone());
    let terms = Terms {
        from: today,
        until,
        exception: form.living().then(|| form.exception.code()),
        approved_by,
    };
    let maintained = (data.maintenance_years > 0).then(|| last_day(today, data.maintenance_years));
    let contract = Contract {
        by: desk::officer(cx),
        from: today,
        until,
        maintained_until: maintained,
        receipt: data.receipt.trim().to_owned(),
        kind: kind.code().to_owned(),
    };
    let document = documents::contract(case, &contract);
    facts.contract = Some(contract);
    let decision = Decision::to(State::Contracted, facts, "签订合同")
        .tell("合同已签，请与公墓约定安放（葬）的日子。")
        .issue(document)
        .stop(HOLD_END);
    if let Some(beside) = form.joins() {
        let beside = beside.to_owned();
        return Ok(decision.effect(Effect::Join { beside, terms }));
    }
    if place.spot.is_held_by(&case.number, cx.now) {
        return Ok(decision.effect(Effect::Reserve(terms)));
    }
    if place.spot.is_free(cx.now) {
        let (_, fresh) = keep(cx, "burial.spot.review_working_days", None)?;
        return Ok(decision.effect(fresh).effect(Effect::Reserve(terms)));
    }
    Err(taken(SpotError::NotHeld, world))
}

/// 退还: nobody ever lay there.
pub(super) fn give_back(scene: Scene<'_>, data: &GiveBack) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    facts.ended = Some(scene.step(reasons));
    let note = match data.refund.trim() {
        "" => "退还没有使用的位置".to_owned(),
        refund => format!("退还没有使用的位置，退费单{refund}"),
    };
    Ok(Decision::to(State::Returned, facts, note)
        .tell("没有使用的位置已经退还。")
        .effect(Effect::GiveBack))
}
