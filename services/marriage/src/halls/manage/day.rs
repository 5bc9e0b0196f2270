//! Sets a day: closed, open on a weekend, more places or other hours on 5月20日.
//!
//! ```text
//! day set ─ who booked a time that is none any more? ─ nobody ─► done
//!                     └─ somebody: named, until the officer says how many to cancel
//!                                    └─► cancelled, each told, all in one transaction
//! ```
//! The hall is locked meanwhile: whoever books waits, and then reads the day anew.

use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    fault::{Fault, FieldViolation},
    identity::Caller,
    journal,
};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{
    calendar, kept, locked,
    valid::{self, Wrong},
};
use crate::halls::{
    Kind, Room,
    appointment::{self, Appointment},
    local,
    schedule::{Schedule, Setting},
    setting,
    store::{self as places, Hall},
    trail, wire, words,
};

/// Longest reason, in characters: it stands in a message.
const LONGEST: usize = 60;
/// A day is set so far ahead at most.
const AHEAD: i32 = 400;
const CANCELLED: &str = "cancelled";

pub(in crate::halls) async fn set(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SetDayRequest,
) -> Result<pb::HallDay, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let hall = kept(&mut tx, caller, &request.hall).await?;
    let (day, setting) = read(&request, &hall, time::beijing_date(rt.now()))?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "set_hall_day", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(day) => return Ok(day),
    };
    let hall = locked(&mut tx, caller, &hall.code).await?;
    let before = crate::halls::schedule(rt, &mut tx, &hall, day).await?;
    setting::set(&mut tx, &hall.code, day, setting.as_ref(), rt.now()).await?;
    let schedule = crate::halls::schedule(rt, &mut tx, &hall, day).await?;
    let coming = coming(rt, &mut tx, &hall, day).await?;
    let (kept, sent_away) = sort(coming, &before, &schedule, day);
    let agreed = usize::try_from(request.cancels).unwrap_or(0);
    if sent_away.len() > agreed {
        return Err(has_bookings(&sent_away));
    }
    let reason = request.reason.trim();
    for one in &sent_away {
        cancel(rt, &mut tx, caller, one, reason).await?;
    }
    let span = (time::start_of_day(day), time::end_of_day(day));
    places::resize(&mut tx, &hall.code, span, schedule.capacity(day)).await?;
    let object = format!("hall/{}", hall.code);
    let detail = json!({
        "day": day, "set": request.set, "reason": reason,
        "slot_capacity": schedule.capacity(day), "cancelled": sent_away.len(),
    });
    let entry = trail::entry(rt, Some(caller), "hall.day", object, detail);
    let event = trail::of_hall(rt, &hall, "day", day.to_string());
    journal::write(&mut tx, &entry, &event).await?;
    let expected = i64::try_from(kept).unwrap_or(i64::MAX);
    let response = pb::HallDay {
        cancelled: i32::try_from(sent_away.len()).unwrap_or(i32::MAX),
        ..calendar::shown(&schedule, day, expected)
    };
    claim.finish(rt, tx, response).await
}

/// Day and setting of a request; none: as usual again.
fn read(
    request: &pb::SetDayRequest,
    hall: &Hall,
    today: Date,
) -> Result<(Date, Option<Setting>), Fault> {
    let mut wrong = Wrong::default();
    let day = request.day.trim().parse::<Date>().ok();
    let last = today.saturating_add(AHEAD.days());
    match day {
        None => wrong.note("/day", "NOT_A_DAY", "请选择日期。"),
        Some(day) if day < today => {
            wrong.note(
                "/day",
                "PAST",
                "这一天已经过去了，请选择今天或者以后的日期。",
            );
        }
        Some(day) if day > last => wrong.note("/day", "TOO_FAR", "只能设定一年以内的日期。"),
        Some(_) => {}
    }
    let reason = request.reason.trim();
    let plain = is_readable(reason) && !reason.contains(char::is_control);
    if !plain || reason.chars().count() > LONGEST {
        let message = "请把原因写在60个字以内。";
        wrong.note("/reason", "TEXT", message);
    }
    let setting = match request.set.as_str() {
        "usual" => None,
        "closed" => {
            if reason.is_empty() {
                let message = "请写明不办公的原因，来预约的人会看到。";
                wrong.note("/reason", "REQUIRED", message);
            }
            Some(Setting::Closed {
                reason: reason.to_owned(),
            })
        }
        "open" => {
            let capacity = Some(request.slot_capacity).filter(|count| *count != 0);
            if capacity.is_some_and(|count| !valid::PLACES.contains(&count)) {
                let message = "每个时段的名额请填1到100对；不填就和平时一样。";
                wrong.note("/slot_capacity", "OUT_OF_RANGE", message);
            }
            let minutes = hall.hours.slot_minutes;
            let hours = request.hours.as_ref();
            let hours = hours.and_then(|hours| valid::hours(Some(hours), minutes, &mut wrong));
            Some(Setting::Open { hours, capacity })
        }
        _ => {
            wrong.note("/set", "NOT_OFFERED", "请选择这一天怎样办公。");
            None
        }
    };
    wrong.or(day.map(|day| (day, setting)))
}

