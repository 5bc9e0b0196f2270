//! A match of the DNA: body, cremation, its certificate, urn and death certificate have a name
//! from now on, and the family is told (rules F11).

use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, NoticeOp, Refusal, decision::DomainEvent};
use yiwang_proto::burial::v1::NamelessIdentified;

use super::{
    super::{
        UnclaimedBody,
        action::Identify,
        documents,
        state::State,
        world::{Effect, Identified, World},
    },
    Decided, NOTICE,
};
use crate::domain::{
    desk::{at_field, filled, valid},
    document::Document,
    signer::Signer,
    two,
};

pub(super) fn identify(
    case: &Case<UnclaimedBody>,
    data: &Identify,
    signed: [Signer; 2],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let empty = [
        filled(&data.name, "/name", "请填写查明的姓名。"),
        filled(&data.report, "/report", "请填写DNA比对鉴定书文号。"),
        filled(&data.family_name, "/family_name", "请填写通知的亲属。"),
        filled(&data.family_phone, "/family_phone", "请填写亲属电话。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if case.facts.collected.is_none() {
        let message = "还没有登记DNA样本，无法与鉴定书核对。";
        return Err(Refusal::new("NO_SAMPLE", message));
    }
    let read = |number: &str, field: &str| {
        let read = Document::CitizenId.read("", number);
        read.map_err(|error| at_field(error.reason(), field, error.message()))
    };
    let document = read(&data.number, "/number")?;
    if !data.family_number.trim().is_empty()
        && read(&data.family_number, "/family_number")? == document
    {
        let message = "通知的亲属和逝者不能是同一个人，请核对号码。";
        return Err(at_field("SAME_PERSON", "/family_number", message));
    }
    let by = two::signer(cx)?;
    let identified = Identified {
        name: data.name.trim().to_owned(),
        document,
        household: data.household.trim().to_owned(),
        certificate: data.certificate.trim().to_owned(),
        by: (by.account.to_string(), by.name),
        report: data.report.trim().to_owned(),
    };
    let mut facts = case.facts.clone();
    facts.identified = Some((data.clone(), cx.today(), signed.map(|one| one.name)));
    let home = world.home.as_ref();
    let letter = documents::told(&case.form, data, home, world.urn.as_ref(), cx.today());
    let mut decision = Decision::to(State::Identified, facts, "DNA比对一致，身份已经查明")
        .stop("ashes")
        .stop("announcement")
        .issue(letter)
        .effect(Effect::Identify(Box::new(identified)));
    if case.state == State::Announced {
        decision.notices.push(NoticeOp::Withdraw(NOTICE.to_owned()));
    }
    let event = NamelessIdentified {
        case_number: case.number.clone(),
        tag: world.tag.clone(),
        person: world.person.clone().unwrap_or_default(),
        identified_on: cx.today().to_string(),
        family: world.family.clone().unwrap_or_default(),
        message: home.map_or_else(String::new, documents::message),
    };
    decision.events.push(DomainEvent {
        aggregate: "nameless",
        aggregate_id: case.number.clone(),
        event: "identified",
        payload: event.encode_to_vec(),
    });
    Ok(decision)
}
