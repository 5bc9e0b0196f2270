//! What each act does: pure (民政部令第54号).

mod fee;
mod trial;

use jiff::civil::Date;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock};
use yiwang_civic::{calendar::Due, time::month_of};

use super::{
    FosterCare,
    action::{Action, Agree, Assess, End, Place, Reasons, Visit, Why},
    facts::Facts,
    form::Form,
    law::{Home, Limits},
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    adoption::complete,
    desk::{self, at_field, filled, valid},
};

const ASSESS: &str = "assess";
const TRIAL: &str = "trial";
const VISIT: &str = "visit";
const UNTIL: &str = "until";
const BASIS: &str = "家庭寄养管理办法（民政部令第54号）";

/// Result of an act.
type Decided = Result<Decision<FosterCare>, Refusal>;

fn limits(cx: &Context<'_>) -> Result<Limits, Refusal> {
    let count = |id: &str| cx.rule(id)?.count();
    Ok(Limits {
        age_least: count("child.foster.carer_age_least")?,
        age_most: count("child.foster.carer_age_most")?,
        children: count("child.foster.children_most")?,
        own_child: count("child.foster.own_child_age")?,
        area: count("child.foster.housing_average")?,
        income: count("child.foster.income_average")?,
    })
}

/// The family as the form says; what only a visit shows is taken for granted until then.
fn home(form: &Form, cx: &Context<'_>, world: &World, seen: Option<&Assess>) -> Home {
    let local = form.division.trim().get(..6) == Some(cx.county);
    Home {
        local: local && seen.is_none_or(|it| it.local),
        carer_born: form.carer.id().map_or(cx.today(), |id| id.birth_date()),
        schooling: form.schooling,
        area: form.area,
        income: form.income,
        fostered: form.fostered,
        youngest: form.own_children.then_some(form.youngest),
        healthy: seen.is_none_or(|it| it.healthy),
        clean: seen.is_none_or(|it| it.clean),
        agreed: seen.is_none_or(|it| it.agreed),
        barred: world.barred,
    }
}

/// The family applies.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations(cx.today()))?;
    valid(home(form, cx, world, None).wrong(limits(cx)?, cx.today()))?;
    if let Some(open) = &world.open {
        let message = format!("您的家庭寄养申请正在办理（{open}），请打开原来的办件。");
        return Err(at_field("ALREADY_OPEN", "/carer/id_number", message));
    }
    let facts = Facts {
        county: cx.county.to_owned(),
        ..Facts::default()
    };
    let due = cx.calendar_days("child.foster.assess_days")?;
    Ok(Decision::to(State::Applied, facts, "申请家庭寄养")
        .tell("已收到申请，工作人员会上门评估。")
        .start(StartClock::warn(ASSESS, "评估寄养家庭", BASIS, due))
        .effect(Effect::Follow))
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<FosterCare>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let mut decision = match action {
        Action::Assess(data) => assess(case, data, cx, world),
        Action::StartTrial(data) => trial::start(case, *data, cx, world),
        Action::EndTrial(data) => trial::end(case, data, cx),
        Action::Agree(data) => agree(case, data, cx),
        Action::Place(data) => place(case, data, cx, world),
        Action::Visit(data) => visit(case, data, cx),
        Action::Account(data) => fee::account(case, data, cx),
        Action::PaymentSettled(data) => Ok(fee::settled(case, &data)),
        Action::End(data) => end(case, data, cx, world),
        Action::Refuse(data) => refuse(case, &data, cx),
        Action::Withdraw(data) => {
            desk::reasons(&data.reasons)?;
            Ok(closed(State::Withdrawn, case.facts.clone(), "撤回申请"))
        }
        // Which adoption it is, is not told here (民法典第1110条).
        Action::Adopted(data) => {
            let on = data.on.trim().parse().unwrap_or(cx.today());
            over(case.facts.clone(), on, world, "儿童被收养，寄养结束")
        }
        Action::ChildDied(data) => {
            let on = data.died_on.trim().parse().unwrap_or(cx.today());
            over(case.facts.clone(), on, world, "儿童死亡，寄养结束")
        }
    }?;
    fee::present(&mut decision.facts, cx);
    decision.effects.insert(0, Effect::Follow);
    Ok(decision)
}

