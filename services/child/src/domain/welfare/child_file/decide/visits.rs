//! Visits, of a desk or of a phone that was offline, and what follows (rules B2.5).

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz};
use serde_json::{Map, Value};
use uuid::Uuid;
use yiwang_casework::{
    Case, Context, Decision, Material, Refusal,
    decision::StartClock,
    merge::{self, Edit, Merged, Written},
};
use yiwang_civic::time::beijing_date;

use super::{BASIS, Decided, RISK, changed, levelled, planned, risk_event};
use crate::domain::{
    desk::{self, at_field, valid},
    welfare::{
        child_file::{
            ChildFile,
            action::{SettleVisit, SyncVisit},
            facts::Visited,
            state::State,
            world::{Effect, Stored, World},
        },
        law::Ages,
        visit::{Outcome, Place, Visit, law},
        words::Level,
    },
};

/// Written down at a desk: as a row of a phone that is nobody's.
pub(super) fn visit(
    case: &Case<ChildFile>,
    data: Visit,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let edit = Edit {
        device: Uuid::nil(),
        count: 1,
        base: 0,
        fields: data.written(),
    };
    let before = fresh(case, world.fresh, cx.now, cx);
    take(case, before, &edit, data.photos.files, cx, world)
}

/// A row of a phone; the later of one phone stands for the earlier.
pub(super) fn sync(
    case: &Case<ChildFile>,
    data: SyncVisit,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let unknown = || Refusal::new("VISIT_UNKNOWN", "没有找到这次走访，请刷新后重新填写。");
    let id: Uuid = data.id.trim().parse().map_err(|_| unknown())?;
    let device = data
        .device
        .trim()
        .parse()
        .map_err(|_| at_field("REQUIRED", "/device", "缺少手机的编号，请更新手机页面。"))?;
    let fields: Map<String, Value> = serde_json::from_str(&data.fields).map_err(|_| unknown())?;
    let before = match &world.visit {
        Some(stored) if stored.file == case.number => stored.clone(),
        Some(_) => return Err(unknown()),
        None if data.base > 0 => return Err(unknown()),
        None => fresh(case, id, made_at(&data.made_at, cx)?, cx),
    };
    if data.base > before.version {
        let message = "这次走访的版本不对，请刷新后重新填写。";
        return Err(Refusal::new("BASE_UNKNOWN", message));
    }
    let edit = Edit {
        device,
        count: data.count,
        base: data.base,
        fields,
    };
    take(case, before, &edit, data.photos.files, cx, world)
}

/// A Beijing time that is not ahead; a phone's clock may be minutes wrong.
fn made_at(text: &str, cx: &Context<'_>) -> Result<Timestamp, Refusal> {
    let wrong = |message: &str| at_field("NOT_A_TIME", "/made_at", message);
    let read: DateTime = text
        .trim()
        .parse()
        .map_err(|_| wrong("请填写走访时间，例如2026-05-20T16:30。"))?;
    let at = tz::offset(8)
        .to_timestamp(read)
        .map_err(|_| wrong("请核对走访时间。"))?;
    if at > cx.now + SignedDuration::from_mins(10) {
        return Err(wrong("走访时间不能晚于现在，请核对手机的时间。"));
    }
    Ok(at.min(cx.now))
}

fn fresh(case: &Case<ChildFile>, id: Uuid, at: Timestamp, cx: &Context<'_>) -> Stored {
    Stored {
        id,
        file: case.number.clone(),
        at,
        by: desk::officer(cx),
        account: cx.actor.officer().map(|(account, _)| account),
        written: Written::default(),
        clashes: Vec::new(),
        photos: Vec::new(),
        version: 0,
    }
}

