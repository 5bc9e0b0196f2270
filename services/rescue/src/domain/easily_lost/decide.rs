//! What each act does: pure (rules R12).

use prost::Message as _;
use yiwang_casework::{
    Actor, Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_chassis::identity::Role;
use yiwang_civic::params::{ParamError, Value};
use yiwang_proto::rescue::v1::EasilyLostChanged;

use super::{
    EasilyLost,
    action::{Action, Alarm, Collected, Found, Listing, Remove, Visit},
    facts::Facts,
    form::Form,
    law::{self, COLLECT, VISIT, VISIT_BY},
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, day, filled, valid},
    two,
};

/// The limit of the check.
const CHECK: &str = "check";
const BASIS: &str = "易流浪走失人员信息库：地方规定";

/// Result of an act.
type Decided = Result<Decision<EasilyLost>, Refusal>;

/// The township has collected it.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let township = match cx.actor {
        Actor::Officer { roles, .. } => roles
            .iter()
            .any(|role| matches!(role, Role::TownshipOfficer | Role::Clerk)),
        _ => false,
    };
    if !township {
        let message = "信息由户籍地、居住地的乡镇（街道）采集，请联系乡镇（街道）民政窗口。";
        return Err(Refusal::new("WRONG_ROLE", message));
    }
    let adult = cx.rule("rescue.age.minor")?.count()?;
    valid(form.violations(cx.today(), adult))?;
    if let Some(entry) = &world.entry {
        let message = format!("这个人已经在信息库里（{entry}），请打开原来的办件。");
        return Err(at_field("ENTRY_EXISTS", "/id_number", message));
    }
    let due = cx.working_days("rescue.easily_lost.check_working_days")?;
    let facts = Facts {
        collected_by: cx
            .actor
            .officer()
            .map(|(account, name)| (account, name.to_owned())),
        ..Facts::default()
    };
    let clock = StartClock::warn(CHECK, "审核入库", BASIS, due);
    Ok(Decision::to(State::Proposed, facts, "采集信息，拟纳入")
        .effect(Effect::Follow)
        .start(clock))
}

/// Decides an act on a case.
pub(super) fn decide(case: &Case<EasilyLost>, action: Action, cx: &Context<'_>) -> Decided {
    match action {
        Action::List(data) => list(case, data, cx),
        Action::Reject(data) => {
            let reasons = desk::reasons(&data.reasons)?;
            let mut facts = case.facts.clone();
            reasons.clone_into(&mut facts.rejected);
            Ok(Decision::to(State::Rejected, facts, "不予纳入")
                .tell(format!("没有纳入易流浪走失人员信息库：{reasons}"))
                .effect(Effect::Follow)
                .stop(CHECK))
        }
        Action::VisitDue => {
            let clock = StartClock::warn(VISIT_BY, "回访", BASIS, law::this_month(cx.today()));
            Ok(Decision::to(State::Due, case.facts.clone(), "到了回访月份").start(clock))
        }
        Action::Visit(data) => visit(case, data, cx),
        Action::Collect(data) => collect(case, data, cx),
        Action::Relevel(data) => relevel(case, data),
        Action::Raise => raise(case),
        Action::Alarm(data) => alarm(case, data, cx),
        Action::Found(data) => found(case, data, cx),
        Action::Remove(data) => remove(case, data, cx),
    }
}

fn months(cx: &Context<'_>) -> Result<Vec<i64>, ParamError> {
    let list = cx.rule("rescue.easily_lost.visit_months")?.list()?;
    Ok(list.iter().filter_map(Value::int).collect())
}

/// The next visit: a clock that fires as its month begins.
fn plan_visit(
    mut decision: Decision<EasilyLost>,
    cx: &Context<'_>,
) -> Result<Decision<EasilyLost>, Refusal> {
    decision.facts.next_visit = law::next_visit(cx.today(), &months(cx)?);
    Ok(match decision.facts.next_visit {
        Some(first) => {
            let clock = StartClock::fire(VISIT, "到回访月份", BASIS, law::before(first));
            decision.start(clock)
        }
        None => decision,
    })
}

fn plan_collection(facts: &mut Facts, cx: &Context<'_>) -> Result<StartClock, Refusal> {
    let months = cx.rule("rescue.easily_lost.collect_months")?.count()?;
    let due = cx.calendar.add_months(cx.today(), months);
    facts.collect_by = Some(due.last_day);
    Ok(StartClock::warn(COLLECT, "重新采集", BASIS, due))
}

