//! What the signer or the police changed outside the case: the register changes by itself, and
//! the case says so. No effects here.

use uuid::Uuid;
use yiwang_casework::{Case, Context, Decision};

use super::super::{
    DeathCertificate,
    action::{Named, SignerCorrected, Told},
    documents,
    facts::Step,
};

type Followed = Decision<DeathCertificate>;

/// Nobody's account stands behind it.
fn step(by: &str, reasons: &str, cx: &Context<'_>) -> Step {
    Step {
        account: Uuid::nil(),
        by: by.to_owned(),
        on: cx.today(),
        reasons: reasons.to_owned(),
    }
}

/// The signer corrected when, where or how; the history says which of them.
pub(super) fn corrected(
    case: &Case<DeathCertificate>,
    data: &SignerCorrected,
    cx: &Context<'_>,
) -> Followed {
    let (dead, place) = (&case.form.dead, &case.form.place);
    let when = dead.died_on != data.died_on || dead.died_time.trim() != data.died_time;
    let how = place.cause != data.cause
        || place.infectious != data.infectious
        || place.cause_text.trim() != data.cause_text;
    let changed = [
        (when, "死亡时间"),
        (place.division != data.place, "死亡地点"),
        (how, "死因"),
    ];
    let changed: Vec<&str> = changed
        .into_iter()
        .filter_map(|(changed, what)| changed.then_some(what))
        .collect();
    let note = match changed.as_slice() {
        [] => "签发单位更正死亡信息".to_owned(),
        changed => format!("签发单位更正死亡信息：{}", changed.join("、")),
    };
    let mut form = case.form.clone();
    form.dead.died_on = data.died_on;
    form.dead.died_time.clone_from(&data.died_time);
    form.place.division.clone_from(&data.place);
    form.place.cause = data.cause;
    form.place.infectious = data.infectious;
    form.place.cause_text.clone_from(&data.cause_text);
    let mut facts = case.facts.clone();
    facts
        .signer_corrected
        .push(step(&data.by, &data.reasons, cx));
    let mut decision = Decision::to(case.state, facts, note)
        .tell("签发单位更正了死亡信息，登记已随之更正。")
        .issue(documents::corrected(&form, &data.reasons, cx.today()));
    decision.form = Some(form);
    decision
}

/// Somebody nameless has a name.
pub(super) fn named(case: &Case<DeathCertificate>, data: &Named, cx: &Context<'_>) -> Followed {
    let mut form = case.form.clone();
    form.dead.name.clone_from(&data.name);
    form.dead.document = data.document;
    form.dead.country.clone_from(&data.country);
    form.dead.id_number.clone_from(&data.id_number);
    form.dead.household.clone_from(&data.household);
    form.dead.ethnicity.clone_from(&data.ethnicity);
    let mut facts = case.facts.clone();
    facts.named = Some(step(&data.by, &data.reasons, cx));
    let mut decision = Decision::to(case.state, facts, "查明逝者身份，登记补上姓名")
        .tell("逝者的身份已经查明，死亡登记已补上姓名。");
    decision.form = Some(form);
    decision
}

/// The signer voided it: valid until an approver agrees.
pub(super) fn voids(case: &Case<DeathCertificate>, data: &Told, cx: &Context<'_>) -> Followed {
    let mut facts = case.facts.clone();
    facts.signer_voids.push(step(&data.by, &data.reasons, cx));
    Decision::to(case.state, facts, "签发单位作废证明，待审批")
        .tell("签发单位作废了这份死亡证明，正在由审批人员核对；核对前登记仍然有效。")
}

/// The approver did not agree.
pub(super) fn refused(case: &Case<DeathCertificate>, data: &Told, cx: &Context<'_>) -> Followed {
    let mut facts = case.facts.clone();
    facts.signer_refused.push(step(&data.by, &data.reasons, cx));
    Decision::to(case.state, facts, "死亡登记不予撤销")
        .tell("经审批人员核对，这份死亡登记不予撤销，继续有效。")
}