fn closed(state: State, facts: Facts, note: &str) -> Decision<FosterCare> {
    [ASSESS, TRIAL, VISIT, UNTIL]
        .into_iter()
        .fold(Decision::to(state, facts, note), Decision::stop)
}

fn assess(case: &Case<FosterCare>, data: Assess, cx: &Context<'_>, world: &World) -> Decided {
    valid(
        filled(&data.findings, "/findings", "请写明上门评估情况。")
            .into_iter()
            .collect(),
    )?;
    let home = home(&case.form, cx, world, Some(&data));
    complete(
        home.wrong(limits(cx)?, cx.today()),
        "不符合寄养条件，请办理“不符合条件”，或者补正后再评估",
    )?;
    let mut facts = case.facts.clone();
    facts.assessed = Some((data, cx.today(), desk::officer(cx)));
    Ok(Decision::to(State::Assessed, facts, "评估合格")
        .tell("家庭条件评估合格，等待选定儿童。")
        .stop(ASSESS))
}

fn day(text: &str, at: &str, today: Date) -> Result<Date, Refusal> {
    let day: Option<Date> = text.trim().parse().ok();
    day.filter(|day| *day <= today)
        .ok_or_else(|| at_field("WRONG_DAY", at, "请填写日期，不能晚于今天。"))
}

/// Nothing happens to a child in the family before it came.
fn not_before(on: Date, since: Date) -> Result<(), Refusal> {
    if on < since {
        let message = format!("日期不能早于儿童到家的{}。", desk::day(since));
        return Err(at_field("BEFORE_PLACED", "/on", message));
    }
    Ok(())
}

fn unbarred(world: &World) -> Result<(), Refusal> {
    match world.barred {
        false => Ok(()),
        true => Err(Refusal::new(
            "CARER_BARRED",
            "主要照料人被限制接触未成年人，不能寄养，请马上把儿童接回。",
        )),
    }
}

fn agree(case: &Case<FosterCare>, data: Agree, cx: &Context<'_>) -> Decided {
    valid(
        filled(&data.number, "/number", "请填写协议编号。")
            .into_iter()
            .collect(),
    )?;
    if !data.signed {
        let message = "儿童福利机构和家庭都签字后才能登记协议。";
        return Err(at_field("NOT_SIGNED", "/signed", message));
    }
    let until: Option<Date> = data.until.trim().parse().ok();
    let until = until.filter(|until| *until > cx.today());
    let until =
        until.ok_or_else(|| at_field("WRONG_DAY", "/until", "请填写协议到期日，要晚于今天。"))?;
    let due = Due {
        last_day: until,
        provisional: false,
    };
    let mut facts = case.facts.clone();
    facts.agreement = Some((data, cx.today()));
    Ok(
        Decision::to(State::Signed, facts, "签订寄养协议").start(StartClock::warn(
            UNTIL,
            "寄养协议到期，续签或者结束",
            BASIS,
            due,
        )),
    )
}

fn place(case: &Case<FosterCare>, data: Place, cx: &Context<'_>, world: &World) -> Decided {
    unbarred(world)?;
    let on = day(&data.on, "/on", cx.today())?;
    let trial = case.facts.trial.as_ref();
    trial.map_or(Ok(()), |trial| not_before(on, trial.0))?;
    valid(
        filled(&data.receiver, "/receiver", "请填写接收人。")
            .into_iter()
            .collect(),
    )?;
    let fee = cx.rule("child.foster.monthly_fee")?;
    let (amount, version) = (fee.fen()?.0, fee.version());
    let mut facts = case.facts.clone();
    facts.placed = Some((data, on));
    facts.fee = Some((amount, month_of(on).to_string(), String::new()));
    let mut decision = Decision::to(State::Placed, facts, "儿童入户，开始寄养")
        .tell("寄养开始，劳务费按月发放；工作人员会定期探访。")
        .effect(Effect::Place);
    decision.rules.push(version);
    visited(decision, cx)
}

