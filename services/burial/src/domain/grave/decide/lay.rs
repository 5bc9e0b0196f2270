//! Laid to rest: the right urn, two signatures; an ecological burial also witness, photo, time
//! and place (rules F08, F09).

use prost::Message as _;
use yiwang_casework::{Decision, Refusal, decision::DomainEvent};
use yiwang_chassis::fault::FieldViolation;
use yiwang_proto::burial::v1::AshesPlaced;

use super::{Decided, Scene, checks, period};
use crate::domain::{
    desk::{self, at_field, filled},
    grave::{
        action::Lay,
        documents,
        facts::Laid,
        state::State,
        world::{Effect, Place, Signed},
    },
    ledger::{SpotKind, UrnError, Whereabouts},
};

/// 安放（葬）.
pub(super) fn lay(scene: Scene<'_>, data: &Lay, signed: Signed) -> Decided {
    let (case, cx) = (scene.case, scene.cx);
    let place = scene.place()?;
    let kind = place.spot.kind;
    desk::valid(missing(data, kind))?;
    if case.form.living() {
        checks::death(&data.death_certificate, scene.world, false)?;
        if !kind.for_body() {
            checks::cremation(&data.cremation_certificate, scene.world, false)?;
        }
    }
    let from = case.facts.contract.as_ref().map(|contract| contract.from);
    if data.on > cx.today() || from.is_some_and(|from| data.on < from) {
        let message = "安放日期应在签合同以后、今天或者以前，请核对。";
        return Err(at_field("DATE_WRONG", "/on", message));
    }
    let (urn, received) = urn(scene, data, place, &signed)?;
    let mut facts = scene.facts();
    let laid = Laid {
        signed: signed.names(),
        on: data.on,
        urn: urn.clone().unwrap_or_default(),
        witness: data.witness.trim().to_owned(),
        photo: data.photo.words(),
        place: data.place.trim().to_owned(),
    };
    let document = documents::laid(case, &laid, kind);
    let event = placed(scene, place, &laid);
    facts.laid = Some(laid);
    facts.giving_back = None;
    let clocks = period::clocks(&facts, cx)?;
    let mut decision = Decision::to(State::Placed, facts, format!("{}完成", kind.label()))
        .tell("已经安放（葬），请保管好安放证明。到期以前会提前提醒您。")
        .issue(document);
    for clock in clocks {
        decision = decision.start(clock);
    }
    decision.effects.extend(received);
    decision.effects.push(Effect::Lay { urn, signed });
    decision.events.push(event);
    Ok(decision)
}

fn missing(data: &Lay, kind: SpotKind) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    if kind.ecological() {
        let asked = [
            (
                &data.witness,
                "/witness",
                "生态安葬要有见证人，请填写姓名。",
            ),
            (&data.place, "/place", "生态安葬请写明具体地点。"),
        ];
        let missing = asked
            .into_iter()
            .filter_map(|(text, at, message)| filled(text, at, message));
        found.extend(missing);
        let photo = "生态安葬要拍现场照片，请上传。";
        found.extend(desk::handed(&data.photo, "/photo", photo));
    }
    found
}

/// The urn and, when it was cremated elsewhere, its entry into the ledger; none for a body.
fn urn(
    scene: Scene<'_>,
    data: &Lay,
    place: &Place,
    signed: &Signed,
) -> Result<(Option<String>, Option<Effect>), Refusal> {
    let (form, world) = (&scene.case.form, scene.world);
    let kind = place.spot.kind;
    if kind.for_body() {
        return Ok((None, None));
    }
    let at = |code, message: &str| at_field(code, "/urn", message);
    if data.urn.trim().is_empty() {
        let number = world.next_urn.clone().filter(|_| form.cremated_elsewhere);
        let number =
            number.ok_or_else(|| at("URN_MISSING", "请扫骨灰盒上的标签，填写骨灰编号。"))?;
        let receive = Effect::Receive {
            urn: number.clone(),
            certificate: form.cremation_certificate.trim().to_owned(),
            signed: signed.clone(),
        };
        return Ok((Some(number), Some(receive)));
    }
    let urn = world
        .urn
        .as_ref()
        .ok_or_else(|| at(UrnError::Unknown.code(), UrnError::Unknown.message()))?;
    if urn.person.is_none() || urn.person != world.user {
        let message = "这个编号的骨灰不是使用人的，请停下来核对，不要安放。";
        return Err(at("URN_OTHER_PERSON", message));
    }
    let to = Whereabouts::placed(kind, &place.facility, place.id);
    urn.at
        .go(to)
        .map_err(|error| at(error.code(), error.message()))?;
    Ok((Some(urn.number.clone()), None))
}

/// `ashes.placed`: a person key, no name.
fn placed(scene: Scene<'_>, place: &Place, laid: &Laid) -> DomainEvent {
    let kind = place.spot.kind;
    let payload = AshesPlaced {
        urn: laid.urn.clone(),
        person: scene.world.user.clone().unwrap_or_default(),
        facility: place.facility.clone(),
        division: scene.cx.division.to_owned(),
        form: kind.code().to_owned(),
        ecological: kind.ecological(),
        placed_on: laid.on.to_string(),
        case_number: scene.case.number.clone(),
    };
    DomainEvent {
        aggregate: "ashes",
        aggregate_id: scene.case.number.clone(),
        event: "placed",
        payload: payload.encode_to_vec(),
    }
}
