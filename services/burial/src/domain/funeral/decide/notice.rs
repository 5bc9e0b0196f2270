//! 报丧, 派车, 死亡证明: until the car arrives (rules F02).

use jiff::SignedDuration;
use yiwang_casework::{Context, Decision, Refusal};

use super::{Decided, Scene, hours};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    funeral::{
        action::{CertificateNumber, Dispatch, Reasons},
        customs::Customs,
        facts::{self, Facts},
        form::Form,
        papers,
        state::State,
        world::{Effect, Free, Paper, World},
    },
    two,
};

/// Takes the notice of a family, or of the home for a family on the phone.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations(cx.now))?;
    let home = world.home.as_ref().ok_or_else(no_home)?;
    if home.division != cx.division {
        let message = format!(
            "{}不在所选的办理地区，请按殡仪馆所在的乡镇（街道）提交。",
            home.name
        );
        return Err(at_field("HOME_ELSEWHERE", "/home", message));
    }
    if form.is_unclaimed() {
        by_the_home(cx, world)?;
    }
    if world.cremated {
        return Err(Refusal::new("ALREADY_CREMATED", papers::TWICE));
    }
    if let Some(number) = &world.elsewhere {
        let message = format!("这位逝者已经由殡仪馆接收（办件编号{number}），不用重复报丧。");
        return Err(Refusal::new("BODY_KNOWN", message));
    }
    let customs = Customs::load(cx)?;
    customs.may_cremate(world.areas, &form.dead.ethnicity, form.voluntary)?;
    if !form.certificate.trim().is_empty() {
        let paper = world.death.as_ref().ok_or_else(|| {
            at_field(
                "DEATH_CERTIFICATE_MISSING",
                "/certificate",
                "没有查到这份死亡证明，请核对编号；还没有登记的可以先不填，接运前补上。",
            )
        })?;
        names_the_dead(form, world, paper)?;
    }
    let mut facts = Facts {
        certificate: form.certificate.trim().to_owned(),
        infectious: world.death.as_ref().is_some_and(|paper| paper.infectious),
        ..Facts::default()
    };
    let limit = cx.rule("burial.notice.hours")?.count()?;
    if limit > 0 {
        let last = form.dead.died_at() + SignedDuration::from_hours(i64::from(limit));
        facts.told_late = cx.now > last;
    }
    let message = format!(
        "{}已收到报丧，将尽快与您联系（电话{}）。请准备好死亡证明和承办人身份证；\
         接下来的安排都会列在这个办件里。",
        home.name, home.phone
    );
    let mut decision = Decision::to(State::Notified, facts, "报丧登记").tell(message);
    if form.is_unclaimed() {
        decision = decision.effect(Effect::LinkUnclaimed(form.unclaimed.trim().to_owned()));
    }
    let pick_up = cx.rule("burial.pickup.hours")?.count()?;
    if pick_up > 0 {
        decision = decision.start(hours(
            "pickup",
            "接运遗体",
            "地方殡葬管理规定：接到报丧后限时接运",
            cx.now,
            pick_up,
        ));
    }
    Ok(decision)
}

pub(super) fn no_home() -> Refusal {
    at_field("HOME_UNKNOWN", "/home", "没有这个殡仪馆，请重新选择。")
}

/// Only the staff of a home handle an unclaimed body; one funeral for each.
fn by_the_home(cx: &Context<'_>, world: &World) -> Result<(), Refusal> {
    if cx.actor.officer().is_none() {
        let message = "无人认领遗体由殡仪馆承办，家属请按亲属关系报丧。";
        return Err(Refusal::new("WRONG_ROLE", message));
    }
    let Some(unclaimed) = &world.unclaimed else {
        let message = "没有查到这个无人认领遗体的办件，请核对编号。";
        return Err(at_field("UNCLAIMED_UNKNOWN", "/unclaimed", message));
    };
    if !unclaimed.funeral.is_empty() {
        let message = format!(
            "这具遗体已经有治丧办件（{}），请打开原来的办件。",
            unclaimed.funeral
        );
        return Err(at_field("UNCLAIMED_KNOWN", "/unclaimed", message));
    }
    Ok(())
}

pub(super) fn opinion_missing() -> Refusal {
    let message = "还没有公安、卫生健康或者民政部门“不需要继续保留”的意见，不能火化。\
                   请在无人认领遗体办件中先登记意见。";
    Refusal::new("OPINION_MISSING", message)
}