fn named(data: &Listing) -> Result<(), Refusal> {
    let empty = [
        filled(&data.responsible, "/responsible", "请填写责任人姓名。"),
        filled(
            &data.responsible_phone,
            "/responsible_phone",
            "请填写责任人电话。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())
}

fn list(case: &Case<EasilyLost>, data: Listing, cx: &Context<'_>) -> Decided {
    named(&data)?;
    if let Some((account, _)) = &case.facts.collected_by {
        two::second(*account, cx)?;
    }
    let mut facts = case.facts.clone();
    let note = format!("审核入库，{}", data.level.label());
    facts.listing = Some(data);
    facts.listed = Some((desk::officer(cx), cx.today()));
    let collection = plan_collection(&mut facts, cx)?;
    let decision = Decision::to(State::Listed, facts, note)
        .tell("已纳入易流浪走失人员信息库，责任人会定期联系。走失了请马上报警并告诉责任人。")
        .stop(CHECK)
        .start(collection)
        .effect(Effect::Follow);
    let mut decision = plan_visit(decision, cx)?;
    let event = event(case, "listed", &decision.facts);
    decision.events.push(event);
    Ok(decision)
}

fn visit(case: &Case<EasilyLost>, data: Visit, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明回访情况。");
    valid(empty.into_iter().collect())?;
    if !data.seen {
        let message =
            "没有见到本人：家人说得清去向的，见到以后再登记；说不清的，请马上报警，办理失联预警。";
        return Err(at_field("NOT_SEEN", "/seen", message));
    }
    let mut facts = case.facts.clone();
    facts.visits.push((data, cx.today(), desk::officer(cx)));
    let decision = Decision::to(State::Listed, facts, "回访，见到本人")
        .stop(VISIT_BY)
        .effect(Effect::Follow);
    plan_visit(decision, cx)
}

fn collect(case: &Case<EasilyLost>, data: Collected, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.address, "/address", "请填写现住址。"),
        filled(&data.marks, "/marks", "请填写体貌特征。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts
        .collections
        .push((data, cx.today(), desk::officer(cx)));
    let collection = plan_collection(&mut facts, cx)?;
    Ok(Decision::to(case.state, facts, "重新采集信息")
        .start(collection)
        .effect(Effect::Follow))
}

fn relevel(case: &Case<EasilyLost>, data: Listing) -> Decided {
    named(&data)?;
    let mut facts = case.facts.clone();
    let note = format!("调整为{}", data.level.label());
    facts.listing = Some(data);
    Ok(Decision::to(case.state, facts, note).effect(Effect::Follow))
}

fn raise(case: &Case<EasilyLost>) -> Decided {
    let mut facts = case.facts.clone();
    if let Some(listing) = &mut facts.listing {
        listing.level = listing.level.raised();
    }
    Ok(Decision::to(case.state, facts, "返乡以后又外出流浪，提高等级").effect(Effect::Follow))
}

fn alarm(case: &Case<EasilyLost>, data: Alarm, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.last_seen, "/last_seen", "请填写最后出现的地点。"),
        filled(&data.receipt, "/receipt", "请先报警，填写回执编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if data.lost_on > cx.today() {
        return Err(at_field("FUTURE", "/lost_on", "失联日期晚于今天，请核对。"));
    }
    let mut facts = case.facts.clone();
    facts.lost.push((data.clone(), None));
    let note = format!("{}失联，已报警", day(data.lost_on));
    let mut decision = Decision::to(State::Missing, facts, note)
        .stop(VISIT)
        .stop(VISIT_BY)
        .effect(Effect::Follow)
        .effect(Effect::Lost(Box::new(data)));
    let event = event(case, "missing", &decision.facts);
    decision.events.push(event);
    Ok(decision)
}

fn found(case: &Case<EasilyLost>, data: Found, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.found_at, "/found_at", "请填写找回地点。"),
        filled(&data.how, "/how", "请写明怎么找回的。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let lost_on = facts.lost.last().map(|(alarm, _)| alarm.lost_on);
    if data.found_on > cx.today() || lost_on.is_some_and(|lost| data.found_on < lost) {
        let message = "找回日期应当在失联以后、今天以前，请核对。";
        return Err(at_field("FOUND_ON", "/found_on", message));
    }
    if let Some((_, found)) = facts.lost.last_mut() {
        *found = Some(data);
    }
    // Who was lost once is lost again more easily.
    if let Some(listing) = &mut facts.listing {
        listing.level = listing.level.raised();
    }
    let decision = Decision::to(State::Listed, facts, "已经找回，提高等级")
        .effect(Effect::Follow)
        .effect(Effect::NotLost);
    let mut decision = plan_visit(decision, cx)?;
    let event = event(case, "found", &decision.facts);
    decision.events.push(event);
    Ok(decision)
}

fn remove(case: &Case<EasilyLost>, data: Remove, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    let note = format!("移出：{}", data.cause.label());
    let mut facts = case.facts.clone();
    facts.removed = Some((data, cx.today()));
    facts.next_visit = None;
    facts.collect_by = None;
    let mut decision = Decision::to(State::Removed, facts, note)
        .stop(VISIT)
        .stop(VISIT_BY)
        .stop(COLLECT)
        .effect(Effect::Follow);
    if case.state == State::Missing {
        decision = decision.effect(Effect::NotLost);
    }
    let event = event(case, "removed", &decision.facts);
    decision.events.push(event);
    Ok(decision)
}

fn event(case: &Case<EasilyLost>, what: &'static str, facts: &Facts) -> DomainEvent {
    let level = facts
        .listing
        .as_ref()
        .map_or(case.form.level, |it| it.level);
    let payload = EasilyLostChanged {
        case_number: case.number.clone(),
        person: case.applicant.clone(),
        county: case.division.get(..6).unwrap_or_default().to_owned(),
        level: level.code().to_owned(),
    };
    DomainEvent {
        aggregate: "easily_lost",
        aggregate_id: case.number.clone(),
        event: what,
        payload: payload.encode_to_vec(),
    }
}
