//! What each act does: pure (rules F19).

mod inquiry;
mod outcome;
mod review;

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};
use yiwang_civic::params::{ParamError, Value};

use super::{
    BurialEnforcement,
    action::{Action, Measure},
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use crate::domain::desk::{at_field, valid};

pub use outcome::NOTICE;

/// Result of an act.
type Decided = Result<Decision<BurialEnforcement>, Refusal>;

/// Whether the region's list has the measure among the weighty ones 重大执法决定.
///
/// # Errors
/// The parameter is missing.
pub fn is_major(measure: Measure, cx: &Context<'_>) -> Result<bool, ParamError> {
    let list = cx.rule("burial.enforcement.major")?.list()?;
    Ok(list
        .iter()
        .filter_map(Value::text)
        .any(|code| code == measure.code()))
}

/// 立案.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let Some((account, _)) = cx.actor.officer() else {
        let message = "执法案件由民政局、乡镇（街道）立案；举报请拨打12345。";
        return Err(Refusal::new("WRONG_ROLE", message));
    };
    valid(form.violations(cx.division, cx.today()))?;
    if !form.grave_case.trim().is_empty() && !world.grave {
        let message = "没有找到这个整治办件，请核对编号；不是由整治转来的留空。";
        return Err(at_field("GRAVE_UNKNOWN", "/grave_case", message));
    }
    let due = cx.calendar_days("burial.enforcement.decide_days")?;
    let clock = StartClock::warn("decide", "作出决定", "行政处罚法第六十条", due);
    let facts = Facts {
        hands: [account].into(),
        ..Facts::default()
    };
    Ok(Decision::to(
        State::Filed,
        facts,
        format!("立案：{}", form.matter.label()),
    )
    .start(clock)
    .effect(Effect::Keep))
}

/// Decides an act on a case.
pub(super) fn decide(case: &Case<BurialEnforcement>, action: Action, cx: &Context<'_>) -> Decided {
    let decided = match action {
        Action::Join(data) => inquiry::join(case, data, cx),
        Action::Record(data) => inquiry::record(case, data, cx),
        Action::Countersign => inquiry::countersign(case, cx),
        Action::Discard(data) => inquiry::discard(case, &data, cx),
        Action::Inform(data) => inquiry::inform(case, data, cx),
        Action::Statement(data) => review::statement(case, data, cx),
        Action::Review(data) => review::review(case, data, cx),
        Action::Decide(data) => review::ruling(case, data, cx),
        Action::Publish(data) => outcome::publish(case, data, cx),
        Action::Perform(data) => outcome::perform(case, data, cx),
        Action::Dismiss(data) => outcome::dismiss(case, &data, cx),
        Action::Transfer(data) => outcome::transfer(case, data, cx),
    };
    decided.map(|decision| decision.effect(Effect::Keep))
}
