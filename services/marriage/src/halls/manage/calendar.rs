//! The days ahead as the county sees them: open or not and why, how many come.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::Runtime;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{hall::wire_hours, kept, store};
use crate::halls::{
    day_of,
    plan::Taken,
    schedule::{Schedule, Setting},
};

/// Days that are shown when nobody says how many.
const USUAL: i32 = 62;
/// Most days at once.
const MOST: i32 = 100;

pub(in crate::halls) async fn show(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetCalendarRequest,
) -> Result<pb::HallCalendar, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let hall = kept(&mut conn, caller, &request.hall).await?;
    let from = match request.from_day.trim() {
        "" => time::beijing_date(rt.now()),
        day => day_of(day)?,
    };
    let count = match request.days {
        days if days <= 0 => USUAL,
        days => days.min(MOST),
    };
    let last = from.saturating_add((count - 1).days());
    let schedule = crate::halls::schedule(rt, &mut conn, &hall, from).await?;
    let span = (time::start_of_day(from), time::end_of_day(last));
    let expected = store::expected(&mut conn, &hall.code, span).await?;
    let expected: BTreeMap<Date, i64> = expected.into_iter().collect();
    let days = from.series(1.day()).take_while(|day| *day <= last);
    let days = days.map(|day| shown(&schedule, day, expected.get(&day).copied().unwrap_or(0)));
    Ok(pb::HallCalendar {
        days: days.collect(),
    })
}

/// A day of a schedule, to which so many come.
pub(super) fn shown(schedule: &Schedule, day: Date, expected: i64) -> pb::HallDay {
    let slots = schedule.slots(day, &Taken::new());
    let mut shown = pb::HallDay {
        day: day.to_string(),
        working: schedule.calendar.is_working_day(day),
        open: schedule.is_open(day),
        booked: i32::try_from(expected).unwrap_or(i32::MAX),
        places: slots.iter().map(|slot| slot.capacity).sum(),
        ..Default::default()
    };
    match schedule.settings.get(&day) {
        None => {}
        Some(Setting::Closed { reason }) => {
            shown.set = "closed".to_owned();
            shown.reason.clone_from(reason);
        }
        Some(Setting::Open { hours, capacity }) => {
            shown.set = "open".to_owned();
            shown.hours = hours.as_ref().map(wire_hours);
            shown.slot_capacity = capacity.unwrap_or_default();
        }
    }
    shown
}
