//! Registered, verified, begun (rules B2.4).

use yiwang_casework::{Case, Context, Decision, Refusal, context::Actor, decision::StartClock};
use yiwang_chassis::identity::Role;

use super::{
    BASIS, COUNTY, Decided, REGISTER, START, VERIFY, VISIT, VISIT_OVER, aging, changed,
    course::situation, levelled, planned, refreshing,
};
use crate::domain::{
    desk::{self, at_field, filled, handed, valid},
    two,
    welfare::{
        LINE,
        child_file::{
            ChildFile,
            action::{Letter, Situation, Start, Verify},
            facts::Facts,
            form::Form,
            state::{ALL_ROLES, State},
            world::{Effect, World},
        },
        law::{Ages, is_high},
        words::Level,
    },
};

/// Somebody found a child: the village registers at once, for all others it goes there first.
pub(in crate::domain::welfare::child_file) fn submit(
    form: &Form,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let village = match cx.actor {
        Actor::Officer { roles, .. } if roles.iter().any(|role| ALL_ROLES.contains(role)) => {
            roles.contains(&Role::ChildWorker)
        }
        Actor::System(_) => false,
        _ => {
            let message = "请把情况告诉村（居）委会的儿童主任，由儿童主任登记。";
            return Err(Refusal::new("WRONG_ROLE", message));
        }
    };
    let ages = Ages::here(cx)?;
    valid(form.violations(cx, &ages))?;
    lives(form, cx, &ages, world)?;
    if world.open.is_some() {
        let message = "这名儿童已经有档案。名单里看得到的，请打开原来的档案；看不到的，请联系县级\
                       民政部门核对。";
        return Err(at_field("FILE_OPEN", "/child", message));
    }
    let decision = match village {
        true => registered(form.clone(), Facts::default(), cx)?,
        false => discovered(Facts::default(), "发现需要关爱的儿童", cx)?,
    };
    Ok(aging(decision, form, cx)?.effect(Effect::Follow))
}

/// 未成年人保护法21.
fn lives(form: &Form, cx: &Context<'_>, ages: &Ages, world: &World) -> Result<(), Refusal> {
    let lives = ages.may_live(form.age(cx.today()), form.living, world.protected);
    lives.map_err(|refusal| at_field(refusal.code, "/living", refusal.message))
}

fn discovered(mut facts: Facts, note: &str, cx: &Context<'_>) -> Decided {
    let due = cx.working_days("child.file.register_days")?;
    facts.next_visit = None;
    facts.alarm = None;
    let decision = [VERIFY, VISIT, VISIT_OVER, COUNTY]
        .into_iter()
        .fold(Decision::to(State::Discovered, facts, note), Decision::stop);
    Ok(decision.start(StartClock::warn(REGISTER, "上门登记", BASIS, due)))
}

fn registered(form: Form, mut facts: Facts, cx: &Context<'_>) -> Decided {
    facts.registered = Some((two::signer(cx)?, cx.today()));
    facts.refreshed = Some(cx.today());
    let reasons = form.level_reasons.clone();
    levelled(&mut facts, &form, &reasons, cx);
    let due = cx.working_days("child.file.verify_days")?;
    let note = format!("登记建档，{}", form.level.label());
    let decision = Decision::to(State::Registered, facts, note)
        .stop(REGISTER)
        .start(StartClock::warn(VERIFY, "核实", BASIS, due));
    planned(decision, &form, cx.today(), cx)
}

pub(super) fn register(
    case: &Case<ChildFile>,
    data: &Situation,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let form = situation(case, data, cx, world)?;
    let mut decision = registered(form.clone(), case.facts.clone(), cx)?;
    decision.form = Some(form);
    Ok(decision)
}

pub(super) fn verify(case: &Case<ChildFile>, data: &Verify, cx: &Context<'_>) -> Decided {
    let registered = case.facts.registered.as_ref();
    let by = match registered {
        Some((first, _)) => two::second(first.account, cx)?,
        None => two::signer(cx)?,
    };
    desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    if !data.agrees {
        let decision = discovered(facts, "核实不属实，退回登记", cx)?;
        return Ok(decision.effect(Effect::Done(None)));
    }
    not_too_low(&case.form, data.level)?;
    let mut form = case.form.clone();
    form.level = data.level;
    form.level_reasons = data.reasons.trim().to_owned();
    facts.verified = Some((by, cx.today()));
    levelled(&mut facts, &form, &data.reasons, cx);
    let due = cx.working_days("child.file.start_days")?;
    let note = format!("核实属实，{}", form.level.label());
    let from = facts.last_visit().map_or(cx.today(), |visit| {
        yiwang_civic::time::beijing_date(visit.at)
    });
    let decision = changed(State::Verified, facts, form.clone(), note)
        .stop(VERIFY)
        .start(StartClock::warn(START, "开始关爱服务", BASIS, due));
    refreshing(planned(decision, &form, from, cx)?, cx)
}

/// Grave needs are a high risk.
pub(super) fn not_too_low(form: &Form, level: Level) -> Result<(), Refusal> {
    if is_high(&form.needs, form.living) && level != Level::High {
        let message = "遭受虐待、遗弃、不法侵害，或者无人看护、独自生活的，应当评为高风险。";
        return Err(at_field("LEVEL_TOO_LOW", "/level", message));
    }
    Ok(())
}

/// Only above the village a level goes down.
pub(super) fn may_lower(from: Level, to: Level, cx: &Context<'_>) -> Result<(), Refusal> {
    let above = match cx.actor {
        Actor::Officer { roles, .. } => roles
            .iter()
            .any(|role| LINE.contains(role) && *role != Role::ChildWorker),
        _ => true,
    };
    // High comes first in the list of levels.
    if to > from && !above {
        let message = "下调风险等级要由儿童督导员核定，请联系乡镇（街道）。";
        return Err(at_field("LEVEL_DOWN", "/level", message));
    }
    Ok(())
}

pub(super) fn letter(case: &Case<ChildFile>, data: Letter, cx: &Context<'_>) -> Decided {
    let mut wrong: Vec<_> = [
        filled(&data.guardian, "/guardian", "请填写签字的监护人、受托人。"),
        handed(&data.paper, "/paper", "请上传监护责任确认书的照片。"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if data.signed_on > cx.today() {
        let message = "签订日期不能晚于今天。";
        wrong.push(yiwang_chassis::fault::FieldViolation::new(
            "/signed_on",
            "IN_FUTURE",
            message,
        ));
    }
    valid(wrong)?;
    let mut facts = case.facts.clone();
    facts.letter = Some((data, cx.today()));
    Ok(Decision::to(case.state, facts, "签订监护责任确认书"))
}

pub(super) fn start(case: &Case<ChildFile>, data: &Start, cx: &Context<'_>) -> Decided {
    let no_letter = case.facts.letter.is_none();
    let why = no_letter.then(|| {
        let message = "还没有登记监护责任确认书。请先签订，或者写明没有签的原因。";
        filled(&data.no_letter, "/no_letter", message)
    });
    let plan = filled(&data.plan, "/plan", "请写明服务安排。");
    valid([plan, why.flatten()].into_iter().flatten().collect())?;
    let mut facts = case.facts.clone();
    let no_letter = match no_letter {
        true => data.no_letter.trim().to_owned(),
        false => String::new(),
    };
    facts.plan = Some((data.plan.trim().to_owned(), no_letter));
    refreshing(
        Decision::to(State::InService, facts, "开始关爱服务").stop(START),
        cx,
    )
}
