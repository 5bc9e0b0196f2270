//! What each act does: pure (rules R13).

use jiff::civil::Date;
use prost::Message as _;
use yiwang_casework::{
    Actor, Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_civic::{
    calendar::Due,
    params::{ParamError, Value},
};
use yiwang_proto::rescue::v1::ReturnNeeds;

use super::{
    ReturnSupport,
    action::{Action, Again, Assess, Close, Living, Need, Plan, Receive, Returned, Visit},
    facts::Facts,
    form::Form,
    law::{self, VISIT},
    state::State,
    world::{Effect, World},
};
use crate::domain::desk::{self, at_field, day, filled, valid};

const RECEIVE: &str = "receive";
const PLAN: &str = "plan";
const BASIS: &str = "民发〔2020〕14号：返乡人员的回归稳固";

/// Result of an act.
type Decided = Result<Decision<ReturnSupport>, Refusal>;

/// The system hands somebody over, or an officer writes it down.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    if !matches!(cx.actor, Actor::Officer { .. } | Actor::System(_)) {
        let message = "返乡帮扶由户籍地乡镇（街道）登记，请联系乡镇（街道）民政窗口。";
        return Err(Refusal::new("WRONG_ROLE", message));
    }
    valid(form.violations(cx.today()))?;
    if let Some(open) = &world.open {
        let message = format!("这个人的返乡帮扶正在办理（{open}），请打开原来的办件。");
        return Err(at_field("HOMECOMING_OPEN", "/number", message));
    }
    let facts = Facts {
        returned_on: Some(form.returned_on),
        stays: stays(&form.stay),
        ..Facts::default()
    };
    let note = format!("{}返乡，转户籍地乡镇（街道）", day(form.returned_on));
    opened(facts, note, cx)
}

fn stays(number: &str) -> Vec<String> {
    match number.trim() {
        "" => Vec::new(),
        number => vec![number.to_owned()],
    }
}

fn opened(facts: Facts, note: String, cx: &Context<'_>) -> Decided {
    let due = cx.working_days("rescue.return.receive_working_days")?;
    let clock = StartClock::warn(RECEIVE, "接收返乡人员", BASIS, due);
    Ok(Decision::to(State::Opened, facts, note)
        .start(clock)
        .effect(Effect::Follow))
}

/// Decides an act on a case.
pub(super) fn decide(case: &Case<ReturnSupport>, action: Action, cx: &Context<'_>) -> Decided {
    match action {
        Action::Receive(data) => receive(case, data, cx),
        Action::Assess(data) => assess(case, data, cx),
        Action::Plan(data) => plan(case, data, cx),
        Action::Visit(data) => visit(case, data, cx),
        Action::Again(data) => again(case, data, cx),
        Action::Returned(data) => returned(case, &data, cx),
        Action::Stable(data) => {
            let reasons = desk::reasons(&data.reasons)?.to_owned();
            stable(case, reasons, cx)
        }
        Action::Close(data) => close(case, data, cx),
    }
}

/// Last days of the visits after a return, by the rules of today.
fn visits(cx: &Context<'_>, returned_on: Date) -> Result<Vec<Due>, ParamError> {
    let list = cx.rule("rescue.return.visit_months")?.list()?;
    let months = list.iter().filter_map(Value::int);
    let months: Vec<u32> = months
        .filter_map(|month| u32::try_from(month).ok())
        .collect();
    Ok(law::visits(returned_on, &months, cx.calendar))
}

fn returned_on(case: &Case<ReturnSupport>) -> Date {
    case.facts.returned_on.unwrap_or(case.form.returned_on)
}

fn receive(case: &Case<ReturnSupport>, data: Receive, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.handed_by, "/handed_by", "请填写是谁交接的。"),
        filled(&data.record, "/record", "请填写交接单编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.received = Some((data, cx.today(), desk::officer(cx)));
    facts.due = visits(cx, returned_on(case))?
        .iter()
        .map(|due| due.last_day)
        .collect();
    let due = cx.working_days("rescue.return.plan_working_days")?;
    Ok(Decision::to(State::Received, facts, "乡镇（街道）接收")
        .tell("户籍地乡镇（街道）已经接收，会上门了解情况。")
        .stop(RECEIVE)
        .start(StartClock::warn(PLAN, "评估需求、制定帮扶计划", BASIS, due))
        .effect(Effect::Follow))
}

fn assess(case: &Case<ReturnSupport>, data: Assess, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明家庭和生活情况。");
    valid(empty.into_iter().collect())?;
    if case.form.guarded
        && data.guardian.trim().is_empty()
        && !data.needs.contains(&Need::Guardianship)
    {
        let message = "未成年人，有精神、智力障碍的，要写明监护人；没有的，请选“落实监护”。";
        return Err(at_field("GUARDIAN_NEEDED", "/guardian", message));
    }
    let event = ReturnNeeds {
        case_number: case.number.clone(),
        person: case.applicant.clone(),
        division: cx.division.to_owned(),
        needs: data
            .needs
            .iter()
            .map(|need| need.code().to_owned())
            .collect(),
    };
    let note = match data.needs.len() {
        0 => "评估：没有需要落实的救助".to_owned(),
        needs => format!("评估：需要落实{needs}项"),
    };
    let mut facts = case.facts.clone();
    facts.assessed = Some((data, cx.today()));
    let mut decision = Decision::to(State::Assessed, facts, note);
    decision.events.push(DomainEvent {
        aggregate: "return",
        aggregate_id: case.number.clone(),
        event: "needs",
        payload: event.encode_to_vec(),
    });
    Ok(decision)
}

