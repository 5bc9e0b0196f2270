//! 接运, 入馆, 存放, 告别: the body comes in and lies safely (rules F02 to F04).

use jiff::civil::Date;
use prost::Message as _;
use yiwang_casework::{
    Actor, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_chassis::identity::Role;
use yiwang_civic::{calendar::Due, time};
use yiwang_proto::burial::v1::BodyReceived;

use super::{
    Decided, Scene,
    countersign::{Both, signed},
    holds, hours, notice,
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    funeral::{
        action::{Extend, PickUp, Receive, Store},
        facts::{Booking, Extension},
        services,
        state::State,
        step::Step,
        storage,
        world::{Effect, Free},
    },
};

/// 接运: only a home does it, on a death certificate or the word of the police.
pub(super) fn pick_up(scene: &Scene<'_>, data: &PickUp, both: Both<'_>) -> Decided {
    let empty = [
        filled(&data.place, "/place", "请填写接运地点。"),
        filled(&data.condition, "/condition", "请写明遗体状况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !data.photo {
        return Err(at_field("NO_PHOTO", "/photo", "请先拍照留存，再登记接运。"));
    }
    notice::certificate_there(scene)?;
    let mut facts = scene.facts();
    if let Some(paper) = &scene.world.death {
        facts.infectious |= paper.infectious;
    }
    let tag = if facts.tag.is_empty() {
        scene.world.next_tag.clone()
    } else {
        facts.tag.clone()
    };
    let take_in = Effect::TakeIn {
        tag: tag.clone(),
        infectious: facts.infectious,
        condition: data.condition.trim().to_owned(),
        belongings: data.belongings.trim().to_owned(),
    };
    facts.tag = tag;
    let step = Step::PickUp(data.clone()).name();
    let mut decision = signed(scene, State::PickedUp, facts, step, &data.place, both)
        .tell("已经接到逝者，正在送往殡仪馆。")
        .stop("pickup");
    // The body's row comes before its first hand-over.
    let mut effects = vec![take_in];
    effects.extend(holds::waiting(&scene.case.facts));
    effects.append(&mut decision.effects);
    decision.effects = effects;
    Ok(decision)
}

/// 入馆: the home answers for the body from here on; the clocks of storage begin.
pub(super) fn receive(scene: &Scene<'_>, data: &Receive, both: Both<'_>) -> Decided {
    valid(
        filled(&data.condition, "/condition", "请写明入馆时的遗体状况。")
            .into_iter()
            .collect(),
    )?;
    let home = scene.home()?;
    let cx = scene.cx;
    let last = storage::usual(cx.today(), cx.rule("burial.storage.days")?.count()?);
    let mut facts = scene.facts();
    facts.received_at = Some(cx.now);
    facts.stored_until = Some(last);
    let infectious = facts.infectious;
    let event = BodyReceived {
        tag: facts.tag.clone(),
        person: scene.world.dead.clone().unwrap_or_default(),
        facility: home.code.clone(),
        case_number: scene.case.number.clone(),
        infectious,
    };
    let step = Step::Receive(data.clone()).name();
    let mut decision = signed(scene, State::Received, facts, step, &home.name, both)
        .effect(Effect::Body("received"))
        .effect(Effect::EndUse("vehicle"))
        .start(storage_clock(last));
    decision.events.push(DomainEvent {
        aggregate: "body",
        aggregate_id: event.tag.clone(),
        event: "received",
        payload: event.encode_to_vec(),
    });
    let message = if infectious {
        let limit = cx.rule("burial.storage.infectious_hours")?.count()?;
        decision = decision.start(hours(
            "infectious",
            "传染病遗体火化",
            "传染病防治法：立即消毒、就近火化",
            cx.now,
            limit,
        ));
        "逝者已到殡仪馆。因传染病防治的要求，要尽快火化，不能举行告别，请尽快选定火化时间。"
    } else {
        "逝者已到殡仪馆，手环编号已经核对。您可以在这里预约告别厅和火化时间。"
    };
    Ok(decision.tell(message))
}

fn storage_clock(last_day: Date) -> StartClock {
    let due = Due {
        last_day,
        provisional: false,
    };
    StartClock::warn(
        "storage",
        "遗体存放期限",
        "地方殡葬管理规定：遗体存放期限",
        due,
    )
}

/// 存放.
pub(super) fn store(scene: &Scene<'_>, data: &Store, both: Both<'_>) -> Decided {
    let cell = notice::pick(&scene.world.free, &data.cell, "/cell", "冷藏柜")?;
    let mut facts = scene.facts();
    facts.cell = Some(booking(cell));
    let state = match scene.case.state {
        State::Scheduled => State::Scheduled,
        _ => State::Stored,
    };
    let step = Step::Store(data.clone()).name();
    Ok(signed(scene, state, facts, step, &cell.label, both)
        .tell("逝者已安放好。")
        .effect(Effect::Body("stored"))
        .effect(notice::book("cell", cell)))
}

pub(super) fn booking(free: &Free) -> Booking {
    Booking {
        resource: free.resource,
        label: free.label.clone(),
        class: free.class.clone(),
        from: free.from,
        to: free.to,
    }
}

/// 移入告别厅, or 亲属告别 in the house.
pub(super) fn farewell(scene: &Scene<'_>, both: Both<'_>) -> Decided {
    if scene.case.facts.infectious {
        return Err(no_farewell());
    }
    let facts = &scene.case.facts;
    let (place, what) = match &facts.farewell {
        Some(hall) => (hall.label.clone(), services::IN_HALL),
        None if facts.quiet_farewell => (scene.home()?.name.clone(), services::IN_HOUSE),
        None => {
            let message =
                "还没有预约告别厅，请先安排告别厅和时间；不用告别厅的，先登记火化前告别。";
            return Err(Refusal::new("NOT_BOOKED", message));
        }
    };
    let code = ("farewell", what);
    Ok(signed(
        scene,
        scene.case.state,
        scene.facts(),
        code,
        &place,
        both,
    ))
}

/// Whoever died of a 甲类 disease is not laid out (传染病防治法).
pub(super) fn no_farewell() -> Refusal {
    let message = "因传染病防治的要求，这位逝者的遗体要尽快火化，不能举行遗体告别。\
                   可以在火化后举行骨灰告别。";
    Refusal::new("INFECTIOUS", message)
}

/// 延长存放: the home within its limit, the county beyond.
pub(super) fn extend(scene: &Scene<'_>, data: &Extend) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let cx = scene.cx;
    let (Some(received), Some(until)) =
        (scene.case.facts.received_at, scene.case.facts.stored_until)
    else {
        return Err(Refusal::new("NOT_RECEIVED", "遗体还没有入馆，不用延长。"));
    };
    let limit = storage::Limit {
        received_on: time::beijing_date(received),
        home_days: cx.rule("burial.storage.home_days")?.count()?,
    };
    let by_county = matches!(cx.actor,
        Actor::Officer { roles, .. } if roles.contains(&Role::CountyOfficer));
    let permit = data.document.trim();
    let last = limit.extended(until, data.days, by_county && !permit.is_empty())?;
    let mut facts = scene.facts();
    facts.stored_until = Some(last);
    facts.extensions.push(Extension {
        until: last,
        reasons: reasons.to_owned(),
        document: permit.to_owned(),
        by: desk::officer(cx),
    });
    Ok(scene
        .stay(facts, format!("存放延长到{}", day(last)))
        .tell(format!("遗体存放已经延长到{}。", day(last)))
        .start(storage_clock(last)))
}
