//! 不得火化: on the document of police, court or procuratorate; lifted on theirs.

use uuid::Uuid;
use yiwang_casework::Refusal;

use super::{Decided, Scene};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    funeral::{
        action::{Authority, Hold, LiftHold, Report},
        facts::{Facts, HoldNote},
        papers,
        world::{self, Effect},
    },
};

/// 登记不得火化. A step that waits for its second signature does not stand in its way: the
/// second signature meets the hold.
pub(super) fn place(scene: &Scene<'_>, data: &Hold) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    valid(
        filled(&data.document, "/document", "请填写文书名称和文号。")
            .into_iter()
            .collect(),
    )?;
    held(scene, data.authority.label(), data.document.trim(), reasons)
}

/// The body is not as the paper says: stop, tell the police (FM26). Only their word lets the
/// home go on.
pub(super) fn report(scene: &Scene<'_>, data: &Report) -> Decided {
    let empty = [
        filled(&data.found, "/found", "请写明发现的情况。"),
        filled(&data.receipt, "/receipt", "请填写报警回执编号。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    held(
        scene,
        Authority::Police.label(),
        data.receipt.trim(),
        data.found.trim(),
    )
}

fn held(scene: &Scene<'_>, authority: &str, document: &str, reasons: &str) -> Decided {
    if open(scene).iter().any(|hold| hold.document == document) {
        return Err(at_field("HOLD_KNOWN", "/document", "这份文书已经登记过。"));
    }
    let note = HoldNote {
        authority: authority.to_owned(),
        document: document.to_owned(),
        on: scene.cx.today(),
        lifted_by: String::new(),
        reason: reasons.to_owned(),
        by: scene.signer()?.name,
    };
    let mut facts = scene.facts();
    facts.holds.push(note.clone());
    // What the authority found is not the family's to read here.
    let decision = scene
        .stay(facts, format!("不得火化：{authority}，{document}"))
        .tell(format!(
            "{authority}要求暂不火化，解除后会通知您。请向该机关了解情况。"
        ));
    Ok(match scene.world.body {
        Some(_) => decision.effect(on_body(&note)),
        None => decision,
    })
}

/// The hold on the body itself.
fn on_body(note: &HoldNote) -> Effect {
    Effect::Hold {
        authority: note.authority.clone(),
        document: note.document.clone(),
        reason: note.reason.clone(),
        by: note.by.clone(),
    }
}

/// Holds that came before the body: they lie on it from the moment it has a tag.
pub(super) fn waiting(facts: &Facts) -> Vec<Effect> {
    let open = facts.holds.iter().filter(|note| note.lifted_by.is_empty());
    open.map(on_body).collect()
}

/// What is open now; before there is a body it stands in the case alone, without an id.
fn open(scene: &Scene<'_>) -> Vec<world::Hold> {
    if scene.world.body.is_some() {
        return scene.world.holds.clone();
    }
    let notes = scene.case.facts.holds.iter();
    let open = notes.filter(|note| note.lifted_by.is_empty());
    open.map(|note| world::Hold {
        id: Uuid::nil(),
        authority: note.authority.clone(),
        document: note.document.clone(),
    })
    .collect()
}

/// 解除.
pub(super) fn lift(scene: &Scene<'_>, data: &LiftHold) -> Decided {
    valid(
        filled(&data.document, "/document", "请填写解除文书的名称和文号。")
            .into_iter()
            .collect(),
    )?;
    let wanted = data.held_by.trim();
    let open = open(scene);
    let hold = match (wanted, open.as_slice()) {
        ("", [only]) => only,
        ("", []) => return Err(Refusal::new("NOT_HELD", "没有未解除的不得火化限制。")),
        ("", _) => {
            let message = "有几个限制，请填写要解除的那份文书的文号。";
            return Err(at_field("WHICH_HOLD", "/held_by", message));
        }
        (wanted, open) => {
            let found = open.iter().find(|hold| hold.document == wanted);
            found.ok_or_else(|| {
                at_field(
                    "HOLD_UNKNOWN",
                    "/held_by",
                    "没有这份文书的限制，请核对文号。",
                )
            })?
        }
    };
    let mut facts = scene.facts();
    let note = facts
        .holds
        .iter_mut()
        .find(|note| note.document == hold.document && note.lifted_by.is_empty());
    if let Some(note) = note {
        data.document.trim().clone_into(&mut note.lifted_by);
    }
    let decision = scene
        .stay(facts, format!("解除不得火化：{}", data.document.trim()))
        .tell(format!("{}已解除限制，可以继续办理。", hold.authority));
    if hold.id.is_nil() {
        return Ok(decision);
    }
    let lift = Effect::Lift {
        hold: hold.id,
        document: data.document.trim().to_owned(),
        by: scene.signer()?.name,
    };
    Ok(decision.effect(lift))
}

/// Nobody forbids what is done with the body now.
pub(super) fn none(scene: &Scene<'_>) -> Result<(), Refusal> {
    papers::not_held(scene.world.held_by())
}
