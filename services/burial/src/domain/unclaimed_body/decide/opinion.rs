//! 不需要继续保留: the opinion of who answers for the place (rules F11).

use yiwang_casework::{Case, Context, Decision};

use super::{
    super::{
        UnclaimedBody,
        action::{Authority, Opinion},
        form::Found,
        state::State,
        world::Effect,
    },
    Decided,
};
use crate::domain::desk::{at_field, filled, valid};

/// The opinion comes from who answers for the place.
#[must_use]
pub fn answers_for(found: Found) -> Authority {
    match found {
        Found::Outside => Authority::Police,
        Found::Hospital => Authority::Health,
        Found::HandlerLost => Authority::Civil,
    }
}

pub(super) fn opine(case: &Case<UnclaimedBody>, data: Opinion, cx: &Context<'_>) -> Decided {
    valid(
        filled(&data.document, "/document", "请填写文号。")
            .into_iter()
            .collect(),
    )?;
    let wanted = answers_for(case.form.found);
    if data.authority != wanted {
        let message = format!("这种情形由{}出具意见，请核对文书。", wanted.label());
        return Err(at_field("WRONG_AUTHORITY", "/authority", message));
    }
    let over = case
        .facts
        .announced
        .as_ref()
        .is_some_and(|(_, last)| data.given_on > *last);
    if !over || data.given_on > cx.today() {
        let message = "意见应当在公告期满以后出具，请核对日期。";
        return Err(at_field("BEFORE_NOTICE_ENDS", "/given_on", message));
    }
    let note = format!(
        "{}意见：不需要继续保留（{}）",
        wanted.label(),
        data.document.trim()
    );
    let mut facts = case.facts.clone();
    facts.opinion = Some(data);
    Ok(Decision::to(State::Allowed, facts, note).effect(Effect::Allow))
}
