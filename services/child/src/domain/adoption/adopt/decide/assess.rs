//! 收养评估: consent, visits, points, living together, report. Free of charge.

use std::collections::BTreeMap;

use jiff::civil::Date;
use yiwang_casework::{Decision, Refusal, decision::StartClock, two::signer};

use super::{
    BOND, DECIDE, Decided, REPORT, Scene,
    papers::{counted, pause, resume},
};
use crate::domain::{
    adoption::{
        adopt::{
            action::{BeginAssessment, BeginBond, EndBond, Report, Score, Visit},
            facts::{Reported, Sheet},
            state::State,
            world::Effect,
        },
        law::{
            assessment::{self, Finding, Indicator, Points},
            notice,
        },
    },
    desk::{at_field, filled, valid},
};

const BASIS: &str = "收养评估办法（试行）";

/// Both agree to be assessed.
pub(super) fn begin(scene: &Scene<'_>, data: BeginAssessment) -> Decided {
    if !assessment::needed(scene.case.form.kind) {
        let message = "收养继子女的不用评估，请直接办理登记。";
        return Err(Refusal::new("NOT_ASSESSED", message));
    }
    if scene.case.facts.assessment.begun.is_some() {
        return Err(Refusal::new(
            "ASSESSING",
            "评估已经开始，请登记上门调查和评分。",
        ));
    }
    if !data.consented {
        let message = "收养人书面同意后才能评估；不同意的，不能办理收养登记。";
        return Err(at_field("NOT_CONSENTED", "/consented", message));
    }
    valid(
        filled(&data.team, "/team", "请填写评估单位。")
            .into_iter()
            .collect(),
    )?;
    let due = scene.cx.calendar_days("child.adoption.report_days")?;
    let mut facts = scene.facts();
    pause(&mut facts, scene.today());
    facts.assessment.begun = Some((data, scene.today()));
    let state = match scene.case.state {
        State::SearchNotice => State::SearchNotice,
        _ => State::Assessing,
    };
    Ok(Decision::to(state, facts, "开始收养评估")
        .tell("收养评估已经开始，评估人员会上门。评估不收费。")
        .stop(DECIDE)
        .start(StartClock::warn(REPORT, "出具评估报告", BASIS, due)))
}

fn begun(scene: &Scene<'_>) -> Result<(), Refusal> {
    match scene.case.facts.assessment.begun.is_some() {
        true => Ok(()),
        false => Err(Refusal::new(
            "NOT_BEGUN",
            "评估还没有开始，请先登记收养人同意评估。",
        )),
    }
}

/// A stranger to the family, who has decided nothing.
fn assessor(scene: &Scene<'_>, declared: bool) -> Result<yiwang_casework::two::Signer, Refusal> {
    begun(scene)?;
    let by = signer(scene.cx)?;
    assessment::stranger(&by.name, declared, &scene.case.form.names())?;
    Ok(by)
}

fn day(text: &str, at: &str, today: Date) -> Result<Date, Refusal> {
    let day: Option<Date> = text.trim().parse().ok();
    day.filter(|day| *day <= today)
        .ok_or_else(|| at_field("WRONG_DAY", at, "请填写日期，不能晚于今天。"))
}