/// The certificate is valid and names the dead of the form.
fn names_the_dead(form: &Form, world: &World, paper: &Paper) -> Result<(), Refusal> {
    if paper.voided {
        let message = "这份死亡证明已被出具单位作废，请向原出具单位换领新的证明。";
        return Err(at_field(
            "DEATH_CERTIFICATE_VOIDED",
            "/certificate",
            message,
        ));
    }
    if paper.person != world.dead || paper.name.trim() != form.dead.name.trim() {
        let message = "死亡证明上的姓名、身份证件与填写的逝者不一致，请核对。";
        return Err(at_field("NAME_DIFFERS", "/certificate", message));
    }
    Ok(())
}

/// The certificate there must be before the car comes (国令824号), or the word of the police.
pub(super) fn certificate_there(scene: &Scene<'_>) -> Result<(), Refusal> {
    let form = &scene.case.form;
    if form.is_unclaimed() || !form.police_paper.trim().is_empty() {
        return Ok(());
    }
    let paper = scene
        .world
        .death
        .as_ref()
        .ok_or_else(papers::no_certificate)?;
    names_the_dead(form, scene.world, paper)
}

/// 派车.
pub(super) fn dispatch(scene: &Scene<'_>, data: &Dispatch) -> Decided {
    valid(
        filled(&data.driver, "/driver", "请填写司机姓名。")
            .into_iter()
            .collect(),
    )?;
    let vehicle = pick(&scene.world.free, &data.vehicle, "/vehicle", "车辆")?;
    let mut facts = scene.facts();
    facts.dispatch = Some(facts::Dispatch {
        vehicle: vehicle.label.clone(),
        driver: data.driver.trim().to_owned(),
        at: scene.cx.now,
    });
    let message = "接运车辆已经出发。请在约定地点等候，把死亡证明交给接运人员核对。";
    Ok(
        Decision::to(State::Dispatched, facts, format!("派车：{}", vehicle.label))
            .tell(message)
            .effect(book("vehicle", vehicle)),
    )
}

/// The one that was named, or any that is free.
pub(super) fn pick<'a>(
    free: &'a [Free],
    wanted: &str,
    field: &str,
    what: &str,
) -> Result<&'a Free, Refusal> {
    let wanted = wanted.trim();
    let mut fitting = free
        .iter()
        .filter(|one| wanted.is_empty() || one.resource.to_string() == wanted);
    fitting.next().ok_or_else(|| {
        let message = match wanted {
            "" => format!("现在没有空闲的{what}，请稍后再试，或者先腾出一个。"),
            _ => format!("这个{what}现在不空，请另选一个，或者留空自动安排。"),
        };
        at_field("TAKEN", field, message)
    })
}

/// Takes it.
pub(super) fn book(kind: &'static str, free: &Free) -> Effect {
    Effect::Book {
        kind,
        resource: free.resource,
        from: free.from,
        to: free.to,
    }
}

/// Nothing has happened yet.
pub(super) fn withdraw(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    no_pending(scene)?;
    Ok(
        Decision::to(State::Withdrawn, scene.facts(), format!("撤销：{reasons}"))
            .tell("这次治丧服务已经撤销，不收费。")
            .effect(Effect::Release(None)),
    )
}

/// A step that waits for its second signature comes first.
pub(super) fn no_pending(scene: &Scene<'_>) -> Result<(), Refusal> {
    let Some(pending) = &scene.case.facts.pending else {
        return Ok(());
    };
    Err(two::waits(pending.step.name().1, &pending.by.name))
}

/// The home contests the certificate and overwrites nothing (rules B5.7); the county asks the
/// signer.
pub(super) fn contest(scene: &Scene<'_>, data: &Reasons) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    if scene.case.facts.certificate.is_empty() {
        let message = "还没有登记死亡证明，没有可以提出异议的内容。";
        return Err(Refusal::new("DEATH_CERTIFICATE_MISSING", message));
    }
    let mut facts = scene.facts();
    facts.contested.push(facts::Done {
        by: desk::officer(scene.cx),
        on: scene.cx.today(),
    });
    Ok(scene
        .stay(facts, format!("对死亡证明提出异议：{reasons}"))
        .confidential()
        .effect(Effect::Contest))
}

/// 登记死亡证明.
pub(super) fn certificate(scene: &Scene<'_>, data: &CertificateNumber) -> Decided {
    valid(
        filled(&data.number, "/number", "请填写死亡证明编号。")
            .into_iter()
            .collect(),
    )?;
    let paper = scene.world.death.as_ref().ok_or_else(|| {
        let message = "没有查到这份死亡证明，请核对编号；刚开具的，可能要等出具单位上报后再试。";
        at_field("DEATH_CERTIFICATE_MISSING", "/number", message)
    })?;
    names_the_dead(&scene.case.form, scene.world, paper)?;
    let mut facts = scene.facts();
    facts.certificate = data.number.trim().to_owned();
    facts.infectious |= paper.infectious;
    Ok(scene
        .stay(facts, "登记死亡证明")
        .tell("死亡证明已经核对无误。"))
}
