//! From the application to acceptance or refusal (民法典 1076; 民发〔2020〕116号).

use yiwang_casework::{Context, Decision, Refusal};

use super::{Decided, Scene, clocks};
use crate::domain::desk::{self, at_field, paper};
use crate::domain::{
    competence::{Act, competent},
    divorce_registration::{
        DivorceRegistration,
        action::{Accept, NotAccept},
        documents, events,
        facts::{Acceptance, Facts, NotAccepted},
        form::{Form, RegisteredIn},
        state::State,
    },
    identity::{self, IdentityCheck},
    world::World,
};

const IN_PERSON: &str = "离婚登记必须双方一同到婚姻登记处当面办理，不能网上提交，也不能由他人代办。\
                         请先预约，再带上身份证、结婚证和离婚协议到婚姻登记处。";

/// Takes in an application; whether it is accepted is judged in [`accept`].
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let hall = desk::taken(cx, world, IN_PERSON)?;
    desk::valid(desk::two(&form.a, &form.b))?;
    if !competent(
        &hall.competence,
        form.a.residence,
        Some(form.b.residence),
        Act::Divorce,
    ) {
        let message = format!(
            "{}不能办理涉外、涉港澳台居民或者华侨的离婚登记，请到有权限的登记处办理。",
            hall.name
        );
        return Err(at_field("NO_COMPETENCE", "/hall", message));
    }
    let decision = Decision::to(State::Applied, Facts::default(), "双方提交离婚登记申请")
        .tell("离婚登记申请已提交，登记员正在审查。")
        .errand(identity::first(&form.people(), &world.keys, cx.now));
    Ok(desk::arrived(decision, &form.appointment))
}

/// The police have answered.
pub(super) fn identified(
    scene: &Scene<'_>,
    answer: identity::Answer,
) -> Decision<DivorceRegistration> {
    let mut facts = scene.facts();
    let check = IdentityCheck::of(answer, scene.cx.today());
    let note = format!("身份核验：{}", identity::words(Some(&check)));
    facts.identity = Some(check);
    scene.stay(facts, note)
}

/// Asks again.
pub(super) fn recheck(scene: &Scene<'_>) -> Decision<DivorceRegistration> {
    let mut facts = scene.facts();
    facts.identity = None;
    let case = scene.case;
    let errand = identity::again(&case.form.people(), &case.number, case.version + 1);
    scene.stay(facts, "重新核验身份").errand(errand)
}

/// 受理: the receipt is handed over, and the cooling-off begins with the next day.
pub(super) fn accept(scene: &Scene<'_>, data: &Accept) -> Decided {
    let form = &scene.case.form;
    let hall = desk::taken(scene.cx, scene.world, IN_PERSON)?;
    if !data.both_present {
        let message = "离婚登记须双方一同到场申请，另一方到场后才能受理。";
        return Err(Refusal::new("NOT_BOTH_PRESENT", message));
    }
    identity::verified(scene.case.facts.identity.as_ref(), 2, scene.cx.today())?;
    if form.registered_in == RegisteredIn::Abroad {
        let message = "婚姻不是在内地或者我国驻外使领馆登记的，不予受理，可以向人民法院起诉离婚。";
        return Err(Refusal::new("NOT_REGISTERED_HERE", message));
    }
    not_frozen(scene)?;
    let record = married(scene)?;
    scene.capable()?;
    scene.settled()?;
    if let Some(message) = form.certificate_missing() {
        return Err(Refusal::new("CERTIFICATE_MISSING", message));
    }
    let acceptance = Acceptance {
        record,
        hall_name: hall.name.clone(),
        receipt: scene.new_dates()?,
        agreement: form.agreement.version(),
        by: scene.officer(),
    };
    let dates = &acceptance.receipt;
    let (l1, l2) = (paper::day(dates.l1), paper::day(dates.l2));
    let note = format!("受理，冷静期至{l1}");
    let message = format!(
        "离婚登记申请已受理。冷静期到{l1}为止，任何一方都可以在当日{}前到{}撤回申请；\
         {}至{l2}双方可以一同到该处申领离婚证，逾期视为撤回。",
        paper::clock(hall.closes),
        hall.name,
        paper::day(dates.first_day),
    );
    let (cooling, window) = (clocks::cooling(dates), clocks::window(dates));
    let document = documents::receipt(scene.case, &acceptance, hall, scene.cx.calendar);
    let event = events::divorce(scene, "accepted")?;
    let mut facts = scene.facts();
    facts.acceptance = Some(acceptance);
    let mut decision = Decision::to(State::Cooling, facts, note)
        .tell(message)
        .start(cooling)
        .start(window)
        .issue(document);
    decision.events.push(event);
    decision.rules = vec![
        scene.cx.rule("marriage.cooling_off.days")?.version(),
        scene.cx.rule("marriage.cooling_off.window")?.version(),
    ];
    Ok(decision)
}

/// The two are married to each other, by the register.
fn married(scene: &Scene<'_>) -> Result<uuid::Uuid, Refusal> {
    if scene.ended_otherwise().is_some() {
        let message = "登记信息显示其中一人已经死亡，婚姻关系已经终止，不能办理离婚登记。";
        return Err(Refusal::new("DEAD", message));
    }
    scene.marriage().map(|record| record.id).ok_or_else(|| {
        let message = "没有查到双方之间有效的婚姻登记，请核对身份证号；\
                       早年登记还没有录入的，先补录结婚登记档案。";
        Refusal::new("NOT_MARRIED", message)
    })
}

/// Two valid records of one person are settled first (rules A2.8).
fn not_frozen(scene: &Scene<'_>) -> Result<(), Refusal> {
    if scene
        .world
        .people
        .iter()
        .any(|person| person.frozen.is_some())
    {
        let message = "婚姻登记信息有冲突，正在核实，核实清楚以前不能办理。";
        return Err(Refusal::new("FROZEN", message));
    }
    Ok(())
}

/// 不予受理: closed with a paper.
pub(super) fn not_accept(scene: &Scene<'_>, data: &NotAccept) -> Decided {
    let hall = desk::taken(scene.cx, scene.world, IN_PERSON)?;
    let text = desk::reasons(&data.reasons)?;
    let today = scene.cx.today();
    let mut facts = scene.facts();
    facts.not_accepted = Some(NotAccepted {
        ground: data.ground,
        on: today,
        by: scene.officer(),
    });
    let document = documents::not_accepted(scene.case, hall, data.ground, text, today);
    let note = format!("不予受理：{}", data.ground.label());
    Ok(Decision::to(State::NotAccepted, facts, note)
        .tell("离婚登记申请不予受理，理由和救济途径见告知书。")
        .issue(document))
}
