//! Somebody is at the door.

use jiff::SignedDuration;
use yiwang_casework::{Actor, Context, Decision, OnDue, Refusal, decision::StartClock};
use yiwang_chassis::identity::Role;
use yiwang_civic::time::beijing_date;

use super::super::{Decided, ages};
use crate::domain::{
    desk::{at_field, valid},
    stay::{
        State,
        clues::{AgeBasis, Clues},
        facts::Facts,
        form::Form,
        law::person::Known,
        world::{Effect, World},
    },
};

/// Somebody is at the door, day or night.
pub(in super::super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    at_the_door(cx)?;
    valid(form.violations())?;
    let station = world.station.as_ref().ok_or_else(no_station)?;
    if station.division != cx.division {
        let message = format!(
            "{}不在所选的办理地区，请按救助管理站所在地提交。",
            station.name
        );
        return Err(at_field("STATION_ELSEWHERE", "/station", message));
    }
    let mut facts = Facts {
        arrived_at: Some(cx.now),
        sex: form.sex.clone(),
        age: form.looks_age.into(),
        signs: form.signs.clone(),
        clues: Clues {
            age: Some(form.looks_age),
            age_basis: Some(AgeBasis::Seen),
            found_place: form.found_place.trim().to_owned(),
            found_at: form.found_at.trim().to_owned(),
            ..Clues::default()
        },
        ..Facts::default()
    };
    settle_person(cx, &mut facts)?;
    let minutes = cx.rule("rescue.screen.minutes")?.count()?;
    let note = format!("到站：{}", form.source.label());
    let mut decision = Decision::to(State::Arrived, facts, note).effect(Effect::Arrive);
    if minutes > 0 {
        let label = "初检";
        let basis = "救助管理机构工作规程：到站先做初检";
        decision = decision.start(minutes_clock("screen", label, basis, cx, minutes));
    }
    Ok(decision)
}

/// Station staff write it down; patrols and other stations through the system.
fn at_the_door(cx: &Context<'_>) -> Result<(), Refusal> {
    match cx.actor {
        Actor::Officer { roles, .. } if roles.contains(&Role::Station) => Ok(()),
        Actor::System(_) => Ok(()),
        _ => {
            let message = "到站登记由救助管理站工作人员办理。需要求助的，请拨打救助管理站24小时\
                           电话，或者直接到站。";
            Err(Refusal::new("WRONG_ROLE", message))
        }
    }
}

pub(in super::super) fn no_station() -> Refusal {
    at_field(
        "STATION_UNKNOWN",
        "/station",
        "没有这个救助管理站，请重新选择。",
    )
}

/// A limit of minutes.
pub(in super::super) fn minutes_clock(
    name: &str,
    label: &str,
    basis: &str,
    cx: &Context<'_>,
    minutes: u32,
) -> StartClock {
    let due_at = cx.now + SignedDuration::from_mins(i64::from(minutes));
    StartClock {
        name: name.to_owned(),
        label: label.to_owned(),
        legal_basis: basis.to_owned(),
        last_day: beijing_date(due_at),
        due_at,
        provisional: false,
        on_due: OnDue::Warn,
    }
}

/// Minor and guarded follow from what is known now.
pub(in super::super) fn settle_person(cx: &Context<'_>, facts: &mut Facts) -> Result<(), Refusal> {
    let ages = ages(cx)?;
    let known = Known {
        age: facts.age,
        signs: &facts.signs,
    };
    let (minor, guarded) = (ages.is_minor(known), ages.is_guarded(known));
    facts.minor = minor;
    facts.guarded = guarded;
    Ok(())
}
