//! 到站, 初检, 安检, 求助登记, 不予救助 (rules R02, R03).

use jiff::{SignedDuration, civil::Date};
use yiwang_casework::{Actor, Context, Decision, OnDue, Refusal, decision::StartClock};
use yiwang_chassis::{fault::FieldViolation, identity::Role};
use yiwang_civic::time::beijing_date;

use super::{Decided, Scene, ages, leave};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    stay::{
        State, StationStay,
        action::{Refuse, Register, Screen, Security, Thing},
        clues::{AgeBasis, Clues},
        documents,
        facts::{self, Facts, Health, Identity},
        form::Form,
        law::{
            eligible::Found,
            person::{Known, years},
            screening::{Route, route},
        },
        words::{Basis, Ground, LeaveType},
        world::{Effect, World},
    },
};

/// Somebody is at the door, day or night.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    at_the_door(cx)?;
    valid(form.violations())?;
    let station = world.station.as_ref().ok_or_else(no_station)?;
    if station.division != cx.division {
        let message = format!(
            "{}不在所选的办理地区，请按救助管理站所在地提交。",
            station.name
        );
        return Err(at_field("STATION_ELSEWHERE", "/station", message));
    }
    let mut facts = Facts {
        arrived_at: Some(cx.now),
        sex: form.sex.clone(),
        age: form.looks_age.into(),
        signs: form.signs.clone(),
        clues: Clues {
            age: Some(form.looks_age),
            age_basis: Some(AgeBasis::Seen),
            found_place: form.found_place.trim().to_owned(),
            found_at: form.found_at.trim().to_owned(),
            ..Clues::default()
        },
        ..Facts::default()
    };
    settle_person(cx, &mut facts)?;
    let minutes = cx.rule("rescue.screen.minutes")?.count()?;
    let note = format!("到站：{}", form.source.label());
    let mut decision = Decision::to(State::Arrived, facts, note).effect(Effect::Arrive);
    if minutes > 0 {
        let label = "初检";
        let basis = "救助管理机构工作规程：到站先做初检";
        decision = decision.start(minutes_clock("screen", label, basis, cx, minutes));
    }
    Ok(decision)
}

/// Station staff write it down; patrols and other stations through the system.
fn at_the_door(cx: &Context<'_>) -> Result<(), Refusal> {
    match cx.actor {
        Actor::Officer { roles, .. } if roles.contains(&Role::Station) => Ok(()),
        Actor::System(_) => Ok(()),
        _ => {
            let message = "到站登记由救助管理站工作人员办理。需要求助的，请拨打救助管理站24小时\
                           电话，或者直接到站。";
            Err(Refusal::new("WRONG_ROLE", message))
        }
    }
}

pub(super) fn no_station() -> Refusal {
    at_field(
        "STATION_UNKNOWN",
        "/station",
        "没有这个救助管理站，请重新选择。",
    )
}

/// A limit of minutes.
pub(super) fn minutes_clock(
    name: &str,
    label: &str,
    basis: &str,
    cx: &Context<'_>,
    minutes: u32,
) -> StartClock {
    let due_at = cx.now + SignedDuration::from_mins(i64::from(minutes));
    StartClock {
        name: name.to_owned(),
        label: label.to_owned(),
        legal_basis: basis.to_owned(),
        last_day: beijing_date(due_at),
        due_at,
        provisional: false,
        on_due: OnDue::Warn,
    }
}

/// Minor and guarded follow from what is known now.
pub(super) fn settle_person(cx: &Context<'_>, facts: &mut Facts) -> Result<(), Refusal> {
    let ages = ages(cx)?;
    let known = Known {
        age: facts.age,
        signs: &facts.signs,
    };
    let (minor, guarded) = (ages.is_minor(known), ages.is_guarded(known));
    facts.minor = minor;
    facts.guarded = guarded;
    Ok(())
}