/// Whoever is still to come on a day, locked.
async fn coming(
    rt: &Runtime,
    conn: &mut PgConnection,
    hall: &Hall,
    day: Date,
) -> sqlx::Result<Vec<Appointment>> {
    let from = time::start_of_day(day).max(rt.now());
    appointment::lock_booked(conn, &hall.code, from, time::end_of_day(day)).await
}

/// How many can still come, and those whose time is none any more. Whoever booked before
/// the hours changed for good comes all the same, unless the day is closed.
fn sort(
    coming: Vec<Appointment>,
    before: &Schedule,
    after: &Schedule,
    day: Date,
) -> (usize, Vec<Appointment>) {
    let (offered, offers) = (before.starts(day), after.starts(day));
    let comes = |one: &Appointment| {
        let at = local(one.starts_at).time();
        offers.contains(&at) || (after.is_open(day) && !offered.contains(&at))
    };
    let all = coming.len();
    let sent_away: Vec<_> = coming.into_iter().filter(|one| !comes(one)).collect();
    (all - sent_away.len(), sent_away)
}

fn has_bookings(appointments: &[Appointment]) -> Fault {
    let count = appointments.len();
    let message = format!(
        "这样设定后，有{count}个预约来不了。请先联系当事人；确认取消的，系统会取消这些预约并发消息通知。"
    );
    let field = |one: &Appointment| {
        let at = wire(local(one.starts_at));
        let message = format!("{at} {} {}", label(&one.kind), one.number);
        FieldViolation::new("/cancels", "BOOKED", message)
    };
    Fault {
        fields: appointments.iter().map(field).collect(),
        ..Fault::precondition("DAY_HAS_BOOKINGS", message)
    }
}

fn label(kind: &str) -> &'static str {
    match Kind::from_code(kind) {
        Some(Kind::Marriage) => "结婚登记",
        Some(Kind::Divorce) => "离婚登记",
        Some(Kind::Reissue) => "补领证件",
        Some(Kind::Counselling) => "婚姻家庭辅导",
        None => "登记",
    }
}

/// Cancels an appointment for its people and tells them.
async fn cancel(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    one: &Appointment,
    reason: &str,
) -> Result<(), Fault> {
    places::give_back(conn, Room::of(&one.kind), &one.hall, one.starts_at).await?;
    appointment::close(conn, &one.number, CANCELLED, rt.now()).await?;
    let people = appointment::people(conn, &one.number).await?;
    let entry = trail::about(rt, Some(caller), "appointment.cancel_by_hall", one);
    let event = trail::told(rt, one, CANCELLED, message(one, reason), people);
    journal::write(conn, &entry, &event).await?;
    Ok(())
}

fn message(one: &Appointment, reason: &str) -> String {
    let why = match reason {
        "" => String::new(),
        reason => format!("（{reason}）"),
    };
    format!(
        "很抱歉，{}{}的{}预约办不了{why}，已经取消。请另约时间，或者在其他工作日直接到现场办理。",
        one.hall_name,
        words(local(one.starts_at)),
        label(&one.kind),
    )
}
