//! Who comes to a hall: the list of a day, masked, and one appointment in full. Officers'
//! reads are audited.

use serde_json::json;
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, fault::Fault, identity::Caller};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{
    appointment, appointment_unknown, at_counter, counselling, day_of, hall_unknown, store, trail,
    verified,
    view::{self, Shown},
};

pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListAppointmentsRequest,
) -> Result<pb::AppointmentList, Fault> {
    let mut tx = rt.pool.begin().await?;
    let hall = store::hall(&mut tx, &request.hall).await?;
    let hall = hall.ok_or_else(hall_unknown)?;
    at_counter(caller, &hall.division)?;
    let day = match request.day.trim() {
        "" => time::beijing_date(rt.now()),
        day => day_of(day)?,
    };
    let (from, to) = (time::start_of_day(day), time::end_of_day(day));
    let found = appointment::of_hall(&mut tx, &hall.code, from, to).await?;
    let object = format!("hall/{}", hall.code);
    let detail = json!({ "day": day, "count": found.len() });
    let entry = trail::entry(rt, Some(caller), "appointment.list", object, detail);
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    let topics: Vec<_> = found
        .iter()
        .map(|one| counselling::topic(rt, one))
        .collect();
    let mut list = shown(rt, found)?;
    for (one, topic) in list.appointments.iter_mut().zip(topics) {
        one.topic = topic?;
    }
    Ok(list)
}

/// The caller's own, masked like every list.
pub(super) async fn own(rt: &Runtime, caller: &Caller) -> Result<pb::AppointmentList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let found = appointment::own(&mut conn, caller.account, verified(caller)).await?;
    shown(rt, found)
}

fn shown(rt: &Runtime, found: Vec<appointment::Appointment>) -> Result<pb::AppointmentList, Fault> {
    let masked = |one| view::appointment(rt, one, Shown::Masked);
    let appointments = found.into_iter().map(masked).collect::<Result<_, _>>()?;
    Ok(pb::AppointmentList { appointments })
}

pub(super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetAppointmentRequest,
) -> Result<pb::Appointment, Fault> {
    let mut tx = rt.pool.begin().await?;
    let found = appointment::find(&mut tx, request.number.trim(), verified(caller)).await?;
    let found = found.ok_or_else(appointment_unknown)?;
    if found.account != caller.account && !found.named {
        // Whoever may not see it learns no more than of one that does not exist.
        at_counter(caller, &found.division).map_err(|_| appointment_unknown())?;
        let entry = trail::about(rt, Some(caller), "appointment.read", &found);
        audit::record(&mut tx, &entry).await?;
    }
    tx.commit().await?;
    view::appointment(rt, found, Shown::Full)
}
