//! What each act does: pure (rules F11).

mod ashes;
mod family;
mod identify;
mod notice;
mod opinion;
mod sign;

use yiwang_casework::{Case, Context, Decision, Refusal};

pub use self::{notice::NOTICE, opinion::answers_for};
use super::{
    UnclaimedBody,
    action::Action,
    facts::{Facts, Step},
    form::Form,
    state::State,
    world::{Effect, Urn, World},
};
use crate::domain::desk::{at_field, valid};

/// Result of an act.
type Decided = Result<Decision<UnclaimedBody>, Refusal>;

/// The home takes the body over from police or hospital.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    if cx.actor.officer().is_none() {
        let message = "无名、无人认领遗体由殡仪馆或者民政局登记；发现遗体请立即拨打110。";
        return Err(Refusal::new("WRONG_ROLE", message));
    }
    valid(form.violations(cx.today()))?;
    let home = world
        .home
        .as_ref()
        .ok_or_else(|| at_field("HOME_UNKNOWN", "/home", "没有这个殡仪馆，请重新选择。"))?;
    if home.division != cx.division {
        let message = format!(
            "{}不在所选的办理地区，请按殡仪馆所在的乡镇（街道）提交。",
            home.name
        );
        return Err(at_field("HOME_ELSEWHERE", "/home", message));
    }
    Ok(Decision::to(
        State::Registered,
        Facts::default(),
        "登记无名、无人认领遗体",
    )
    .effect(Effect::Open))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<UnclaimedBody>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Collect(data) => notice::collect(case, data),
        Action::Announce(data) => notice::announce(case, &data, cx),
        Action::Over => {
            let note = "公告期满，没有人认领";
            Ok(Decision::to(State::Unanswered, case.facts.clone(), note))
        }
        Action::Claim(data) => family::claim(case, data, world),
        Action::Opine(data) => opinion::opine(case, data, cx),
        Action::Keep => ashes::keep(case, cx, world),
        Action::Place(data) => sign::first(case, Step::Place(data), cx, world),
        Action::Identify(data) => sign::first(case, Step::Identify(data), cx, world),
        Action::TellFamily(data) => family::told(case, data, cx),
        Action::TakenOver => {
            let note = "亲属接办治丧服务";
            Ok(Decision::to(State::Claimed, case.facts.clone(), note))
        }
        Action::Return(data) => sign::first(case, Step::Return(data), cx, world),
        Action::Countersign => sign::second(case, cx, world),
        Action::Discard(data) => sign::discard(case, &data),
    }
}

/// The ashes there must be.
fn urn(world: &World) -> Result<&Urn, Refusal> {
    world.urn.as_ref().ok_or_else(|| {
        let message = "还没有骨灰登记。请先在治丧服务中办理火化，再登记骨灰保存。";
        Refusal::new("NOT_CREMATED", message)
    })
}
