//! What every item at the counter of a hall shares: who may take an application there, the
//! check of identity, and how acts, fields and papers are written.

pub(crate) mod fields;
pub(crate) mod guide;
pub(crate) mod paper;
pub(crate) mod suspicion;

use jiff::{Timestamp, civil::DateTime, tz};
use yiwang_casework::{CertificateState, Context, Decision, Item, Refusal};
use yiwang_chassis::{fault::FieldViolation, identity::Role};

use crate::domain::{
    party::Party,
    record::{Hall, Record},
    world::{Effect, World},
};

/// Whoever works at the counters of a hall.
pub(crate) const COUNTER: &[Role] = &[Role::Clerk];
/// The counter, or the county for it.
pub(crate) const OFFICE: &[Role] = &[Role::Clerk, Role::CountyOfficer];

/// The hall that takes an application: a registrar of it acts, with the people and their
/// cards at the counter. Nobody files online or for others (民法典 1049, 1076; rules A5.3).
///
/// # Errors
/// `IN_PERSON` in the item's words, `HALL_UNKNOWN`, `HALL_ELSEWHERE`,
/// `REGISTRAR_NOT_QUALIFIED`.
pub(crate) fn taken<'a>(
    cx: &Context<'_>,
    world: &'a World,
    in_person: &str,
) -> Result<&'a Hall, Refusal> {
    if cx.actor.officer().is_none() {
        return Err(Refusal::new("IN_PERSON", in_person));
    }
    let hall = world
        .hall
        .as_ref()
        .ok_or_else(|| at_field("HALL_UNKNOWN", "/hall", "没有这个婚姻登记处，请重新选择。"))?;
    if hall.division != cx.division {
        let message = format!("{}不在所选的办理地区，请按登记处所在地提交。", hall.name);
        return Err(at_field("HALL_ELSEWHERE", "/hall", message));
    }
    if !world.qualified {
        let message = format!(
            "您不是{}培训考核合格的婚姻登记员，不能办理，请由该处登记员办理（婚姻登记条例第六条）。",
            hall.name
        );
        return Err(Refusal::new("REGISTRAR_NOT_QUALIFIED", message));
    }
    Ok(hall)
}

/// A refusal with its own code that marks one field.
pub(crate) fn at_field(code: &'static str, field: &str, message: impl Into<String>) -> Refusal {
    let message = message.into();
    Refusal {
        fields: vec![FieldViolation::new(field, code, message.clone())],
        ..Refusal::new(code, message)
    }
}

/// Refuses with all violations there are.
pub(crate) fn valid(found: Vec<FieldViolation>) -> Result<(), Refusal> {
    if found.is_empty() {
        Ok(())
    } else {
        Err(Refusal::fields(found))
    }
}

/// What is wrong with the two; one person cannot stand on both sides.
pub(crate) fn two(a: &Party, b: &Party) -> Vec<FieldViolation> {
    let mut found = a.violations("/a");
    found.extend(b.violations("/b"));
    if a.id().is_some() && a.id() == b.id() {
        let message = "两个人的身份证件相同，请核对。";
        found.push(FieldViolation::new("/b/id_number", "SAME_PERSON", message));
    }
    found
}

/// A text that must say something.
pub(crate) fn filled(text: &str, at: &str, message: &str) -> Option<FieldViolation> {
    text.trim()
        .is_empty()
        .then(|| FieldViolation::new(at, "REQUIRED", message))
}

/// Written reasons; the paper quotes them.
pub(crate) fn reasons(text: &str) -> Result<&str, Refusal> {
    match text.trim() {
        "" => Err(at_field(
            "REASONS_REQUIRED",
            "/reasons",
            "请写明理由，告知书会引用。",
        )),
        text => Ok(text),
    }
}

/// Beijing time of an instant.
pub(crate) fn beijing(at: Timestamp) -> DateTime {
    tz::offset(8).to_datetime(at)
}

/// Name of the acting officer; empty for everybody else.
pub(crate) fn officer(cx: &Context<'_>) -> String {
    cx.actor
        .officer()
        .map_or_else(String::new, |(_, name)| name.trim().to_owned())
}

/// The number that was taken for this act.
pub(crate) fn next_number(world: &World) -> Result<String, Refusal> {
    world.next_number.clone().ok_or_else(|| {
        let message = "暂时取不到证件字号，没有办理。请稍后重试。";
        Refusal::new("NUMBER_UNAVAILABLE", message)
    })
}

/// The record of the first two on the form under this certificate number: what a paper is
/// checked against.
pub(crate) fn record_of_both<'a>(world: &'a World, number: &str) -> Option<&'a Record> {
    let [a, b, ..] = world.keys.as_slice() else {
        return None;
    };
    let mut records = world.people.first()?.records.iter();
    records.find(|record| record.number == number.trim() && record.spouse_of(a) == Some(b.as_str()))
}

/// Ends the electronic copies of these certificates.
pub(crate) fn end_certificates<I: Item>(
    decision: Decision<I>,
    numbers: &[&str],
    state: CertificateState,
    reason: &str,
) -> Decision<I> {
    let ended =
        |decision: Decision<I>, number: &&str| decision.end_certificate(*number, state, reason);
    numbers.iter().fold(decision, ended)
}

/// Marks the appointment the people came with.
pub(crate) fn arrived<I: Item<Effect = Effect>>(
    decision: Decision<I>,
    appointment: &str,
) -> Decision<I> {
    match appointment.trim() {
        "" => decision,
        number => decision.effect(Effect::Arrived {
            appointment: number.to_owned(),
        }),
    }
}
