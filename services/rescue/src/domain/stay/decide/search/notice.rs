//! 寻亲公告: goes out, is renewed, comes down.

use yiwang_casework::Refusal;
use yiwang_civic::time::beijing_date;

use super::{cause, follow, withdrawn};
use crate::domain::{
    desk::{self, at_field},
    search::{Basics, Kind, Photo, PublishLaw, public},
    stay::{
        action::{Publish, Reasons},
        clues::{AgeBasis, Clues},
        decide::{Decided, Scene},
        facts::Facts,
        world::Effect,
    },
};

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

fn photo(facts: &Facts) -> Result<Photo, Refusal> {
    let first = facts.photo().and_then(|photo| photo.files.first());
    first
        .and_then(|file| {
            let sha256 = file.sha256.clone();
            file.file_id.parse().ok().map(|file| Photo { file, sha256 })
        })
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
