//! Papers, and the notice for birth parents.

use yiwang_casework::{Decision, NoticeOp, Refusal, decision::PostNotice, decision::StartClock};
use yiwang_civic::{calendar::Due, division};

use super::{DECIDE, Decided, NOTICE, Scene, limits, taken_down};
use crate::domain::{
    adoption::{
        adopt::{
            Adoption,
            action::{CheckPapers, PostSearch, Reasons, Settle},
            checks,
            facts::{Facts, Notice},
            state::State,
            world::{Effect, Public},
        },
        complete,
        law::{adopter, assessment, limit, notice},
    },
    desk::{self, at_field, filled, valid},
};

/// Law of the thirty days.
const BASIS: &str = "中国公民收养子女登记办法第7条";

/// Papers are complete: the thirty days begin the next day.
pub(super) fn check(scene: &Scene<'_>, data: CheckPapers) -> Decided {
    let form = &scene.case.form;
    let mut found = checks::couple(scene);
    if form.child.is_chosen() {
        found.extend(form.papers().missing(&data.papers));
    }
    let fitness = adopter::Fitness {
        able: data.able,
        healthy: data.healthy,
        clean: data.clean,
    };
    found.extend(adopter::fit(form.kind, fitness));
    if !data.free {
        let message =
            "收养不得收取、支付财物，不得买卖儿童；有嫌疑的，马上报告公安机关，不予登记。";
        found.push(yiwang_chassis::fault::FieldViolation::new(
            "/free", "NOT_FREE", message,
        ));
    }
    if scene.case.facts.interview.is_none() {
        let message = "还没有登记询问笔录。";
        found.push(yiwang_chassis::fault::FieldViolation::new(
            "/interview",
            "INTERVIEW_MISSING",
            message,
        ));
    }
    complete(found, "还不能确认材料齐全")?;
    // The numbers of the law are there before the clock starts.
    limits(scene.cx)?;
    let mut facts = scene.facts();
    if let Some((_, accepted, _)) = facts.checked {
        // A child chosen later brings papers of its own; the day it was accepted stays.
        facts.checked = Some((data, accepted, scene.officer()));
        return Ok(scene.stay(facts, "补充核对材料"));
    }
    facts.checked = Some((data, scene.today(), scene.officer()));
    let needs = assessment::needed(form.kind) || notice::needed(form.child.ground);
    let state = match needs {
        true => State::PapersChecked,
        false => State::Reviewed,
    };
    let decision = Decision::to(state, facts.clone(), "材料齐全，予以受理")
        .tell("材料齐全，已经受理；公告和评估的时间不计入办理期限。");
    counted(decision, scene, &facts)
}

/// The thirty days run on from what was counted.
pub(super) fn counted(decision: Decision<Adoption>, scene: &Scene<'_>, facts: &Facts) -> Decided {
    let Some((_, accepted, _)) = &facts.checked else {
        return Ok(decision);
    };
    let days = scene.cx.rule("child.adoption.register_days")?.count()?;
    let due = limit::registration(scene.cx.calendar, *accepted, days, facts.paused_days);
    Ok(decision.start(StartClock::warn(DECIDE, "作出登记决定", BASIS, due)))
}

/// The thirty days do not run from today.
pub(super) fn pause(facts: &mut Facts, today: jiff::civil::Date) {
    facts.paused.get_or_insert(today);
}

/// They run again.
pub(super) fn resume(facts: &mut Facts, today: jiff::civil::Date) {
    if let Some(since) = facts.paused.take() {
        facts.paused_days += limit::days_between(since, today);
    }
}

