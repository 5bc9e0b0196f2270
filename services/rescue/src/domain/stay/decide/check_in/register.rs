//! 求助登记.

use jiff::civil::Date;
use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{
    super::{Decided, Scene},
    settle_person,
};
use crate::domain::{
    desk::{at_field, filled, valid},
    stay::{
        State, action::Register, clues::AgeBasis, facts::Identity, law::person::years, words::Basis,
    },
};

/// 求助登记: who cannot tell is helped first.
pub(in super::super) fn register(scene: &Scene<'_>, data: Register) -> Decided {
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

pub(in super::super) fn sex(sex: yiwang_civic::citizen_id::Sex) -> &'static str {
    match sex {
        yiwang_civic::citizen_id::Sex::Male => "male",
        yiwang_civic::citizen_id::Sex::Female => "female",
    }
}

/// Nobody is in two stations.
pub(in super::super) fn not_elsewhere(scene: &Scene<'_>, field: &str) -> Result<(), Refusal> {
    let Some(station) = &scene.world.elsewhere else {
        return Ok(());
    };
    let message = format!("这个人现在登记在{station}，一个人不能同时在两处受助，请先与该站核对。");
    Err(at_field("PERSON_ELSEWHERE", field, message))
}
