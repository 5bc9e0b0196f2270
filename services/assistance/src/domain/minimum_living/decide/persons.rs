//! What happens to one person: death, a refused job.

use jiff::civil::Date;
use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::time;

use super::{Decided, Scene, recheck};
use crate::domain::minimum_living::{
    MinimumLiving,
    action::{RecordDeath, RecordJobOffer, ReportDeath},
    codes::RecheckCause,
    deadlines,
    facts::{Death, Offer},
    form::Someone,
    jobs,
    state::{SUPPORTED, State},
    world::Effect,
};

fn named<'a>(scene: &'a Scene<'_>, name: &str) -> Result<Someone<'a>, Refusal> {
    let form = &scene.case.form;
    let wrong = |reason: &'static str, message: &str| {
        Refusal::fields(vec![FieldViolation::new("/name", reason, message)])
    };
    let missing = || {
        let message = "这个姓名不在申请人和家庭成员中，请核对。";
        wrong("NOT_ON_FORM", message)
    };
    match form.named(name)[..] {
        [index] => form.everybody().nth(index).ok_or_else(missing),
        [] => Err(missing()),
        _ => Err(wrong("SAME_NAME", "有家庭成员同名，请改填身份证号码。")),
    }
}

/// A death the office learns of.
pub(super) fn report_death(scene: &Scene<'_>, data: &ReportDeath) -> Decided {
    let index = named(scene, &data.name)?.index;
    if data.died_on > scene.cx.today() {
        let error = FieldViolation::new("/died_on", "FUTURE", "日期不能晚于今天。");
        return Err(Refusal::fields(vec![error]));
    }
    death(scene, index, data.died_on, "工作人员登记")
}

/// A death another service recorded.
pub(super) fn record_death(scene: &Scene<'_>, data: &RecordDeath) -> Decided {
    let Some(index) = scene.world.keys.iter().position(|key| *key == data.person) else {
        return Err(Refusal::new(
            "NOT_ON_FORM",
            "这个人不在申请人和家庭成员中。",
        ));
    };
    death(scene, index, data.died_on, "殡葬服务登记")
}

/// Officers learn that somebody else is at work in the family; the family does not learn of it, and
/// nobody learns who or why (rules B5.1).
pub(super) fn elsewhere(scene: &Scene<'_>) -> Decision<MinimumLiving> {
    let note = match scene.world.elsewhere {
        true => "另有其他民政业务正在办理",
        false => "没有其他民政业务正在办理",
    };
    scene.stay(scene.facts(), note).confidential()
}

/// The share stops with the month after death; the rest is paid on, and the
/// review is finished within three months (N22; rules A5.11).
fn death(scene: &Scene<'_>, index: usize, died_on: Date, source: &str) -> Decided {
    let mut facts = scene.facts();
    let id = scene
        .case
        .form
        .everybody()
        .find(|one| one.index == index)
        .and_then(|one| one.id());
    let Some(id) = id else {
        return Err(Refusal::new(
            "NOT_ON_FORM",
            "这个人不在申请人和家庭成员中。",
        ));
    };
    if facts
        .deaths
        .iter()
        .any(|death| death.id_number == id.as_str())
    {
        return Ok(scene.stay(facts, "死亡信息已登记过"));
    }
    facts.deaths.push(Death {
        id_number: id.as_str().to_owned(),
        died_on,
        source: source.to_owned(),
    });
    if !SUPPORTED.contains(&scene.case.state) {
        return Ok(scene.stay(facts, "登记家庭成员死亡"));
    }
    recheck::begin(scene, &mut facts, RecheckCause::Death);
    let from = time::month_of(died_on).next();
    let shared = facts
        .benefit
        .as_ref()
        .is_some_and(|benefit| benefit.shares.iter().any(|share| share.index == index));
    let decision = scene
        .to(State::DeathReview, facts, "登记家庭成员死亡，启动复核")
        .tell("家庭成员去世，3个月内完成复核，其他成员照常发放。请节哀。")
        .stop(deadlines::RECHECK_DUE)
        .stop(deadlines::RECHECK_FINISH)
        .start(deadlines::death_review(scene.cx, died_on)?);
    Ok(if shared {
        decision.effect(Effect::Freeze { index, from })
    } else {
        decision
    })
}

/// A job was offered; the third refusal in a row opens a recheck of that share.
pub(super) fn job_offer(scene: &Scene<'_>, data: &RecordJobOffer) -> Decided {
    let one = named(scene, &data.name)?;
    let Some(id) = one.id() else {
        return Err(Refusal::new(
            "NOT_ON_FORM",
            "这个人不在申请人和家庭成员中。",
        ));
    };
    let index = one.index;
    let mut facts = scene.facts();
    let lost_before = jobs::losers(&scene.case.form, &facts.offers).contains(&index);
    facts.offers.push(Offer {
        id_number: id.as_str().to_owned(),
        on: data.on,
        suitable: data.suitable,
        accepted: data.accepted,
    });
    let loses = jobs::losers(&scene.case.form, &facts.offers).contains(&index);
    if loses && !lost_before && scene.case.state == State::InPayment {
        return recheck::open(scene, facts, RecheckCause::JobRefusal);
    }
    let word = if data.accepted { "接受" } else { "未接受" };
    Ok(scene.stay(facts, format!("登记介绍就业，本人{word}")))
}
