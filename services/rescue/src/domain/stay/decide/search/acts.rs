//! What staff, the police's base and clocks do in the search.

use serde_json::Value;
use yiwang_casework::Refusal;
use yiwang_civic::time::beijing_date;

use super::{cause, follow, withdrawn};
use crate::domain::{
    desk::{self, at_field, filled, handed, valid},
    search::{Basics, DnaAnswer, Kind, PublishLaw, Sample, events, public},
    stay::{
        Action,
        action::{Biometrics, Escalate, PoliceReport, Publish, Reasons, Ref, RequestDna},
        clues::{AgeBasis, Clues},
        decide::{Decided, Scene},
        facts::{Facts, SearchNote},
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

/// 寻亲公告: the least that lets a family recognise somebody.
pub(in super::super) fn publish(scene: &Scene<'_>, data: &Publish, again: bool) -> Decided {
    if data.media.trim().is_empty() {
        return Err(at_field("REQUIRED", "/media", "请填写发布渠道。"));
    }
    if scene.case.facts.identity.is_some() {
        let message = "身份已经查明，不再发布寻亲公告。";
        return Err(Refusal::new("ALREADY_KNOWN", message));
    }
    if again != scene.case.facts.published {
        return Err(match again {
            true => Refusal::new("NOT_PUBLISHED", "还没有发布寻亲公告，请先发布。"),
            false => {
                let message = "寻亲公告已经发布了，要改内容请办理“更新寻亲公告”。";
                Refusal::new("ALREADY_PUBLISHED", message)
            }
        });
    }
    let mut facts = scene.facts();
    let photo = match data.photo {
        false => None,
        true => Some(photo(&facts)?),
    };
    let reasons = scene.reasons(&facts);
    let clues = &facts.clues;
    let basics = Basics {
        minor: facts.minor,
        cause: cause(&reasons),
        name: &clues.said_name,
        sex: &facts.sex,
        age: about_age(clues, facts.age),
        height: clues.height_cm,
        accent: &clues.accent,
        told_places: &clues.said_place,
        marks: &clues.body_marks,
        clothes: &clues.carried,
        found_on: beijing_date(facts.arrived_at.unwrap_or(scene.cx.now)),
        found_at: &clues.found_at,
        photo,
    };
    let body = public(&basics, PublishLaw::load(scene.cx)?)?;
    facts.published = true;
    let (kind, note) = match again {
        false => (Kind::Publish, "发布寻亲公告"),
        true => (Kind::Refresh, "更新寻亲公告"),
    };
    facts.notes.push(scene.note(kind.code(), &data.media));
    let publish = Effect::Publish {
        body: Box::new(body),
        again,
    };
    Ok(scene
        .stepped(facts, &[kind], &data.media, note)?
        .effect(publish))
}

fn photo(facts: &Facts) -> Result<uuid::Uuid, Refusal> {
    let first = facts.photo().and_then(|photo| photo.files.first());
    first
        .and_then(|file| file.file_id.parse().ok())
        .ok_or_else(|| at_field("NO_PHOTO", "/photo", "还没有照片，请先采集照片。"))
}

/// By eye, it may be five years more or less.
fn about_age(clues: &Clues, age: u32) -> (u16, u16) {
    let age = u16::try_from(age).unwrap_or_default();
    match clues.age_basis {
        Some(AgeBasis::Said | AgeBasis::Measured) => (age, age),
        Some(AgeBasis::Seen) | None => (age.saturating_sub(5), age + 5),
    }
}

/// 撤下: the own notice, or the copies elsewhere once it is known who it is.
pub(in super::super) fn unpublish(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let mut facts = scene.facts();
    let copies = facts.search.waiting(Kind::Unpublish).is_some();
    if !copies && !facts.published {
        return Err(Refusal::new("NOT_PUBLISHED", "没有发布的寻亲公告。"));
    }
    facts.published = false;
    let note = format!("撤下寻亲公告：{reasons}");
    let decision = if copies {
        scene.stepped(facts, &[Kind::Unpublish], reasons, &note)?
    } else {
        let (law, before) = (scene.law()?, facts.search.clone());
        facts.search.withdrawn(scene.cx.now, &law);
        follow(scene.stay(facts, note), &before, &law)
    };
    Ok(withdrawn(scene, decision, reasons))
}

/// 请公安采集DNA: free; the base is asked by the number of the sample, with no name.
pub(in super::super) fn request_dna(scene: &Scene<'_>, data: &RequestDna) -> Decided {
    let empty = [
        filled(&data.station, "/station", "请填写公安机关。"),
        filled(&data.document, "/document", "请填写函件编号。"),
        filled(&data.sample, "/sample", "请填写样本编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let mut facts = scene.facts();
    let dna = |note: &&SearchNote| note.step == Kind::Dna.code();
    let asked = u32::try_from(facts.notes.iter().filter(dna).count()).unwrap_or_default();
    let record = format!("{} {}", data.station.trim(), data.document.trim());
    facts.notes.push(scene.note(Kind::Dna.code(), &record));
    let errand = Sample {
        case_number: &scene.case.number,
        sample: data.sample.trim(),
        round: asked + 1,
    };
    // A sample that could not be used is taken again: the step was done.
    let kinds: &[Kind] = if facts.dna_again { &[] } else { &[Kind::Dna] };
    facts.dna_again = false;
    let note = "请公安机关采集DNA入库比对";
    Ok(scene
        .stepped(facts, kinds, &record, note)?
        .errand(errand.errand()))
}

/// What a department says.
pub(in super::super::super) fn answered(
    kind: &str,
    answer: Value,
) -> Result<Action, serde_json::Error> {
    use serde::de::Error as _;
    if kind != crate::domain::search::ERRAND {
        return Err(serde_json::Error::custom("nobody is asked"));
    }
    DnaAnswer::read(answer).map(Action::DnaAnswered)
}

/// A hit names nobody by itself: the police say who it is, and two sign.
pub(in super::super) fn dna_answered(scene: &Scene<'_>, data: &DnaAnswer) -> Decided {
    let (note, record, done) = match data {
        DnaAnswer::Match { sample, relative } => (
            "DNA比中，请凭公安机关的报告办理“查明身份”",
            format!("样本{sample}比中，报告{}", relative.reference),
            true,
        ),
        DnaAnswer::NoMatch { sample } => ("DNA已入库，没有比中", format!("样本{sample}"), true),
        DnaAnswer::Unusable { sample } => (
            "DNA样本不能用，请重新采集",
            format!("样本{sample}不能用"),
            false,
        ),
    };
    let mut facts = scene.facts();
    facts.dna_again = !done;
    facts.notes.push(scene.note(Kind::Sampled.code(), &record));
    let waits = done && facts.search.waiting(Kind::Sampled).is_some();
    let kinds: &[Kind] = if waits { &[Kind::Sampled] } else { &[] };
    scene.stepped(facts, kinds, &record, note)
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
    let note = format!("“{}”逾期，请马上补办", kind.label());
    let mut decision = scene.stay(facts, note);
    decision.events.push(told);
    Ok(decision)
}

/// 提出安置申请: nothing of the search is missing.
pub(in super::super) fn settle_requested(scene: &Scene<'_>, data: &Ref) -> Decided {
    let law = scene.law()?;
    let facts = scene.facts();
    let entered_at = facts.arrived_at.unwrap_or(scene.cx.now);
    facts.search.may_settle(entered_at, scene.cx.now, &law)?;
    let note = format!("提出安置申请（{}）", data.case_number.trim());
    scene.stepped(facts, &[Kind::Settle], &data.case_number, &note)
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
