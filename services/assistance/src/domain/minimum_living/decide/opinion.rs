//! First opinion of the township 初审意见.

use yiwang_casework::{NoticeOp, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, acceptance::take_down, check::told_report, scene::reasons};
use crate::domain::minimum_living::{
    action::GiveOpinion, codes::VisitKind, documents, facts::Opinion, state::State,
};

/// Needs the investigation; a recommendation also needs a usable report.
pub(super) fn give(scene: &Scene<'_>, data: GiveOpinion) -> Decided {
    let text = reasons(&data.reasons)?.to_owned();
    let mut facts = scene.facts();
    let seen = |kind: VisitKind| matches!(kind, VisitKind::Home | VisitKind::Video);
    if !facts
        .visits
        .iter()
        .any(|visit| seen(visit.kind) && !visit.county)
    {
        let message = "还没有登记入户调查，请先完成入户调查。";
        return Err(Refusal::new("HOME_VISIT_REQUIRED", message));
    }
    if data.recommend {
        told_report(scene, &facts)?;
    }
    let open: Vec<String> = scene
        .case
        .notices
        .iter()
        .filter(|notice| notice.open_objections > 0)
        .map(|notice| notice.name.clone())
        .collect();
    let result = data.objection_result.trim();
    if !open.is_empty() && result.is_empty() {
        let message = "公示期间有异议，请填写核查结果。";
        let error = FieldViolation::new("/objection_result", "REQUIRED", message);
        return Err(Refusal::fields(vec![error]));
    }
    let document = documents::opinion(data.recommend, &text);
    let word = if data.recommend {
        "建议给予保障"
    } else {
        "建议不予保障"
    };
    facts.opinions.push(Opinion {
        recommend: data.recommend,
        reasons: text,
        by: scene.officer(),
        on: scene.cx.today(),
    });
    let mut decision = scene
        .to(State::FirstOpinion, facts, format!("初审意见：{word}"))
        .tell("乡镇（街道）已提出初审意见。")
        .issue(document);
    decision.notices = open
        .into_iter()
        .map(|name| NoticeOp::Settle {
            name,
            result: result.to_owned(),
        })
        .collect();
    // What hangs out says the contrary of a negative opinion.
    Ok(if data.recommend {
        decision
    } else {
        take_down(scene, decision)
    })
}