/// At their home.
pub(super) fn visit(scene: &Scene<'_>, data: Visit) -> Decided {
    let by = assessor(scene, data.unrelated)?;
    day(&data.on, "/on", scene.today())?;
    let empty = [
        filled(&data.seen, "/seen", "请填写见到的人。"),
        filled(&data.findings, "/findings", "请写明调查情况。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    facts.assessment.visits.push((data, by));
    Ok(scene.stay(facts, "评估人员上门调查"))
}

/// Points by indicator, as typed.
fn points(data: &Score) -> Points {
    BTreeMap::from([
        (Indicator::Motive.code(), data.motive),
        (Indicator::Morals.code(), data.morals),
        (Indicator::Education.code(), data.education),
        (Indicator::Health.code(), data.health),
        (Indicator::Means.code(), data.means),
        (Indicator::Marriage.code(), data.marriage),
        (Indicator::Members.code(), data.members),
        (Indicator::Plan.code(), data.plan),
        (Indicator::Neighbours.code(), data.neighbours),
        (Indicator::Community.code(), data.community),
        (Indicator::Bond.code(), data.bond),
    ])
}

/// One assessor's sheet; a second of the same takes the place of the first.
pub(super) fn score(scene: &Scene<'_>, data: &Score) -> Decided {
    let by = assessor(scene, data.unrelated)?;
    if scene.case.facts.assessment.visits.is_empty() {
        let message = "还没有上门调查，不能评分。请先登记上门调查。";
        return Err(Refusal::new("NOT_VISITED", message));
    }
    valid(
        filled(&data.opinion, "/opinion", "请写明意见。")
            .into_iter()
            .collect(),
    )?;
    let most = scene.cx.rule("child.adoption.points")?;
    let most: BTreeMap<String, u32> = most
        .table()?
        .iter()
        .filter_map(|(code, value)| Some((code.clone(), u32::try_from(value.int()?).ok()?)))
        .collect();
    let points = points(data);
    let total = assessment::total(&points, &most).map_err(Refusal::fields)?;
    let mut facts = scene.facts();
    let sheets = &mut facts.assessment.sheets;
    sheets.retain(|sheet| sheet.by.account != by.account);
    sheets.push(Sheet {
        by,
        on: scene.today(),
        points: points
            .into_iter()
            .map(|(code, it)| (code.to_owned(), it))
            .collect(),
        total,
        vetoes: data.vetoes.clone(),
        opinion: data.opinion.clone(),
    });
    let note = match data.vetoes.is_empty() {
        true => "评估人员评分",
        false => "评估人员评分，有一票否决的情形",
    };
    Ok(scene.stay(facts, note).confidential())
}

/// The child lives with them.
pub(super) fn begin_bond(scene: &Scene<'_>, data: BeginBond) -> Decided {
    begun(scene)?;
    if !scene.case.form.child.is_chosen() {
        return Err(Refusal::new("NO_CHILD", "还没有选定儿童，请先选定。"));
    }
    let from = day(&data.on, "/on", scene.today())?;
    let empty = [
        filled(&data.agreement, "/agreement", "请填写融合协议编号。"),
        filled(&data.words, "/words", "请记录儿童的意见。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let days = scene.cx.rule("child.adoption.bond_days")?.count()?;
    let due = yiwang_civic::calendar::Due {
        last_day: notice::last_day(from, days),
        provisional: false,
    };
    let mut facts = scene.facts();
    facts.assessment.bond = Some((data, from));
    facts.assessment.bonded = None;
    let clock = StartClock::warn(BOND, "融合期满后评估融合情况", BASIS, due);
    Ok(scene
        .stay(facts, "开始融合")
        .start(clock)
        .effect(Effect::Comes))
}

/// How it went.
pub(super) fn end_bond(scene: &Scene<'_>, data: EndBond) -> Decided {
    let Some((_, from)) = scene.case.facts.assessment.bond else {
        return Err(Refusal::new("NOT_BONDING", "还没有开始融合。"));
    };
    let to = day(&data.on, "/on", scene.today())?;
    let empty = [
        filled(&data.findings, "/findings", "请写明融合情况。"),
        filled(&data.words, "/words", "请记录儿童的意见。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let days = scene.cx.rule("child.adoption.bond_days")?.count()?;
    if data.good && !assessment::bonded(from, to, days) {
        let message = format!("融合不少于{days}日，请期满后再评估；提前结束的选“融合不好”。");
        return Err(at_field("BOND_SHORT", "/on", message));
    }
    let mut facts = scene.facts();
    let note = match data.good {
        true => "融合期满，融合良好",
        false => "融合结束，融合不好",
    };
    let good = data.good;
    facts.assessment.bonded = Some((data, to));
    let decision = scene.stay(facts, note).stop(BOND);
    Ok(match good {
        true => decision,
        false => decision.effect(Effect::GoesBack),
    })
}

/// Everything that speaks for or against them.
pub(super) fn report(scene: &Scene<'_>, data: &Report) -> Decided {
    begun(scene)?;
    valid(
        filled(&data.findings, "/findings", "请写评估报告。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = scene.facts();
    let sheets = facts.assessment.sheets.iter();
    let found: Vec<Finding> = sheets
        .map(|sheet| Finding {
            by: sheet.by.account,
            total: sheet.total,
            vetoes: sheet.vetoes.clone(),
        })
        .collect();
    let pass = scene.cx.rule("child.adoption.pass_score")?;
    let least = scene.cx.rule("child.adoption.assessors")?.count()?;
    let verdict = assessment::verdict(&found, pass.count()?, least)?;
    let bonded = facts
        .assessment
        .bonded
        .as_ref()
        .is_some_and(|(it, _)| it.good);
    let failed = facts.assessment.bonded.is_some() && !bonded;
    if verdict.passed && !bonded && !failed {
        let message = "还没有登记融合情况：融合期满、融合良好才能通过评估。";
        return Err(Refusal::new("NOT_BONDED", message));
    }
    let passed = verdict.passed && bonded;
    facts.assessment.report = Some(Reported {
        findings: data.findings.clone(),
        on: scene.today(),
        score: verdict.score,
        passed,
    });
    let note = match passed {
        true => "评估报告：合格",
        false => "评估报告：不合格",
    };
    // The notice still runs: the thirty days wait for it.
    let waits = scene.case.state == State::SearchNotice && passed;
    let mut decision = match waits {
        true => scene.stay(facts, note),
        false => {
            resume(&mut facts, scene.today());
            counted(
                Decision::to(State::Reviewed, facts.clone(), note),
                scene,
                &facts,
            )?
        }
    };
    decision.rules.push(pass.version());
    Ok(decision.stop(REPORT).stop(BOND))
}
