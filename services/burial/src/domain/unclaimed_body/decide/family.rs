//! The family: it comes by itself with the police's paper, or it is found and told.

use yiwang_casework::{Case, Context, Decision, NoticeOp};

use super::{
    super::{
        UnclaimedBody,
        action::{Claim, TellFamily},
        facts::Told,
        state::State,
        world::{Effect, World},
    },
    Decided, NOTICE,
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    document::Document,
};

/// Somebody comes with the police's paper. Before the cremation the family takes the funeral
/// over; after it the ashes wait for them.
pub(super) fn claim(case: &Case<UnclaimedBody>, data: Claim, world: &World) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写认领人姓名。"),
        filled(
            &data.document,
            "/document",
            "请填写公安机关的身份确认文书。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    Document::CitizenId
        .read("", &data.number)
        .map_err(|error| at_field(error.reason(), "/number", error.message()))?;
    let mut facts = case.facts.clone();
    facts.claimed = Some(data);
    let (state, note) = match world.urn {
        Some(_) => (State::Returning, "亲属认领骨灰"),
        None => (State::Claimed, "亲属认领，接办后事"),
    };
    let mut decision = Decision::to(state, facts, note)
        .stop("announcement")
        .stop("ashes")
        .effect(Effect::Claimed);
    if case.state == State::Announced {
        decision.notices.push(NoticeOp::Withdraw(NOTICE.to_owned()));
    }
    Ok(decision)
}

/// How and when the family was told, and what it said. The letter and the message in the portal
/// do not stand for a person's voice.
pub(super) fn told(case: &Case<UnclaimedBody>, data: TellFamily, cx: &Context<'_>) -> Decided {
    let empty = filled(
        &data.answer,
        "/answer",
        "请写明亲属怎么答复，没有联系上的也写明。",
    );
    valid(empty.into_iter().collect())?;
    if data.told_on > cx.today() {
        return Err(at_field("FUTURE", "/told_on", "日期晚于今天，请核对。"));
    }
    let note = format!("{}通知亲属（{}）", day(data.told_on), data.how.label());
    let mut facts = case.facts.clone();
    facts.told.push(Told {
        how: data.how,
        on: data.told_on,
        answer: data.answer.trim().to_owned(),
        by: desk::officer(cx),
    });
    Ok(Decision::to(case.state, facts, note))
}
