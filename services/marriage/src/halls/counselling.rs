//! Counselling 婚姻家庭辅导 (rules M12): voluntary, free, a condition of nothing, no clock
//! stops for it. Officers see that a session was held and its topic; of its content nothing
//! is written down.

use serde::{Deserialize, Serialize};
use yiwang_casework::{
    Runtime,
    service::once::{self, Claimed},
};
use yiwang_chassis::{fault::Fault, identity::Caller, journal};
use yiwang_civic::time;
use yiwang_proto::marriage::v1 as pb;

use super::{
    Kind,
    appointment::{self, Appointment},
    appointment_unknown, at_counter, in_force,
    store::Hall,
    trail,
    view::{self, Shown},
};

/// Where notes are sealed.
const TABLE: &str = "appointment_note";
/// Topics that may be named; an own word would be content.
const TOPICS: [&str; 6] = [
    "adaptation",
    "conflict",
    "parenting",
    "property",
    "psychological",
    "other",
];
const COUNSELLING: &str = "counselling";

/// All that is kept of a session.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    topic: String,
    by: String,
}

/// The topic noted of a session; empty for everything else.
pub(super) fn topic(rt: &Runtime, appointment: &Appointment) -> Result<String, Fault> {
    match &appointment.note {
        None => Ok(String::new()),
        Some(sealed) => Ok(rt.open::<Note>(TABLE, &appointment.number, sealed)?.topic),
    }
}

/// Guests of the ceremony 颁证仪式 that is wished for; none without one. What goes with
/// another kind of appointment is refused at its field.
pub(super) fn guests(
    rt: &Runtime,
    hall: &Hall,
    request: &pb::BookRequest,
) -> Result<Option<i32>, Fault> {
    let kind = Kind::from_code(&request.kind);
    if request.by_phone && kind != Some(Kind::Counselling) {
        let message = "只有婚姻家庭辅导可以约电话回访，登记须到现场办理。";
        return Err(Fault::invalid_field("/by_phone", "NOT_OFFERED", message));
    }
    if !request.ceremony {
        return match request.guests {
            0 => Ok(None),
            _ => {
                let message = "不举行颁证仪式的，来宾人数请不要填。";
                Err(Fault::invalid_field("/guests", "NO_CEREMONY", message))
            }
        };
    }
    if kind != Some(Kind::Marriage) {
        let message = "颁证仪式只在结婚登记时举行。";
        return Err(Fault::invalid_field("/ceremony", "NOT_OFFERED", message));
    }
    let most = in_force(rt, &hall.division, |cx| {
        cx.rule("marriage.ceremony.guests")?.count()
    })?;
    let fits = u32::try_from(request.guests).is_ok_and(|guests| guests <= most);
    if !fits {
        let message = format!("颁证厅最多接待{most}位来宾，请填0到{most}之间的数。");
        return Err(Fault::invalid_field("/guests", "TOO_MANY", message));
    }
    Ok(Some(request.guests))
}

/// Notes whether a session was held, and its topic; once.
pub(super) async fn record(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::RecordCounsellingRequest,
) -> Result<pb::Appointment, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let topic = read_topic(&request)?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = once::claim(rt, &mut tx, "record_counselling", account, &key, &request);
    let claim = match claim.await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(appointment) => return Ok(appointment),
    };
    let number = request.number.trim();
    let found = appointment::lock(&mut tx, number, None).await?;
    let mut found = found.ok_or_else(appointment_unknown)?;
    // Whoever may not see it learns no more than of one that does not exist.
    at_counter(caller, &found.division).map_err(|_| appointment_unknown())?;
    refuse(rt, &found)?;
    let note = Note {
        topic: topic.to_owned(),
        by: caller.name.clone(),
    };
    let sealed = rt.seal(TABLE, number, &note)?;
    appointment::note(&mut tx, number, &sealed).await?;
    let (state, event) = match request.held {
        true => ("arrived", "held"),
        false => ("no_show", "no_show"),
    };
    appointment::close(&mut tx, number, state, rt.now()).await?;
    state.clone_into(&mut found.state);
    let entry = trail::about(rt, Some(caller), "counselling.record", &found);
    journal::write(&mut tx, &entry, &trail::event(rt, &found, event)).await?;
    let mut response = view::appointment(rt, found, Shown::Masked)?;
    topic.clone_into(&mut response.topic);
    claim.finish(rt, tx, response).await
}

fn read_topic(request: &pb::RecordCounsellingRequest) -> Result<&'static str, Fault> {
    let typed = request.topic.trim();
    let known = TOPICS.into_iter().find(|topic| *topic == typed);
    match (request.held, known) {
        (false, _) if typed.is_empty() => Ok(""),
        (false, _) => {
            let message = "没有进行的辅导不用选主题。";
            Err(Fault::invalid_field("/topic", "NOT_HELD", message))
        }
        (true, Some(topic)) => Ok(topic),
        (true, None) => {
            let message = "请选择辅导的主题；只记主题，不记谈话内容。";
            Err(Fault::invalid_field("/topic", "REQUIRED", message))
        }
    }
}

fn refuse(rt: &Runtime, found: &Appointment) -> Result<(), Fault> {
    let refused = |reason: &'static str, message: &str| Err(Fault::precondition(reason, message));
    if found.kind != COUNSELLING {
        return refused(
            "NOT_COUNSELLING",
            "这个预约不是婚姻家庭辅导，请按登记办理。",
        );
    }
    if found.note.is_some() {
        return refused("RECORDED", "这次辅导已经记录过了。");
    }
    if found.state == "cancelled" {
        return refused("NOT_BOOKED", "这个预约已经取消，没有要记录的辅导。");
    }
    if time::beijing_date(found.starts_at) > time::beijing_date(rt.now()) {
        return refused("TOO_EARLY", "还没有到约好的日期，辅导当天再记录。");
    }
    Ok(())
}
