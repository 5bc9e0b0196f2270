//! What each act does: pure (rules B2.12).

use yiwang_casework::{Case, Context, Decision, Refusal, decision::StartClock, two};
use yiwang_civic::calendar::Due;

use super::{
    StudyProject,
    action::{Action, Confirm, End, NextYear},
    facts::{Asked, Facts, Year},
    form::Form,
    law::{self, Student},
    pay,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, filled, handed, valid},
    projects::words::{Adopted, Check, Place, Reasons},
};

/// Clock of the school year.
pub(super) const YEAR: &str = "year";
const REVIEW: &str = "review";
const RENEW: &str = "renew";
const BASIS: &str = "孤儿助学工程实施办法：每学年续办";

/// Result of an act.
pub(super) type Decided = Result<Decision<StudyProject>, Refusal>;

/// An application.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations())?;
    if let Some(id) = form.id() {
        Student::of(form, &id).may_be_helped(cx.today())?;
    }
    if let Some(open) = &world.open {
        let message = format!("这名学生的助学金正在办理（{open}），新学年请在原来的办件里申请。");
        return Err(at_field("PROJECT_OPEN", "/id_number", message));
    }
    let asked = Asked {
        school_year: form.school_year,
        school: form.school.trim().to_owned(),
        level: form.level,
        proof: yiwang_casework::Papers::default(),
    };
    this_year(&asked, cx)?;
    not_granted(&asked, world)?;
    let home = cx.actor.officer().is_some_and(|_| by_home(cx));
    let facts = Facts {
        place: Place {
            division: cx.division.to_owned(),
            home,
        },
        asked: Some(asked),
        ..Facts::default()
    };
    let state = if home { State::Checked } else { State::Applied };
    reviewed(Decision::to(state, facts, "申请助学金"), cx)
}

fn by_home(cx: &Context<'_>) -> bool {
    use yiwang_casework::Actor;
    use yiwang_chassis::identity::Role;
    matches!(cx.actor, Actor::Officer { roles, .. } if roles.contains(&Role::WelfareHome))
}

/// The school year that runs, or the one that begins next.
fn this_year(asked: &Asked, cx: &Context<'_>) -> Result<(), Refusal> {
    let first = cx.rule("child.study.first_month")?.count()?;
    let now = law::school_year_of(cx.today(), first);
    if asked.school_year == now || asked.school_year == now + 1 {
        return Ok(());
    }
    let message = format!("现在只能申请{now}学年或者{}学年。", now + 1);
    Err(at_field("WRONG_YEAR", "/school_year", message))
}

fn not_granted(asked: &Asked, world: &World) -> Result<(), Refusal> {
    if world.granted.contains(&asked.school_year) {
        let message = "这个学年已经同意过，一个学年只资助一次。";
        return Err(at_field("YEAR_GRANTED", "/school_year", message));
    }
    Ok(())
}

/// The next look counts from today.
fn reviewed(decision: Decision<StudyProject>, cx: &Context<'_>) -> Decided {
    let due = cx.working_days("child.project.review_working_days")?;
    let clock = StartClock::warn(REVIEW, "审核助学金申请", BASIS, due);
    Ok(decision.start(clock).effect(Effect::Follow))
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<StudyProject>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let decision = match action {
        Action::Check(data) => return check(case, data, cx),
        Action::AskYear(data) => return next_year(case, data, State::Applied, cx, world),
        Action::Renew(data) => return next_year(case, data, State::Checked, cx, world),
        Action::Confirm(data) => confirm(case, &data, cx, world),
        Action::Refuse(data) => refuse(case, &data),
        Action::Pay => pay::pay(case, cx),
        Action::Sign => pay::sign(case, cx),
        Action::Account(data) => pay::account(case, &data),
        Action::PaymentSettled(data) => pay::settled(case, &data, cx),
        Action::Void(data) => pay::void(case, &data),
        Action::End(data) => end(case, &data, cx),
        Action::Withdraw => Ok(withdraw(case)),
        Action::YearOver => year_over(case, cx),
        Action::Adopted(data) => Ok(adopted(case, &data)),
        Action::ChildDied(data) => {
            let why = format!("{}去世", desk::day(data.died_on));
            Ok(closed(case, State::Ended, "学生已经去世，资助结束", &why))
        }
    }?;
    Ok(decision.effect(Effect::Follow))
}

