//! Facts for other services (rules A6): person keys, no names.

use prost::Message as _;
use yiwang_casework::decision::DomainEvent;
use yiwang_civic::params::ParamError;
use yiwang_proto::marriage::v1::DivorceChanged;

use super::decide::Scene;

/// `divorce.accepted`, `withdrawn`, `registered` or `ended`.
pub(super) fn divorce(scene: &Scene<'_>, event: &'static str) -> Result<DomainEvent, ParamError> {
    let (case, today) = (scene.case, scene.cx.today());
    let majority = scene.cx.rule("marriage.age.majority")?.count()?;
    let payload = DivorceChanged {
        case_number: case.number.clone(),
        persons: scene.world.keys.clone(),
        division: case.division.clone(),
        children: case.form.agreement.minors(today, majority),
        effective_on: today.to_string(),
    };
    Ok(DomainEvent {
        aggregate: "divorce",
        aggregate_id: case.number.clone(),
        event,
        payload: payload.encode_to_vec(),
    })
}
