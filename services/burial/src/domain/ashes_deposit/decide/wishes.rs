//! What the family asks for from home while the ashes are kept: longer, to fetch them, a slip of
//! the pen mended. They stay where they are until the staff has done it.

use yiwang_casework::Decision;

use super::{Decided, Scene, documents, store};
use crate::domain::{
    ashes_deposit::{
        action::{AskCollection, AskRenewal},
        facts::{Asked, Wish},
        state::State,
    },
    desk,
    wish::{self, AskCorrection, ChangeContact, Correct, Corrected, Decline},
};

/// 申请续存, with what it costs by today's list.
pub(super) fn renewal(scene: Scene<'_>, data: &AskRenewal) -> Decided {
    let until = store::longer(scene, data.months)?;
    let fee = wish::fee(scene.world.rate.as_ref(), data.months);
    let told = format!(
        "续存申请已经转给{}，续{}个月，到{}为止。{fee}请到寄存单位缴费或者按告知的方式缴费。",
        scene.case.facts.facility,
        data.months,
        desk::day(until)
    );
    let note = format!("家属申请续存{}个月", data.months);
    let months = data.months;
    asked(scene, Wish::Renewal { months, fee }, note, told)
}

/// 预约领取.
pub(super) fn collection(scene: Scene<'_>, data: &AskCollection) -> Decided {
    scene.contract()?;
    wish::ahead(data.on, scene.cx.today())?;
    let told = format!(
        "已经告诉{}您{}来领取。来时请带身份证件和寄存证；不是承办人本人来的，另带承办人的委托书。",
        scene.case.facts.facility,
        desk::day(data.on)
    );
    let note = format!("家属预约{}领取", desk::day(data.on));
    asked(scene, Wish::Collection(data.clone()), note, told)
}

/// 申请更正.
pub(super) fn correction(scene: Scene<'_>, data: &AskCorrection) -> Decided {
    data.check()?;
    let told = "更正申请已经收到，寄存单位核对证件后重新出具寄存证。";
    let note = format!("家属申请更正：{}", data.what.label());
    asked(scene, Wish::Correction(data.clone()), note, told.to_owned())
}

fn asked(scene: Scene<'_>, wish: Wish, note: String, told: String) -> Decided {
    let mut facts = scene.facts();
    facts.asked = Some(Asked {
        wish,
        on: scene.cx.today(),
        from: scene.case.state,
    });
    Ok(Decision::to(State::Asked, facts, note).tell(told))
}

/// 撤回这次申请.
pub(super) fn take_back(scene: Scene<'_>) -> Decided {
    back(
        scene,
        "家属撤回申请",
        "这次申请已经撤回，一切照旧。".to_owned(),
    )
}

/// 暂不办理.
pub(super) fn decline(scene: Scene<'_>, data: &Decline) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    let told = format!("您的申请暂时没有办：{reasons}");
    back(scene, "暂不办理家属的申请", told)
}

fn back(scene: Scene<'_>, note: &str, told: String) -> Decided {
    let state = scene.beneath();
    let mut facts = scene.facts();
    facts.asked = None;
    Ok(Decision::to(state, facts, note).tell(told))
}

/// 换联系电话: theirs to say.
pub(super) fn contact(scene: Scene<'_>, data: &ChangeContact) -> Decided {
    let mut facts = scene.facts();
    facts.phone = Some(data.check()?);
    Ok(Decision::to(scene.case.state, facts, "更换联系电话")
        .tell("联系电话已经更换，以后的提醒打新的号码。"))
}

/// 更正: a slip of the pen, never another person; the paper is written anew.
pub(super) fn correct(scene: Scene<'_>, data: &Correct) -> Decided {
    data.check(scene.world.registered.as_deref())?;
    let contract = scene.contract()?;
    let mut facts = scene.facts();
    facts.corrected.push(Corrected {
        on: scene.cx.today(),
        by: desk::officer(scene.cx),
        what: data.what,
        text: data.text.trim().to_owned(),
        basis: data.basis.trim().to_owned(),
    });
    let asked = matches!(&facts.asked, Some(one) if matches!(one.wish, Wish::Correction(_)));
    let state = match asked {
        true => scene.beneath(),
        false => scene.case.state,
    };
    if asked {
        facts.asked = None;
    }
    let mut case = scene.case.clone();
    case.facts = facts.clone();
    Ok(
        Decision::to(state, facts, format!("更正：{}", data.what.label()))
            .tell("错字已经更正，重新出具的寄存证在文书一栏；原来的作废。")
            .issue(documents::contract(&case, contract)),
    )
}