fn plan(case: &Case<ReturnSupport>, data: Plan, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.measures, "/measures", "请写明帮扶措施。"),
        filled(&data.responsible, "/responsible", "请填写责任人姓名。"),
        filled(
            &data.responsible_phone,
            "/responsible_phone",
            "请填写责任人电话。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    facts.plan = Some((data, cx.today()));
    let decision = Decision::to(State::Supporting, facts, "制定帮扶计划")
        .tell("帮扶计划已经定好，责任人会按计划帮扶、回访。")
        .stop(PLAN);
    next_visit(case, decision, cx)
}

/// The clock of the first visit that was not done; a late one stays red and still has to be done.
fn next_visit(
    case: &Case<ReturnSupport>,
    decision: Decision<ReturnSupport>,
    cx: &Context<'_>,
) -> Decided {
    let done = decision.facts.visits.len();
    let due = visits(cx, returned_on(case))?.into_iter().nth(done);
    Ok(match due {
        Some(due) => {
            let label = format!("返乡后第{}次回访", done + 1);
            decision.start(StartClock::warn(VISIT, &label, BASIS, due))
        }
        None => decision.stop(VISIT),
    })
}

fn visit(case: &Case<ReturnSupport>, data: Visit, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明回访情况。");
    valid(empty.into_iter().collect())?;
    let mut facts = case.facts.clone();
    let note = format!(
        "第{}次回访：{}",
        facts.visits.len() + 1,
        data.living.label()
    );
    let away = data.living == Living::Away;
    facts.visits.push((data, cx.today(), desk::officer(cx)));
    if away {
        let left = Again {
            left_on: cx.today(),
            reasons: "回访时发现已经离家".to_owned(),
        };
        return Ok(gone(facts, left, note));
    }
    next_visit(case, Decision::to(State::Supporting, facts, note), cx)
}

fn again(case: &Case<ReturnSupport>, data: Again, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    if data.left_on > cx.today() || data.left_on < returned_on(case) {
        let message = "离家日期应当在返乡以后、今天以前，请核对。";
        return Err(at_field("LEFT_ON", "/left_on", message));
    }
    Ok(gone(case.facts.clone(), data, "又外出流浪".to_owned()))
}

/// Wandering again: the level rises, the visits wait.
fn gone(mut facts: Facts, left: Again, note: String) -> Decision<ReturnSupport> {
    facts.level += 1;
    facts.again.push(left);
    Decision::to(State::Again, facts, note)
        .stop(RECEIVE)
        .stop(PLAN)
        .stop(VISIT)
        .effect(Effect::Follow)
        .effect(Effect::Raise)
}

/// Home again: everything from the beginning, the visits counted from now.
fn returned(case: &Case<ReturnSupport>, data: &Returned, cx: &Context<'_>) -> Decided {
    let left = case.facts.again.last().map(|again| again.left_on);
    let left = left.max(case.facts.returned_on);
    if data.returned_on > cx.today() || left.is_some_and(|left| data.returned_on < left) {
        let message = "返乡日期应当在离家以后、今天以前，请核对。";
        return Err(at_field("RETURNED_ON", "/returned_on", message));
    }
    let mut facts = case.facts.clone();
    // Nobody had noticed that the person was gone.
    let unnoticed = case.state != State::Again;
    facts.level += u32::from(unnoticed);
    let visits = std::mem::take(&mut facts.visits);
    facts.earlier.extend(visits);
    facts.due.clear();
    facts.received = None;
    facts.assessed = None;
    facts.plan = None;
    facts.returned_on = Some(data.returned_on);
    facts.stays.extend(stays(&data.stay));
    let note = format!("{}再次返乡，重新帮扶", day(data.returned_on));
    let decision = opened(facts, note, cx)?.stop(PLAN).stop(VISIT);
    Ok(match unnoticed {
        true => decision.effect(Effect::Raise),
        false => decision,
    })
}

fn stable(case: &Case<ReturnSupport>, reasons: String, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let left = facts.due.len().saturating_sub(facts.visits.len());
    if left > 0 {
        let message = format!("还有{left}次回访没有做，做完以后再认定。");
        return Err(Refusal::new("VISITS_LEFT", message));
    }
    let living = facts.visits.last().map(|(visit, ..)| visit.living);
    if living != Some(Living::Settled) {
        let message = "最近一次回访还不稳定，请继续帮扶，再回访一次。";
        return Err(Refusal::new("NOT_SETTLED", message));
    }
    facts.ended = Some((None, reasons, cx.today()));
    Ok(Decision::to(State::Stable, facts, "生活稳定，认定稳固")
        .tell("生活已经稳定，回访结束。有困难随时找乡镇（街道）民政窗口。")
        .stop(VISIT)
        .effect(Effect::Follow))
}

fn close(case: &Case<ReturnSupport>, data: Close, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?.to_owned();
    let note = format!("结束帮扶：{}", data.cause.label());
    let mut facts = case.facts.clone();
    facts.ended = Some((Some(data), reasons, cx.today()));
    Ok(Decision::to(State::Closed, facts, note)
        .stop(RECEIVE)
        .stop(PLAN)
        .stop(VISIT)
        .effect(Effect::Follow))
}
