//! 告别厅 and 火化时间, chosen by the family from what is free, or set by the home with them.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz};
use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, intake, notice};
use crate::domain::{
    desk::at_field,
    funeral::{
        action::Choose,
        facts::Booking,
        state::State,
        words,
        world::{Effect, Free},
    },
};

/// The free time that was chosen, or `TAKEN` with others.
fn chosen<'a>(scene: &'a Scene<'_>, data: &Choose) -> Result<&'a Free, Refusal> {
    let at = instant(&data.starts_at)
        .ok_or_else(|| at_field("NOT_A_TIME", "/starts_at", "请从空闲的时间里选一个。"))?;
    if at <= scene.cx.now {
        return Err(at_field("PAST", "/starts_at", "这个时间已经过了，请另选。"));
    }
    let wanted = data.resource.trim();
    let free = &scene.world.free;
    let fits =
        |one: &&Free| one.from == at && (wanted.is_empty() || one.resource.to_string() == wanted);
    free.iter().find(fits).ok_or_else(|| taken(free))
}

/// The next free times, as the reservations offer them.
fn taken(free: &[Free]) -> Refusal {
    let offered = free.iter().take(3).map(|one| {
        let text = format!(
            "{} {}，{}",
            words::wire(one.from),
            words::time(one.from),
            one.label
        );
        FieldViolation::new("/starts_at", "FREE", text)
    });
    Refusal {
        fields: offered.collect(),
        ..Refusal::new("TAKEN", "这个时间已经有人了，请从空闲的时间里另选一个。")
    }
}

fn instant(text: &str) -> Option<Timestamp> {
    let at: DateTime = text.trim().parse().ok()?;
    tz::offset(8).to_timestamp(at).ok()
}

/// 告别厅.
pub(super) fn farewell(scene: &Scene<'_>, data: &Choose) -> Decided {
    notice::no_pending(scene)?;
    if scene.case.facts.infectious {
        return Err(intake::no_farewell());
    }
    let free = chosen(scene, data)?;
    in_order(
        Some(free.to),
        scene.case.facts.cremation.as_ref().map(|it| it.from),
    )?;
    let mut facts = scene.facts();
    facts.farewell = Some(intake::booking(free));
    facts.quiet_farewell = false;
    let when = format!("{}，{}", words::time(free.from), free.label);
    Ok(scene
        .stay(facts, format!("告别厅：{when}"))
        .tell(format!("告别厅已经约好：{when}。"))
        .effect(notice::book("hall", free)))
}

/// No farewell after all.
pub(super) fn drop_farewell(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    let quiet = std::mem::take(&mut facts.quiet_farewell);
    if facts.farewell.take().is_none() && !quiet {
        return Err(Refusal::new("NOT_BOOKED", "没有预约告别，不用取消。"));
    }
    Ok(scene
        .stay(facts, "取消告别")
        .effect(Effect::Release(Some("hall"))))
}

/// 火化前告别: no hall, and so nothing of the list to pay (rules B3.4).
pub(super) fn quiet(scene: &Scene<'_>) -> Decided {
    notice::no_pending(scene)?;
    if scene.case.facts.infectious {
        return Err(intake::no_farewell());
    }
    let mut facts = scene.facts();
    facts.farewell = None;
    facts.quiet_farewell = true;
    Ok(scene
        .stay(facts, "不用告别厅，火化前在馆内告别")
        .tell("已经记下：不用告别厅，火化前在馆内告别，不收告别的费用。")
        .effect(Effect::Release(Some("hall"))))
}

/// 火化时间.
pub(super) fn cremation(scene: &Scene<'_>, data: &Choose) -> Decided {
    notice::no_pending(scene)?;
    let free = chosen(scene, data)?;
    let facts = &scene.case.facts;
    in_order(facts.farewell.as_ref().map(|it| it.to), Some(free.from))?;
    if let (true, Some(received)) = (facts.infectious, facts.received_at) {
        let hours = scene.cx.rule("burial.storage.infectious_hours")?.count()?;
        let last = received + SignedDuration::from_hours(i64::from(hours));
        if free.from > last {
            let message = format!(
                "因传染病防治的要求，须在入馆后{hours}小时内火化（{}之前），请选更早的时间。",
                words::time(last)
            );
            return Err(at_field("INFECTIOUS_WITHIN", "/starts_at", message));
        }
    }
    let mut facts = scene.facts();
    facts.cremation = Some(intake::booking(free));
    let when = format!("{}，{}", words::time(free.from), free.label);
    Ok(
        Decision::to(State::Scheduled, facts, format!("火化时间：{when}"))
            .tell(format!("火化时间已经定好：{when}。承办人请带身份证到场。"))
            .effect(notice::book("furnace", free)),
    )
}

/// The farewell ends before the cremation begins.
fn in_order(farewell_to: Option<Timestamp>, cremation: Option<Timestamp>) -> Result<(), Refusal> {
    match (farewell_to, cremation) {
        (Some(farewell), Some(cremation)) if farewell > cremation => {
            let message = "告别要在火化之前结束，请另选时间。";
            Err(at_field("FAREWELL_AFTER_CREMATION", "/starts_at", message))
        }
        _ => Ok(()),
    }
}

/// A booking that a step needs.
pub(super) fn needed<'a>(
    booking: Option<&'a Booking>,
    message: &str,
) -> Result<&'a Booking, Refusal> {
    booking.ok_or_else(|| Refusal::new("NOT_BOOKED", message))
}
