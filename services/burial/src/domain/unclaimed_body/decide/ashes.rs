//! The ashes: kept, placed when nobody comes, given back when somebody does (rules F11, F12).

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};
use yiwang_civic::calendar::Due;

use super::{
    super::{
        UnclaimedBody,
        action::{Place, ReturnAshes},
        state::State,
        world::{Effect, World},
    },
    Decided, urn,
};
use crate::domain::{
    desk::{at_field, day, filled, valid},
    document::Document,
    signer::Signer,
};

/// They are kept for as long as the region asks.
pub(super) fn keep(case: &Case<UnclaimedBody>, cx: &Context<'_>, world: &World) -> Decided {
    urn(world)?;
    let days = cx.rule("burial.unclaimed.ashes_days")?.count()?;
    let last = cx
        .today()
        .checked_add(i64::from(days).days())
        .unwrap_or(Date::MAX);
    let mut facts = case.facts.clone();
    facts.kept_until = Some(last);
    let due = Due {
        last_day: last,
        provisional: false,
    };
    let clock = StartClock::warn("ashes", "骨灰保存期", "地方无人认领骨灰处理规定", due);
    Ok(Decision::to(State::Kept, facts, format!("骨灰保存至{}", day(last))).start(clock))
}

/// After the time the region keeps them, not before.
pub(super) fn place(
    case: &Case<UnclaimedBody>,
    data: &Place,
    signed: [Signer; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.place, "/place", "请填写地点。"),
        filled(&data.record, "/record", "请填写影像记录编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let until = case.facts.kept_until.unwrap_or(Date::MAX);
    if cx.today() <= until {
        let message = format!("骨灰要保存到{}，期满以后才能生态安葬。", day(until));
        return Err(Refusal::new("STILL_KEPT", message));
    }
    let urn = urn(world)?;
    let scatter = Effect::Scatter {
        urn: urn.number.clone(),
        form: data.form.code(),
        signed: signed.clone(),
        record: data.record.trim().to_owned(),
    };
    let note = format!("{}：{}", data.form.label(), data.place.trim());
    let mut facts = case.facts.clone();
    facts.placed = Some((data.clone(), cx.today(), signed.map(|one| one.name)));
    Ok(Decision::to(State::Placed, facts, note)
        .stop("ashes")
        .effect(scatter))
}

/// To the family, with card and receipt.
pub(super) fn give_back(
    case: &Case<UnclaimedBody>,
    data: &ReturnAshes,
    signed: [Signer; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写领取人姓名。"),
        filled(&data.kinship, "/kinship", "请填写核对过的亲属关系材料。"),
        filled(&data.receipt, "/receipt", "请填写收据编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    Document::CitizenId
        .read("", &data.number)
        .map_err(|error| at_field(error.reason(), "/number", error.message()))?;
    // Whoever claimed them takes them; of a found family whoever proves to be one.
    if let Some(claimed) = &case.facts.claimed
        && case.state == State::Returning
        && !claimed
            .number
            .trim()
            .eq_ignore_ascii_case(data.number.trim())
    {
        let message = "领取人不是登记的认领人，请核对身份证；换人领取的，请认领人本人到场。";
        return Err(at_field("CLAIMANT_DIFFERS", "/number", message));
    }
    let urn = urn(world)?;
    if urn.at == "scattered" {
        let message = "骨灰已经生态安葬，不留骨灰，不能归还；请把安葬的时间、地点和影像告诉亲属。";
        return Err(Refusal::new("URN_ELSEWHERE", message));
    }
    let back = Effect::GiveBack {
        urn: urn.number.clone(),
        signed: signed.clone(),
        receipt: data.receipt.trim().to_owned(),
    };
    let mut facts = case.facts.clone();
    facts.returned = Some((data.clone(), cx.today(), signed.map(|one| one.name)));
    Ok(Decision::to(State::Returned, facts, "骨灰已交给亲属")
        .stop("ashes")
        .effect(back))
}
