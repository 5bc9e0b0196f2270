//! What staff and clocks do in the search.

use yiwang_casework::Refusal;

use crate::domain::{
    desk::{self, at_field, filled, handed, valid},
    search::{Kind, events},
    stay::{
        action::{Biometrics, Escalate, PoliceReport, Reasons, Ref},
        clues::Clues,
        decide::{Decided, Scene},
        facts::Facts,
        world::Effect,
    },
};

/// 线索: what stays empty is not touched.
pub(in super::super) fn clues(scene: &Scene<'_>, data: Clues) -> Decided {
    if data.is_empty() {
        return Err(at_field("REQUIRED", "/said_name", "请填写至少一项线索。"));
    }
    let mut facts = scene.facts();
    facts.clues = data.over(facts.clues);
    let clues = Box::new(facts.clues.clone());
    let searched = facts.unknown() && scene.case.state.is_admitted();
    let decision = scene.stay(facts, "记录寻亲线索");
    Ok(match searched {
        true => decision.effect(Effect::Clues(clues)),
        false => decision,
    })
}

/// 指纹、照片、人脸, for everyone; each look into the face base leaves a line of its own.
pub(in super::super) fn biometrics(scene: &Scene<'_>, data: Biometrics) -> Decided {
    let empty = [
        filled(&data.fingerprint, "/fingerprint", "请填写指纹编号。"),
        handed(&data.photo, "/photo", "请拍照。"),
        filled(
            &data.compared,
            "/compared",
            "请写明比对结果，没有查到的也写明。",
        ),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !data.face_searched {
        let message = "请用人脸识别与救助系统、寻亲数据比对后再登记。";
        return Err(at_field("FACE_NOT_SEARCHED", "/face_searched", message));
    }
    let record = data.compared.clone();
    let mut facts = scene.facts();
    let waits = [Kind::Biometrics, Kind::Face]
        .into_iter()
        .filter(|kind| facts.search.waiting(*kind).is_some());
    let kinds: Vec<Kind> = waits.collect();
    facts.notes.push(scene.note("biometrics", &record));
    facts.biometrics = Some(data);
    let note = "采集指纹、照片，完成人脸比对";
    let decision = scene.stepped(facts, &kinds, &record, note)?;
    let account = scene.cx.actor.officer().map(|(account, _)| account);
    Ok(decision.effect(Effect::FaceSearched {
        account: account.unwrap_or_default(),
        by: scene.by(),
    }))
}

/// 报公安.
pub(in super::super) fn police_report(scene: &Scene<'_>, data: &PoliceReport) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let empty = [
        filled(&data.station, "/station", "请填写公安机关。"),
        filled(&data.receipt, "/receipt", "请填写报警回执编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let record = format!("{} {}：{reasons}", data.station.trim(), data.receipt.trim());
    let note = format!("向{}报告", data.station.trim());
    let mut facts = scene.facts();
    facts
        .notes
        .push(scene.note(Kind::PoliceReport.code(), &record));
    let waits = facts.search.waiting(Kind::PoliceReport).is_some();
    let kinds: &[Kind] = if waits { &[Kind::PoliceReport] } else { &[] };
    scene.stepped(facts, kinds, &record, &note)
}

/// 逐级上报.
pub(in super::super) fn escalate(scene: &Scene<'_>, data: &Escalate) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let empty = [
        filled(&data.to, "/to", "请填写上报给哪里。"),
        filled(&data.document, "/document", "请填写文号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let record = format!("{} {}：{reasons}", data.to.trim(), data.document.trim());
    let mut facts = scene.facts();
    facts.notes.push(scene.note(Kind::Escalate.code(), &record));
    let note = format!("上报{}", data.to.trim());
    scene.stepped(facts, &[Kind::Escalate], &record, &note)
}

/// The form of care of a stranded person is chosen.
pub(in super::super) fn cared(
    scene: &Scene<'_>,
    facts: Facts,
    record: &str,
    note: &str,
) -> Decided {
    let waits = facts.search.waiting(Kind::Stranded).is_some();
    let kinds: &[Kind] = if waits { &[Kind::Stranded] } else { &[] };
    scene.stepped(facts, kinds, record, note)
}

/// A clock says that a step was not done in time: the others hear of it once, it stays to do.
pub(in super::super) fn overdue(scene: &Scene<'_>, step: &str) -> Decided {
    let kind = Kind::from_code(step);
    let facts = scene.facts();
    let told =
        kind.and_then(|kind| events::overdue(scene.about(), &facts.search, kind, scene.cx.now));
    let (Some(kind), Some(told)) = (kind, told) else {
        return Err(Refusal::new("STEP_DONE", "这一步已经办过了。"));
    };
    let note = format!("“{}”逾期，报民政局督办，请马上补办", kind.label());
    let mut facts = facts;
    if !facts.escalated.contains(&kind) {
        facts.escalated.push(kind);
    }
    let mut decision = scene.stay(facts, note);
    decision.events.push(told);
    Ok(decision)
}

/// 督办: the county has looked at what is late, and says what is to be done. It stays red, and to
/// be done.
pub(in super::super) fn supervise(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    if facts.escalated.is_empty() {
        let message = "没有报来督办的逾期步骤，请刷新页面。";
        return Err(Refusal::new("NOTHING_LATE", message));
    }
    let late: Vec<_> = facts.escalated.iter().map(|kind| kind.label()).collect();
    let record = format!("督办“{}”：{reasons}", late.join("、"));
    facts.escalated.clear();
    facts.notes.push(scene.note("supervise", &record));
    Ok(scene.stay(facts, record))
}

/// 提出安置申请: nothing of the search is missing.
pub(in super::super) fn settle_requested(scene: &Scene<'_>, data: &Ref) -> Decided {
    let law = scene.law()?;
    let facts = scene.facts();
    let entered_at = facts.arrived_at.unwrap_or(scene.cx.now);
    facts.search.may_settle(entered_at, scene.cx.now, &law)?;
    let note = format!("提出安置申请（{}）", data.case_number.trim());
    // Asked for again after the first request came to nothing.
    let waits = facts.search.waiting(Kind::Settle).is_some();
    let kinds: &[Kind] = if waits { &[Kind::Settle] } else { &[] };
    scene.stepped(facts, kinds, &data.case_number, &note)
}

/// 安置后再次比对: the yearly step, of somebody who was settled.
pub(in super::super) fn searched_again(scene: &Scene<'_>, data: &Ref) -> Decided {
    let facts = scene.facts();
    scene.stepped(
        facts,
        &[Kind::Yearly],
        &data.case_number,
        "安置后再次比对DNA和人脸",
    )
}
