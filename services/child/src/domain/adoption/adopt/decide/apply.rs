//! The application, who signs, what they say.

use yiwang_casework::{Actor, Context, Decision, Refusal};

use super::{Decided, Scene, limits};
use crate::domain::{
    adoption::{
        adopt::{
            action::{CheckMarital, Chosen, Consent, HearChild, Interview, SignAtDesk},
            facts::Facts,
            form::{Form, Marital},
            state::State,
            world::{Effect, World},
        },
        law::{adopter::eligible, kind::Kind, place},
    },
    desk::{at_field, filled, valid},
};

/// What an application must hold on its face.
fn sound(form: &Form, cx: &Context<'_>, world: &World) -> Result<(), Refusal> {
    let today = cx.today();
    let mut found = form.violations(today);
    let limits = limits(cx)?;
    if found.is_empty() {
        found.extend(eligible(
            form.kind,
            &form.household(),
            &form.child.facts(),
            limits,
            today,
        ));
        if form.child.is_chosen() {
            found.extend(form.child.facts().adoptable(form.kind, limits.adult, today));
            found.extend(place::wrong(form.kind, form.place(), cx.county));
        }
    }
    valid(found)?;
    unadopted(world)
}

/// No child is adopted twice.
fn unadopted(world: &World) -> Result<(), Refusal> {
    match world.other {
        None => Ok(()),
        // Which case that is stays its own secret.
        Some(_) => Err(at_field(
            "CHILD_TAKEN",
            "/child/id_number",
            "这名儿童正在办理收养或者已经被收养，不能再受理。",
        )),
    }
}

/// The application.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    sound(form, cx, world)?;
    let facts = Facts {
        county: cx.county.to_owned(),
        ..Facts::default()
    };
    Ok(Decision::to(State::Applied, facts, "申请收养登记")
        .tell("已收到收养申请。请收养人夫妻带户口簿、身份证、结婚证等，一起到县级民政部门。")
        .effect(Effect::Follow))
}

/// The registrar corrects what was typed, with the people before them.
pub(super) fn amend(scene: &Scene<'_>, form: Form) -> Decided {
    sound(&form, scene.cx, scene.world)?;
    let mut facts = scene.facts();
    // They sign what stands there now.
    facts.signed.clear();
    facts.marital = None;
    let mut decision = scene.stay(facts, "更正申请内容，请收养人重新签名");
    decision.form = Some(form);
    Ok(decision)
}

/// Signed with an account whose card was seen.
pub(super) fn sign(scene: &Scene<'_>) -> Decided {
    let Actor::Citizen {
        person: Some(key), ..
    } = scene.cx.actor
    else {
        return Err(Refusal::new(
            "WRONG_ROLE",
            "请收养人用本人账号签名，或者当面签名。",
        ));
    };
    let mut people = scene.world.people.iter();
    let found = people.find(|(_, it)| it == key);
    let relation = found.map(|(relation, _)| relation.clone());
    let relation = relation.filter(|it| ["self", "spouse"].contains(&it.as_str()));
    let relation = relation.ok_or_else(|| {
        Refusal::new(
            "WRONG_ROLE",
            "只有收养人可以签名，请用收养人本人的账号登录。",
        )
    })?;
    let mut facts = scene.facts();
    if !facts.signed.contains(&relation) {
        facts.signed.push(relation);
    }
    Ok(scene.stay(facts, "收养人本人签名"))
}

/// Signed before the registrar.
pub(super) fn sign_at_desk(scene: &Scene<'_>, data: &SignAtDesk) -> Decided {
    let mut facts = scene.facts();
    let mandated = !data.mandate.trim().is_empty();
    let signs = [("self", data.adopter), ("spouse", data.spouse || mandated)];
    for (relation, signed) in signs {
        if signed && !facts.signed.iter().any(|it| it == relation) {
            facts.signed.push(relation.to_owned());
        }
    }
    facts.mandate = data.mandate.trim().to_owned();
    Ok(scene.stay(facts, "收养人当面签名"))
}

/// What the register of marriages says today.
pub(super) fn check_marital(scene: &Scene<'_>, data: CheckMarital) -> Decided {
    valid(
        filled(&data.source, "/source", "请写明怎样核对的。")
            .into_iter()
            .collect(),
    )?;
    let form = &scene.case.form;
    let same = data.state == form.marital && (data.same_spouse || form.marital != Marital::Married);
    let note = match same {
        true => "核对婚姻状况，与申请一致",
        false => "核对婚姻状况，与申请不一致",
    };
    let mut facts = scene.facts();
    facts.marital = Some((data, scene.today(), scene.officer()));
    Ok(scene.stay(facts, note))
}

/// 询问笔录.
pub(super) fn interview(scene: &Scene<'_>, data: Interview) -> Decided {
    valid(
        filled(&data.adopters, "/adopters", "请记录收养人的回答。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = scene.facts();
    facts.interview = Some((data, scene.today(), scene.officer()));
    Ok(scene.stay(facts, "登记询问笔录"))
}

/// Somebody gives the child, or does not.
pub(super) fn consent(scene: &Scene<'_>, data: Consent) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写姓名或者机构名称。"),
        filled(&data.words, "/words", "请记录本人原话。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if !data.identity_checked {
        let message = "请先核对身份证件（机构核对登记证书和授权），再登记同意。";
        return Err(at_field("IDENTITY_UNCHECKED", "/identity_checked", message));
    }
    let note = match data.agrees {
        true => format!("登记{}同意", data.who.label()),
        false => format!("登记{}不同意", data.who.label()),
    };
    let mut facts = scene.facts();
    facts.consents.push((data, scene.today(), scene.officer()));
    // Who gave which child is nobody's history.
    Ok(scene.stay(facts, note).confidential())
}

/// The child's own voice (未成年人保护法第4条; rules B5.18).
pub(super) fn hear_child(scene: &Scene<'_>, data: HearChild) -> Decided {
    valid(
        filled(&data.words, "/words", "请记录儿童原话或者看到的情况。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = scene.facts();
    facts.child = Some((data, scene.today(), scene.officer()));
    Ok(scene.stay(facts, "听取儿童本人意见").confidential())
}

/// A child of the institution for this family.
pub(super) fn choose_child(scene: &Scene<'_>, data: Chosen) -> Decided {
    let case = scene.case;
    if case.form.kind != Kind::Institution && case.state != State::Applied {
        let message = "这类收养的儿童在申请时已经确定，不能更换；确需更换的，请撤回后重新申请。";
        return Err(Refusal::new("CHILD_FIXED", message));
    }
    if case.facts.notice.is_some() || case.facts.assessment.bond.is_some() {
        let message = "已经为这名儿童公告或者开始融合，不能更换；融合不成的，请写入评估报告。";
        return Err(Refusal::new("CHILD_FIXED", message));
    }
    let mut form = case.form.clone();
    (form.child, form.senders, form.found) = (data.child, data.senders, data.found);
    valid(
        filled(&form.child.name, "/child/name", "请填写儿童姓名。")
            .into_iter()
            .collect(),
    )?;
    sound(&form, scene.cx, scene.world)?;
    let mut facts = scene.facts();
    facts.child = None;
    facts.consents.clear();
    let mut decision = scene.stay(facts, "选定儿童");
    decision.form = Some(form);
    Ok(decision)
}