/// 初检.
pub(super) fn screen(scene: &Scene<'_>, data: &Screen) -> Decided {
    let empty = filled(&data.findings, "/findings", "请如实写明检查情况。");
    valid(empty.into_iter().collect())?;
    let mut facts = scene.facts();
    facts.signs.clone_from(&data.signs);
    settle_person(scene.cx, &mut facts)?;
    facts.health.push(Health {
        what: "初检".to_owned(),
        at: scene.cx.now,
        hospital: data.hospital.trim().to_owned(),
        text: data.findings.trim().to_owned(),
        by: scene.by(),
    });
    let hospital = data.hospital.trim();
    let receipt = data.receipt.trim();
    let route = route(&data.signs);
    let needs_police = matches!(route, Route::Police | Route::Hospital { police: true });
    if needs_police && receipt.is_empty() {
        let message = "有危险举动、疑似违法犯罪或者疑似吸毒的，请先报警，填写回执编号。";
        return Err(at_field("POLICE_FIRST", "/receipt", message));
    }
    if needs_police {
        facts.notes.push(scene.note("police_report", receipt));
    }
    match route {
        Route::In => Ok(Decision::to(State::Screened, facts, "初检完成").stop("screen")),
        Route::Hospital { .. } if hospital.is_empty() => {
            let message = "有危重、外伤、疑似传染病、疑似精神障碍或者不能自己行走的，先送医，\
                           请填写送往的医院。";
            Err(at_field("HOSPITAL_FIRST", "/hospital", message))
        }
        Route::Hospital { .. } => {
            let note = format!("初检：先送医（{hospital}）");
            Ok(Decision::to(State::SentHospital, facts, note).stop("screen"))
        }
        Route::Police => {
            let by = vec![scene.by()];
            let to = format!("公安机关（回执{receipt}）");
            leave::end(scene, facts, LeaveType::Police, to, by)
        }
    }
}

/// 安检: same-sex staff for women; things sealed by list.
pub(super) fn security(scene: &Scene<'_>, data: &Security) -> Decided {
    if !data.agreed {
        let reasons = "拒绝安全检查，经说明仍不同意。";
        return refused(scene, Ground::NoCheck, reasons);
    }
    let empty = filled(&data.checker, "/checker", "请填写检查人姓名。");
    valid(
        empty
            .into_iter()
            .chain(wrong_things(&data.belongings))
            .collect(),
    )?;
    let mut facts = scene.facts();
    if facts.sex == "female" && data.checker_sex != "female" {
        let message = "女性受助人员由女工作人员检查。";
        return Err(at_field("SAME_SEX", "/checker_sex", message));
    }
    if !data.forbidden.trim().is_empty() && data.receipt.trim().is_empty() {
        let message = "违禁物品要移交公安机关，请填写接收回执。";
        return Err(at_field("RECEIPT_REQUIRED", "/receipt", message));
    }
    facts.security = Some(facts::Security {
        checker: data.checker.trim().to_owned(),
        forbidden: data.forbidden.trim().to_owned(),
        receipt: data.receipt.trim().to_owned(),
    });
    let take = listed(&mut facts, &data.belongings, scene.by());
    let mut decision = Decision::to(State::Secured, facts, "安全检查完成");
    decision.effects.extend(take);
    Ok(decision)
}

/// Each thing says what it is and how much.
pub(super) fn wrong_things(things: &[Thing]) -> Vec<FieldViolation> {
    let each = things.iter().enumerate().flat_map(|(at, thing)| {
        let what = format!("/belongings/{at}/what");
        let quantity = format!("/belongings/{at}/quantity");
        [
            filled(&thing.what, &what, "请填写物品名称。"),
            filled(&thing.quantity, &quantity, "请填写数量。"),
        ]
    });
    each.flatten().collect()
}

/// Things onto the list, numbered on.
pub(super) fn listed(facts: &mut Facts, things: &[Thing], by: String) -> Option<Effect> {
    if things.is_empty() {
        return None;
    }
    let lines = things.iter().map(|thing| {
        facts.belongings += 1;
        (facts.belongings, thing.clone())
    });
    Some(Effect::Take {
        lines: lines.collect(),
        by,
    })
}

