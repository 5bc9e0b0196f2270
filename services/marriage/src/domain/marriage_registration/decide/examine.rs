//! What police and register say, what the two show and declare.

use yiwang_casework::{Decision, Refusal};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene};
use crate::domain::identity::{self, Answer, IdentityCheck};
use crate::domain::marriage_registration::{
    MarriageRegistration,
    action::{Declare, ProveStatus, ReportViolence},
    checks, documents,
    facts::{Declaration, Shown},
    state::State,
};

/// The police answer. With the first answer the declarations are ready to be printed.
pub(super) fn identity_answered(scene: &Scene<'_>, answer: Answer) -> Decided {
    let mut facts = scene.facts();
    let first = facts.identity.is_none();
    facts.identity = Some(IdentityCheck::of(answer, scene.cx.today()));
    scene.look_ahead(&mut facts)?;
    let note = match facts.findings.len() {
        0 => "联网核对完成，未发现不予登记的情形".to_owned(),
        count => format!("联网核对完成，有{count}项需要登记员处理"),
    };
    let form = &scene.case.form;
    let declarations = first.then(|| documents::declarations(form, &facts));
    let decision = Decision::to(scene.answered(), facts, note)
        .tell("联网核对已经完成，请双方阅读《申请结婚登记声明书》，在登记员面前签名。");
    Ok(declarations
        .into_iter()
        .flatten()
        .fold(decision, Decision::issue))
}

/// Asks the police again.
pub(super) fn recheck(scene: &Scene<'_>) -> Decision<MarriageRegistration> {
    let case = scene.case;
    let errand = identity::again(&case.form.people(), &case.number, case.version + 1);
    Decision::to(State::Checking, scene.facts(), "重新联网核对身份")
        .tell("正在重新联网核对双方身份。")
        .errand(errand)
}

/// A paper for what the network does not show; a later one of the same kind replaces it.
pub(super) fn prove(scene: &Scene<'_>, data: &ProveStatus) -> Decided {
    let (number, issuer) = (data.number.trim(), data.issuer.trim());
    let blank = [("/number", number), ("/issuer", issuer)];
    let blank = blank.iter().filter(|(_, text)| text.is_empty());
    let errors: Vec<_> = blank
        .map(|(field, _)| FieldViolation::new(*field, "REQUIRED", "请照原件填写。"))
        .collect();
    if !errors.is_empty() {
        return Err(Refusal::fields(errors));
    }
    let mut facts = scene.facts();
    let person = data.party.index();
    facts
        .papers
        .retain(|shown| (shown.person, shown.paper) != (person, data.paper));
    facts.papers.push(Shown {
        person,
        paper: data.paper,
        number: number.to_owned(),
        issuer: issuer.to_owned(),
    });
    scene.look_ahead(&mut facts)?;
    let note = format!("登记证明材料：{}", data.paper.label());
    Ok(scene.stay(facts, note).tell("已登记您出示的证明材料。"))
}

/// Both have signed before the registrar.
pub(super) fn declare(scene: &Scene<'_>, data: &Declare) -> Decided {
    let mut facts = scene.facts();
    let mut couple = scene.couple(&facts)?;
    let signed = [data.a_signed, data.b_signed];
    for (one, signed) in couple.both.iter_mut().zip(signed) {
        (one.present, one.signed) = (data.both_present, signed);
    }
    checks::hold(checks::AT_DECLARATION, &couple)?;
    let form = &scene.case.form;
    let before = [facts.stated(&form.a, 0), facts.stated(&form.b, 1)];
    let stated = [
        data.a_status.unwrap_or(before[0]),
        data.b_status.unwrap_or(before[1]),
    ];
    facts.declaration = Some(Declaration {
        on: scene.cx.today(),
        before: scene.officer(),
        stated,
        kin: data.kin,
        illness_told: data.illness_told,
        photos: photos(scene, data.photos)?,
    });
    scene.look_ahead(&mut facts)?;
    // Whoever corrects the status signs the corrected text.
    let corrected = (stated != before).then(|| documents::declarations(form, &facts));
    let decision = Decision::to(State::Review, facts, "双方当面签署声明")
        .tell("双方已签署声明，登记员正在审查。");
    Ok(corrected
        .into_iter()
        .flatten()
        .fold(decision, Decision::issue))
}

/// Told to police and women's federation; neither of the two sees that anything happened
/// (rules A3.11). What was registered before stays: only a court may annul it.
pub(super) fn report(scene: &Scene<'_>, data: &ReportViolence) -> Decided {
    let mut facts = scene.facts();
    let report = data.kept(scene.cx.today(), scene.officer())?;
    facts.violence.push(report);
    let (case, keys) = (scene.case, &scene.world.keys);
    let mut decision = scene.stay(facts, "登记家庭暴力、拐卖线索").confidential();
    let event = data.event(&case.number, &case.division, keys);
    decision.events.push(event);
    Ok(decision)
}

/// Joint photographs: as many as the certificate and the file need.
fn photos(scene: &Scene<'_>, given: Option<u32>) -> Result<u32, Refusal> {
    let needed = scene.cx.rule("marriage.photos.marriage")?.count()?;
    let given = given.unwrap_or(needed);
    if given < needed {
        let message = format!(
            "需要{needed}张2寸双人合影照片，还差{}张，补齐后再继续。",
            needed - given
        );
        let error = FieldViolation::new("/photos", "TOO_FEW", message);
        return Err(Refusal::fields(vec![error]));
    }
    Ok(given)
}
