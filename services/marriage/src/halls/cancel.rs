//! Cancels an appointment; its place is free for others at once.

use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{audit, fault::Fault, identity::Caller, outbox};
use yiwang_proto::marriage::v1 as pb;

use super::{
    Room,
    appointment::{self, Appointment},
    appointment_unknown, store, trail, verified,
    view::{self, Shown},
};

const CANCELLED: &str = "cancelled";

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::CancelAppointmentRequest,
) -> Result<pb::Appointment, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = once::claim(rt, &mut tx, "cancel_appointment", account, &key, &request);
    let claim = match claim.await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(appointment) => return Ok(appointment),
    };
    let number = request.number.trim();
    let found = appointment::lock(&mut tx, number, verified(caller)).await?;
    let found = found.filter(|one| one.account == caller.account || one.named);
    let mut found = found.ok_or_else(appointment_unknown)?;
    refuse(&found, rt)?;
    store::give_back(&mut tx, Room::of(&found.kind), &found.hall, found.starts_at).await?;
    appointment::close(&mut tx, number, CANCELLED, rt.now()).await?;
    found.state = CANCELLED.to_owned();
    let entry = trail::about(rt, Some(caller), "appointment.cancel", &found);
    audit::record(&mut tx, &entry).await?;
    outbox::enqueue(&mut tx, &trail::event(rt, &found, CANCELLED)).await?;
    let response = view::appointment(rt, found, Shown::Full)?;
    claim.finish(rt, tx, response).await
}

fn refuse(appointment: &Appointment, rt: &Runtime) -> Result<(), Fault> {
    let message = match appointment.state.as_str() {
        "booked" if appointment.starts_at > rt.now() => return Ok(()),
        "booked" => "预约的时间已经过了，不用取消；要办的话可以直接到现场办理。",
        "arrived" => "您已经到场办理，不用取消。",
        CANCELLED => "这个预约已经取消了。",
        _ => "这个预约因为没有按时到场已经作废，不用取消；可以重新预约。",
    };
    Err(Fault::precondition("NOT_BOOKED", message))
}