fn check(case: &Case<StudyProject>, data: Check, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明核实情况。");
    valid(empty.into_iter().collect())?;
    let note = match data.recommend {
        true => "乡镇（街道）核实，建议同意",
        false => "乡镇（街道）核实，不建议同意",
    };
    let mut facts = case.facts.clone();
    facts.checked = Some((data, cx.today(), desk::officer(cx)));
    reviewed(Decision::to(State::Checked, facts, note), cx)
}

fn confirm(case: &Case<StudyProject>, data: &Confirm, cx: &Context<'_>, world: &World) -> Decided {
    if !data.orphan {
        let message = "没有核对孤儿身份的不能同意；不符合的请办理“不予资助”。";
        return Err(at_field("NOT_ORPHAN", "/orphan", message));
    }
    if !data.at_school {
        let message = "没有核对学籍的不能同意；已经不上学的请办理“不予资助”。";
        return Err(at_field("NOT_AT_SCHOOL", "/at_school", message));
    }
    let mut facts = case.facts.clone();
    let asked = facts.asked.take();
    let asked =
        asked.ok_or_else(|| Refusal::new("NOTHING_ASKED", "没有待确认的学年，请刷新页面。"))?;
    not_granted(&asked, world)?;
    let (year, first) = (
        asked.school_year,
        cx.rule("child.study.first_month")?.count()?,
    );
    let amount = cx.rule("child.study.year")?;
    let (fen, version) = (amount.fen()?, amount.version());
    facts
        .to_pay
        .extend(law::instalments(year, case.form.way, fen, first));
    facts.years.push(Year {
        asked,
        by: two::signer(cx)?,
        on: cx.today(),
        fen,
    });
    let last_day = law::last_day_of(year, first).unwrap_or(cx.today());
    let due = Due {
        last_day,
        provisional: false,
    };
    let note = format!("同意资助{year}学年");
    let mut decision = Decision::to(State::Studying, facts, note)
        .stop(REVIEW)
        .stop(RENEW)
        .start(StartClock::fire(YEAR, "学年结束", BASIS, due))
        .tell(format!("{year}学年的助学金已经同意，将发到您的账户。"))
        .effect(Effect::Grant(year, fen));
    decision.rules.push(version);
    Ok(decision)
}

fn refuse(case: &Case<StudyProject>, data: &Reasons) -> Decided {
    let why = desk::reasons(&data.reasons)?;
    let paper = desk::document("refusal", "助学金不予资助决定书", &[why, desk::APPEAL]);
    let told = "助学金申请没有同意，理由见决定书。";
    if !case.facts.years.is_empty() {
        // An earlier year goes on; only the next is refused.
        let mut facts = case.facts.clone();
        (facts.asked, facts.checked) = (None, None);
        let state = back(case);
        let decision = Decision::to(state, facts, "不予资助新学年").stop(REVIEW);
        return Ok(decision.issue(paper).tell(told));
    }
    let decision = closed(case, State::Refused, "不予资助", why);
    Ok(decision.issue(paper).tell(told))
}

/// Where a case goes on without the year that was asked for.
fn back(case: &Case<StudyProject>) -> State {
    let runs = case.clocks.iter().any(|clock| clock.name == YEAR);
    if runs {
        State::Studying
    } else {
        State::YearOver
    }
}

