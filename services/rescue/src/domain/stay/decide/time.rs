//! The ten days, and what comes after them (民政部令24号, 民发〔2015〕158号).

use jiff::{Timestamp, ToSpan as _, civil::Date};
use yiwang_casework::{Decision, Refusal, decision::StartClock};
use yiwang_civic::{calendar::Due, time::beijing_date};

use super::{Decided, Scene, search};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    stay::{
        StationStay,
        action::{ChooseCare, Extend},
        facts::Extension,
        words::CareForm,
    },
};

/// Name of the clock that says 滞留.
pub(in super::super) const STRAND: &str = "strand";

/// Name of the clock of the ten days.
const STAY: &str = "stay";

/// Last day of the stay.
pub(super) fn stay_clock(last_day: Date) -> StartClock {
    let due = Due {
        last_day,
        provisional: false,
    };
    let basis = "民政部令第24号：救助期限一般不超过10日，需要延长的报上级民政部门备案";
    StartClock::warn(STAY, "救助期限", basis, due)
}

/// The ten days are for adults without signs of a disorder (民政部令第24号12): whoever turns out
/// to be one has them from the admission, whoever turns out not to be one has none.
pub(super) fn limited(
    scene: &Scene<'_>,
    mut decision: Decision<StationStay>,
) -> Result<Decision<StationStay>, Refusal> {
    if !decision.state.is_admitted() {
        return Ok(decision);
    }
    let facts = &mut decision.facts;
    // Who is stranded stays under the rules for the stranded.
    let limited = !facts.minor && !facts.guarded && facts.stranded_on.is_none();
    match (facts.until, facts.admitted_at) {
        (Some(_), _) if !limited => {
            facts.until = None;
            Ok(decision.stop(STAY))
        }
        (None, Some(admitted)) if limited => {
            let days = scene.cx.rule("rescue.stay.days")?.count()?;
            let last = beijing_date(admitted).saturating_add(i64::from(days).days());
            facts.until = Some(last);
            Ok(decision.start(stay_clock(last)))
        }
        _ => Ok(decision),
    }
}

/// 延长, filed with the upper civil affairs.
pub(super) fn extend(scene: &Scene<'_>, data: &Extend) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let empty = filled(
        &data.document,
        "/document",
        "请填写上级民政部门的备案编号。",
    );
    valid(empty.into_iter().collect())?;
    let Some(until) = scene.case.facts.until else {
        let message = "未成年人、有精神或者智力障碍迹象的、滞留人员没有救助期限，不用延长。";
        return Err(Refusal::new("NO_LIMIT", message));
    };
    let most = scene.cx.rule("rescue.stay.extend_days")?.count()?;
    if data.days == 0 || u32::from(data.days) > most {
        let message = format!("每次延长1到{most}天。");
        return Err(at_field("WRONG_VALUE", "/days", message));
    }
    let last = until.saturating_add(i64::from(data.days).days());
    let mut facts = scene.facts();
    facts.until = Some(last);
    facts.extensions.push(Extension {
        until: last,
        reasons: reasons.to_owned(),
        document: data.document.trim().to_owned(),
        by: scene.by(),
    });
    let note = format!(
        "救助期限延长到{}（备案{}）",
        day(last),
        data.document.trim()
    );
    Ok(scene.stay(facts, note).start(stay_clock(last)))
}

/// 滞留: the tenth day is over, nobody knows who it is.
pub(super) fn strand(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    if facts.identity.is_some() || facts.stranded_on.is_some() {
        return Err(Refusal::new("NOT_STRANDED", "身份已经查明，不是滞留人员。"));
    }
    // The law's day, however late the clock was looked at.
    let arrived = facts.arrived_at.unwrap_or(scene.cx.now);
    facts.stranded_on = Some(scene.law()?.stranded_on(arrived));
    facts.until = None;
    let note = "超过10日没有查明身份，转为滞留人员，请选择照料方式";
    Ok(scene.stay(facts, note).stop(STAY))
}

/// An identification was taken back: day ten may be over already.
pub(super) fn strand_again(
    scene: &Scene<'_>,
    decision: Decision<StationStay>,
) -> Result<Decision<StationStay>, Refusal> {
    let facts = &decision.facts;
    let (Some(arrived), None) = (facts.arrived_at, facts.stranded_on) else {
        return Ok(decision);
    };
    Ok(decision.start(strand_clock(scene, arrived)?))
}

/// Says 滞留 by itself when that day begins.
pub(super) fn strand_clock(scene: &Scene<'_>, arrived: Timestamp) -> Result<StartClock, Refusal> {
    let last_day = scene.law()?.stranded_on(arrived).saturating_sub(1.day());
    let due = Due {
        last_day,
        provisional: false,
    };
    let basis = "民发〔2015〕158号：超过10日身份不明的为滞留人员";
    Ok(StartClock::fire(STRAND, "滞留认定", basis, due))
}

/// 照料方式 of a stranded person.
pub(super) fn choose_care(scene: &Scene<'_>, data: &ChooseCare) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    if facts.stranded_on.is_none() {
        let message = "还不是滞留人员，按一般受助人员照料。";
        return Err(Refusal::new("NOT_STRANDED", message));
    }
    if data.form == CareForm::Welfare && !facts.minor && !facts.guarded {
        let message = "福利机构照料适用于未成年人和不能自己生活的，请选其他方式。";
        return Err(at_field("WRONG_VALUE", "/form", message));
    }
    facts.care_form = Some((data.form, reasons.to_owned()));
    let note = format!("滞留人员照料方式：{}", data.form.label());
    search::cared(scene, facts, data.form.label(), &note)
}
