//! The report: police, triage, merging, transferring, who it is about.

use jiff::Timestamp;
use yiwang_casework::{Decision, Refusal};

use super::{ASSESS, Decided, POLICE, SAFE, Scene, TRIAGE};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    protection::{
        law,
        protection_case::{
            ProtectionCase,
            action::{AddSomebody, ChildKnown, Merge, PoliceTold, Transfer, Triage},
            facts::{Done, GoesOn},
            state::State,
            world::Effect,
        },
        words::Risk,
    },
};

/// The police were told elsewhere, before the case came here.
pub(super) fn told_before(at: Timestamp) -> Done<PoliceTold> {
    Done {
        what: PoliceTold {
            unit: "移送以前已告知".to_owned(),
            record: String::new(),
        },
        at,
        by: String::new(),
    }
}

pub(super) fn police_told(scene: &Scene<'_>, data: PoliceTold) -> Decided {
    if scene.case.facts.police.is_some() {
        let message = "已经登记告知公安机关，不用重复登记。";
        return Err(Refusal::new("ALREADY_TOLD", message));
    }
    let empty = filled(&data.unit, "/unit", "请填写告知了哪个公安机关。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    facts.police = Some(scene.done(data));
    Ok(scene.stays(facts, "已告知公安机关").stop(POLICE.0))
}

pub(super) fn triage(scene: &Scene<'_>, data: Triage) -> Decided {
    let empty = filled(&data.words, "/words", "请写明研判意见。");
    valid(empty.into_iter().collect())?;
    let told = scene.case.facts.police.is_some();
    law::police_first(data.risk, scene.case.form.danger_now, told)?;
    let urgent = data.risk == Risk::Urgent;
    let note = format!("研判：危险程度{}", data.risk.label());
    let mut facts = scene.facts();
    facts.triage = Some(scene.done(data));
    let state = match (urgent, scene.case.state) {
        (true, _) | (_, State::Emergency) => State::Emergency,
        _ => State::Triaged,
    };
    let decision = Decision::to(state, facts, note).stop(TRIAGE.0);
    Ok(match state {
        State::Emergency => decision.start(safe(scene)?),
        _ => decision.start(ASSESS.days(scene.cx, "child.protection.assess_days")?),
    })
}

/// The limit of the emergency.
pub(super) fn safe(scene: &Scene<'_>) -> Result<yiwang_casework::decision::StartClock, Refusal> {
    let id = "child.protection.emergency_hours";
    SAFE.hours(scene.cx, scene.cx.now, id)
}

pub(super) fn merge(scene: &Scene<'_>, data: &Merge) -> Decided {
    desk::reasons(&data.reasons)?;
    let into = data.into.trim();
    if into == scene.case.number {
        let message = "不能并入自己，请填写另一件的编号。";
        return Err(at_field("MERGE_SELF", "/into", message));
    }
    let other = scene.world.other.as_ref();
    let other = other.filter(|other| other.county == scene.cx.county);
    let other = other.ok_or_else(|| {
        let message = "本县（市、区）没有这件个案，请核对编号；不归本地办理的请移送。";
        at_field("MERGE_UNKNOWN", "/into", message)
    })?;
    if !other.open {
        let message = "那一件已经结束，请先重新办理那一件，再并案。";
        return Err(at_field("MERGE_CLOSED", "/into", message));
    }
    no_custody(scene)?;
    let told = scene.case.facts.police.is_some() || other.police_told_at.is_some();
    law::police_first(Risk::Urgent, true, told)?;
    let effect = Effect::Merged(other.number.clone());
    let goes_on = GoesOn {
        into: other.number.clone(),
        division: String::new(),
        reasons: data.reasons.trim().to_owned(),
    };
    ended(scene, State::Merged, goes_on, "同一件事，并案办理", effect)
}

pub(super) fn transfer(scene: &Scene<'_>, data: &Transfer) -> Decided {
    desk::reasons(&data.reasons)?;
    let to = data.division.trim();
    if !scene.world.place_known {
        let message = "请选择移送到哪个县（市、区）或者乡镇（街道）。";
        return Err(at_field("DIVISION_UNKNOWN", "/division", message));
    }
    if scene.case.division.starts_with(to) || to.starts_with(&scene.case.division) {
        let message = "这件个案就在那里办理，不用移送。";
        return Err(at_field("SAME_PLACE", "/division", message));
    }
    no_custody(scene)?;
    // The limit runs here until it is met: moving a case away does not stop it.
    let told = scene.case.facts.police.is_some();
    law::police_first(Risk::Urgent, true, told)?;
    let goes_on = GoesOn {
        into: String::new(),
        division: to.to_owned(),
        reasons: data.reasons.trim().to_owned(),
    };
    let effect = Effect::Transfer(to.to_owned());
    ended(
        scene,
        State::Transferred,
        goes_on,
        "移送有管辖权的地方",
        effect,
    )
}

fn no_custody(scene: &Scene<'_>) -> Result<(), Refusal> {
    if scene.world.custody.is_none() {
        return Ok(());
    }
    let message = "儿童已经由本地民政部门监护，这件个案留在本地办理。";
    Err(Refusal::new("CHILD_IN_CARE", message))
}

fn ended(scene: &Scene<'_>, state: State, goes_on: GoesOn, note: &str, effect: Effect) -> Decided {
    let mut facts = scene.facts();
    facts.goes_on = Some(scene.done(goes_on));
    Ok(Decision::to(state, facts, note).effect(effect))
}

pub(super) fn child_known(scene: &Scene<'_>, data: ChildKnown) -> Decided {
    valid(data.child.violations("/child", scene.today()))?;
    let mut form = scene.case.form.clone();
    form.child = data.child;
    Ok(with_form(scene, form, "登记儿童身份").effect(Effect::Known))
}

pub(super) fn somebody(scene: &Scene<'_>, data: AddSomebody) -> Decided {
    let somebody = data.somebody;
    let mut form = scene.case.form.clone();
    if !somebody.id_number.trim().is_empty() && somebody.id().is_none() {
        let message = "身份证号不对，请核对；不知道的不填。";
        return Err(at_field("WRONG_ID", "/somebody/id_number", message));
    }
    let note = match somebody.suspect {
        true => "登记相关人员（涉嫌侵害）",
        false => "登记相关人员",
    };
    let same = |known: &crate::domain::protection::person::Somebody| {
        let named = !somebody.name.trim().is_empty() && known.name.trim() == somebody.name.trim();
        known.relation == somebody.relation && named
    };
    match form.around.iter_mut().find(|known| same(known)) {
        Some(known) => *known = somebody,
        None => form.around.push(somebody),
    }
    Ok(with_form(scene, form, note))
}

fn with_form(
    scene: &Scene<'_>,
    form: crate::domain::protection::protection_case::Form,
    note: &str,
) -> Decision<ProtectionCase> {
    let mut decision = scene.stays(scene.facts(), note);
    decision.form = Some(form);
    decision
}
