//! DNA: the police are asked, their base answers.

use serde_json::Value;

use crate::domain::{
    desk::{filled, valid},
    search::{DnaAnswer, Kind, Sample},
    stay::{
        Action,
        action::RequestDna,
        decide::{Decided, Scene},
        facts::SearchNote,
    },
};

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