/// 求助登记: who cannot tell is helped first.
pub(super) fn register(scene: &Scene<'_>, data: Register) -> Decided {
    let mut wrong = Vec::new();
    if !data.cannot_tell {
        wrong.extend(filled(
            &data.name,
            "/name",
            "请填写姓名；说不清楚的勾选上面一项。",
        ));
        wrong.extend(filled(
            &data.how,
            "/how",
            "请写明怎么来的；说不清楚的勾选上面一项。",
        ));
    }
    let born = match data.born.trim() {
        "" => None,
        text => text.parse::<Date>().map_or_else(
            |_| {
                let message = "请填写正确的日期。";
                wrong.push(FieldViolation::new("/born", "WRONG_FORMAT", message));
                None
            },
            Some,
        ),
    };
    let number = data.number.trim();
    let document = match number {
        "" => None,
        _ => match data.document.read(&data.country, number) {
            Ok(document) => Some(document),
            Err(error) => {
                wrong.push(FieldViolation::new(
                    "/number",
                    error.reason(),
                    error.message(),
                ));
                None
            }
        },
    };
    if data.card_checked && number.is_empty() {
        let message = "核对过证件的，请填写证件号码。";
        wrong.push(FieldViolation::new("/number", "REQUIRED", message));
    }
    valid(wrong)?;
    let today = scene.cx.today();
    let mut facts = scene.facts();
    let said_age = born.and_then(|born| years(born, today));
    if let Some(age) = said_age {
        facts.age = age;
        facts.clues.age = u8::try_from(age).ok();
        facts.clues.age_basis = Some(AgeBasis::Said);
    }
    facts.clues.said_name = data.name.trim().to_owned();
    facts.clues.relatives.clone_from(&data.relatives);
    if let Some(document) = document.filter(|_| data.card_checked) {
        not_elsewhere(scene, "/number")?;
        if let Some(citizen) = document.citizen() {
            facts.age = citizen.age_on(today);
            facts.sex = sex(citizen.sex()).to_owned();
        }
        facts.identity = Some(Identity {
            name: data.name.trim().to_owned(),
            document: data.document,
            country: data.country.trim().to_owned(),
            number: number.to_owned(),
            household: data.household.trim().to_owned(),
            basis: Basis::Documents,
            paper: String::new(),
            by: vec![scene.by()],
            at: scene.cx.now,
        });
    }
    settle_person(scene.cx, &mut facts)?;
    let note = if data.cannot_tell {
        "求助登记（说不清楚，先救助）"
    } else {
        "求助登记"
    };
    facts.register = Some(Box::new(data));
    Ok(Decision::to(State::Registered, facts, note))
}

pub(super) fn sex(sex: yiwang_civic::citizen_id::Sex) -> &'static str {
    match sex {
        yiwang_civic::citizen_id::Sex::Male => "male",
        yiwang_civic::citizen_id::Sex::Female => "female",
    }
}

/// Nobody is in two stations.
pub(super) fn not_elsewhere(scene: &Scene<'_>, field: &str) -> Result<(), Refusal> {
    let Some(station) = &scene.world.elsewhere else {
        return Ok(());
    };
    let message = format!("这个人现在登记在{station}，一个人不能同时在两处受助，请先与该站核对。");
    Err(at_field("PERSON_ELSEWHERE", field, message))
}

/// What the 甄别 found so far.
pub(super) fn found(facts: &Facts, [away, no_means, on_street]: [bool; 3]) -> Found {
    Found {
        away,
        no_means,
        on_street,
        minor: facts.minor,
        guarded: facts.guarded,
        cannot_tell: facts.register.as_ref().is_some_and(|it| it.cannot_tell),
    }
}

/// 不予救助, always in writing.
pub(super) fn refuse(scene: &Scene<'_>, data: &Refuse) -> Decided {
    let reasons = desk::reasons(&data.reasons)?;
    refused(scene, data.ground, reasons)
}

fn refused(scene: &Scene<'_>, ground: Ground, reasons: &str) -> Decided {
    let facts = scene.facts();
    found(&facts, [false; 3]).refuse(ground)?;
    let station = scene.station()?;
    let paper = documents::refusal(station, &facts, ground, reasons, scene.cx.today());
    let note = format!("不予救助：{}", ground.label());
    let decision: Decision<StationStay> = Decision::to(State::Refused, facts, note);
    Ok(decision
        .issue(paper)
        .effect(Effect::GiveBack {
            lines: Vec::new(),
            to: crate::domain::stay::words::GivenTo::Own,
            receiver: "本人".to_owned(),
        })
        .effect(Effect::Refuse))
}