/// Sixty days for the birth parents.
pub(super) fn post(scene: &Scene<'_>, data: PostSearch) -> Decided {
    let form = &scene.case.form;
    if !form.child.is_chosen() {
        return Err(Refusal::new("NO_CHILD", "还没有选定儿童，请先选定。"));
    }
    if !notice::needed(form.child.ground) {
        let message = "只有查找不到生父母的儿童要公告，这名儿童不用公告。";
        return Err(Refusal::new("NOTICE_NOT_NEEDED", message));
    }
    if scene.case.facts.notice.is_some() {
        return Err(Refusal::new("NOTICE_POSTED", "已经公告过了，不用再公告。"));
    }
    let empty = [
        filled(&data.found_at, "/found_at", "请填写捡拾地点。"),
        filled(&data.features, "/features", "请填写特征。"),
        filled(&data.place, "/place", "请填写公告发布在哪里。"),
        filled(&form.found.on, "/found/on", "请先在申请里填写捡拾日期。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let (shown, public) = text(scene, &data)?;
    let days = scene.cx.rule("child.adoption.notice_days")?.count()?;
    let last_day = notice::last_day(scene.today(), days);
    let mut facts = scene.facts();
    pause(&mut facts, scene.today());
    facts.notice = Some(Notice {
        text: data.clone(),
        posted_on: scene.today(),
        last_day,
        over: false,
    });
    let due = Due {
        last_day,
        provisional: false,
    };
    let clock = StartClock::fire(NOTICE, "寻找生父母公告", BASIS, due);
    let public = Public { last_day, ..public };
    Ok(
        Decision::to(State::SearchNotice, facts, "发布寻找生父母公告")
            .stop(DECIDE)
            .start(clock)
            .post(posted(scene, &shown, data.place, last_day))
            .effect(Effect::Notice(Box::new(public))),
    )
}

/// What everybody reads, when it tells nothing else.
fn text(scene: &Scene<'_>, data: &PostSearch) -> Result<(notice::Found, Public), Refusal> {
    let form = &scene.case.form;
    let sex = form.child.sex();
    let age = form
        .child
        .birth()
        .map_or_else(String::new, |born| notice::about(born, scene.today()));
    let shown = notice::Found {
        sex: sex.map_or("", |sex| sex.label()).to_owned(),
        age: age.clone(),
        on: form.found.on.clone(),
        at: data.found_at.trim().to_owned(),
        features: data.features.trim().to_owned(),
    };
    let mut secrets = form.names();
    secrets.push(form.senders.institution.trim());
    valid(shown.reveals(&secrets))?;
    let public = Public {
        sex: match sex {
            Some(yiwang_civic::citizen_id::Sex::Male) => "male",
            _ => "female",
        },
        age,
        found_on: shown.on.clone(),
        found_at: shown.at.clone(),
        features: shown.features.clone(),
        photo: data
            .photo
            .files
            .first()
            .map_or_else(String::new, |it| it.file_id.clone()),
        posted_on: scene.today(),
        last_day: scene.today(),
    };
    Ok((shown, public))
}

fn posted(
    scene: &Scene<'_>,
    shown: &notice::Found,
    place: String,
    last_day: jiff::civil::Date,
) -> PostNotice {
    let office = division::full_name(scene.cx.county).unwrap_or_default();
    let text = format!(
        "请儿童的生父母或者其他监护人，自公告之日起60日内，持有效证明到{office}民政局认领。期满无人认领的，依法安置。"
    );
    PostNotice {
        name: NOTICE.to_owned(),
        kind: "寻找生父母公告".to_owned(),
        title: "寻找儿童生父母公告".to_owned(),
        rows: shown.rows(),
        text,
        place,
        last_day,
    }
}

/// Nobody came.
pub(super) fn over(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    if let Some(notice) = &mut facts.notice {
        notice.over = true;
    }
    let decision = |state, facts| Decision::to(state, facts, "公告期满").effect(Effect::TakeDown);
    // A child whose papers and assessment are done waits for nothing else.
    if facts.assessment.report.is_some() {
        resume(&mut facts, scene.today());
        return counted(decision(State::Reviewed, facts.clone()), scene, &facts);
    }
    let state = match facts.assessment.begun.is_some() {
        true => State::Assessing,
        false => State::PapersChecked,
    };
    Ok(decision(state, facts))
}

/// Somebody wrote about the notice; whether it is a parent is to be found out.
pub(super) fn objected(scene: &Scene<'_>) -> Decision<Adoption> {
    let note = "公告期间有人反映情况，请核实是不是生父母或者其他监护人";
    scene.stay(scene.facts(), note).confidential()
}

/// What that came to.
pub(super) fn settle(scene: &Scene<'_>, data: Settle) -> Decided {
    valid(
        filled(&data.result, "/result", "请写明核实结果。")
            .into_iter()
            .collect(),
    )?;
    let mut decision = scene.stay(scene.facts(), "已核实公告期间的反映");
    decision.notices.push(NoticeOp::Settle {
        name: NOTICE.to_owned(),
        result: data.result,
    });
    Ok(decision.confidential())
}

/// The birth parents came: the child goes back to them, or they consent.
pub(super) fn parents_found(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    if facts.notice.as_ref().is_some_and(|it| it.over) && facts.registered.is_some() {
        return Err(at_field(
            "TOO_LATE",
            "/reasons",
            "已经登记，不能再登记认领。",
        ));
    }
    reasons.clone_into(&mut facts.claimed);
    let note = "生父母或者其他监护人认领，不能登记，请办理不予登记";
    let decision = Decision::to(State::Reviewed, facts, note);
    Ok(taken_down(decision.confidential().stop(NOTICE)))
}
