//! What the family asks for from home. The place stays as it is until the staff has done it;
//! what needs nobody's word is done at once.

use yiwang_casework::{Decision, Refusal};

use super::{Decided, Scene};
use crate::domain::{
    desk::{self, at_field, filled},
    grave::{
        action::{AskRelocation, AskRenewal},
        documents,
        facts::{Asked, Wish},
        state::State,
    },
    ledger::{SpotKind, Whereabouts},
    wish::{self, AskCorrection, ChangeContact, Correct, Corrected, Decline},
};

/// 申请续期, with what it costs by today's list.
pub(super) fn renewal(scene: Scene<'_>, data: &AskRenewal) -> Decided {
    let until = super::period::longer(scene, data.years)?;
    let fee = wish::fee(scene.world.rate.as_ref(), data.years);
    let told = format!(
        "续期申请已经转给{}，续{}年，到{}为止。{fee}请到公墓缴费或者按公墓告知的方式缴费。",
        scene.case.facts.facility,
        data.years,
        desk::day(until)
    );
    let note = format!("家属申请续期{}年", data.years);
    let years = data.years;
    asked(scene, Wish::Renewal { years, fee }, note, told)
}

/// 申请迁出.
pub(super) fn relocation(scene: Scene<'_>, data: &AskRelocation) -> Decided {
    let missing = filled(&data.destination, "/destination", "请写明迁往何处。");
    desk::valid(missing.into_iter().collect())?;
    wish::ahead(data.on, scene.cx.today())?;
    let scattered = scene.world.urn.as_ref();
    if scattered.is_some_and(|urn| urn.at == Whereabouts::Scattered) {
        let message = "骨灰已经撒散，不能迁出。";
        return Err(Refusal::new("ALREADY_SCATTERED", message));
    }
    let told = format!(
        "迁出申请已经转给{}，您希望{}来办。公墓会与您约定时间；来时请带身份证件和合同。",
        scene.case.facts.facility,
        desk::day(data.on)
    );
    let note = format!("家属申请迁出，希望{}办理", desk::day(data.on));
    asked(scene, Wish::Relocation(data.clone()), note, told)
}

/// 申请更正.
pub(super) fn correction(scene: Scene<'_>, data: &AskCorrection) -> Decided {
    data.check()?;
    let told = "更正申请已经收到，公墓核对证件后重新出具合同或者证明。";
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

/// 更正: a slip of the pen, never another person; the contract is written anew.
pub(super) fn correct(scene: Scene<'_>, data: &Correct) -> Decided {
    let registered = scene.world.death.as_ref().filter(|death| {
        !death.voided && death.person.is_some() && death.person == scene.world.user
    });
    data.check(registered.map(|death| death.name.as_str()))?;
    let Some(contract) = &scene.case.facts.contract else {
        let message = "还没有签合同，请直接按正确的内容办理。";
        return Err(at_field("NO_CONTRACT", "/text", message));
    };
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
    let mut decision = Decision::to(state, facts, format!("更正：{}", data.what.label()))
        .tell("错字已经更正，重新出具的合同在文书一栏；原来的作废。")
        .issue(documents::contract(&case, contract));
    if let Some(laid) = &case.facts.laid
        && let Some(kind) = SpotKind::from_code(&contract.kind)
    {
        decision = decision.issue(documents::laid(&case, laid, kind));
    }
    Ok(decision)
}