fn take(
    case: &Case<ChildFile>,
    before: Stored,
    edit: &Edit,
    photos: Vec<Material>,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let Merged::Taken(written, clashes) = merge::merge(&before.written, before.version, edit)
    else {
        return Err(Refusal::new("ALREADY_SENT", "这次走访已经上传过。"));
    };
    let mut after = before.clone();
    after.written = written;
    after.version += 1;
    // What the phone sends again replaces its earlier questions.
    after
        .clashes
        .retain(|old| !edit.fields.contains_key(&old.field));
    after.clashes.extend(clashes);
    for photo in photos {
        let same = |known: &Material| {
            known.file_id == photo.file_id
                || (!known.sha256.is_empty() && known.sha256 == photo.sha256)
        };
        if !after.photos.iter().any(same) {
            after.photos.push(photo);
        }
    }
    judge(case, &before, after, cx, world)
}

/// Somebody chooses between two values.
pub(super) fn settle(
    case: &Case<ChildFile>,
    data: &SettleVisit,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let stored = world.visit.as_ref().filter(|it| it.file == case.number);
    let before = stored
        .filter(|stored| !stored.clashes.is_empty())
        .ok_or_else(|| at_field("NOTHING_TO_SETTLE", "/visit", "这次走访没有要选定的内容。"))?;
    let mut after = before.clone();
    // The contract calls the outcome a result.
    let named = |one: &str| {
        if one == "result" {
            "outcome".to_owned()
        } else {
            one.to_owned()
        }
    };
    let sent = |field: &str| data.sent.iter().any(|one| named(one) == field);
    after.written = merge::settle(&before.written, before.version, &before.clashes, &sent);
    after.version += 1;
    after.clashes.clear();
    judge(case, before, after, cx, world)
}

/// The law, over what the visit would be; then what follows.
fn judge(
    case: &Case<ChildFile>,
    before: &Stored,
    after: Stored,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let was = Visit::read(&before.written.fields)
        .ok()
        .map(|visit| visit.outcome);
    let visit = Visit::read(&after.written.fields).map_err(Refusal::fields)?;
    let day = beijing_date(after.at);
    let protected = world.protected || !case.facts.protection.is_empty();
    let age = case.form.age(day);
    valid(law::violations(&visit, age, &Ages::here(cx)?, protected))?;

    let mut facts = case.facts.clone();
    facts.visits.retain(|known| known.id != after.id);
    facts.visits.push(Visited {
        id: after.id,
        at: after.at,
        by: after.by.clone(),
        outcome: visit.outcome,
        alone: visit.seen_alone,
        unsettled: !after.clashes.is_empty(),
    });
    // Of two at the same instant the one that is written now is the later.
    facts.visits.sort_by_key(|known| known.at);
    let latest = facts.last_visit().is_some_and(|last| last.id == after.id);
    let danger = matches!(visit.outcome, Outcome::Risk | Outcome::NotFound);
    let raised = danger && was != Some(visit.outcome);
    let id = after.id;
    let note = format!("走访：{}", visit.outcome.label());

    let mut form = case.form.clone();
    form.living = if latest { visit.living } else { form.living };
    let mut decision = match raised {
        false => changed(case.state, facts, form.clone(), note),
        true => {
            form.level = Level::High;
            levelled(&mut facts, &form, visit.outcome.label(), cx);
            let mut decision = changed(State::AtRisk, facts, form.clone(), note);
            decision.events.push(risk_event(case));
            at_once(decision, cx)
        }
    };
    // A talk over the phone is no visit.
    if latest && visit.place != Place::Phone {
        decision = planned(decision, &form, day, cx)?.effect(Effect::Done(Some(id)));
    } else if raised {
        decision = planned(decision, &form, day, cx)?;
    }
    decision.effects.insert(0, Effect::Save(Box::new(after)));
    Ok(decision)
}

/// Whoever is in danger is seen to the same day.
pub(super) fn at_once(decision: Decision<ChildFile>, cx: &Context<'_>) -> Decision<ChildFile> {
    let due = cx.calendar.add_calendar_days(cx.today(), 0);
    let label = "处理风险：报告保护个案或者报警";
    decision.start(StartClock::warn(RISK, label, BASIS, due))
}
