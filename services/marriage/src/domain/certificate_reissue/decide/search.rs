//! The archive, or the nationwide base, must prove the registration (rules A2.5).

use uuid::Uuid;
use yiwang_casework::Refusal;

use super::{Decided, Scene};
use crate::domain::desk::{self, at_field};
use crate::domain::{
    certificate_reissue::{
        action::SearchArchive,
        facts::{Found, Search},
        form::Which,
    },
    number::{self, Prefix},
    record::{Record, RecordState},
};

/// Notes what the archive says; nothing found leaves the case open for another search.
pub(super) fn search(scene: &Scene<'_>, data: SearchArchive) -> Decided {
    let found = if data.found {
        Some(found(scene, &data)?)
    } else {
        None
    };
    let note = match found {
        Some(_) => "查到登记档案",
        None => "查无登记档案",
    };
    let mut facts = scene.facts();
    facts.search = Some(Search {
        found,
        note: data.note.trim().to_owned(),
        on: scene.cx.today(),
        by: scene.officer(),
    });
    Ok(scene.stay(facts, note))
}

fn found(scene: &Scene<'_>, data: &SearchArchive) -> Result<Found, Refusal> {
    let form = &scene.case.form;
    let record = pick(scene, &data.record)?;
    of_both(scene, record)?;
    let typed = [data.number.trim(), form.number.trim()];
    let typed = typed.into_iter().find(|number| !number.is_empty());
    let number = match (typed, form.which) {
        (Some(number), _) => number,
        (None, Which::Marriage) => record.number.as_str(),
        (None, Which::Divorce) => {
            let message = "请按档案填写原离婚证字号，补发后旧证作废。";
            return Err(at_field("REQUIRED", "/number", message));
        }
    };
    of_kind(number, form.which)?;
    if form.b.is_none() {
        let message = "请按档案填写另一方姓名，新证上要写明双方。";
        let missing = desk::filled(&data.other_name, "/other_name", message);
        desk::valid(missing.into_iter().collect())?;
    }
    Ok(Found {
        record: record.id,
        number: number.to_owned(),
        other_name: data.other_name.trim().to_owned(),
        other_id_number: data.other_id_number.trim().to_owned(),
    })
}

/// A slip must not name the other certificate; old numbers are free text.
fn of_kind(number: &str, which: Which) -> Result<(), Refusal> {
    let kinds: &[Prefix] = match which {
        Which::Marriage => &[Prefix::J, Prefix::Bj],
        Which::Divorce => &[Prefix::L, Prefix::Bl],
    };
    if number::parse(number).is_none_or(|number| kinds.contains(&number.prefix)) {
        return Ok(());
    }
    let message = format!("这不是{}的字号，请按档案核对。", which.label());
    Err(at_field("NUMBER_KIND", "/number", message))
}

/// A registration of the applicant: the one named, or the latest that fits.
fn pick<'a>(scene: &Scene<'a>, id: &str) -> Result<&'a Record, Refusal> {
    let own = scene.world.people.first();
    let own = own.map_or(&[][..], |person| person.records.as_slice());
    if id.trim().is_empty() {
        let wanted = match scene.case.form.which {
            Which::Marriage => RecordState::Valid,
            Which::Divorce => RecordState::Divorced,
        };
        let fits = own.iter().rev().find(|record| record.state == wanted);
        return fits.ok_or_else(no_record);
    }
    let id: Uuid = id.trim().parse().map_err(|_| {
        at_field(
            "WRONG_FORMAT",
            "/record",
            "登记记录标识的格式不对，请从查档结果中选择。",
        )
    })?;
    own.iter().find(|record| record.id == id).ok_or_else(|| {
        let message = "申请人不是这条婚姻登记的当事人，不能补发，请核对身份证和档案。";
        Refusal::new("NOT_A_PARTY", message)
    })
}

/// Who came along is the other one of the registration.
fn of_both(scene: &Scene<'_>, record: &Record) -> Result<(), Refusal> {
    let [a, b] = scene.world.keys.as_slice() else {
        return Ok(());
    };
    if record.spouse_of(a) == Some(b.as_str()) {
        return Ok(());
    }
    let message = "一同到场的人不是这条婚姻登记的另一方，请核对身份证和档案。";
    Err(Refusal::new("NOT_A_PARTY", message))
}

/// Without a record there is nothing to certify: it is entered into the register first
/// (M14), or other proof is collected.
pub(super) fn no_record() -> Refusal {
    let message = "没有查到登记档案，不能当场补发。请收集其他证明，补录登记档案以后再补发。";
    Refusal::new("NO_RECORD", message)
}
