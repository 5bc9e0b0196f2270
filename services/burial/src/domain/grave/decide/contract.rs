//! The contract: the place is theirs for a period. It names the user, whose name never changes,
//! and gives nobody a right to pass it on.

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{Decision, Refusal};
use yiwang_civic::money::Fen;

use super::{Decided, HOLD_END, Scene, checks, keep, taken};
use crate::domain::{
    desk::{self, at_field, filled},
    grave::{
        action::Sign,
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

/// The price of the place as agreed; the list says whether it may be.
fn agreed(yuan: &str) -> Result<Option<i64>, Refusal> {
    let yuan = yuan.trim();
    if yuan.is_empty() {
        return Ok(None);
    }
    let fen = Fen::from_yuan_str(yuan);
    fen.map(|fen| Some(fen.0))
        .map_err(|error| at_field("AMOUNT", "/price", error.message()))
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
    let agreed_fen = agreed(&data.price)?;
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
        agreed_fen,
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
