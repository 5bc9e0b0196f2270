//! The economic check 核对 (凡审批必核对; rules A2.9) as a part of the case.
//!
//! It may run beside any state; only from the investigation does it move the case.

use serde_json::json;
use yiwang_casework::{Errand, Refusal};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time;

use super::{Decided, Scene, scene::reasons};
use crate::domain::minimum_living::{
    action::{EnterReport, Text},
    codes::CheckVerdict,
    deadlines, documents,
    facts::{Facts, Report},
    report::{self, Answer},
    state::State,
};

/// Kind of the errand.
pub(crate) const ERRAND: &str = "check.request";

/// Asks the centre about everybody who counts.
pub(super) fn request(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    scene.authorised(&facts)?;
    let errand = ask(scene, &mut facts);
    let state = match scene.case.state {
        State::Investigating => State::Checking,
        other => other,
    };
    Ok(scene
        .to(state, facts, "提请信息核对")
        .tell("正在与有关部门核对家庭经济状况，不需要您开证明。")
        .start(deadlines::check_start(scene.cx)?)
        .stop(deadlines::TELL_CHECK)
        .errand(errand))
}

fn ask(scene: &Scene<'_>, facts: &mut Facts) -> Errand {
    let counted = scene.household(facts).counted;
    let people: Vec<_> = scene
        .case
        .form
        .everybody()
        .filter(|one| counted.contains(&one.index))
        .filter_map(|one| Some((one.id()?, one.name.trim().to_owned())))
        .collect();
    let check = &mut facts.check;
    check.rounds += 1;
    check.started = false;
    check.refused = None;
    check.asked = people
        .iter()
        .map(|(id, _)| id.as_str().to_owned())
        .collect();
    let authorised_at = time::start_of_day(scene.case.submitted_on).to_string();
    let members: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(at, (id, name))| {
            json!({
                "id": at.to_string(),
                "name": name,
                "id_number": id.as_str(),
                "authorised_at": authorised_at,
            })
        })
        .collect();
    let month = time::month_of(scene.cx.today());
    let payload = json!({
        "round": check.rounds,
        "case_number": scene.case.number,
        "purpose": "minimum-living",
        "division": scene.case.division,
        "period": { "from": month.plus(-12).first_day(), "to": month.previous().last_day() },
        "members": members,
    });
    let key = format!("{}-check-{}", scene.case.number, check.rounds);
    Errand {
        kind: ERRAND,
        key,
        payload,
    }
}

/// The centre begins; whoever came of age meanwhile must have consented.
pub(super) fn start(scene: &Scene<'_>) -> Decided {
    let mut facts = scene.facts();
    scene.authorised(&facts)?;
    facts.check.started = true;
    Ok(scene
        .stay(facts, "核对机构启动核对")
        .stop(deadlines::CHECK_START))
}

/// The centre answers, by its system.
pub(super) fn answered(scene: &Scene<'_>, answer: Answer) -> Decided {
    let mut facts = scene.facts();
    // Positions in an earlier round's answer name other persons.
    let latest = facts.check.rounds;
    if answer.round().is_some_and(|round| round != latest) {
        let message = "这是较早一次核对的答复，已经重新提请核对。";
        return Err(Refusal::new("CHECK_ROUND_OVER", message));
    }
    match answer {
        Answer::Refused { reason, .. } => {
            facts.check.refused = Some(reason.message);
            let note = "核对机构未受理核对请求";
            Ok(scene
                .to(after(scene), facts, note)
                .stop(deadlines::CHECK_START))
        }
        Answer::Done { report, .. } => {
            let issued_on = time::beijing_date(report.issued_at);
            let last_day = validity(scene, issued_on)?;
            let report = report::keep(&report, &scene.case.form, &facts.check, last_day);
            receive(scene, facts, report)
        }
    }
}

/// The centre enters a report by hand while its system is down.
pub(super) fn enter(scene: &Scene<'_>, data: EnterReport) -> Decided {
    let mut facts = scene.facts();
    if data.issued_on > scene.cx.today() {
        let error = FieldViolation::new("/issued_on", "FUTURE", "日期不能晚于今天。");
        return Err(Refusal::fields(vec![error]));
    }
    if data.number.trim().is_empty() {
        let error = FieldViolation::new("/number", "REQUIRED", "请填写核对报告编号。");
        return Err(Refusal::fields(vec![error]));
    }
    scene.authorised(&facts)?;
    if facts.check.asked.is_empty() {
        ask(scene, &mut facts);
    }
    let contradictions = data.contradictions.trim();
    let last_day = validity(scene, data.issued_on)?;
    let report = Report {
        number: data.number.trim().to_owned(),
        issued_on: data.issued_on,
        valid_until: data
            .valid_until
            .map_or(last_day, |until| until.min(last_day)),
        covered: if data.covers_all {
            facts.check.asked.clone()
        } else {
            Vec::new()
        },
        verdict: match contradictions {
            "" => CheckVerdict::Consistent,
            _ => CheckVerdict::Contradiction,
        },
        findings: contradictions
            .lines()
            .map(|line| format!("不一致：{line}"))
            .collect(),
        told: false,
        entered_by: Some(scene.officer()),
    };
    receive(scene, facts, report)
}

