//! 离站 without a trip: own word, relatives, offices, absconding, ending (rules R07).

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene, check_in, no_pending, places, property, search, two_sign::Both};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    document::Document,
    stay::{
        State, StationStay,
        action::{Absconded, Fetched, HandOver, OwnWord, Terminate},
        documents,
        facts::{Facts, Left},
        words::{GivenTo, LeaveType, Receiver, Ticket},
        world::Effect,
    },
};

/// 要求离站: served within minutes.
pub(super) fn ask(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    facts.leave_asked = Some(scene.cx.now);
    let minutes = scene.cx.rule("rescue.leave.minutes")?.count()?;
    let label = "办理离站";
    let basis = "国务院令第381号：救助自愿，不得限制受助人员离站";
    let clock = check_in::minutes_clock("leave", label, basis, scene.cx, minutes);
    Ok(scene.stay(facts, "本人要求离站").start(clock))
}

/// 自行离站.
pub(super) fn own_word(scene: &Scene<'_>, data: &OwnWord) -> Decided {
    no_pending(scene)?;
    let cx = scene.cx;
    let word = crate::domain::stay::law::leaving::Word {
        signed: data.signed,
        own_living: data.own_living,
        escort_declined: data.escort_declined,
        fare: data.fare_yuan.into(),
        fare_signed: data.fare_signed,
    };
    let alone = cx.rule("rescue.age.alone")?.count()?;
    let fare = cx.rule("rescue.leave.fare_yuan")?.count()?;
    scene.leaver().own_word(word, alone, fare)?;
    if data.ticket != Ticket::None && data.to.trim().is_empty() {
        return Err(at_field("REQUIRED", "/to", "请填写到站或者中转站。"));
    }
    property::cleared(scene, data.things_returned)?;
    let station = scene.station()?;
    let facts = scene.facts();
    let paper = documents::own_word(station, &facts, data, cx.today());
    let to = match data.ticket {
        Ticket::None => String::new(),
        ticket => format!("{}：{}", ticket.label(), data.to.trim()),
    };
    let decision = end(scene, facts, LeaveType::OwnWord, to, vec![scene.by()])?;
    Ok(property::all(scene, decision, GivenTo::Own, "本人").issue(paper))
}

/// 亲属接领.
pub(super) fn fetched(scene: &Scene<'_>, facts: Facts, data: &Fetched, both: Both<'_>) -> Decided {
    let mut wrong: Vec<_> = [
        filled(&data.name, "/name", "请填写接领人姓名。"),
        filled(&data.phone, "/phone", "请填写接领人电话。"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Err(error) = Document::CitizenId.read("", &data.number) {
        let (reason, message) = (error.reason(), error.message());
        wrong.push(yiwang_chassis::fault::FieldViolation::new(
            "/number", reason, message,
        ));
    }
    valid(wrong)?;
    scene.leaver().fetched(
        data.relation,
        data.card_checked,
        &data.proof,
        data.guardian_verified,
    )?;
    property::cleared(scene, data.things_returned)?;
    let to = format!("{}（{}）", data.name.trim(), data.relation.label());
    let mut decision = end(scene, facts, LeaveType::Fetched, to, both.names())?;
    if let Some(left) = &mut decision.facts.left {
        left.across_provinces = data.across_provinces;
        left.fetched = Some(Box::new(data.clone()));
    }
    Ok(property::all(
        scene,
        decision,
        GivenTo::Family,
        data.name.trim(),
    ))
}

/// 移交.
pub(super) fn handed(scene: &Scene<'_>, facts: Facts, data: &HandOver, both: Both<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let empty = [
        filled(&data.unit, "/unit", "请填写接收单位。"),
        filled(&data.receiver, "/receiver", "请填写接收人姓名。"),
        filled(&data.number, "/number", "请核对并填写接收人的证件号码。"),
        filled(&data.record, "/record", "请填写交接表编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let leaver = scene.leaver();
    leaver.handed(data.to)?;
    leaver.guarded_by(data.to, data.cause, data.care, &data.decision)?;
    property::cleared(scene, data.things_returned)?;
    let to = format!("{}（{}）", data.unit.trim(), data.receiver.trim());
    let guarded = match (data.cause, data.care) {
        (Some(cause), Some(care)) if facts.minor && data.to == Receiver::Welfare => {
            let (station, today) = (scene.station()?, scene.cx.today());
            let paper = documents::guardianship(station, &facts, (cause, care, data), today);
            Some((
                paper,
                places::minor_handed(scene, cause, care, &data.decision),
            ))
        }
        _ => None,
    };
    let mut decision = end(scene, facts, data.to.leave_type(), to, both.names())?;
    if let Some(left) = &mut decision.facts.left {
        left.handed = Some(Box::new(data.clone()));
    }
    if let Some((paper, told)) = guarded {
        decision = decision.issue(paper);
        decision.events.push(told);
    }
    Ok(property::all(
        scene,
        decision,
        GivenTo::Own,
        data.receiver.trim(),
    ))
}

/// 擅自离站: help was given up; what is kept stays kept.
pub(super) fn absconded(scene: &Scene<'_>, data: &Absconded) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    scene.leaver().absconded(&data.receipt)?;
    let to = format!("{}发现。{reasons}", data.noticed_at.trim());
    let mut facts = scene.facts();
    facts.pending = None;
    end(scene, facts, LeaveType::Absconded, to, vec![scene.by()])
}

/// 终止救助, always in writing.
pub(super) fn terminate(scene: &Scene<'_>, data: &Terminate) -> Decided {
    no_pending(scene)?;
    let reasons = desk::reasons(&data.reasons)?;
    scene.leaver().terminate(data.ground)?;
    property::cleared(scene, data.things_returned)?;
    let facts = scene.facts();
    let (station, today) = (scene.station()?, scene.cx.today());
    let paper = documents::termination(station, &facts, data.ground, reasons, today);
    let to = data.ground.label().to_owned();
    let decision = end(scene, facts, LeaveType::Ended, to, vec![scene.by()])?;
    Ok(property::all(scene, decision, GivenTo::Own, "本人").issue(paper))
}

/// The stay is over; the berth is free; the search ends with it.
pub(super) fn end(
    scene: &Scene<'_>,
    mut facts: Facts,
    how: LeaveType,
    to: String,
    by: Vec<String>,
) -> Result<Decision<StationStay>, Refusal> {
    let note = match to.as_str() {
        "" => how.label().to_owned(),
        to => format!("{}：{to}", how.label()),
    };
    facts.left = Some(Left {
        how,
        at: scene.cx.now,
        to,
        by,
        fetched: None,
        handed: None,
        died: None,
        across_provinces: false,
    });
    facts.pending = None;
    facts.leave_asked = None;
    facts.place = String::new();
    let event = match how {
        LeaveType::Died => scene.event("died", &facts),
        _ => scene.event("left", &facts),
    };
    let decision = Decision::to(State::Left, facts, note).effect(Effect::Leave(how));
    let mut decision = search::left(scene, decision, how == LeaveType::Settled)?;
    decision.events.push(event);
    Ok(decision)
}