/// The next visit counts from today; a late one stays red until it is done.
fn visited(decision: Decision<FosterCare>, cx: &Context<'_>) -> Decided {
    let due = cx.calendar_days("child.foster.visit_days")?;
    Ok(decision.start(StartClock::warn(VISIT, "探访寄养家庭", BASIS, due)))
}

fn visit(case: &Case<FosterCare>, data: Visit, cx: &Context<'_>) -> Decided {
    if !data.seen {
        let message = "探访要见到儿童本人；没有见到的，马上查找，再去一次。";
        return Err(at_field("NOT_SEEN", "/seen", message));
    }
    valid(
        filled(&data.findings, "/findings", "请写明探访情况。")
            .into_iter()
            .collect(),
    )?;
    let note = match data.problems.trim() {
        "" => "探访，没有发现问题",
        _ => "探访，要求家庭改正",
    };
    let mut facts = case.facts.clone();
    facts.visits.push((data, cx.today(), desk::officer(cx)));
    visited(Decision::to(State::Placed, facts, note), cx)
}

fn end(case: &Case<FosterCare>, data: End, cx: &Context<'_>, world: &World) -> Decided {
    let on = day(&data.on, "/on", cx.today())?;
    let placed = case.facts.placed.as_ref().map(|it| it.1);
    if let Some(since) = placed.or(case.facts.trial.as_ref().map(|it| it.0)) {
        not_before(on, since)?;
    }
    let empty = [
        filled(&data.words, "/words", "请记录儿童的意见。"),
        filled(&data.to, "/to", "请写明儿童去哪里：不能没有人照料。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let age = case.form.child.facts().age(on).unwrap_or(0);
    let adult = cx.rule("child.adoption.adult_age")?.count()?;
    if data.why == Why::Adult && age < adult {
        let message = format!("儿童还没有满{adult}周岁，请核对原因。");
        return Err(at_field("NOT_ADULT", "/why", message));
    }
    let note = format!("寄养结束：{}", data.why.label());
    let mut facts = case.facts.clone();
    facts.end = Some(data);
    Ok(over(facts, on, world, &note)?.effect(leaves(case)))
}

/// The child goes back.
fn leaves(case: &Case<FosterCare>) -> Effect {
    Effect::Leave {
        child: Box::new(case.form.child.clone()),
        home: case.form.home.clone(),
    }
}

/// It is over that day; the fee stops the next month (rules B5.7), and what has left for later
/// months was too much.
fn over(mut facts: Facts, on: Date, world: &World, note: &str) -> Decided {
    facts.ended = Some((on, note.to_owned()));
    if let Some((_, _, last)) = &mut facts.fee {
        *last = month_of(on).to_string();
    }
    let late = world.fees.iter().filter(|(month, _)| *month > month_of(on));
    facts.overpaid = late.map(|(month, fen)| (month.to_string(), *fen)).collect();
    Ok(closed(State::Ended, facts, note))
}

fn refuse(case: &Case<FosterCare>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let text = format!("经评估，不符合家庭寄养条件。理由：{reasons}");
    let on = desk::day(cx.today());
    let paper = desk::document("refusal", "家庭寄养评估告知书", &[&text, desk::APPEAL, &on]);
    let mut facts = case.facts.clone();
    reasons.clone_into(&mut facts.refused);
    Ok(closed(State::Refused, facts, "不符合寄养条件")
        .tell("家庭条件不符合寄养要求，理由见告知书。")
        .issue(paper))
}