fn validity(scene: &Scene<'_>, issued_on: jiff::civil::Date) -> Result<jiff::civil::Date, Refusal> {
    let days = scene
        .cx
        .rule("minimum_living.days.report_validity")?
        .count()?;
    Ok(deadlines::report_valid_until(issued_on, days))
}

fn receive(scene: &Scene<'_>, mut facts: Facts, report: Report) -> Decided {
    let note = format!("收到核对报告{}：{}", report.number, report.verdict.label());
    let contradicts = report.verdict == CheckVerdict::Contradiction;
    facts.check.reports.push(report);
    let decision = scene
        .to(after(scene), facts, note)
        .stop(deadlines::CHECK_START);
    if contradicts {
        return Ok(decision
            .tell("信息核对已完成，乡镇（街道）会告知您结果。")
            .start(deadlines::tell_check(scene.cx)?));
    }
    Ok(decision
        .tell("信息核对已完成。")
        .stop(deadlines::TELL_CHECK))
}

/// The check moves the case only out of its own state.
fn after(scene: &Scene<'_>) -> State {
    match scene.case.state {
        State::Checking => State::Investigating,
        other => other,
    }
}

/// The township tells the family promptly what does not agree (第十八条). Only
/// in the investigation does the case wait for the family's answer.
pub(super) fn tell(scene: &Scene<'_>, data: &Text) -> Decided {
    let text = reasons(&data.text)?;
    let mut facts = scene.facts();
    let Some(report) = facts.check.reports.last_mut() else {
        return Err(report_missing());
    };
    if report.verdict == CheckVerdict::Consistent {
        let message = "核对结果与申报一致，不需要告知差异。";
        return Err(Refusal::new("CHECK_CONSISTENT", message));
    }
    report.told = true;
    let document = documents::check_failure(text);
    let state = match scene.case.state {
        State::Checking | State::Investigating => State::CheckFailedTold,
        other => other,
    };
    Ok(scene
        .to(state, facts, "告知核对结果与申报不一致")
        .tell("核对结果与申报不一致，请查看告知书。有异议的可以提交说明，会重新核对。")
        .stop(deadlines::TELL_CHECK)
        .issue(document))
}

/// The family objects; the centre checks again.
pub(super) fn object(scene: &Scene<'_>, data: Text) -> Decided {
    let text = reasons(&data.text)?.to_owned();
    let mut facts = scene.facts();
    scene.authorised(&facts)?;
    facts.check.objections.push(scene.note(text));
    let errand = ask(scene, &mut facts);
    Ok(scene
        .to(State::Checking, facts, "申请人对核对结果有异议，重新核对")
        .tell("异议已收到，正在重新核对。")
        .start(deadlines::check_start(scene.cx)?)
        .errand(errand))
}

/// No objection: the investigation goes on with the result.
pub(super) fn resume(scene: &Scene<'_>) -> Decided {
    Ok(scene.to(State::Investigating, scene.facts(), "继续调查"))
}

pub(super) fn report_missing() -> Refusal {
    Refusal::new(
        "CHECK_REPORT_MISSING",
        "还没有信息核对报告，凡审批必核对，请先提请核对。",
    )
}

/// A usable report whose difference, if any, was told (第十八条).
pub(super) fn told_report(scene: &Scene<'_>, facts: &Facts) -> Result<(), Refusal> {
    let report = usable_report(scene, facts)?;
    if report.verdict == CheckVerdict::Contradiction && !report.told {
        let message = "核对结果与申报不一致，请先由乡镇（街道）告知申请人。";
        return Err(Refusal::new("CHECK_FAILURE_UNTOLD", message));
    }
    Ok(())
}

/// A report that may be used today and covers everybody who counts (rules A5.5).
fn usable_report<'a>(scene: &Scene<'_>, facts: &'a Facts) -> Result<&'a Report, Refusal> {
    let report = facts.check.latest().ok_or_else(report_missing)?;
    if scene.cx.today() > report.valid_until {
        let message = format!("核对报告已于{}到期，请重新提请核对。", report.valid_until);
        return Err(Refusal::new("CHECK_REPORT_EXPIRED", message));
    }
    let counted = scene.household(facts).counted;
    let uncovered = scene.case.form.everybody().find(|one| {
        let covered = one
            .id()
            .is_some_and(|id| report.covered.iter().any(|other| other == id.as_str()));
        counted.contains(&one.index) && !covered
    });
    match uncovered {
        None => Ok(report),
        Some(one) => Err(Refusal::new(
            "CHECK_REPORT_INCOMPLETE",
            format!("核对报告没有覆盖{}，请补充核对。", one.name.trim()),
        )),
    }
}