fn withdraw(case: &Case<StudyProject>) -> Decision<StudyProject> {
    if case.facts.years.is_empty() {
        return closed(case, State::Cancelled, "申请人撤回", "申请人撤回");
    }
    let mut facts = case.facts.clone();
    (facts.asked, facts.checked) = (None, None);
    Decision::to(back(case), facts, "申请人撤回新学年的申请").stop(REVIEW)
}

fn next_year(
    case: &Case<StudyProject>,
    data: NextYear,
    state: State,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.school, "/school", "请填写学校。"),
        handed(&data.proof, "/proof", "请上传新学年的在校证明。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let last = case.facts.years.last().map(|year| year.asked.school_year);
    if last.is_some_and(|last| data.school_year > last + 1) {
        let message = "中间有学年没有上学的，不能继续资助。";
        return Err(at_field("INTERRUPTED", "/school_year", message));
    }
    if let Some(id) = case.form.id() {
        let student = Student {
            level: data.level,
            full_time: data.full_time,
            ..Student::of(&case.form, &id)
        };
        student.may_be_helped(cx.today())?;
    }
    let asked = Asked {
        school_year: data.school_year,
        school: data.school.trim().to_owned(),
        level: data.level,
        proof: data.proof,
    };
    this_year(&asked, cx)?;
    not_granted(&asked, world)?;
    let note = format!("申请{}学年", asked.school_year);
    let mut facts = case.facts.clone();
    (facts.asked, facts.checked) = (Some(asked), None);
    reviewed(Decision::to(state, facts, note), cx)
}

/// Nothing ends by its date alone: somebody asks the school (rules B5.15).
fn year_over(case: &Case<StudyProject>, cx: &Context<'_>) -> Decided {
    let facts = case.facts.clone();
    if facts.asked.is_some() {
        // The next year is asked for already.
        return Ok(Decision::to(case.state, facts, "学年结束").stop(YEAR));
    }
    let due = cx.calendar_days("child.study.renew_days")?;
    let clock = StartClock::warn(RENEW, "核实是否继续上学", BASIS, due);
    let told = "这个学年已经结束。还在上学的，请交新学年的在校证明。";
    Ok(
        Decision::to(State::YearOver, facts, "学年结束，待核实是否继续上学")
            .start(clock)
            .tell(told),
    )
}

fn end(case: &Case<StudyProject>, data: &End, cx: &Context<'_>) -> Decided {
    let why = desk::reasons(&data.reasons)?;
    if data.on > cx.today() {
        let message = "结束上学的日期不能晚于今天。";
        return Err(at_field("ENDS_LATER", "/on", message));
    }
    if let Some(pending) = &case.facts.pending {
        return Err(two::waits("支付", &pending.by.name));
    }
    if let Some(next) = case
        .facts
        .to_pay
        .first()
        .filter(|next| next.from <= data.on)
    {
        let message = format!("{}的助学金还没有发，请先发完再结束。", next.due.label);
        return Err(Refusal::new("INSTALMENT_DUE", message));
    }
    let note = format!("{}起不再上学，资助结束", desk::day(data.on));
    Ok(closed(case, State::Ended, &note, why).tell("助学金资助已经结束。"))
}

/// The disabled are helped on (rules B2.12).
fn adopted(case: &Case<StudyProject>, data: &Adopted) -> Decision<StudyProject> {
    let why = format!("{}登记收养", desk::day(data.on));
    if case.form.disabled {
        let note = "已被收养；残疾孤儿继续资助";
        return Decision::to(case.state, case.facts.clone(), note);
    }
    closed(case, State::Ended, "已被收养，资助结束", &why)
}

fn closed(
    case: &Case<StudyProject>,
    state: State,
    note: &str,
    why: &str,
) -> Decision<StudyProject> {
    let mut facts = case.facts.clone();
    why.clone_into(&mut facts.ended);
    facts.pending = None;
    facts.to_pay.clear();
    let decision = Decision::to(state, facts, note);
    decision.stop(REVIEW).stop(YEAR).stop(RENEW)
}
